use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpResponse, get, post, web};
use motel_db::{Db, TenantTx};
use motel_kernel::StaffId;
use motel_web::Problem;

use crate::http::sessions::member;
use crate::http::{Answer, CurrentClock, StaffAccess, StaffWrite, WriteParams};
use crate::may;
use crate::team::{self, MemberKeepers};

/// Gives out all that is kept on a member, their account, where they are signed in, what they wrote: one's own, and of whom one leads.
#[utoipa::path(
    tag = "team",
    operation_id = "export_member",
    params(("id" = Uuid, Path, description = "Which member")),
    responses(
        (status = 200, description = "All of it", body = serde_json::Value),
        (status = 403, description = "`staff_only`, `beyond_role`"),
    )
)]
#[get("/team/{id}/export")]
pub(crate) async fn export(
    access: StaffAccess<may::ReadTeam>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    keepers: web::Data<MemberKeepers>,
) -> Result<HttpResponse, Problem> {
    let by = member(&access)?;
    let id: StaffId = path.parse().map_err(|_| Problem::not_found("member"))?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let export = team::export_member(&mut tx, &keepers, by, id, clock.now()).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let name = format!("attachment; filename=\"member-{id}.json\"");
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_DISPOSITION, name))
        .json(export))
}

/// Overwrites for good who a member was. What they did stays, by a former member. There is no way back.
#[utoipa::path(
    tag = "team",
    operation_id = "erase_member",
    params(("id" = Uuid, Path, description = "Which member"), WriteParams),
    responses(
        (status = 204, description = "Nobody knows any more who they were"),
        (status = 403, description = "`staff_only`, `beyond_role`"),
        (status = 409, description = "`last_owner`"),
    )
)]
#[post("/team/{id}/actions/erase")]
pub(crate) async fn erase(
    write: StaffWrite<may::WriteTeam>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    keepers: web::Data<MemberKeepers>,
) -> Result<HttpResponse, Problem> {
    let by = member(&write)?;
    let id: StaffId = path.parse().map_err(|_| Problem::not_found("member"))?;
    let now = clock.now();
    let erasing = async |tx: &mut TenantTx| {
        team::erase_member(tx, &keepers, by, id, now).await?;
        Ok(Answer::no_content())
    };
    write.run(&db, &(), erasing).await
}
