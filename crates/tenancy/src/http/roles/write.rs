use actix_web::{HttpResponse, delete, post, put, web};
use motel_db::{Db, TenantTx};
use motel_web::{Problem, ValidJson, ValidQuery};

use super::input::{RawRole, RawSuccessor, RoleInput, Successor};
use super::show::RoleView;
use crate::http::sessions::member;
use crate::http::{Answer, CurrentClock, StaffWrite, VersionedWriteParams, WriteParams};
use crate::{OwnRole, RoleId, may, roles};

/// Makes a role of the business's own. It permits less than the role of its maker does, unless that is an owner.
#[utoipa::path(
    tag = "team",
    operation_id = "make_role",
    request_body = RawRole,
    params(WriteParams),
    responses(
        (status = 201, description = "Made", body = RoleView),
        (status = 403, description = "`staff_only`, `beyond_role`; `forbidden`: more than its maker may"),
        (status = 409, description = "`role_name_taken`, `too_many_roles`"),
    )
)]
#[post("/roles")]
pub(crate) async fn make(
    write: StaffWrite<may::WriteTeam>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<RoleInput>,
) -> Result<HttpResponse, Problem> {
    let (by, now) = (member(&write)?, clock.now());
    input.check_within(&write)?;
    let made = async |tx: &mut TenantTx| {
        let role = roles::make_role(tx, by, &input.0, now).await?;
        Ok(answer(role, Answer::created))
    };
    write.run(&db, &input.asked(), made).await
}

/// Changes a role of the business's own, for everybody who has it from their next request on.
#[utoipa::path(
    tag = "team",
    operation_id = "change_role",
    request_body = RawRole,
    params(("id" = Uuid, Path, description = "Which role"), VersionedWriteParams),
    responses(
        (status = 200, description = "The role as it is now", body = RoleView),
        (status = 403, description = "`staff_only`, `beyond_role`; `forbidden`: more than who changes it may"),
        (status = 409, description = "`role_name_taken`"),
        (status = 412, description = "`version_mismatch`"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[put("/roles/{id}")]
pub(crate) async fn change(
    write: StaffWrite<may::WriteTeam>,
    path: web::Path<String>,
    db: web::Data<Db>,
    ValidJson(input): ValidJson<RoleInput>,
) -> Result<HttpResponse, Problem> {
    let (by, id) = (member(&write)?, role(&path)?);
    let expected = write.require_version()?;
    input.check_within(&write)?;
    let changed = async |tx: &mut TenantTx| {
        let role = roles::change_role(tx, by, id, expected, &input.0).await?;
        Ok(answer(role, Answer::ok))
    };
    write.run(&db, &input.asked(), changed).await
}

/// Removes a role of the business's own. Who has it, or is asked to join in it, gets another one, which has to be said then.
#[utoipa::path(
    tag = "team",
    operation_id = "remove_role",
    params(("id" = Uuid, Path, description = "Which role"), RawSuccessor, WriteParams),
    responses(
        (status = 204, description = "Removed"),
        (status = 403, description = "`staff_only`, `beyond_role`"),
        (status = 409, description = "`role_in_use`: say the successor"),
    )
)]
#[delete("/roles/{id}")]
pub(crate) async fn remove(
    write: StaffWrite<may::WriteTeam>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidQuery(successor): ValidQuery<Successor>,
) -> Result<HttpResponse, Problem> {
    let (by, id, now) = (member(&write)?, role(&path)?, clock.now());
    let removed = async |tx: &mut TenantTx| {
        roles::remove_role(tx, by, id, successor.0, now).await?;
        Ok(Answer::no_content())
    };
    write.run(&db, &successor, removed).await
}

fn answer(role: OwnRole, done: fn(RoleView) -> Answer<RoleView>) -> Answer<RoleView> {
    let version = role.version;
    done(RoleView::from(role)).version(version)
}

fn role(path: &str) -> Result<RoleId, Problem> {
    path.parse().map_err(|_| Problem::not_found("role"))
}
