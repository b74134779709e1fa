//! What guests pay with that is no money: gift cards and coupons. What these are worth is kept above; here is what folios say.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_bookings::By;
use motel_db::TenantTx;
use motel_kernel::{Money, PostingId};

use super::folio::open_folio_of;
use super::payment_link::withdraw_unfit_links;
use super::post::{Occasion, post};
use super::post_aside::LedgerEntry;
use super::reverse::take_back;
use crate::model::{Draft, Line};
use crate::rules::is_tender;
use crate::schema::postings;
use crate::{BillingError, Folio, LedgerAccount, PostingKind, queries};

/// A part of what is owed on a folio that is paid with a gift card or a coupon, or what goes back of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tender {
    /// The account on the other side.
    pub account: LedgerAccount,
    /// How much, more than nothing, in the folio's currency.
    pub amount: Money,
    /// A few words for the guest, at most 200 characters.
    pub description: String,
    /// What it is posted for: once in its folio.
    pub source: String,
}

/// What was posted of a tender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tendered {
    /// The line on the folio.
    pub posting: PostingId,
    /// The entry of the ledger it belongs to.
    pub entry: LedgerEntry,
}

/// Posts a tender on a folio. Whoever calls has the turn ([`super::hold_folio`]) and knows how much is owed.
///
/// # Errors
/// [`BillingError::FolioClosed`], [`BillingError::WrongCurrency`].
pub async fn post_tender(
    tx: &mut TenantTx,
    folio: &Folio,
    tender: Tender,
    by: By,
) -> Result<Tendered, BillingError> {
    let amount = tender.amount.negated()?;
    post_line(tx, folio, line(PostingKind::Payment, amount, tender), by).await
}

/// Posts that a part of a tender goes back to where it came from. A folio that was closed meanwhile is not needed for it.
/// Whoever calls has the turn and knows how much may go back.
///
/// # Errors
/// [`BillingError::WrongCurrency`].
pub async fn give_back_tender(
    tx: &mut TenantTx,
    folio: &Folio,
    tender: Tender,
    by: By,
) -> Result<Tendered, BillingError> {
    let taker = match folio.is_open() {
        true => folio.clone(),
        false => {
            let booking = motel_bookings::queries::find(tx, folio.booking).await?;
            open_folio_of(tx, &booking).await?
        }
    };
    let amount = tender.amount;
    post_line(tx, &taker, line(PostingKind::Refund, amount, tender), by).await
}

/// Takes a tender off its folio by a counter-line, whole. Whoever calls has the turn.
///
/// # Errors
/// [`BillingError::NotReversible`] when it was taken off before or is no tender, [`BillingError::FolioClosed`].
pub async fn take_off_tender(
    tx: &mut TenantTx,
    posting: PostingId,
    by: By,
    reason: &str,
) -> Result<Tendered, BillingError> {
    let found = queries::find_posting(tx, posting).await?;
    if !is_tender(&found) {
        return Err(BillingError::NotReversible);
    }
    let counter_line = take_back(tx, &found, by, reason).await?;
    tendered(tx, counter_line).await
}

fn line(kind: PostingKind, amount: Money, tender: Tender) -> Line {
    Line {
        kind,
        description: tender.description,
        service_date: None,
        amount,
        reverses: None,
        source: tender.source,
        contra: Some(tender.account),
    }
}

async fn post_line(
    tx: &mut TenantTx,
    folio: &Folio,
    line: Line,
    by: By,
) -> Result<Tendered, BillingError> {
    if line.amount.currency() != folio.currency {
        return Err(BillingError::WrongCurrency);
    }
    let booking = motel_bookings::queries::find(tx, folio.booking).await?;
    let draft = Draft {
        folio: folio.clone(),
        line,
    };
    let new = post(tx, &Occasion::of(&booking, by), vec![draft]).await?;
    withdraw_unfit_links(tx, &booking).await?;
    let posting = new.into_iter().next();
    tendered(tx, posting.ok_or(BillingError::NotFound("line"))?).await
}

async fn tendered(tx: &mut TenantTx, posting: PostingId) -> Result<Tendered, BillingError> {
    let entry = postings::table
        .find((tx.tenant(), posting))
        .select(postings::entry_id)
        .first(tx.conn())
        .await?;
    Ok(Tendered { posting, entry })
}
