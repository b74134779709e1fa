use motel_payments::{EventKind, GatewayEvent, GatewayName};

use crate::{DisputeState, LinkStatus, PaymentLink, RefundState};

/// What a gateway's event does to the link it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The money is there: it is posted, whatever the link thinks of itself.
    Post,
    /// Money went back, or is on its way.
    Refund(RefundState),
    /// Somebody wants money back by way of the bank.
    Dispute(DisputeState),
    /// The link comes to an end unpaid.
    Close(LinkStatus),
    /// Nothing changes: a declined attempt, or an end that comes after another end.
    Note,
    /// It cannot be true of this link; somebody has to look.
    Refuse(&'static str),
}

/// Events come late, doubled and out of order, so the verdict hangs on money first and on the link's state last: a
/// payment counts even after the link expired, and an expiry never undoes a payment.
pub(crate) fn judge(link: &PaymentLink, gateway: GatewayName, event: &GatewayEvent) -> Verdict {
    if link.gateway != gateway {
        return Verdict::Refuse("the link belongs to another gateway");
    }
    if let Some(verdict) = of_money(event.kind) {
        return match event.amount {
            amount if amount.currency() != link.amount.currency() => {
                Verdict::Refuse("the payment is in another currency")
            }
            amount if amount.minor() <= 0 => Verdict::Refuse("the payment is of nothing"),
            _ => verdict,
        };
    }
    match event.kind {
        EventKind::Failed if link.status == LinkStatus::Open => Verdict::Close(LinkStatus::Failed),
        EventKind::Expired if link.status == LinkStatus::Open => {
            Verdict::Close(LinkStatus::Expired)
        }
        _ => Verdict::Note,
    }
}

/// What an event says of money that moved; `None` when none did.
fn of_money(kind: EventKind) -> Option<Verdict> {
    match kind {
        EventKind::Paid => Some(Verdict::Post),
        EventKind::RefundProcessing => Some(Verdict::Refund(RefundState::Processing)),
        EventKind::Refunded => Some(Verdict::Refund(RefundState::Succeeded)),
        EventKind::RefundFailed => Some(Verdict::Refund(RefundState::Failed)),
        EventKind::Disputed => Some(Verdict::Dispute(DisputeState::Open)),
        EventKind::DisputeWon => Some(Verdict::Dispute(DisputeState::Won)),
        EventKind::DisputeLost => Some(Verdict::Dispute(DisputeState::Lost)),
        EventKind::Approved
        | EventKind::Authorised
        | EventKind::Released
        | EventKind::Declined
        | EventKind::Failed
        | EventKind::Expired => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use motel_kernel::{Currency, FolioId, Money, PaymentLinkId};

    use super::*;

    fn link(status: LinkStatus) -> PaymentLink {
        PaymentLink {
            id: PaymentLinkId::new(),
            folio: FolioId::new(),
            amount: Money::new(26_880, Currency::USD),
            status,
            gateway: GatewayName::Stripe,
            checkout: None,
            way: crate::Way::Page { consent: None },
            purpose: crate::Purpose::Take,
        }
    }

    fn event(kind: EventKind, amount: Money) -> GatewayEvent {
        GatewayEvent {
            event_id: "evt_1".to_owned(),
            kind,
            gateway_reference: "cs_1".to_owned(),
            reference: PaymentLinkId::new(),
            refund: None,
            amount,
        }
    }

    #[test]
    fn money_counts_in_every_state_and_an_end_only_once() {
        let due = Money::new(26_880, Currency::USD);
        for status in LinkStatus::ALL {
            let judged = |kind| judge(&link(*status), GatewayName::Stripe, &event(kind, due));
            assert_eq!(judged(EventKind::Paid), Verdict::Post, "{status}");
            let disputed = Verdict::Dispute(DisputeState::Open);
            assert_eq!(judged(EventKind::Disputed), disputed, "{status}");
            let refunded = Verdict::Refund(RefundState::Succeeded);
            assert_eq!(judged(EventKind::Refunded), refunded, "{status}");
            for told in [
                EventKind::Approved,
                EventKind::Authorised,
                EventKind::Released,
                EventKind::Declined,
            ] {
                assert_eq!(judged(told), Verdict::Note, "{status}");
            }
            let ends = [
                (EventKind::Failed, LinkStatus::Failed),
                (EventKind::Expired, LinkStatus::Expired),
            ];
            for (kind, end) in ends {
                let expected = match status {
                    LinkStatus::Open => Verdict::Close(end),
                    _ => Verdict::Note,
                };
                assert_eq!(judged(kind), expected, "{status}");
            }
        }
    }

    #[test]
    fn what_cannot_be_true_is_refused() {
        let link = link(LinkStatus::Open);
        let yen = Money::new(26_880, "JPY".parse().unwrap());
        for (gateway, amount) in [
            (GatewayName::Sandbox, link.amount),
            (GatewayName::Stripe, yen),
            (GatewayName::Stripe, Money::zero(Currency::USD)),
            (GatewayName::Stripe, Money::new(-1, Currency::USD)),
        ] {
            for kind in [
                EventKind::Paid,
                EventKind::Refunded,
                EventKind::RefundFailed,
                EventKind::DisputeLost,
            ] {
                let verdict = judge(&link, gateway, &event(kind, amount));
                assert!(
                    matches!(verdict, Verdict::Refuse(_)),
                    "{gateway} {amount} {kind:?}"
                );
            }
        }
    }
}
