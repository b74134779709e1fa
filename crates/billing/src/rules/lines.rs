//! The lines themselves.

use motel_kernel::{Money, MoneyError, ReservationId};
use motel_rates::{LineKind, PriceLine};

use super::contra::contra_of;
use super::settlement::Penalty;
use super::source::{Item, StaySource};
use crate::PostingKind;
use crate::model::{Line, Posting};

/// Why a line is taken back when its booking changed.
pub(crate) const CORRECTION: TakenBack<'static> = TakenBack {
    prefix: "correction",
    reason: "booking changed",
};

/// On whose account a line is taken back.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TakenBack<'a> {
    prefix: &'static str,
    reason: &'a str,
}

impl<'a> TakenBack<'a> {
    /// By somebody who says why.
    pub(crate) fn by_hand(reason: &'a str) -> Self {
        Self {
            prefix: "reversal",
            reason,
        }
    }
}

/// The lines of a price by what they are for. Lines for the same thing on one night are one.
pub(crate) fn price_lines(
    reservation: ReservationId,
    price: &[PriceLine],
) -> Result<Vec<(StaySource, Line)>, MoneyError> {
    let mut lines: Vec<(StaySource, Line)> = Vec::with_capacity(price.len());
    for part in price {
        let source = StaySource {
            reservation,
            item: Item::of_price(part.kind, part.date, &part.code),
        };
        match lines.iter_mut().find(|(known, _)| *known == source) {
            Some((_, line)) => line.amount = line.amount.plus(part.amount)?,
            None => {
                let line = price_line(&source, part);
                lines.push((source, line));
            }
        }
    }
    for (_, line) in &mut lines {
        // A discount that is a line of its own: the books know no charge below nothing.
        if line.amount.minor() < 0 {
            line.kind = PostingKind::Adjustment;
        }
    }
    Ok(lines)
}

fn price_line(source: &StaySource, part: &PriceLine) -> Line {
    Line {
        kind: match part.kind {
            LineKind::Room => PostingKind::Charge,
            LineKind::Fee => PostingKind::Fee,
            LineKind::Tax => PostingKind::Tax,
        },
        description: part.description.chars().take(200).collect(),
        service_date: Some(part.date),
        amount: part.amount,
        reverses: None,
        source: source.name(1),
        contra: Some(contra_of(&source.item)),
    }
}

/// The fee for a stay that came to nothing; there is none when it costs nothing.
pub(crate) fn penalty_line(
    reservation: ReservationId,
    penalty: Penalty,
) -> Option<(StaySource, Line)> {
    let (item, description, amount) = match penalty {
        Penalty::Cancellation(fee) => (Item::CancellationFee, "Cancellation fee", fee),
        Penalty::NoShow(fee) => (Item::NoShowFee, "No-show fee", fee),
    };
    let source = StaySource { reservation, item };
    let line = fee_line(&source, description, amount);
    (!amount.is_zero()).then_some((source, line))
}

fn fee_line(source: &StaySource, description: &str, amount: Money) -> Line {
    Line {
        kind: PostingKind::Fee,
        description: description.to_owned(),
        service_date: None,
        amount,
        reverses: None,
        source: source.name(1),
        contra: Some(contra_of(&source.item)),
    }
}

/// The counter-line of a line that is no counter-line itself.
pub(crate) fn reversal_of(line: &Posting, back: TakenBack<'_>) -> Result<Line, MoneyError> {
    let description = format!("{}: {}", line.description, back.reason);
    Ok(Line {
        kind: PostingKind::Reversal,
        description: description.chars().take(200).collect(),
        service_date: line.service_date,
        amount: line.amount.negated()?,
        reverses: Some(line.id),
        source: format!("{}:{}", back.prefix, line.id),
        contra: line.contra.clone(),
    })
}

/// True for a counter-line that was posted because the booking changed.
pub(crate) fn is_correction(line: &Posting) -> bool {
    let name = line.source.split_once(':');
    name.is_some_and(|(prefix, _)| prefix == CORRECTION.prefix)
}
