use chrono::NaiveDate;
use motel_bookings::By;
use motel_db::TenantTx;
use motel_kernel::{FolioId, Money, PostingId};
use uuid::Uuid;

use super::payment_link::withdraw_unfit_links;
use super::post::{Occasion, post};
use super::turn::take_turn_on;
use crate::model::{Draft, Line};
use crate::rules::refundable;
use crate::{BillingError, LedgerAccount, PostingKind, queries};

/// What staff post on a folio.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandPosting {
    /// What it is.
    pub kind: HandKind,
    /// More than nothing; only an allowance or a surcharge is said by its sign.
    pub amount: Money,
    /// A few words for the guest, at most 200 characters.
    pub description: String,
    /// The day it is about, where there is one.
    pub service_date: Option<NaiveDate>,
}

/// What staff may post. Nights and their taxes are posted by the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandKind {
    /// Something that was sold beside the room, by its code: `minibar`.
    Extra(String),
    /// A fee, by its code.
    Fee(String),
    /// What was settled on: below nothing, an allowance.
    Adjustment,
    /// Money that came in outside of any gateway, by its way: `cash`.
    Payment(String),
    /// Money that was given back outside of any gateway, by its way.
    Refund(String),
}

/// Posts by hand. Answers the line.
///
/// # Errors
/// [`BillingError::FolioClosed`], [`BillingError::AbovePaid`] for a refund of more than was paid on this folio,
/// [`BillingError::WrongCurrency`], [`BillingError::NotFound`].
pub async fn post_by_hand(
    tx: &mut TenantTx,
    folio: FolioId,
    wanted: HandPosting,
    by: By,
) -> Result<PostingId, BillingError> {
    let folio = take_turn_on(tx, folio).await?;
    if wanted.amount.currency() != folio.currency {
        return Err(BillingError::WrongCurrency);
    }
    if matches!(wanted.kind, HandKind::Refund(_)) {
        let posted = queries::postings(tx, &folio).await?;
        // What is on its way back through a gateway does not go back in cash as well.
        let payments = queries::payments(tx, folio.booking).await?;
        let going = queries::going_back(&payments, folio.currency)?;
        let most = refundable(&posted, folio.currency)?.minus(going)?;
        if wanted.amount.minor() > most.minor() {
            return Err(BillingError::AbovePaid);
        }
    }
    let booking = motel_bookings::queries::find(tx, folio.booking).await?;
    let line = line(wanted)?;
    let new = post(tx, &Occasion::of(&booking, by), vec![Draft { folio, line }]).await?;
    withdraw_unfit_links(tx, &booking).await?;
    new.first().copied().ok_or(BillingError::NotFound("line"))
}

fn line(wanted: HandPosting) -> Result<Line, BillingError> {
    let amount = wanted.amount;
    let (kind, amount, contra) = match &wanted.kind {
        HandKind::Extra(code) => {
            let contra = LedgerAccount::revenue(&format!("extra:{code}"));
            (PostingKind::Charge, amount, contra)
        }
        HandKind::Fee(code) => {
            let contra = LedgerAccount::revenue(&format!("fee:{code}"));
            (PostingKind::Fee, amount, contra)
        }
        HandKind::Adjustment => (
            PostingKind::Adjustment,
            amount,
            LedgerAccount::adjustments(),
        ),
        HandKind::Payment(method) => {
            let contra = LedgerAccount::payments(method);
            (PostingKind::Payment, amount.negated()?, contra)
        }
        HandKind::Refund(method) => {
            let contra = LedgerAccount::payments(method);
            (PostingKind::Refund, amount, contra)
        }
    };
    Ok(Line {
        kind,
        description: wanted.description,
        service_date: wanted.service_date,
        amount,
        reverses: None,
        source: format!("desk:{}", Uuid::now_v7()),
        contra: Some(contra),
    })
}
