use actix_web::{HttpResponse, post, web};
use motel_db::{Db, TenantTx};
use motel_kernel::GuestId;
use motel_tenancy::http::{Answer, CurrentClock, StaffWrite, VersionedWriteParams};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view::GuestProfileView;
use super::{guest_id, occasion};
use crate::{Keepers, commands};

/// Who turned out to be the guest, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawGuestMerge {
    /// The guest who goes.
    #[schema(value_type = Uuid)]
    guest_id: GuestId,
}

/// The same, parsed.
#[derive(Serialize)]
pub(crate) struct MergeInput(GuestId);

impl Input for MergeInput {
    type Raw = RawGuestMerge;

    fn parse(raw: RawGuestMerge) -> Result<Self, FieldErrors> {
        Ok(Self(raw.guest_id))
    }
}

/// Merges another guest into this one. Notes, consents, documents, bookings and appointments hang on this one afterwards;
/// what this one never said is taken from the other. The other's id and e-mail address lead here from now on.
#[utoipa::path(
    tag = "guests",
    operation_id = "merge_guest",
    params(("id" = Uuid, Path, description = "The guest who stays"), VersionedWriteParams),
    request_body = RawGuestMerge,
    responses(
        (status = 200, description = "The guest as they are now", body = GuestProfileView),
        (status = 409, description = "`same_guest`, `guest_erased`"),
    )
)]
#[post("/guests/{id}/actions/merge")]
pub(crate) async fn merge(
    write: StaffWrite<may::WriteGuests>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    keepers: web::Data<Keepers>,
    ValidJson(input): ValidJson<MergeInput>,
) -> Result<HttpResponse, Problem> {
    let (id, occasion) = (guest_id(&path)?, occasion(&write, &clock));
    write
        .run(&db, &input, async |tx: &mut TenantTx| {
            let expected = write.if_match();
            let one = commands::merge(tx, &keepers, id, input.0, expected, occasion).await?;
            let version = one.version;
            Ok(Answer::ok(GuestProfileView::of(tx, one).await?).version(version))
        })
        .await
}
