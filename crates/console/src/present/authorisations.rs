use chrono_tz::Tz;
use motel_billing::{Authorisation, IntentState, LinkStatus, PaymentDesk, Way};

use super::payments::state;
use crate::view::{AsideRow, Asides};

/// What was set aside for a booking, and where more can be. Without a desk there is nobody to ask.
pub(crate) fn asides(
    found: Vec<Authorisation>,
    desk: Option<&PaymentDesk>,
    keeps_card: bool,
    timezone: Tz,
) -> Asides {
    let mut ways = Vec::new();
    if desk.is_some_and(|desk| desk.authorising_gateway().is_ok()) {
        ways.push(("page", "A page that you send the guests"));
        if keeps_card {
            ways.push(("kept_card", "The card that they left"));
        }
    }
    let rows = found.into_iter().map(|it| row(it, desk, timezone));
    Asides {
        rows: rows.collect(),
        ways,
    }
}

fn row(found: Authorisation, desk: Option<&PaymentDesk>, timezone: Tz) -> AsideRow {
    let (payment, set_aside) = (found.payment, found.set_aside);
    let is_asked = payment.link.status == LinkStatus::Open && payment.state.is_in_doubt();
    let has_page = matches!(payment.link.way, Way::Page { .. });
    let desk = desk.filter(|_| is_asked && has_page);
    let (state, tone) = match payment.state {
        IntentState::Created | IntentState::RequiresAction if is_asked => ("Not agreed to yet", ""),
        IntentState::Succeeded => ("Taken", "good"),
        IntentState::Cancelled => ("Let go", ""),
        other => state(other),
    };
    let aside = set_aside.as_ref();
    let is_aside = payment.state == IntentState::Authorised;
    let taken = payment.paid;
    AsideRow {
        id: payment.link.id.to_string(),
        gateway: payment.link.gateway.to_string(),
        state,
        tone,
        amount: aside
            .map_or(payment.link.amount, |it| it.amount)
            .to_string(),
        until: aside.map(|it| {
            let local = it.until.with_timezone(&timezone);
            local.format("%b %-d, %H:%M").to_string()
        }),
        url: desk.map(|desk| desk.authorisation_url(payment.link.id)),
        takeable: aside
            .filter(|_| is_aside)
            .map(|it| (it.amount.to_string(), it.amount.to_decimal_string())),
        can_be_let_go: is_aside || is_asked,
        outcome: match taken.is_zero() {
            true => payment.failure,
            false => Some(format!("{taken} was taken")),
        },
    }
}
