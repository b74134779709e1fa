use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{ConsentId, GuestId};

use crate::schema::consents;
use crate::{Consent, GuestsError};

/// What a guest said, the newest first; at most `limit`, beginning after (that is, older than) `after`.
pub async fn consents(
    tx: &mut TenantTx,
    guest: GuestId,
    after: Option<ConsentId>,
    limit: i64,
) -> Result<Vec<Consent>, GuestsError> {
    let mut wanted = consents::table
        .filter(consents::tenant_id.eq(tx.tenant()))
        .filter(consents::guest_id.eq(guest))
        .order(consents::id.desc())
        .limit(limit)
        .select(Consent::as_select())
        .into_boxed();
    if let Some(after) = after {
        wanted = wanted.filter(consents::id.lt(after));
    }
    Ok(wanted.load(tx.conn()).await?)
}

/// The last word of each of these guests on each channel, by guest and channel.
pub async fn current_consents(
    tx: &mut TenantTx,
    guests: &[GuestId],
) -> Result<Vec<Consent>, GuestsError> {
    let found = consents::table
        .filter(consents::tenant_id.eq(tx.tenant()))
        .filter(consents::guest_id.eq_any(guests))
        .distinct_on((consents::guest_id, consents::channel))
        .order((
            consents::guest_id,
            consents::channel,
            consents::at.desc(),
            consents::id.desc(),
        ))
        .select(Consent::as_select())
        .load(tx.conn())
        .await?;
    Ok(found)
}
