use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{FolioId, PostingId};

use super::folio::take_turn_on;
use super::post::post;
use crate::model::PostingRow;
use crate::rules::{TakenBack, reversal_of};
use crate::schema::postings;
use crate::{BillingError, Posting, PostingKind};

/// Takes back one line by a counter-line that gives the reason. A line can be taken back once; a counter-line not at
/// all: what it took back by mistake is posted anew.
///
/// # Errors
/// [`BillingError::NotReversible`], and [`BillingError::NotFound`] for a line of nobody or of another tenant.
pub async fn reverse(
    tx: &mut TenantTx,
    posting: PostingId,
    reason: &str,
) -> Result<(), BillingError> {
    let found: Option<(FolioId, PostingRow)> = postings::table
        .find((tx.tenant(), posting))
        .select((postings::folio_id, PostingRow::as_select()))
        .first(tx.conn())
        .await
        .optional()?;
    let (folio, row) = found.ok_or(BillingError::NotFound("line"))?;
    let folio = take_turn_on(tx, folio).await?;
    let line: Posting = row.try_into()?;
    if line.kind == PostingKind::Reversal {
        return Err(BillingError::NotReversible);
    }
    let counter_line = reversal_of(&line, TakenBack::by_hand(reason))?;
    match post(tx, &folio, &[counter_line]).await? {
        0 => Err(BillingError::NotReversible),
        _ => Ok(()),
    }
}
