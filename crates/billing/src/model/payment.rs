use motel_kernel::{Money, MoneyError};

use super::{Dispute, PaymentLink, Refund, RefundState};
use crate::IntentState;

/// A payment through a gateway: what we asked for, what came of it, and what of that went back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// What we asked for.
    pub link: PaymentLink,
    /// What we know of it at its gateway.
    pub state: IntentState,
    /// What came in.
    pub paid: Money,
    /// The gateway's name for the checkout that took it.
    pub paid_reference: Option<String>,
    /// Why a kept card was refused, in the gateway's words.
    pub failure: Option<String>,
    /// What went back or is on its way, the first first.
    pub refunds: Vec<Refund>,
    /// Who wants it back by way of the bank.
    pub disputes: Vec<Dispute>,
}

impl Payment {
    /// What went back for good, or seems to.
    ///
    /// # Errors
    /// The amounts have no sum.
    pub fn refunded(&self) -> Result<Money, MoneyError> {
        self.sum(|refund| refund.state == RefundState::Succeeded)
    }

    /// What is on its way back.
    ///
    /// # Errors
    /// The amounts have no sum.
    pub fn going(&self) -> Result<Money, MoneyError> {
        self.sum(Refund::is_going)
    }

    /// True while a kept card may be being charged, or money that was set aside may be being taken.
    pub fn is_charging(&self) -> bool {
        let is_charge = self.link.is_charge() && !self.link.is_authorisation();
        (is_charge && self.state.is_in_doubt()) || self.state == IntentState::Capturing
    }

    /// True while somebody wants some of it back, or got it.
    pub fn is_disputed(&self) -> bool {
        self.disputes.iter().any(Dispute::takes_money)
    }

    /// What could still be given back: what came in, without what went back, is on its way, or is disputed. Never below
    /// nothing.
    ///
    /// # Errors
    /// The amounts have no sum.
    pub fn left(&self) -> Result<Money, MoneyError> {
        let disputed = self.disputes.iter().filter(|dispute| dispute.takes_money());
        let disputed = Money::total(disputed.map(|it| it.amount), self.paid.currency())?;
        let gone = self.refunded()?.plus(self.going()?)?.plus(disputed)?;
        let left = self.paid.minus(gone)?;
        Ok(Money::new(left.minor().max(0), left.currency()))
    }

    fn sum(&self, is_meant: impl Fn(&Refund) -> bool) -> Result<Money, MoneyError> {
        let meant = self.refunds.iter().filter(|refund| is_meant(refund));
        Money::total(meant.map(|refund| refund.amount), self.paid.currency())
    }
}
