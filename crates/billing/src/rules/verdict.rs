use motel_payments::{EventKind, GatewayEvent, GatewayName};

use crate::{LinkStatus, PaymentLink};

/// What a gateway's event does to the link it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The money is there: it is posted, whatever the link thinks of itself.
    Post,
    /// The money was taken back: that is posted, too.
    Dispute,
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
    match event.kind {
        EventKind::Paid | EventKind::Disputed
            if event.amount.currency() != link.amount.currency() =>
        {
            Verdict::Refuse("the payment is in another currency")
        }
        EventKind::Paid | EventKind::Disputed if event.amount.minor() <= 0 => {
            Verdict::Refuse("the payment is of nothing")
        }
        EventKind::Paid => Verdict::Post,
        EventKind::Disputed => Verdict::Dispute,
        EventKind::Failed if link.status == LinkStatus::Open => Verdict::Close(LinkStatus::Failed),
        EventKind::Expired if link.status == LinkStatus::Open => {
            Verdict::Close(LinkStatus::Expired)
        }
        EventKind::Declined | EventKind::Failed | EventKind::Expired => Verdict::Note,
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
        }
    }

    fn event(kind: EventKind, amount: Money) -> GatewayEvent {
        GatewayEvent {
            event_id: "evt_1".to_owned(),
            kind,
            gateway_reference: "cs_1".to_owned(),
            reference: PaymentLinkId::new(),
            amount,
        }
    }

    #[test]
    fn money_counts_in_every_state_and_an_end_only_once() {
        let due = Money::new(26_880, Currency::USD);
        for status in LinkStatus::ALL {
            let judged = |kind| judge(&link(*status), GatewayName::Stripe, &event(kind, due));
            assert_eq!(judged(EventKind::Paid), Verdict::Post, "{status}");
            assert_eq!(judged(EventKind::Disputed), Verdict::Dispute, "{status}");
            assert_eq!(judged(EventKind::Declined), Verdict::Note, "{status}");
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
            let verdict = judge(&link, gateway, &event(EventKind::Paid, amount));
            assert!(matches!(verdict, Verdict::Refuse(_)), "{gateway} {amount}");
        }
    }
}
