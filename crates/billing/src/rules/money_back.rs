//! Money that goes back: where refunds and disputes can go, and the lines they leave.

use motel_kernel::{Money, MoneyError, PaymentLinkId};

use crate::model::Line;
use crate::{Dispute, DisputeState, LedgerAccount, Payment, PostingKind, Refund, RefundState};

impl RefundState {
    /// The state after a gateway told one; `None` when that is no news. A refund that failed has failed, however late we
    /// hear that it had seemed to succeed.
    pub(crate) fn after(self, told: Self) -> Option<Self> {
        (told.place() > self.place()).then_some(told)
    }

    fn place(self) -> u8 {
        match self {
            Self::Requested => 0,
            Self::Processing => 1,
            Self::Succeeded => 2,
            Self::Failed => 3,
        }
    }
}

impl DisputeState {
    /// The state after a gateway told one; `None` when that is no news. What is decided stays decided, also when we hear
    /// only afterwards that there was a dispute.
    pub(crate) fn after(self, told: Self) -> Option<Self> {
        (self == Self::Open && told != Self::Open).then_some(told)
    }
}

/// The line that a refund leaves when it comes from one state into another; `None` when no money moved.
pub(crate) fn refund_line(
    refund: &Refund,
    was: RefundState,
    gateway: &str,
) -> Result<Option<Line>, MoneyError> {
    let line = |kind, description, amount, source: &str| Line {
        kind,
        description,
        service_date: None,
        amount,
        reverses: None,
        source: format!("{source}:{}", refund.id),
        contra: Some(LedgerAccount::payments(gateway)),
    };
    Ok(match (was, refund.state) {
        (RefundState::Requested | RefundState::Processing, RefundState::Succeeded) => Some(line(
            PostingKind::Refund,
            format!("Refund by {gateway}"),
            refund.amount,
            "refund",
        )),
        // It is no reversal: the folio of the first line may be closed, and the money did go out and come back.
        (RefundState::Succeeded, RefundState::Failed) => Some(line(
            PostingKind::Payment,
            format!("Refund by {gateway} failed"),
            refund.amount.negated()?,
            "refund-failed",
        )),
        _ => None,
    })
}

/// The lines that a dispute leaves from its beginning to where it stands; what is posted of them is not posted again.
/// While it is open they come to nothing: the guest's bank has the money, and who owes it is not decided.
pub(crate) fn dispute_lines(dispute: &Dispute, gateway: &str) -> Result<Vec<Line>, MoneyError> {
    let line = |kind, what: &str, amount, source: &str, contra| Line {
        kind,
        description: format!("Payment by {gateway} {what}"),
        service_date: None,
        amount,
        reverses: None,
        source: format!("{source}:{}", dispute.reference),
        contra: Some(contra),
    };
    let (amount, back) = (dispute.amount, dispute.amount.negated()?);
    let payments = || LedgerAccount::payments(gateway);
    let held = || LedgerAccount::disputes(gateway);
    let (refund, aside) = (PostingKind::Refund, PostingKind::Dispute);
    let mut lines = vec![
        line(refund, "disputed", amount, "dispute", payments()),
        line(aside, "set aside", back, "dispute-held", held()),
    ];
    match dispute.state {
        DisputeState::Open => {}
        DisputeState::Won => {
            let payment = PostingKind::Payment;
            lines.push(line(
                aside,
                "no longer set aside",
                amount,
                "dispute-over",
                held(),
            ));
            lines.push(line(
                payment,
                "kept: dispute won",
                back,
                "dispute-won",
                payments(),
            ));
        }
        DisputeState::Lost => {
            lines.push(line(
                aside,
                "lost in a dispute",
                amount,
                "dispute-over",
                held(),
            ));
        }
    }
    Ok(lines)
}

