use actix_session::Session;
use motel_bookings::{Booking, queries};
use motel_db::TenantTx;
use motel_kernel::{BookingCode, Email, TenantId};
use motel_web::Problem;
use serde::{Deserialize, Serialize};

/// Where in the encrypted session the guest's bookings stand.
const KEY: &str = "bookings";

/// As many as fit a cookie with room to spare.
const MOST_KEPT: usize = 8;

/// That this browser has shown the e-mail address a booking was made with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Proof {
    tenant: TenantId,
    code: String,
    email: String,
}

/// Lets this browser see the booking from now on.
pub(super) fn remember(
    session: &Session,
    tenant: TenantId,
    booking: &Booking,
) -> Result<(), Problem> {
    let proof = Proof {
        tenant,
        code: booking.code.to_string(),
        email: booking.booker.email.to_string(),
    };
    let mut proofs = proofs(session);
    proofs.retain(|known| *known != proof);
    proofs.insert(0, proof);
    proofs.truncate(MOST_KEPT);
    session.insert(KEY, proofs).map_err(Problem::internal)
}

/// The booking, when this browser has proved that it is its guest's.
pub(super) async fn proven(
    session: &Session,
    tx: &mut TenantTx,
    code: &BookingCode,
) -> Result<Option<Booking>, Problem> {
    let tenant = tx.tenant();
    let proof = proofs(session)
        .into_iter()
        .find(|proof| proof.tenant == tenant && proof.code == code.as_str());
    let Some(email) = proof.and_then(|proof| Email::parse(&proof.email).ok()) else {
        return Ok(None);
    };
    Ok(Some(queries::find_for_guest(tx, code, &email).await?))
}

/// What an older version left in a cookie counts as nothing.
fn proofs(session: &Session) -> Vec<Proof> {
    session.get(KEY).ok().flatten().unwrap_or_default()
}
