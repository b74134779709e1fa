//! What stands behind the lines of a folio.

use chrono::NaiveDate;
use motel_kernel::{FolioId, ReservationId};

use super::routing::moved_posting;
use super::source::{Item, StaySource};
use crate::model::Posting;
use crate::{PostingKind, StatementLine};

/// The lines of one folio out of those of its booking, in their order.
pub(crate) fn statement(posted: &[Posting], folio: FolioId) -> Vec<StatementLine> {
    let of_folio = posted.iter().filter(|line| line.folio == folio);
    of_folio.map(|line| behind(posted, line)).collect()
}

fn behind(posted: &[Posting], line: &Posting) -> StatementLine {
    let here = |undone: &&Posting| undone.folio == line.folio;
    let named = |id| posted.iter().find(|other| other.id == id);
    let moved = (line.kind == PostingKind::Transfer)
        .then(|| moved_posting(&line.source))
        .flatten();
    let meant = moved.and_then(|moved| named(moved.id)).unwrap_or(line);
    let undone = match moved {
        // Moving back undoes the move, on both sides.
        Some(moved) if moved.back => posted
            .iter()
            .filter(here)
            .find(|other| other.source == super::moved(moved.id)),
        Some(moved) => named(moved.id).filter(here),
        None => line.reverses.and_then(named).filter(here),
    };
    let mut posting = line.clone();
    posting.service_date = posting.service_date.or(meant.service_date);
    StatementLine {
        account: meant.contra.clone(),
        night: night(meant),
        undoes: undone.map(|undone| undone.id),
        posting,
    }
}

fn night(line: &Posting) -> Option<(ReservationId, NaiveDate)> {
    match StaySource::read(&line.source)?.0 {
        StaySource {
            reservation,
            item: Item::Room(date),
        } => Some((reservation, date)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use chrono::DateTime;
    use motel_kernel::{Currency, Money, PostingId};

    use super::*;
    use crate::LedgerAccount;

    fn posting(folio: FolioId, kind: PostingKind, minor: i64, source: String) -> Posting {
        Posting {
            id: PostingId::new(),
            folio,
            kind,
            description: "a line".to_owned(),
            service_date: None,
            amount: Money::new(minor, Currency::USD),
            reverses: None,
            source,
            contra: None,
            posted_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_night_that_moved_and_came_back_is_known_on_both_folios() {
        let (guest, company) = (FolioId::new(), FolioId::new());
        let date = NaiveDate::from_ymd_opt(2026, 12, 4).unwrap();
        let stay = ReservationId::new();
        let mut night = posting(
            guest,
            PostingKind::Charge,
            168,
            format!("room:{stay}:{date}"),
        );
        night.service_date = Some(date);
        night.contra = Some(LedgerAccount::revenue("room"));
        let (there, back) = (
            format!("moved:{}", night.id),
            format!("moved-back:{}", night.id),
        );
        let kind = PostingKind::Transfer;
        let posted = [
            night.clone(),
            posting(guest, kind, -168, there.clone()),
            posting(company, kind, 168, there),
            posting(guest, kind, 168, back.clone()),
            posting(company, kind, -168, back),
        ];
        let on_guest = statement(&posted, guest);
        let undone: Vec<_> = on_guest.iter().map(|line| line.undoes).collect();
        assert_eq!(undone, [None, Some(posted[0].id), Some(posted[1].id)]);
        let on_company = statement(&posted, company);
        let undone: Vec<_> = on_company.iter().map(|line| line.undoes).collect();
        assert_eq!(undone, [None, Some(posted[2].id)]);
        assert_eq!(on_company[0].account, night.contra);
        assert_eq!(on_company[0].night, Some((stay, date)));
        assert_eq!(on_company[0].posting.service_date, Some(date));
    }

    #[test]
    fn a_counter_line_undoes_its_line_and_a_split_amount_stands_for_nothing() {
        let folio = FolioId::new();
        let extra = posting(folio, PostingKind::Charge, 9, "desk:1".to_owned());
        let mut counter = posting(folio, PostingKind::Reversal, -9, "reversal:1".to_owned());
        counter.reverses = Some(extra.id);
        let split = posting(folio, PostingKind::Transfer, -5, "split:1".to_owned());
        let lines = statement(&[extra.clone(), counter, split], folio);
        assert_eq!(lines[1].undoes, Some(extra.id));
        assert_eq!((&lines[2].undoes, &lines[2].account), (&None, &None));
    }
}
