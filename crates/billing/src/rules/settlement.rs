//! What a folio lacks to say what its booking says.

use motel_kernel::{Currency, Money, MoneyError, ReservationId};
use motel_rates::PriceLine;

use super::books::{Books, Entry, State};
use super::lines::{CORRECTION, penalty_line, price_lines, reversal_of};
use super::source::StaySource;
use crate::PendingLine;
use crate::model::{Line, Posting};

/// What a folio has to know of one reservation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StayAccount {
    pub(crate) reservation: ReservationId,
    pub(crate) standing: Standing,
    /// The price as it was agreed, every cent of it.
    pub(crate) lines: Vec<PriceLine>,
}

/// Where its money stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// The guests are to come or are here: the price is owed, and posted night by night.
    Expected,
    /// They have left: all of the price is posted.
    Left,
    /// It came to nothing: no more is posted than had been charged, and what that costs.
    Over(Option<Penalty>),
}

/// What it costs to cancel, or not to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Penalty {
    Cancellation(Money),
    NoShow(Money),
}

/// What is to be written, and what is to come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Settlement {
    /// To be posted at once.
    pub(crate) now: Vec<Line>,
    /// Owed already and posted later, by the night audit or at check-out.
    pub(crate) pending: Vec<Pending>,
}

/// A line that is still to be posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pending {
    pub(crate) reservation: ReservationId,
    pub(crate) line: Line,
}

impl Settlement {
    /// What the folio will come to beyond what is posted.
    pub(crate) fn sum(&self, currency: Currency) -> Result<Money, MoneyError> {
        let now = self.now.iter().map(|line| line.amount);
        let pending = self.pending.iter().map(|pending| pending.line.amount);
        Money::total(now.chain(pending), currency)
    }

    /// Everything that is not posted yet, night by night.
    pub(crate) fn into_pending(self) -> Vec<PendingLine> {
        let mut lines: Vec<PendingLine> = self.now.into_iter().map(PendingLine::from).collect();
        lines.extend(self.pending.into_iter().map(|pending| pending.line.into()));
        lines.sort_by_key(|line| line.service_date);
        lines
    }
}

/// Compares what was posted with what the stays of the booking are owed. Posting what it answers and asking again
/// answers nothing to post: however often and in whatever order the news of a booking arrives, the folio ends the same.
///
/// A line that was taken back by hand is not posted again: whoever took it back waived it.
pub(crate) fn settle(posted: &[Posting], stays: &[StayAccount]) -> Result<Settlement, MoneyError> {
    let books = Books::read(posted, stays);
    let mut settlement = Settlement::default();
    for stay in stays {
        settle_stay(&books, stay, &mut settlement)?;
    }
    Ok(settlement)
}

/// The lines to post when a night of a stay was charged. They are those of the price as it stands by then; if the stay
/// came to nothing meanwhile, those that were charged.
pub(crate) fn charge_night(
    posted: &[Posting],
    stays: &[StayAccount],
    reservation: ReservationId,
    charged: &[PriceLine],
) -> Result<Vec<Line>, MoneyError> {
    let Some(night) = charged.iter().map(|line| line.date).max() else {
        return Ok(Vec::new());
    };
    let of_stay = |stay: &&StayAccount| stay.reservation == reservation;
    let is_over = stays
        .iter()
        .find(of_stay)
        .is_none_or(|stay| matches!(stay.standing, Standing::Over(_)));
    if is_over {
        let books = Books::read(posted, stays);
        return never_posted(&books, reservation, charged);
    }
    let due = settle(posted, stays)?
        .pending
        .into_iter()
        .filter(|pending| {
            pending.reservation == reservation
                && pending.line.service_date.is_some_and(|date| date <= night)
        });
    Ok(due.map(|pending| pending.line).collect())
}

fn never_posted(
    books: &Books<'_>,
    reservation: ReservationId,
    charged: &[PriceLine],
) -> Result<Vec<Line>, MoneyError> {
    let lines = price_lines(reservation, charged)?.into_iter();
    Ok(lines
        .filter(|(source, _)| books.entry(source).is_none())
        .map(|(_, line)| line)
        .collect())
}

fn settle_stay(
    books: &Books<'_>,
    stay: &StayAccount,
    settlement: &mut Settlement,
) -> Result<(), MoneyError> {
    let wanted = wanted(stay)?;
    for (source, entry) in books.of(stay.reservation) {
        let stays_posted = match wanted.iter().find(|(name, _)| name == source) {
            Some((_, line)) => line.amount == entry.line.amount,
            None => may_stay(stay.standing, source, entry),
        };
        if entry.state == State::Standing && !stays_posted {
            settlement.now.push(reversal_of(entry.line, CORRECTION)?);
        }
    }
    for (source, line) in wanted {
        match books.entry(&source) {
            Some(entry) if entry.state == State::Waived => {}
            Some(entry) if entry.state == State::Standing && entry.line.amount == line.amount => {}
            // What stands with another amount had been due before, so its correction is due now.
            Some(entry) if entry.state == State::Standing => {
                settlement
                    .now
                    .push(renamed(line, &source, entry.revision + 1));
            }
            Some(entry) => {
                let line = renamed(line, &source, entry.revision + 1);
                owe(stay, line, settlement);
            }
            None => owe(stay, line, settlement),
        }
    }
    Ok(())
}

fn owe(stay: &StayAccount, line: Line, settlement: &mut Settlement) {
    match stay.standing {
        Standing::Expected => settlement.pending.push(Pending {
            reservation: stay.reservation,
            line,
        }),
        Standing::Left | Standing::Over(_) => settlement.now.push(line),
    }
}

fn wanted(stay: &StayAccount) -> Result<Vec<(StaySource, Line)>, MoneyError> {
    match stay.standing {
        Standing::Expected | Standing::Left => price_lines(stay.reservation, &stay.lines),
        Standing::Over(penalty) => Ok(penalty
            .and_then(|penalty| penalty_line(stay.reservation, penalty))
            .into_iter()
            .collect()),
    }
}

/// Whether a line that the stay does not ask for may stay: a night that was charged before the stay came to nothing. What
/// an old folio posted ahead of its nights was never charged.
fn may_stay(standing: Standing, source: &StaySource, entry: &Entry<'_>) -> bool {
    matches!(standing, Standing::Over(_)) && !entry.ahead && !source.item.is_penalty()
}

fn renamed(line: Line, source: &StaySource, revision: u32) -> Line {
    Line {
        source: source.name(revision),
        ..line
    }
}
