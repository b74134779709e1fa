use std::collections::HashSet;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_bookings::Booking;
use motel_db::TenantTx;
use motel_kernel::PostingId;

use super::post::post;
use super::reverse::reversal_of;
use crate::model::Line;
use crate::schema::payment_links;
use crate::{BillingError, Folio, LinkStatus, Posting, PostingKind, queries};

const FEE_SOURCE: &str = "cancellation-fee";

/// Takes back what a cancelled booking was charged, posts the fee for cancelling, and closes the link by which it could
/// be paid. What the guest had paid stays, so a balance below zero is what we owe. A booking that is not cancelled is
/// left alone; settling twice changes nothing.
pub async fn settle_cancellation(
    tx: &mut TenantTx,
    booking: &Booking,
    folio: &Folio,
) -> Result<(), BillingError> {
    let Some(cancellation) = booking.cancellation() else {
        return Ok(());
    };
    let postings = queries::postings(tx, folio).await?;
    let mut lines = reversals(&postings)?;
    if !cancellation.fee.is_zero() {
        lines.push(Line {
            kind: PostingKind::Fee,
            description: "Cancellation fee".to_owned(),
            service_date: None,
            amount: cancellation.fee,
            reverses: None,
            source: FEE_SOURCE.to_owned(),
        });
    }
    post(tx, folio, &lines).await?;
    withdraw_link(tx, folio).await
}

/// A counter-line for everything that was sold and stands.
fn reversals(postings: &[Posting]) -> Result<Vec<Line>, BillingError> {
    let taken_back: HashSet<PostingId> = postings.iter().filter_map(|line| line.reverses).collect();
    postings
        .iter()
        .filter(|line| was_sold(line) && !taken_back.contains(&line.id))
        .map(|line| reversal_of(line, "booking cancelled"))
        .collect()
}

fn was_sold(line: &Posting) -> bool {
    let sold = matches!(
        line.kind,
        PostingKind::Charge | PostingKind::Tax | PostingKind::Fee
    );
    sold && line.source != FEE_SOURCE
}

async fn withdraw_link(tx: &mut TenantTx, folio: &Folio) -> Result<(), BillingError> {
    let open = payment_links::table
        .filter(payment_links::tenant_id.eq(tx.tenant()))
        .filter(payment_links::folio_id.eq(folio.id))
        .filter(payment_links::status.eq(LinkStatus::Open));
    diesel::update(open)
        .set(payment_links::status.eq(LinkStatus::Cancelled))
        .execute(tx.conn())
        .await?;
    Ok(())
}
