//! What becomes of money a gateway was asked to take.

use motel_kernel::MoneyError;

use crate::Payment;

motel_db::text_enum! {
    /// What we know of a payment at its gateway.
    pub enum IntentState {
        /// The gateway was not asked, or nobody heard its answer.
        Created = "created",
        /// There is a page, and somebody has to pay on it.
        RequiresAction = "requires_action",
        /// Somebody paid in a way that takes its time.
        Processing = "processing",
        /// Money is set aside, and nothing was taken.
        Authorised = "authorised",
        /// Money that is set aside is to be taken, and nobody knows yet whether it was.
        Capturing = "capturing",
        /// Money that is set aside is to be let go, and nobody knows yet whether it was.
        Voiding = "voiding",
        /// The money was taken.
        Succeeded = "succeeded",
        /// It was refused for good.
        Failed = "failed",
        /// Nobody paid in time, or what was set aside was let go.
        Cancelled = "cancelled",
        /// What was set aside was not taken in time.
        Lapsed = "lapsed",
        /// All of it went back.
        Refunded = "refunded",
        /// The card's owner wants it back.
        Disputed = "disputed",
    }
}

/// What can happen to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Happening {
    PageMade,
    Processing,
    Failed,
    Expired,
    /// Money was set aside.
    Authorised,
    /// Somebody wants it taken.
    CaptureWanted,
    /// Somebody wants it let go.
    VoidWanted,
    /// The gateway does not do what was wanted, and it is still set aside.
    WishRefused,
    /// It was let go.
    Released,
    /// Its time was over.
    Lapsed,
    /// The money came; what became of it since.
    Money(MoneyStands),
}

/// What became of money that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MoneyStands {
    /// It is here, or some of it.
    Here,
    /// All of it went back.
    WentBack,
    /// Somebody wants some of it back, or got it so.
    Disputed,
}

impl MoneyStands {
    /// By what is written: whatever order the news came in. `None` while nobody told that anything came: then the gateway
    /// is still to be asked.
    pub(crate) fn of(payment: &Payment) -> Result<Option<Self>, MoneyError> {
        let (paid, refunded) = (payment.paid.minor(), payment.refunded()?.minor());
        Ok(match paid {
            0 => None,
            _ if payment.is_disputed() => Some(Self::Disputed),
            _ if refunded >= paid => Some(Self::WentBack),
            _ => Some(Self::Here),
        })
    }
}

impl IntentState {
    /// True while the gateway has to be asked.
    pub fn is_in_doubt(self) -> bool {
        matches!(
            self,
            Self::Created | Self::RequiresAction | Self::Processing
        )
    }

    /// True while money is set aside, or may be.
    pub fn is_set_aside(self) -> bool {
        matches!(self, Self::Authorised | Self::Capturing | Self::Voiding)
    }

