use motel_billing::{IntentState, LinkStatus, Payment, Refund, RefundState};
use motel_kernel::{Money, MoneyError};

use crate::input::WAYS;
use crate::view::{PaymentRow, TakeAtDesk};

/// The payments of a booking through gateways.
pub(crate) fn payments(payments: &[Payment]) -> Result<Vec<PaymentRow>, MoneyError> {
    payments.iter().map(payment).collect()
}

fn payment(payment: &Payment) -> Result<PaymentRow, MoneyError> {
    let is_charge = payment.link.is_charge();
    let (state, tone) = match payment.state {
        IntentState::Created if is_charge => ("The card is being charged", "warn"),
        other => state(other),
    };
    let left = payment.left()?;
    let gateway = payment.link.gateway;
    Ok(PaymentRow {
        id: payment.link.id.to_string(),
        gateway: match is_charge {
            true => format!("{gateway}, kept card"),
            false => gateway.to_string(),
        },
        state,
        tone,
        asked: payment.link.amount.to_string(),
        paid: payment.paid.to_string(),
        refunds: payment.refunds.iter().map(refund).collect(),
        withdraw: (payment.link.status == LinkStatus::Open).then_some(match is_charge {
            true => "Withdraw the charge",
            false => "Withdraw the link",
        }),
        left: (!left.is_zero()).then(|| (left.to_string(), left.to_decimal_string())),
    })
}

pub(super) fn state(state: IntentState) -> (&'static str, &'static str) {
    match state {
        IntentState::Created | IntentState::RequiresAction => ("Not paid yet", ""),
        IntentState::Authorised => ("Set aside", "accent"),
        IntentState::Capturing => ("Being taken", "warn"),
        IntentState::Voiding => ("Being let go", "warn"),
        IntentState::Lapsed => ("Lapsed", ""),
        IntentState::Processing => ("On its way", "warn"),
        IntentState::Succeeded => ("Paid", "good"),
        IntentState::Failed => ("Failed", "bad"),
        IntentState::Cancelled => ("Withdrawn", ""),
        IntentState::Refunded => ("Given back", "accent"),
        IntentState::Disputed => ("Disputed", "bad"),
    }
}

fn refund(refund: &Refund) -> (String, String) {
    let stands = match refund.state {
        RefundState::Requested | RefundState::Processing => "is on its way back",
        RefundState::Succeeded => "went back",
        RefundState::Failed => "did not go back",
    };
    let why = refund.failure.as_deref().or(refund.reason.as_deref());
    let why = why.map_or_else(String::new, |why| format!(" ({why})"));
    (refund.amount.to_string(), format!("{stands}{why}"))
}

/// What is typed first where money is taken: all that is owed.
pub(crate) fn take_at_desk(balance: Money) -> TakeAtDesk {
    TakeAtDesk {
        owed: match balance.minor() > 0 {
            true => balance.to_decimal_string(),
            false => String::new(),
        },
        ways: WAYS,
    }
}
