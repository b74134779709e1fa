use actix_web::{HttpResponse, get, post, web};
use motel_db::{Db, TenantTx};
use motel_tenancy::http::{
    Answer, CurrentClock, StaffAccess, StaffWrite, VersionedWriteParams, WriteParams,
};
use motel_tenancy::may;
use motel_web::{CursorPage, CursorParams, CursorQuery, Problem};

use super::path::{kind, version_at};
use super::view::{ActivationView, PromptStandingView};
use crate::{commands, queries};

/// Lists which version of a prompt was active from when on, the last first.
#[utoipa::path(
    tag = "prompts",
    operation_id = "list_prompt_activations",
    params(("kind" = String, Path, description = "`writing` or `phone`"), CursorParams),
    responses(
        (status = 200, description = "A page of activations", body = CursorPage<ActivationView>),
        (status = 404, description = "There is no such prompt"),
    )
)]
#[get("/prompts/{kind}/activations")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadSettings>,
    path: web::Path<String>,
    page: CursorQuery,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<ActivationView>>, Problem> {
    let kind = kind(&path)?;
    let before = page.after()?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let found = queries::activations(&mut tx, kind, before, page.fetch()).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let found = CursorPage::cut(found, &page, |activation| activation.seq)?;
    Ok(web::Json(found.map(ActivationView::from)))
}

/// Makes a version the one that models are told, from the next message on. Number 0 goes back to the text that comes with the program.
#[utoipa::path(
    tag = "prompts",
    operation_id = "activate_prompt_version",
    params(
        ("kind" = String, Path, description = "`writing` or `phone`"),
        ("number" = i32, Path, description = "The version"),
        WriteParams,
    ),
    responses(
        (status = 200, description = "How the prompt stands now", body = PromptStandingView),
        (status = 404, description = "There is no such version"),
    )
)]
#[post("/prompts/{kind}/versions/{number}/activate")]
pub(crate) async fn activate(
    write: StaffWrite<may::WriteCredentials>,
    path: web::Path<(String, String)>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let (kind, number) = version_at(&path)?;
    let (by, now) = (write.actor, clock.now());
    let activating = async |tx: &mut TenantTx| {
        let standing = commands::activate(tx, kind, number, by, now).await?;
        let version = standing.last_activation();
        Ok(Answer::ok(PromptStandingView::from(standing)).version(version))
    };
    write.run(&db, &(), activating).await
}

/// Makes the version active again that was before the one that is. Once more goes back one more, so it needs the `ETag` of how the prompt
/// stands: who asks twice goes back once.
#[utoipa::path(
    tag = "prompts",
    operation_id = "roll_back_prompt",
    params(("kind" = String, Path, description = "`writing` or `phone`"), VersionedWriteParams),
    responses(
        (status = 200, description = "How the prompt stands now", body = PromptStandingView),
        (status = 404, description = "There is no such prompt"),
        (status = 412, description = "Another version became active since"),
        (status = 409, description = "`nothing_before`: no version was active before"),
    )
)]
#[post("/prompts/{kind}/roll-back")]
pub(crate) async fn roll_back(
    write: StaffWrite<may::WriteCredentials>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let kind = kind(&path)?;
    let seen = write.require_version()?;
    let (by, now) = (write.actor, clock.now());
    let going_back = async |tx: &mut TenantTx| {
        let standing = commands::roll_back(tx, kind, seen, by, now).await?;
        let version = standing.last_activation();
        Ok(Answer::ok(PromptStandingView::from(standing)).version(version))
    };
    write.run(&db, &(), going_back).await
}
