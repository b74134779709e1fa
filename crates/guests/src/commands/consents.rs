use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{ConsentId, GuestId};

use super::Occasion;
use super::locked::locked;
use super::record::{record, touch};
use crate::schema::consents;
use crate::{Channel, Consent, GuestEventKind, GuestsError};

/// What a guest said about being reached with offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewConsent {
    /// How.
    pub channel: Channel,
    /// Whether they allow it.
    pub given: bool,
    /// How it was said, in 1 to 120 characters.
    pub source: String,
}

/// Notes what a guest said. What was said before stays known; the last word counts.
///
/// # Errors
/// [`GuestsError::NotFound`], [`GuestsError::Erased`].
pub async fn note_consent(
    tx: &mut TenantTx,
    guest: GuestId,
    said: &NewConsent,
    occasion: Occasion,
) -> Result<Consent, GuestsError> {
    let guest = locked(tx, guest, None).await?.id;
    let consent = diesel::insert_into(consents::table)
        .values((
            consents::tenant_id.eq(tx.tenant()),
            consents::id.eq(ConsentId::new()),
            consents::guest_id.eq(guest),
            consents::channel.eq(said.channel),
            consents::given.eq(said.given),
            consents::source.eq(&said.source),
            consents::actor.eq(occasion.actor),
            consents::at.eq(occasion.now),
        ))
        .returning(Consent::as_returning())
        .get_result(tx.conn())
        .await?;
    let kind = match said.given {
        true => GuestEventKind::ConsentGiven,
        false => GuestEventKind::ConsentWithdrawn,
    };
    record(tx, guest, kind, &[said.channel.as_str()], None, occasion).await?;
    touch(tx, guest, occasion).await?;
    Ok(consent)
}
