use motel_kernel::Money;

use crate::catalogue::{Offered, Way};
use crate::{Ceilings, Refusal};

/// Whether a call may begin that would do something, or only try it out. A person may always be asked for, and what is looked for in vain
/// is noted for the team as ever.
///
/// # Errors
/// `dry_run_only`.
pub fn may_begin(ceilings: &Ceilings, offered: &Offered, is_dry_run: bool) -> Result<(), Refusal> {
    let is_free = is_dry_run || matches!(offered.way, Way::Looks | Way::AsksForPerson);
    match ceilings.dry_run_only && !is_free {
        true => Err(Refusal::for_a_person(
            "dry_run_only",
            "this key may only try things out, with dry_run",
        )),
        false => Ok(()),
    }
}

/// Whether one more booking may be made at a total, after so many on the same day.
///
/// # Errors
/// `above_ceiling`; `too_many_bookings`.
pub fn may_book(ceilings: &Ceilings, total: Money, made_today: i64) -> Result<(), Refusal> {
    if let Some(most) = ceilings.max_total {
        let is_within = most.currency() == total.currency() && total.minor() <= most.minor();
        if !is_within {
            return Err(Refusal::for_a_person(
                "above_ceiling",
                format!(
                    "a booking by this key may come to {most} at most, and this one comes to {total}"
                ),
            ));
        }
    }
    match ceilings.bookings_a_day {
        Some(most) if made_today >= i64::from(most) => Err(Refusal::for_a_person(
            "too_many_bookings",
            format!("this key may make {most} bookings a day"),
        )),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use motel_kernel::Currency;

    use super::*;
    use crate::catalogue::offered;

    fn dollars(minor: i64) -> Money {
        Money::new(minor, Currency::USD)
    }

    #[test]
    fn without_ceilings_nothing_is_above_them() {
        let none = Ceilings::default();
        assert_eq!(may_book(&none, dollars(i64::MAX), i64::MAX), Ok(()));
        assert_eq!(
            may_begin(&none, offered("book_room").unwrap(), false),
            Ok(())
        );
    }

    #[test]
    fn a_booking_may_come_to_the_ceiling_and_to_no_cent_more_nor_to_other_money() {
        let ceilings = Ceilings {
            max_total: Some(dollars(20_000)),
            ..Ceilings::default()
        };
        assert_eq!(may_book(&ceilings, dollars(20_000), 0), Ok(()));
        let yen = Money::new(1, "JPY".parse().unwrap());
        for total in [dollars(20_001), yen] {
            let refusal = may_book(&ceilings, total, 0).unwrap_err();
            assert_eq!(refusal.code, "above_ceiling");
            assert!(refusal.needs_person && refusal.reason.contains("person"));
        }
    }

    #[test]
    fn a_day_has_so_many_bookings() {
        let day = |bookings_a_day| Ceilings {
            bookings_a_day: Some(bookings_a_day),
            ..Ceilings::default()
        };
        assert_eq!(may_book(&day(2), dollars(1), 1), Ok(()));
        for (most, made) in [(2, 2), (2, 3), (0, 0)] {
            let refusal = may_book(&day(most), dollars(1), made).unwrap_err();
            assert_eq!(refusal.code, "too_many_bookings");
        }
    }

    #[test]
    fn who_may_only_try_still_looks_and_still_asks_for_a_person() {
        let trying = Ceilings {
            dry_run_only: true,
            ..Ceilings::default()
        };
        for (name, is_dry_run, may) in [
            ("book_room", false, false),
            ("book_room", true, true),
            ("cancel_booking", false, false),
            ("create_payment_link", false, false),
            ("create_lead", false, false),
            ("search_availability", false, true),
            ("hand_over", false, true),
        ] {
            let begun = may_begin(&trying, offered(name).unwrap(), is_dry_run);
            assert_eq!(begun.is_ok(), may, "{name}");
        }
    }
}
