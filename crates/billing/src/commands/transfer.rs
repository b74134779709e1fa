use motel_bookings::By;
use motel_db::TenantTx;
use motel_kernel::{FolioId, Money, PostingId};
use uuid::Uuid;

use super::payment_link::withdraw_unfit_links;
use super::post::{Occasion, post};
use super::turn::take_turn_on;
use crate::model::Draft;
use crate::rules::{moved, standing, transfer as line};
use crate::{BillingError, Folio, queries};

/// What is moved to another folio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// One line, whole, to another folio of the same booking. Once.
    Posting(PostingId),
    /// A part of what is posted and owed: more than nothing, and no more than that.
    Amount(Money),
}

/// Moves a line or an amount from one folio to another by two lines that come to nothing. Answers the two.
///
/// # Errors
/// [`BillingError::FolioClosed`], [`BillingError::NotMovable`], and [`BillingError::NotFound`] for what is not there.
pub async fn transfer(
    tx: &mut TenantTx,
    from: FolioId,
    to: FolioId,
    what: Moved,
    by: By,
) -> Result<Vec<PostingId>, BillingError> {
    let (from, to) = turns(tx, from, to).await?;
    if from.id == to.id || from.currency != to.currency {
        return Err(BillingError::NotMovable);
    }
    let drafts = match what {
        Moved::Posting(id) => of_posting(tx, &from, &to, id).await?,
        Moved::Amount(amount) => of_amount(tx, &from, &to, amount).await?,
    };
    let booking = motel_bookings::queries::find(tx, from.booking).await?;
    let lines = post(tx, &Occasion::of(&booking, by), drafts).await?;
    if lines.is_empty() {
        return Err(BillingError::NotMovable);
    }
    withdraw_unfit_links(tx, &booking).await?;
    if to.booking != from.booking {
        let other = motel_bookings::queries::find(tx, to.booking).await?;
        withdraw_unfit_links(tx, &other).await?;
    }
    Ok(lines)
}

/// Both turns, in the order of the bookings: two who move in opposite directions do not wait for each other.
async fn turns(
    tx: &mut TenantTx,
    from: FolioId,
    to: FolioId,
) -> Result<(Folio, Folio), BillingError> {
    let missing = || BillingError::NotFound("folio");
    let first = queries::folio_by_id(tx, from).await?.ok_or_else(missing)?;
    let second = queries::folio_by_id(tx, to).await?.ok_or_else(missing)?;
    if first.booking.as_uuid() <= second.booking.as_uuid() {
        let first = take_turn_on(tx, from).await?;
        Ok((first, take_turn_on(tx, to).await?))
    } else {
        let second = take_turn_on(tx, to).await?;
        Ok((take_turn_on(tx, from).await?, second))
    }
}

async fn of_posting(
    tx: &mut TenantTx,
    from: &Folio,
    to: &Folio,
    id: PostingId,
) -> Result<Vec<Draft>, BillingError> {
    let posted = queries::postings_of_booking(tx, from.booking).await?;
    let found = posted
        .iter()
        .find(|posting| posting.id == id && posting.folio == from.id)
        .ok_or(BillingError::NotFound("line"))?;
    let name = moved(id);
    let is_moved = posted.iter().any(|posting| posting.source == name);
    if from.booking != to.booking || is_moved || !standing(&posted, found) || found.amount.is_zero()
    {
        return Err(BillingError::NotMovable);
    }
    let (out, amount) = (found.amount.negated()?, found.amount);
    Ok(vec![
        line(
            from,
            &format!("To {}: {}", to.name, found.description),
            out,
            &name,
        ),
        line(to, &found.description, amount, &name),
    ])
}

async fn of_amount(
    tx: &mut TenantTx,
    from: &Folio,
    to: &Folio,
    amount: Money,
) -> Result<Vec<Draft>, BillingError> {
    let sums = queries::folio_sums(tx, &[from]).await?;
    let owed = sums.get(&from.id).map_or(0, |sum| sum.minor());
    let fits = amount.currency() == from.currency && (1..=owed).contains(&amount.minor());
    if !fits {
        return Err(BillingError::NotMovable);
    }
    let name = format!("split:{}", Uuid::now_v7());
    Ok(vec![
        line(from, &format!("To {}", to.name), amount.negated()?, &name),
        line(to, &format!("From {}", from.name), amount, &name),
    ])
}
