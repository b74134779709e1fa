//! Postings as the ledger sees them: lines that come to nothing.

use std::collections::BTreeMap;

use motel_kernel::{FolioId, Money, MoneyError, PostingId};

use crate::model::{Draft, EntryLine};
use crate::{AccountKind, Folio, FolioKind, LedgerAccount};

/// The lines of one entry. `balances` says what each folio came to before and, when it is through, afterwards.
///
/// What a folio is owed stands in its receivable, the guest or the city ledger; what it holds beyond that, among the
/// deposits. So a payment before the stay is a deposit, and each night that is posted turns some of it into earned
/// money, without anybody moving it.
pub(crate) fn entry_lines(
    drafts: &[(PostingId, Draft)],
    balances: &mut BTreeMap<FolioId, Money>,
) -> Result<Vec<EntryLine>, MoneyError> {
    let mut lines = Vec::with_capacity(drafts.len().saturating_mul(2));
    for (posting, draft) in drafts {
        let (folio, amount) = (&draft.folio, draft.line.amount);
        let before = balances
            .get(&folio.id)
            .copied()
            .unwrap_or(Money::zero(folio.currency));
        let after = before.plus(amount)?;
        balances.insert(folio.id, after);
        lines.extend(folio_lines(folio, *posting, before, after)?);
        if let Some(contra) = &draft.line.contra {
            lines.push(EntryLine {
                account: contra.clone(),
                folio: None,
                posting: *posting,
                amount: amount.negated()?,
            });
        }
    }
    Ok(lines)
}

fn folio_lines(
    folio: &Folio,
    posting: PostingId,
    before: Money,
    after: Money,
) -> Result<Vec<EntryLine>, MoneyError> {
    let owed = owed(after).minus(owed(before))?;
    let held = held(after).minus(held(before))?;
    let line = |kind, amount| EntryLine {
        account: LedgerAccount {
            kind,
            detail: String::new(),
        },
        folio: Some(folio.id),
        posting,
        amount,
    };
    let mut lines = Vec::with_capacity(2);
    // A line of nothing is still a line.
    if !owed.is_zero() || held.is_zero() {
        lines.push(line(receivable(folio.kind), owed));
    }
    if !held.is_zero() {
        lines.push(line(AccountKind::DepositsHeld, held));
    }
    Ok(lines)
}

/// Where it stands what a folio owes.
fn receivable(kind: FolioKind) -> AccountKind {
    match kind {
        FolioKind::Guest => AccountKind::GuestLedger,
        FolioKind::Company => AccountKind::CityLedger,
    }
}

fn owed(balance: Money) -> Money {
    Money::new(balance.minor().max(0), balance.currency())
}

fn held(balance: Money) -> Money {
    Money::new(balance.minor().min(0), balance.currency())
}
