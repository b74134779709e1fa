use chrono::{DateTime, Days, NaiveTime, Utc};
use chrono_tz::Tz;
use motel_bookings::{Booking, Reservation};
use motel_kernel::{Money, MoneyError, local_instant};

use crate::{Deposit, Due, PaymentTerms, Posting};

/// What the guests of a booking agree to by a policy; `None` where all is due at once. A share is rounded to the minor unit,
/// halves up.
pub(crate) fn terms_of(
    deposit: Deposit,
    booking: &Booking,
    timezone: Tz,
) -> Result<Option<PaymentTerms>, MoneyError> {
    let (deposit, rest_due_days) = match deposit {
        Deposit::Whole => return Ok(None),
        Deposit::Share {
            share,
            rest_due_days,
        } => (booking.total().share(share)?, rest_due_days),
        Deposit::FirstNight { rest_due_days } => (first_nights(booking)?, rest_due_days),
    };
    let arrivals = booking.standing().map(|stay| stay.dates.arrival());
    let arrival = arrivals
        .min()
        .unwrap_or_else(|| booking.first().dates.arrival());
    let rest_due_on = arrival
        .checked_sub_days(Days::new(rest_due_days.into()))
        .unwrap_or(arrival);
    Ok(Some(PaymentTerms {
        deposit,
        rest_due_at: local_instant(rest_due_on, NaiveTime::MIN, timezone),
    }))
}

fn first_nights(booking: &Booking) -> Result<Money, MoneyError> {
    let lines = booking.standing().flat_map(first_night);
    Money::total(lines, booking.total().currency())
}

fn first_night(stay: &Reservation) -> Vec<Money> {
    let arrival = stay.dates.arrival();
    let lines = stay.price.postings().into_iter();
    lines
        .filter(|line| line.date == arrival)
        .map(|line| line.amount)
        .collect()
}

/// What the guests of a folio are asked for at `now`.
pub(crate) fn due(
    terms: Option<PaymentTerms>,
    balance: Money,
    paid: Money,
    now: DateTime<Utc>,
) -> Due {
    let currency = balance.currency();
    let owed = balance.minor().max(0);
    let terms = terms.filter(|terms| now < terms.rest_due_at);
    let due_now = terms.map_or(owed, |terms| left_of(terms, paid).minor().min(owed));
    let rest = owed.saturating_sub(due_now);
    Due {
        now: Money::new(due_now, currency),
        rest: Money::new(rest, currency),
        rest_due_at: terms.filter(|_| rest > 0).map(|terms| terms.rest_due_at),
    }
}

/// What of the deposit has not come in.
fn left_of(terms: PaymentTerms, paid: Money) -> Money {
    let left = terms.deposit.minor().saturating_sub(paid.minor());
    Money::new(left.max(0), terms.deposit.currency())
}

/// Whether a link for `amount` still asks for something that may be paid: all that is owed, or what is left of the deposit.
pub(crate) fn is_fit(
    amount: Money,
    terms: Option<PaymentTerms>,
    balance: Money,
    paid: Money,
) -> bool {
    let is_deposit = terms.is_some_and(|terms| left_of(terms, paid) == amount);
    amount == balance || (is_deposit && amount.minor() <= balance.minor())
}

/// What came in, or was paid with a gift card or a coupon, and was not given back. Disputed money counts: it came in.
pub(crate) fn paid(postings: &[Posting], none: Money) -> Result<Money, MoneyError> {
    let is_money = |posting: &&Posting| {
        let contra = posting.contra.as_ref();
        contra.is_some_and(|it| it.kind.settles())
    };
    let moved = postings.iter().filter(is_money).map(|line| line.amount);
    Money::total(moved, none.currency())?.negated()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use motel_kernel::Currency;
    use proptest::prelude::*;

    use super::*;

    fn usd(minor: i64) -> Money {
        Money::new(minor, Currency::USD)
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    const DUE: &str = "2026-12-10T05:00:00Z";

    fn terms(deposit: i64) -> Option<PaymentTerms> {
        Some(PaymentTerms {
            deposit: usd(deposit),
            rest_due_at: at(DUE),
        })
    }

    #[test]
    fn without_terms_all_is_due_at_once() {
        let due = due(None, usd(30_000), usd(0), at("2026-12-01T00:00:00Z"));
        assert_eq!(
            (due.now, due.rest, due.rest_due_at),
            (usd(30_000), usd(0), None)
        );
    }

    #[test]
    fn first_the_deposit_then_nothing_then_the_rest() {
        let (early, late) = (at("2026-12-01T00:00:00Z"), at(DUE));
        let asked = |balance, paid, now| {
            let due = due(terms(10_000), usd(balance), usd(paid), now);
            (
                due.now.minor(),
                due.rest.minor(),
                due.next().minor(),
                due.rest_due_at.is_some(),
            )
        };
        assert_eq!(asked(30_000, 0, early), (10_000, 20_000, 10_000, true));
        assert_eq!(asked(26_000, 4_000, early), (6_000, 20_000, 6_000, true));
        assert_eq!(asked(20_000, 10_000, early), (0, 20_000, 20_000, true));
        assert_eq!(asked(20_000, 10_000, late), (20_000, 0, 20_000, false));
        assert_eq!(asked(0, 30_000, early), (0, 0, 0, false));
    }

    #[test]
    fn a_link_fits_for_all_or_for_what_is_left_of_the_deposit() {
        let fits =
            |amount, balance, paid| is_fit(usd(amount), terms(10_000), usd(balance), usd(paid));
        assert!(fits(30_000, 30_000, 0) && fits(10_000, 30_000, 0) && fits(6_000, 26_000, 4_000));
        assert!(!fits(10_000, 26_000, 4_000) && !fits(5_000, 30_000, 0));
        assert!(!fits(10_000, 8_000, 0), "more than is owed");
        assert!(
            !is_fit(usd(10_000), None, usd(30_000), usd(0)),
            "no deposit was agreed"
        );
    }

    proptest! {
        #[test]
        fn now_and_later_are_what_is_owed(
            deposit in 0..100_000_i64, balance in -50_000..200_000_i64, paid in -10_000..200_000_i64, seconds in -100..100_i64
        ) {
            let now = at(DUE) + chrono::Duration::seconds(seconds);
            let due = due(terms(deposit), usd(balance), usd(paid), now);
            prop_assert_eq!(due.whole(), usd(balance.max(0)));
            prop_assert!(due.now.minor() >= 0 && due.rest.minor() >= 0);
            prop_assert!(seconds < 0 || due.rest.is_zero());
            let is_asked = due.next().minor() > 0;
            prop_assert_eq!(is_asked, balance > 0);
            prop_assert!(!is_asked || is_fit(due.next(), terms(deposit), usd(balance), usd(paid)));
        }
    }
}
