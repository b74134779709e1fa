use actix_web::{HttpResponse, get, web};
use motel_db::Db;
use motel_tenancy::http::StaffAccess;
use motel_tenancy::may;
use motel_web::{Problem, etag};

use super::path::kind;
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

/// Shows which version of a prompt is active, with the `ETag` that rolling back takes.
#[utoipa::path(
    tag = "prompts",
    operation_id = "show_prompt",
    params(("kind" = String, Path, description = "`writing` or `phone`")),
    responses(
        (status = 200, description = "How the prompt stands", body = PromptStandingView),
        (status = 404, description = "There is no such prompt"),
    )
)]
#[get("/prompts/{kind}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadSettings>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let kind = kind(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let standing = queries::standing(&mut tx, kind).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(standing.last_activation()))
        .json(PromptStandingView::from(standing)))
}
