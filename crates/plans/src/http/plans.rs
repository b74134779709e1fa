use std::collections::BTreeMap;

use actix_web::{get, web};
use motel_db::Db;
use motel_tenancy::http::StaffAccess;
use motel_tenancy::may;
use motel_web::{MoneyView, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{MeterTerms, Plan, queries};

/// A plan that can be subscribed to.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanView {
    /// Its short name.
    code: String,
    /// What it is called.
    name: String,
    /// What a month costs, in advance.
    price: MoneyView,
    /// How many people may sign in.
    #[schema(minimum = 0)]
    seats: u32,
    /// How many properties there may be.
    #[schema(minimum = 0)]
    properties: u32,
    /// What is included of `messages`, `calls`, `minutes`, `sms` and `tokens`.
    meters: BTreeMap<&'static str, MeterTermsView>,
}

/// What of a meter a plan includes in a month.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeterTermsView {
    /// How much.
    #[schema(minimum = 0)]
    included: u32,
    /// What one more costs, in millionths of the currency.
    #[schema(minimum = 0)]
    overage_micros: u32,
}

impl From<MeterTerms> for MeterTermsView {
    fn from(terms: MeterTerms) -> Self {
        Self {
            included: terms.included,
            overage_micros: terms.overage_micros,
        }
    }
}

impl From<Plan> for PlanView {
    fn from(plan: Plan) -> Self {
        let meters = plan.terms.meters.into_iter();
        Self {
            code: plan.code,
            name: plan.name,
            price: plan.terms.price.into(),
            seats: plan.terms.seats,
            properties: plan.terms.properties,
            meters: meters
                .map(|(meter, terms)| (meter.as_str(), terms.into()))
                .collect(),
        }
    }
}

/// Lists the plans that can be subscribed to.
#[utoipa::path(
    tag = "subscription",
    operation_id = "list_plans",
    responses((status = 200, description = "The plans, in the operator's order", body = Vec<PlanView>))
)]
#[get("/plans")]
pub(crate) async fn list(
    _access: StaffAccess<may::ReadPlatformPlan>,
    db: web::Data<Db>,
) -> Result<web::Json<Vec<PlanView>>, Problem> {
    let tx = db.platform("show the plans on offer").await;
    let mut tx = tx.map_err(Problem::internal)?;
    let plans = queries::offered_plans(&mut tx).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(plans.into_iter().map(PlanView::from).collect()))
}
