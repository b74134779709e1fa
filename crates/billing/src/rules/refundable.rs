//! What can be given back, and what can be moved.

use motel_kernel::{Currency, Money, MoneyError};

use crate::{Posting, PostingKind};

/// What came in and did not go out again. More can't be refunded; what was paid with a gift card or a coupon is no money, and
/// goes back where it came from.
pub(crate) fn refundable(posted: &[Posting], currency: Currency) -> Result<Money, MoneyError> {
    let mut paid = Money::zero(currency);
    for line in posted {
        if is_money(kind_meant(posted, line)) && !is_tender(line) {
            paid = paid.minus(line.amount)?;
        }
    }
    Ok(paid)
}

/// True for a line that was not taken back and takes back none, and that was not moved. What is set aside for a dispute
/// goes by what its gateway says.
pub(crate) fn standing(posted: &[Posting], line: &Posting) -> bool {
    let own = !matches!(
        line.kind,
        PostingKind::Reversal | PostingKind::Transfer | PostingKind::Dispute
    );
    own && posted.iter().all(|other| other.reverses != Some(line.id))
}

/// A counter-line counts as what it takes back.
fn kind_meant(posted: &[Posting], line: &Posting) -> PostingKind {
    let original = line
        .reverses
        .and_then(|id| posted.iter().find(|other| other.id == id));
    original.unwrap_or(line).kind
}

/// True for a line of a gift card or a coupon.
pub(crate) fn is_tender(line: &Posting) -> bool {
    let contra = line.contra.as_ref();
    contra.is_some_and(|account| account.kind.is_tender())
}

fn is_money(kind: PostingKind) -> bool {
    matches!(kind, PostingKind::Payment | PostingKind::Refund)
}
