use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::BookingId;
use sha2::{Digest, Sha256};

use crate::schema::idempotency_keys;
use crate::{BookingError, IdempotencyKey};

/// What is known of a key when a request brings it.
pub(super) enum Claim {
    /// Nobody used it: this transaction holds it now.
    Fresh,
    /// The same request was answered with this booking.
    Answered(BookingId),
}

/// Takes the key for this transaction. A second request with the same key waits here until the first one commits or
/// rolls back, so that only one of them books.
pub(super) async fn claim(
    tx: &mut TenantTx,
    key: &IdempotencyKey,
    request: &impl std::fmt::Debug,
    now: DateTime<Utc>,
) -> Result<Claim, BookingError> {
    let digest = hex::encode(Sha256::digest(format!("{request:?}")));
    let inserted = diesel::insert_into(idempotency_keys::table)
        .values((
            idempotency_keys::tenant_id.eq(tx.tenant()),
            idempotency_keys::key.eq(key.as_str()),
            idempotency_keys::request_digest.eq(&digest),
            idempotency_keys::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(tx.conn())
        .await?;
    if inserted == 1 {
        return Ok(Claim::Fresh);
    }
    let (known, booking): (String, Option<BookingId>) = idempotency_keys::table
        .find((tx.tenant(), key.as_str()))
        .select((
            idempotency_keys::request_digest,
            idempotency_keys::booking_id,
        ))
        .first(tx.conn())
        .await?;
    match booking {
        Some(booking) if known == digest => Ok(Claim::Answered(booking)),
        _ => Err(BookingError::KeyReused),
    }
}

/// Notes what the request that holds the key was answered with.
pub(super) async fn settle(
    tx: &mut TenantTx,
    key: &IdempotencyKey,
    booking: BookingId,
) -> Result<(), BookingError> {
    let row = idempotency_keys::table.find((tx.tenant(), key.as_str()));
    diesel::update(row)
        .set(idempotency_keys::booking_id.eq(booking))
        .execute(tx.conn())
        .await?;
    Ok(())
}