    /// The state after something happened; `None` when that changes nothing. Events come late, doubled and out of order:
    /// money counts after any end, and no end undoes money.
    pub(crate) fn after(self, happening: Happening) -> Option<Self> {
        let next = match happening {
            Happening::PageMade if self == Self::Created => Self::RequiresAction,
            Happening::Processing if self.is_in_doubt() => Self::Processing,
            Happening::Failed if self.is_in_doubt() => Self::Failed,
            Happening::Expired if self.is_in_doubt() => Self::Cancelled,
            Happening::Authorised if self.is_in_doubt() => Self::Authorised,
            Happening::CaptureWanted if self == Self::Authorised => Self::Capturing,
            Happening::VoidWanted if self == Self::Authorised => Self::Voiding,
            Happening::WishRefused if self.is_set_aside() => Self::Authorised,
            Happening::Released if self.is_set_aside() => Self::Cancelled,
            Happening::Lapsed if self.is_set_aside() => Self::Lapsed,
            Happening::Money(MoneyStands::Here) => Self::Succeeded,
            Happening::Money(MoneyStands::WentBack) => Self::Refunded,
            Happening::Money(MoneyStands::Disputed) => Self::Disputed,
            _ => return None,
        };
        (next != self).then_some(next)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HERE: Happening = Happening::Money(MoneyStands::Here);
    const WENT_BACK: Happening = Happening::Money(MoneyStands::WentBack);
    const DISPUTED: Happening = Happening::Money(MoneyStands::Disputed);

    const ALL: [Happening; 13] = [
        Happening::PageMade,
        Happening::Processing,
        HERE,
        Happening::Failed,
        Happening::Expired,
        WENT_BACK,
        DISPUTED,
        Happening::Authorised,
        Happening::CaptureWanted,
        Happening::VoidWanted,
        Happening::WishRefused,
        Happening::Released,
        Happening::Lapsed,
    ];

    #[test]
    fn the_legal_ways_are_these() {
        use IntentState::{
            Authorised, Cancelled, Capturing, Created, Disputed, Failed, Lapsed, Processing,
            Refunded, RequiresAction, Succeeded, Voiding,
        };
        let open = [
            Processing, Succeeded, Failed, Cancelled, Refunded, Disputed, Authorised,
        ];
        let legal = [
            (Created, [&[RequiresAction], open.as_slice()].concat()),
            (RequiresAction, open.to_vec()),
            (
                Processing,
                vec![Succeeded, Failed, Cancelled, Refunded, Disputed, Authorised],
            ),
            // Of two who want something of it, the first gets it.
            (
                Authorised,
                vec![
                    Succeeded, Refunded, Disputed, Capturing, Voiding, Cancelled, Lapsed,
                ],
            ),
            (
                Capturing,
                vec![Succeeded, Refunded, Disputed, Authorised, Cancelled, Lapsed],
            ),
            (
                Voiding,
                vec![Succeeded, Refunded, Disputed, Authorised, Cancelled, Lapsed],
            ),
            (Lapsed, vec![Succeeded, Refunded, Disputed]),
            (Succeeded, vec![Refunded, Disputed]),
            (Failed, vec![Succeeded, Refunded, Disputed]),
            (Cancelled, vec![Succeeded, Refunded, Disputed]),
            // A refund bounced; a dispute was won.
            (Refunded, vec![Succeeded, Disputed]),
            (Disputed, vec![Succeeded, Refunded]),
        ];
        for (from, to) in legal {
            let ways: Vec<IntentState> = ALL.iter().filter_map(|what| from.after(*what)).collect();
            assert_eq!(ways, to, "from {from}");
        }
    }

    proptest! {
        /// Whatever comes in whatever order and how often: what stands of the money stands, and no end undoes it.
        #[test]
        fn money_outlives_every_end(news in proptest::collection::vec(0_usize..13, 0..30)) {
            let happened: Vec<Happening> = news.into_iter().filter_map(|at| ALL.get(at).copied()).collect();
            let end = happened
                .iter()
                .fold(IntentState::Created, |state, what| state.after(*what).unwrap_or(state));
            let money = happened.iter().rev().find_map(|what| match what {
                Happening::Money(stands) => Some(*stands),
                _ => None,
            });
            match money {
                Some(MoneyStands::Here) => prop_assert_eq!(end, IntentState::Succeeded),
                Some(MoneyStands::WentBack) => prop_assert_eq!(end, IntentState::Refunded),
                Some(MoneyStands::Disputed) => prop_assert_eq!(end, IntentState::Disputed),
                None => prop_assert_ne!(end, IntentState::Succeeded),
            }
        }

        /// Whatever is wanted and told in whatever order: what was let go or has lapsed is never wanted again, and while one
        /// thing is wanted of what is set aside, nothing else is.
        #[test]
        fn what_is_set_aside_is_settled_once(news in proptest::collection::vec(0_usize..13, 0..40)) {
            let mut state = IntentState::Created;
            for what in news.into_iter().filter_map(|at| ALL.get(at).copied()) {
                let next = state.after(what).unwrap_or(state);
                let is_over = matches!(state, IntentState::Lapsed | IntentState::Cancelled | IntentState::Failed | IntentState::Succeeded);
                prop_assert!(!(is_over && next.is_set_aside()), "{} to {} by {:?}", state, next, what);
                let wants = |state| matches!(state, IntentState::Capturing | IntentState::Voiding);
                prop_assert!(!(wants(state) && wants(next) && state != next));
                if next == IntentState::Authorised && next != state {
                    prop_assert!(state.is_in_doubt() || what == Happening::WishRefused);
                }
                state = next;
            }
        }
    }
}
