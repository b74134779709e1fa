use chrono::{DateTime, Utc};
use diesel::dsl::{IntervalDsl, now};
use diesel::prelude::*;
use diesel::sql_types::Timestamptz;
use diesel_async::RunQueryDsl;
use motel_db::{PlatformTx, TenantTx};
use motel_kernel::{PaymentLinkId, TenantId};

use crate::rules::{Doubt, Happening};
use crate::schema::payment_intents as table;
use crate::{BillingError, IntentState};

/// How many are asked about in one round.
pub(super) const ROUND: i64 = 100;

/// The longest time between two questions about one payment.
pub(super) const LONGEST_WAIT_MINUTES: i32 = 60;

/// Writes the intent of a new link, before its gateway is asked.
pub(super) async fn note_intent(tx: &mut TenantTx, id: PaymentLinkId) -> Result<(), BillingError> {
    diesel::insert_into(table::table)
        .values((
            table::tenant_id.eq(tx.tenant()),
            table::id.eq(id),
            table::state.eq(IntentState::Created),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Notes what became of a payment at its gateway.
pub(crate) async fn advance(
    tx: &mut TenantTx,
    id: PaymentLinkId,
    happening: Happening,
) -> Result<(), BillingError> {
    let intent = table::table.find((tx.tenant(), id));
    let state: IntentState = intent
        .select(table::state)
        .for_update()
        .first(tx.conn())
        .await?;
    if let Some(next) = state.after(happening) {
        diesel::update(table::table.find((tx.tenant(), id)))
            .set((
                table::state.eq(next),
                table::changed_at.eq(now.into_sql::<Timestamptz>()),
            ))
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

/// Payments nobody told us the end of, and that are due to be asked about. Money that is set aside is when its time is over.
pub(crate) async fn intents_in_doubt(
    tx: &mut PlatformTx,
) -> Result<Vec<(TenantId, PaymentLinkId)>, BillingError> {
    let open = [
        IntentState::Created,
        IntentState::RequiresAction,
        IntentState::Processing,
        IntentState::Authorised,
        IntentState::Capturing,
        IntentState::Voiding,
    ];
    let due = table::table
        .filter(table::state.eq_any(open))
        .filter(table::ask_at.le(now.into_sql::<Timestamptz>()))
        .order(table::ask_at)
        .limit(ROUND)
        .select((table::tenant_id, table::id))
        .load(tx.conn())
        .await?;
    Ok(due)
}

/// Notes that a gateway is about to be asked: the next time later each time, so that a page that stands open for a day is
/// not asked about every minute. Answers how often it was before.
pub(crate) async fn note_asking(tx: &mut TenantTx, id: PaymentLinkId) -> Result<i32, BillingError> {
    let asked: i32 = diesel::update(table::table.find((tx.tenant(), id)))
        .set(table::asked.eq(table::asked + 1))
        .returning(table::asked)
        .get_result(tx.conn())
        .await?;
    let wait = asked.clamp(1, LONGEST_WAIT_MINUTES);
    diesel::update(table::table.find((tx.tenant(), id)))
        .set(table::ask_at.eq(now.into_sql::<Timestamptz>() + wait.minutes()))
        .execute(tx.conn())
        .await?;
    Ok(asked.saturating_sub(1))
}

/// The same of a charge that was wanted then. The row is held until the end of the transaction: what is read after this is read by
/// one at a time.
pub(crate) async fn note_asking_charge(
    tx: &mut TenantTx,
    id: PaymentLinkId,
    wanted_at: DateTime<Utc>,
) -> Result<Doubt, BillingError> {
    let asked = note_asking(tx, id).await?;
    let (sent_at, heard_at) = table::table
        .find((tx.tenant(), id))
        .select((table::sent_at, table::heard_at))
        .first(tx.conn())
        .await?;
    Ok(Doubt {
        asked,
        wanted_at,
        sent_at,
        heard_at,
    })
}

/// Notes that a card is about to be charged.
pub(crate) async fn note_sending(
    tx: &mut TenantTx,
    id: PaymentLinkId,
    at: DateTime<Utc>,
) -> Result<(), BillingError> {
    diesel::update(table::table.find((tx.tenant(), id)))
        .set(table::sent_at.eq(at))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Has a gateway asked as if it never had been, by a job at once and by the reconciler when that breaks off.
pub(super) async fn ask_anew(tx: &mut TenantTx, id: PaymentLinkId) -> Result<(), BillingError> {
    diesel::update(table::table.find((tx.tenant(), id)))
        .set((
            table::asked.eq(0),
            table::ask_at.eq(now.into_sql::<Timestamptz>() + 1.minutes()),
            table::failure.eq(None::<String>),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Notes that a gateway said something about a charge that is no end.
pub(crate) async fn note_heard(
    tx: &mut TenantTx,
    id: PaymentLinkId,
    at: DateTime<Utc>,
) -> Result<(), BillingError> {
    diesel::update(table::table.find((tx.tenant(), id)))
        .set(table::heard_at.eq(at))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Has a gateway asked when the time of what is set aside is over, and not within the hour.
pub(super) async fn ask_at_the_end(
    tx: &mut TenantTx,
    id: PaymentLinkId,
    until: DateTime<Utc>,
) -> Result<(), BillingError> {
    let then = diesel::dsl::sql::<Timestamptz>("greatest(")
        .bind::<Timestamptz, _>(until)
        .sql(", now() + interval '1 hour')");
    diesel::update(table::table.find((tx.tenant(), id)))
        .set(table::ask_at.eq(then))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Notes why a gateway did not do what was asked.
pub(super) async fn note_why(
    tx: &mut TenantTx,
    id: PaymentLinkId,
    why: &str,
) -> Result<(), BillingError> {
    let why: String = why.chars().take(500).collect();
    diesel::update(table::table.find((tx.tenant(), id)))
        .set(table::failure.eq(why))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Has a gateway asked at the next occasion.
pub(super) async fn ask_soon(tx: &mut TenantTx, id: PaymentLinkId) -> Result<(), BillingError> {
    diesel::update(table::table.find((tx.tenant(), id)))
        .set(table::ask_at.eq(now.into_sql::<Timestamptz>()))
        .execute(tx.conn())
        .await?;
    Ok(())
}
