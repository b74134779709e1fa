use actix_web::{get, web};
use motel_db::Db;
use motel_tenancy::http::StaffAccess;
use motel_tenancy::may;
use motel_web::Problem;

use super::view::{PromptStandingView, PromptsView};
use crate::{PromptKind, Variables, queries};

/// Lists the kinds of prompts with the version that is active, and the variables that templates may speak of.
#[utoipa::path(
    tag = "prompts",
    operation_id = "list_prompts",
    responses((status = 200, description = "Each kind", body = PromptsView))
)]
#[get("/prompts")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadSettings>,
    db: web::Data<Db>,
) -> Result<web::Json<PromptsView>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let mut prompts = Vec::new();
    for kind in PromptKind::ALL {
        prompts.push(PromptStandingView::from(
            queries::standing(&mut tx, *kind).await?,
        ));
    }
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(PromptsView {
        prompts,
        variables: Variables::ALL.iter().map(Into::into).collect(),
    }))
}
