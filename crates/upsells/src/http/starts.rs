use actix_web::{get, web};
use motel_db::Db;
use motel_tenancy::http::StaffAccess;
use motel_tenancy::may;
use motel_web::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use super::body::UpsellRuleBody;
use crate::{UpsellError, starts};

/// Rules to start from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UpsellRuleStarts {
    /// At most three, each as it can be posted.
    rules: Vec<UpsellRuleBody>,
}

/// Shows rules to start from, made with the packages and room types that the property sells. They are off, and kept nowhere until they
/// are posted.
#[utoipa::path(
    tag = "upsells",
    operation_id = "upsell_rule_starts",
    responses((status = 200, description = "Rules to start from", body = UpsellRuleStarts))
)]
#[get("/upsell-rule-starts")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadRates>,
    db: web::Data<Db>,
) -> Result<web::Json<UpsellRuleStarts>, Problem> {
    let property = access.property.id;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let packages = motel_rates::queries::packages(&tx, property).await?;
    let groups = motel_inventory::queries::unit_groups(&mut tx, property)
        .await
        .map_err(UpsellError::from)?;
    tx.commit().await.map_err(Problem::internal)?;
    let rules = starts(&packages, &groups).into_iter();
    Ok(web::Json(UpsellRuleStarts {
        rules: rules.map(UpsellRuleBody::from).collect(),
    }))
}
