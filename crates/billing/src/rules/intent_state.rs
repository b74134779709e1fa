//! What becomes of money a gateway was asked to take.

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
        /// The card's owner wants it back.
        Disputed = "disputed",
    }
}

/// What can happen to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Happening {
    PageMade,
    Processing,
    Paid,
    Failed,
    Expired,
    Disputed,
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
            Happening::Paid if self != Self::Disputed => Self::Succeeded,
            Happening::Failed if self.is_in_doubt() => Self::Failed,
            Happening::Expired if self.is_in_doubt() => Self::Cancelled,
            Happening::Disputed => Self::Disputed,
            _ => return None,
        };
        (next != self).then_some(next)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [Happening; 6] = [
        Happening::PageMade,
        Happening::Processing,
        Happening::Paid,
        Happening::Failed,
        Happening::Expired,
        Happening::Disputed,
    ];

    #[test]
    fn the_legal_ways_are_these() {
        use IntentState::{
            Cancelled, Created, Disputed, Failed, Processing, RequiresAction, Succeeded,
        };
        let legal = [
            (
                Created,
                vec![
                    RequiresAction,
                    Processing,
                    Succeeded,
                    Failed,
                    Cancelled,
                    Disputed,
                ],
            ),
            (
                RequiresAction,
                vec![Processing, Succeeded, Failed, Cancelled, Disputed],
            ),
            (Processing, vec![Succeeded, Failed, Cancelled, Disputed]),
            (Succeeded, vec![Disputed]),
            (Failed, vec![Succeeded, Disputed]),
            (Cancelled, vec![Succeeded, Disputed]),
            (Disputed, vec![]),
        ];
        for (from, to) in legal {
            let ways: Vec<IntentState> = ALL.iter().filter_map(|what| from.after(*what)).collect();
            assert_eq!(ways, to, "from {from}");
        }
    }

    proptest! {
        /// Whatever comes in whatever order and how often: a dispute stands, and money that came was not forgotten.
        #[test]
        fn the_order_of_news_does_not_matter_for_money(news in proptest::collection::vec(0_usize..6, 0..20)) {
            let happened: Vec<Happening> = news.into_iter().filter_map(|at| ALL.get(at).copied()).collect();
            let end = happened
                .iter()
                .fold(IntentState::Created, |state, what| state.after(*what).unwrap_or(state));
            if happened.contains(&Happening::Disputed) {
                prop_assert_eq!(end, IntentState::Disputed);
            } else if happened.contains(&Happening::Paid) {
                prop_assert_eq!(end, IntentState::Succeeded);
            } else {
                prop_assert_ne!(end, IntentState::Succeeded);
            }
        }
    }
}
