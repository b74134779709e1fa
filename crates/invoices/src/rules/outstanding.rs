//! Which lines of a folio are on no document yet.

use std::collections::BTreeMap;

use motel_billing::StatementLine;
use motel_kernel::PostingId;

/// How often each posting was put on a document and how often credited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Coverage(BTreeMap<PostingId, (i32, i32)>);

impl Coverage {
    /// Out of what each document says: which posting, and whether it credits it.
    pub(crate) fn of(lines: impl IntoIterator<Item = (PostingId, bool)>) -> Self {
        let mut counts: BTreeMap<PostingId, (i32, i32)> = BTreeMap::new();
        for (posting, credits) in lines {
            let (invoiced, credited) = counts.entry(posting).or_default();
            *if credits { credited } else { invoiced } += 1;
        }
        Self(counts)
    }

    /// True while it is on a document that stands.
    pub(crate) fn stands(&self, posting: PostingId) -> bool {
        let counts = self.0.get(&posting);
        counts.is_some_and(|(invoiced, credited)| invoiced > credited)
    }

    /// The how-manieth time it would be put on a document.
    fn next_round(&self, posting: PostingId) -> i32 {
        self.0.get(&posting).map_or(1, |(invoiced, _)| invoiced + 1)
    }
}

/// A line of a folio that is on no document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Outstanding<'a> {
    pub(crate) line: &'a StatementLine,
    pub(crate) round: i32,
}

/// True for money, a gift card or a coupon that came in or went back, rather than something sold.
pub(crate) fn is_money(line: &StatementLine) -> bool {
    let account = line.account.as_ref();
    account.is_some_and(|account| account.kind.settles())
}

/// The lines of one side that are on no document. A line and what took it back are left out together when neither is on one:
/// nobody needs to read of them. What comes to nothing is left out, too.
pub(crate) fn outstanding<'a>(
    statement: &'a [StatementLine],
    coverage: &Coverage,
    money: bool,
) -> Vec<Outstanding<'a>> {
    let open = statement
        .iter()
        .filter(|line| is_money(line) == money && !coverage.stands(line.posting.id));
    let left = undone_left_out(open.collect());
    let numbered = left.into_iter().map(|line| Outstanding {
        line,
        round: coverage.next_round(line.posting.id),
    });
    numbered.collect()
}

/// The lines without those that another one of them takes back, and without these.
pub(crate) fn undone_left_out(lines: Vec<&StatementLine>) -> Vec<&StatementLine> {
    let mut gone: Vec<PostingId> = Vec::new();
    // The latest first: what was undone and done again stands.
    for line in lines.iter().rev() {
        let Some(undone) = line.undoes else { continue };
        let is_here = lines.iter().any(|other| other.posting.id == undone);
        if is_here && !gone.contains(&undone) && !gone.contains(&line.posting.id) {
            gone.extend([undone, line.posting.id]);
        }
    }
    lines
        .into_iter()
        .filter(|line| !line.posting.amount.is_zero() && !gone.contains(&line.posting.id))
        .collect()
}

#[cfg(test)]
mod tests {
    use motel_billing::{LedgerAccount, PostingKind};

    use super::*;
    use crate::rules::lines::testing::line;

    fn ids(found: &[Outstanding<'_>]) -> Vec<(PostingId, i32)> {
        let pairs = found.iter().map(|it| (it.line.posting.id, it.round));
        pairs.collect()
    }

    #[test]
    fn what_stands_on_a_document_is_not_put_on_another_until_it_is_credited() {
        let room = line(PostingKind::Charge, 168, LedgerAccount::revenue("room"));
        let cash = line(PostingKind::Payment, -100, LedgerAccount::payments("cash"));
        let (room_id, cash_id) = (room.posting.id, cash.posting.id);
        let statement = [room, cash];
        let none = Coverage::default();
        assert_eq!(ids(&outstanding(&statement, &none, false)), [(room_id, 1)]);
        assert_eq!(ids(&outstanding(&statement, &none, true)), [(cash_id, 1)]);
        let invoiced = Coverage::of([(room_id, false)]);
        assert_eq!(ids(&outstanding(&statement, &invoiced, false)), []);
        let credited = Coverage::of([(room_id, false), (room_id, true)]);
        assert_eq!(
            ids(&outstanding(&statement, &credited, false)),
            [(room_id, 2)]
        );
    }

    #[test]
    fn a_line_that_was_taken_back_before_is_not_mentioned_and_one_that_was_invoiced_is() {
        let room = line(PostingKind::Charge, 168, LedgerAccount::revenue("room"));
        let mut back = line(PostingKind::Reversal, -168, LedgerAccount::revenue("room"));
        back.undoes = Some(room.posting.id);
        let free = line(PostingKind::Charge, 0, LedgerAccount::revenue("room"));
        let (room_id, back_id) = (room.posting.id, back.posting.id);
        let statement = [room, back, free];
        assert_eq!(
            ids(&outstanding(&statement, &Coverage::default(), false)),
            []
        );
        let invoiced = Coverage::of([(room_id, false)]);
        assert_eq!(
            ids(&outstanding(&statement, &invoiced, false)),
            [(back_id, 1)]
        );
    }

    #[test]
    fn what_was_moved_away_and_back_stands_once() {
        let room = line(PostingKind::Charge, 168, LedgerAccount::revenue("room"));
        let mut away = line(PostingKind::Transfer, -168, LedgerAccount::revenue("room"));
        away.undoes = Some(room.posting.id);
        let mut home = line(PostingKind::Transfer, 168, LedgerAccount::revenue("room"));
        home.undoes = Some(away.posting.id);
        let id = room.posting.id;
        let statement = [room, away, home];
        assert_eq!(
            ids(&outstanding(&statement, &Coverage::default(), false)),
            [(id, 1)]
        );
    }
}
