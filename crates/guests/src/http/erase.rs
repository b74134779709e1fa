use actix_web::{HttpResponse, post, web};
use motel_db::{Db, TenantTx};
use motel_tenancy::http::{Answer, CurrentClock, StaffWrite, VersionedWriteParams};
use motel_tenancy::may;
use motel_web::Problem;

use super::view::GuestProfileView;
use super::{guest_id, occasion};
use crate::{Keepers, commands};

/// Overwrites everything that tells who a guest was, here and wherever else it is kept. Their bookings and folios stay,
/// of nobody. There is no way back.
#[utoipa::path(
    tag = "guests",
    operation_id = "erase_guest",
    params(("id" = Uuid, Path, description = "Which guest"), VersionedWriteParams),
    responses(
        (status = 200, description = "What is left", body = GuestProfileView),
        (status = 409, description = "`guest_expected` while they have a stay or an appointment to come or are in the house; \
            `guest_erased`"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[post("/guests/{id}/actions/erase")]
pub(crate) async fn erase(
    write: StaffWrite<may::EraseGuests>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    keepers: web::Data<Keepers>,
) -> Result<HttpResponse, Problem> {
    let (id, occasion) = (guest_id(&path)?, occasion(&write, &clock));
    let expected = write.require_version()?;
    write
        .run(&db, &(), async |tx: &mut TenantTx| {
            let left = commands::erase(tx, &keepers, id, Some(expected), occasion).await?;
            let version = left.version;
            Ok(Answer::ok(GuestProfileView::of(tx, left).await?).version(version))
        })
        .await
}
