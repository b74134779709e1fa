use motel_bookings::Booking;
use motel_db::TenantTx;
use motel_kernel::Money;

use super::{folio_by_id, folios, going_back, payments, postings_of_booking, routing};
use crate::rules::{Pending, Routing};
use crate::{Account, BillingError, Folio, FolioKind, Posting, rules};

/// What is owed on a folio, or below zero what we owe: the lines that are posted, and what is still to come.
pub async fn balance(tx: &mut TenantTx, folio: &Folio) -> Result<Money, BillingError> {
    let booking = motel_bookings::queries::find(tx, folio.booking).await?;
    Ok(folio_account(tx, &booking, folio).await?.balance)
}

/// The account of a booking's guests. It is true even before the folio is opened, and before the job that keeps it in
/// line with the booking has run: what that will post counts as pending.
pub async fn account(tx: &mut TenantTx, booking: &Booking) -> Result<Account, BillingError> {
    account_of(tx, booking, None).await
}

/// The account of one folio of a booking: what is posted there, and what is routed there.
///
/// # Errors
/// [`BillingError::NotFound`] when it is no folio of this booking.
pub async fn folio_account(
    tx: &mut TenantTx,
    booking: &Booking,
    folio: &Folio,
) -> Result<Account, BillingError> {
    let found = folio_by_id(tx, folio.id).await?;
    match found {
        Some(found) if found.booking == booking.id => account_of(tx, booking, Some(&found)).await,
        _ => Err(BillingError::NotFound("folio")),
    }
}

/// What the guests of a booking still owe, never below zero: on each of their own folios. A company's is not theirs.
pub async fn owed_by_guests(tx: &mut TenantTx, booking: &Booking) -> Result<Money, BillingError> {
    let folios = folios(tx, booking.id).await?;
    let mut owed = Vec::new();
    if folios.is_empty() {
        owed.push(account(tx, booking).await?.balance);
    }
    for folio in folios.iter().filter(|it| it.kind == FolioKind::Guest) {
        owed.push(folio_account(tx, booking, folio).await?.balance);
    }
    owed.retain(|balance| balance.minor() > 0);
    Ok(Money::total(owed, booking.total().currency())?)
}

/// What a booking's guests are owed over all its folios and is not on its way back through a gateway; never below zero.
pub async fn owed_back(tx: &mut TenantTx, booking: &Booking) -> Result<Money, BillingError> {
    let currency = booking.total().currency();
    let mut balance = Money::zero(currency);
    for folio in folios(tx, booking.id).await? {
        let of_folio = folio_account(tx, booking, &folio).await?;
        balance = balance.plus(of_folio.balance)?;
    }
    let payments = payments(tx, booking.id).await?;
    let left = rules::refund_due(balance).minus(going_back(&payments, currency)?)?;
    Ok(Money::new(left.minor().max(0), currency))
}

/// What we owe the guest of a folio.
pub async fn refund_due(tx: &mut TenantTx, folio: &Folio) -> Result<Money, BillingError> {
    Ok(rules::refund_due(balance(tx, folio).await?))
}

/// `None` is the guests' folio, opened or not.
async fn account_of(
    tx: &mut TenantTx,
    booking: &Booking,
    folio: Option<&Folio>,
) -> Result<Account, BillingError> {
    let routing = routing(tx, booking.id).await?;
    let folio = folio.or(routing.folios.first());
    let all = postings_of_booking(tx, booking.id).await?;
    let mut settlement = rules::settle(&all, &rules::stays(booking))?;
    settlement
        .now
        .retain(|line| goes_to(&routing, folio, line, &all));
    let is_ours = |pending: &Pending| goes_to(&routing, folio, &pending.line, &all);
    settlement.pending.retain(is_ours);
    let postings = on(all, folio);
    let currency = booking.total().currency();
    let posted = Money::total(postings.iter().map(|line| line.amount), currency)?;
    let balance = posted.plus(settlement.sum(currency)?)?;
    Ok(Account {
        pending: settlement.into_pending(),
        postings,
        posted,
        balance,
    })
}

/// What no open folio takes will open another one for the guests, and counts as theirs.
fn goes_to(
    routing: &Routing,
    folio: Option<&Folio>,
    line: &crate::model::Line,
    posted: &[Posting],
) -> bool {
    let Some(folio) = folio else {
        return true;
    };
    match routing.folio_of(line, posted) {
        Some(taker) => taker.id == folio.id,
        None => folio.is_main(),
    }
}

fn on(postings: Vec<Posting>, folio: Option<&Folio>) -> Vec<Posting> {
    let of_folio = |line: &Posting| folio.is_some_and(|folio| folio.id == line.folio);
    postings.into_iter().filter(of_folio).collect()
}
