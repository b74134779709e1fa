use motel_bookings::By;
use motel_db::TenantTx;
use motel_kernel::{Actor, PostingId};

use super::folio::route;
use super::payment_link::withdraw_unfit_links;
use super::post::{Occasion, post};
use super::turn::take_turn_on;
use crate::rules::{TakenBack, is_tender, reversal_of, standing};
use crate::{BillingError, Posting, queries};

/// Takes back one line by a counter-line that gives the reason; if the line was moved to another folio, it is moved back
/// first. A line can be taken back once; a counter-line not at all: what it took back by mistake is posted anew. What was
/// paid with a gift card or a coupon is taken off where these are kept ([`super::take_off_tender`]). Answers the
/// counter-line.
///
/// # Errors
/// [`BillingError::NotReversible`], [`BillingError::FolioClosed`], and [`BillingError::NotFound`] for a line of nobody or
/// of another tenant.
pub async fn reverse(
    tx: &mut TenantTx,
    posting: PostingId,
    actor: Actor,
    reason: &str,
) -> Result<PostingId, BillingError> {
    let line = queries::find_posting(tx, posting).await?;
    if is_tender(&line) {
        return Err(BillingError::NotReversible);
    }
    take_back(tx, &line, By::actor(actor).because(reason), reason).await
}

/// Takes back a line of any kind. Answers the counter-line.
pub(super) async fn take_back(
    tx: &mut TenantTx,
    line: &Posting,
    by: By,
    reason: &str,
) -> Result<PostingId, BillingError> {
    let folio = take_turn_on(tx, line.folio).await?;
    let booking = motel_bookings::queries::find(tx, folio.booking).await?;
    let posted = queries::postings_of_booking(tx, booking.id).await?;
    if !standing(&posted, line) {
        return Err(BillingError::NotReversible);
    }
    let counter_line = reversal_of(line, TakenBack::by_hand(reason))?;
    let drafts = route(tx, &booking, &posted, vec![counter_line]).await?;
    let new = post(tx, &Occasion::of(&booking, by), drafts).await?;
    withdraw_unfit_links(tx, &booking).await?;
    // The counter-line comes after what it brings along.
    new.last().copied().ok_or(BillingError::NotReversible)
}
