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
        /// The money was taken.
        Succeeded = "succeeded",
        /// It was refused for good.
        Failed = "failed",
        /// Nobody paid in time.
        Cancelled = "cancelled",
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

    /// The state after something happened; `None` when that changes nothing. Events come late, doubled and out of order:
    /// money counts after any end, and no end undoes money.
    pub(crate) fn after(self, happening: Happening) -> Option<Self> {
        let next = match happening {
            Happening::PageMade if self == Self::Created => Self::RequiresAction,
            Happening::Processing if self.is_in_doubt() => Self::Processing,
            Happening::Failed if self.is_in_doubt() => Self::Failed,
            Happening::Expired if self.is_in_doubt() => Self::Cancelled,
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

    const ALL: [Happening; 7] = [
        Happening::PageMade,
        Happening::Processing,
        HERE,
        Happening::Failed,
        Happening::Expired,
        WENT_BACK,
        DISPUTED,
    ];

    #[test]
    fn the_legal_ways_are_these() {
        use IntentState::{
            Cancelled, Created, Disputed, Failed, Processing, Refunded, RequiresAction, Succeeded,
        };
        let open = [Processing, Succeeded, Failed, Cancelled, Refunded, Disputed];
        let legal = [
            (Created, [&[RequiresAction], open.as_slice()].concat()),
            (RequiresAction, open.to_vec()),
            (
                Processing,
                vec![Succeeded, Failed, Cancelled, Refunded, Disputed],
            ),
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
        fn money_outlives_every_end(news in proptest::collection::vec(0_usize..7, 0..20)) {
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
    }
}
