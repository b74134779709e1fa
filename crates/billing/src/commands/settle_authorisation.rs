//! What a gateway answered about money that is, or was to be, set aside.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_bookings::By;
use motel_db::TenantTx;
use motel_kernel::PaymentLinkId;
use motel_payments::Authorised;

use super::intents::{advance, ask_at_the_end, note_why};
use super::payment_link::set_status;
use super::want::{on_its_turn, want};
use crate::model::Wanted;
use crate::rules::Happening;
use crate::schema::authorisations as table;
use crate::{Authorisation, BillingError, IntentState, LinkStatus, queries};

/// Notes that money is set aside, and until when. Where it is no longer wanted it is let go at once.
pub(crate) async fn note_authorised(
    tx: &mut TenantTx,
    id: PaymentLinkId,
    told: &Authorised,
    now: DateTime<Utc>,
) -> Result<(), BillingError> {
    let found = on_its_turn(tx, id).await?;
    let state = found.payment.state;
    let is_news = state.is_in_doubt() || state == IntentState::Authorised;
    if !is_news {
        return Ok(());
    }
    if told.amount.currency() != found.payment.link.amount.currency() {
        let what = "money was set aside in another currency";
        return Err(BillingError::unreadable(what));
    }
    diesel::update(table::table.find((tx.tenant(), id)))
        .set((
            table::gateway_reference.eq(&told.gateway_reference),
            table::authorised_minor.eq(told.amount.minor()),
            table::authorised_until.eq(told.until),
        ))
        .execute(tx.conn())
        .await?;
    advance(tx, id, Happening::Authorised).await?;
    ask_at_the_end(tx, id, told.until).await?;
    if found.payment.link.status != LinkStatus::Open {
        let by = By::system().because("it was withdrawn before the guests agreed");
        want(tx, id, None, by, now).await?;
    }
    Ok(())
}

/// Notes that nothing is set aside any more and nothing was taken.
pub(crate) async fn note_released(
    tx: &mut TenantTx,
    id: PaymentLinkId,
    now: DateTime<Utc>,
) -> Result<(), BillingError> {
    let found = on_its_turn(tx, id).await?;
    let state = found.payment.state;
    let (happening, status) = match end_of(&found, now) {
        End::LetGo => (Happening::Released, LinkStatus::Cancelled),
        End::Lapsed => (Happening::Lapsed, LinkStatus::Expired),
        End::Never => (Happening::Expired, LinkStatus::Cancelled),
    };
    if state.after(happening).is_none() {
        return Ok(());
    }
    if found.payment.link.status == LinkStatus::Open {
        set_status(tx, id, status).await?;
    }
    advance(tx, id, happening).await
}

enum End {
    LetGo,
    Lapsed,
    /// It was let go before we heard that it was there.
    Never,
}

fn end_of(found: &Authorisation, now: DateTime<Utc>) -> End {
    let is_past = found.set_aside.as_ref().is_some_and(|it| it.until <= now);
    match found.payment.state {
        state if state.is_in_doubt() => End::Never,
        IntentState::Voiding => End::LetGo,
        _ if is_past => End::Lapsed,
        _ => End::LetGo,
    }
}

/// Notes that the card was refused, so that nothing is set aside.
pub(crate) async fn note_refused(
    tx: &mut TenantTx,
    id: PaymentLinkId,
    why: &str,
) -> Result<(), BillingError> {
    let found = on_its_turn(tx, id).await?;
    if !found.payment.state.is_in_doubt() {
        return Ok(());
    }
    if found.payment.link.status == LinkStatus::Open {
        set_status(tx, id, LinkStatus::Failed).await?;
    }
    advance(tx, id, Happening::Failed).await?;
    note_why(tx, id, why).await
}

/// Notes that a gateway will not do what was wanted at that attempt, and that the money is still set aside. What was wanted since
/// stands.
pub(crate) async fn refuse_wish(
    tx: &mut TenantTx,
    id: PaymentLinkId,
    attempt: i32,
    why: &str,
) -> Result<(), BillingError> {
    let found = on_its_turn(tx, id).await?;
    if queries::attempt_of(tx, id).await? != attempt {
        return Ok(());
    }
    let is_wanted = matches!(
        found.payment.state,
        IntentState::Capturing | IntentState::Voiding
    );
    let (true, Some(set_aside)) = (is_wanted, &found.set_aside) else {
        return Ok(());
    };
    advance(tx, id, Happening::WishRefused).await?;
    diesel::update(table::table.find((tx.tenant(), id)))
        .set((
            table::wanted.eq(None::<Wanted>),
            table::wanted_minor.eq(None::<i64>),
            table::wanted_by.eq(None::<String>),
            table::wanted_because.eq(None::<String>),
            table::wanted_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(tx.conn())
        .await?;
    note_why(tx, id, why).await?;
    ask_at_the_end(tx, id, set_aside.until).await
}