/// How an amount is given back through payments, those that came last first. What is left over did not come by a gateway.
pub(crate) fn share_out(
    amount: Money,
    payments: &[Payment],
) -> Result<Vec<(PaymentLinkId, Money)>, MoneyError> {
    let mut rest = amount.minor();
    let mut shares = Vec::new();
    for payment in payments.iter().rev() {
        let share = payment.left()?.minor().min(rest);
        if share > 0 && payment.paid.currency() == amount.currency() {
            rest = rest.saturating_sub(share);
            shares.push((payment.link.id, Money::new(share, amount.currency())));
        }
    }
    Ok(shares)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use chrono::Utc;
    use motel_kernel::{Currency, RefundId};
    use proptest::prelude::*;

    use super::*;

    fn usd(minor: i64) -> Money {
        Money::new(minor, Currency::USD)
    }

    fn refund(state: RefundState) -> Refund {
        Refund {
            id: RefundId::new(),
            link: PaymentLinkId::new(),
            amount: usd(5_000),
            state,
            reason: None,
            failure: None,
            gateway_reference: None,
            requested_at: Utc::now(),
            changed_at: Utc::now(),
        }
    }

    fn dispute(state: DisputeState) -> Dispute {
        Dispute {
            reference: "du_1".to_owned(),
            link: PaymentLinkId::new(),
            amount: usd(5_000),
            state,
            opened_at: Utc::now(),
            closed_at: None,
        }
    }

    #[test]
    fn a_refund_goes_on_and_never_back() {
        use RefundState::{Failed, Processing, Requested, Succeeded};
        for (from, told, to) in [
            (Requested, Processing, Some(Processing)),
            (Requested, Succeeded, Some(Succeeded)),
            (Requested, Failed, Some(Failed)),
            (Processing, Requested, None),
            (Processing, Processing, None),
            (Succeeded, Processing, None),
            (Succeeded, Failed, Some(Failed)),
            (Failed, Succeeded, None),
        ] {
            assert_eq!(from.after(told), to, "{from} told {told}");
        }
    }

    #[test]
    fn an_open_dispute_owes_nothing_a_lost_one_all_and_a_won_one_nothing_again() {
        for (state, owed, at_the_gateway, set_aside) in [
            (DisputeState::Open, 0, -5_000, 5_000),
            (DisputeState::Won, 0, 0, 0),
            (DisputeState::Lost, 5_000, -5_000, 0),
        ] {
            let lines = dispute_lines(&dispute(state), "stripe").unwrap();
            let sum = |of: Option<LedgerAccount>| -> i64 {
                let meant = lines
                    .iter()
                    .filter(|line| of.is_none() || line.contra == of);
                meant.map(|line| line.amount.minor()).sum()
            };
            assert_eq!(sum(None), owed, "{state}");
            let payments = LedgerAccount::payments("stripe");
            assert_eq!(-sum(Some(payments)), at_the_gateway, "{state}");
            let held = LedgerAccount::disputes("stripe");
            assert_eq!(-sum(Some(held)), set_aside, "{state}");
        }
    }

    const TOLD: [RefundState; 3] = [
        RefundState::Processing,
        RefundState::Succeeded,
        RefundState::Failed,
    ];

    proptest! {
        /// Whatever is told in whatever order and how often, the lines come to what the state says.
        #[test]
        fn the_lines_of_a_refund_come_to_what_left_us(news in proptest::collection::vec(0_usize..3, 0..12)) {
            let mut refund = refund(RefundState::Requested);
            let mut lines: Vec<Line> = Vec::new();
            for told in news.iter().filter_map(|at| TOLD.get(*at)) {
                let was = refund.state;
                if let Some(next) = was.after(*told) {
                    refund.state = next;
                    lines.extend(refund_line(&refund, was, "stripe").unwrap());
                }
            }
            let sum: i64 = lines.iter().map(|line| line.amount.minor()).sum();
            let out = if refund.state == RefundState::Succeeded { 5_000 } else { 0 };
            prop_assert_eq!(sum, out);
            prop_assert!(lines.len() <= 2);
        }

        /// The order in which a dispute is told does not matter, except that the first end stands.
        #[test]
        fn a_dispute_ends_once(news in proptest::collection::vec(0_usize..3, 1..8)) {
            let told: Vec<DisputeState> = news.iter().filter_map(|at| DisputeState::ALL.get(*at).copied()).collect();
            let first = told.first().copied().unwrap_or(DisputeState::Open);
            let end = told.iter().fold(first, |state, next| state.after(*next).unwrap_or(state));
            let decided = told.iter().copied().find(|state| *state != DisputeState::Open);
            prop_assert_eq!(end, decided.unwrap_or(DisputeState::Open));
        }
    }
}
