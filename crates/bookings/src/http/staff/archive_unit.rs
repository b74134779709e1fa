use actix_web::{HttpResponse, post, web};
use motel_db::{Db, TenantTx};
use motel_inventory::http::UnitView;
use motel_kernel::UnitId;
use motel_tenancy::http::{Answer, CurrentClock, StaffWrite, VersionedWriteParams};
use motel_tenancy::may;
use motel_web::Problem;

use crate::{BookingError, By, commands};

/// Archives a room: nobody is given it from the business date on. What was sold of it stays as it is. While stays are to
/// have it, the answer names them in `errors`; move them first.
#[utoipa::path(
    tag = "inventory",
    operation_id = "archive_unit",
    params(("id" = Uuid, Path, description = "Which room"), VersionedWriteParams),
    responses(
        (status = 200, description = "As it is now", body = UnitView),
        (status = 409, description = "`in_the_way`, with the reservations named in `errors`; `sold_out`"),
    )
)]
#[post("/units/{id}/actions/archive")]
pub(crate) async fn archive(
    write: StaffWrite<may::WriteRooms>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let id: UnitId = path.parse().map_err(|_| Problem::not_found("unit"))?;
    let now = write.property.now(&*clock);
    write
        .run(&db, &(), async |tx: &mut TenantTx| {
            let (by, version) = (By::actor(write.actor), write.if_match());
            let unit = commands::archive_unit(tx, &write.property, id, version, &by, now).await;
            let unit = unit.map_err(|error| match error {
                BookingError::NotFound => Problem::not_found("unit"),
                other => other.into(),
            })?;
            let version = unit.version;
            Ok(Answer::ok(UnitView::from(unit)).version(version))
        })
        .await
}
