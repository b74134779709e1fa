//! Random sequences of all that can happen to two cards and a booking, against plain numbers.

use chrono::Duration;
use motel_bookings::Booking;
use motel_vouchers::{GiftCard, GiftCardCode, PaidBy, VoucherUseId};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::motel::{Motel, asked, day, now, usd};

#[derive(Debug, Clone)]
enum Step {
    Issue { minor: i64 },
    Redeem { card: usize, most: i64 },
    TakeOff(usize),
    Void { card: usize, paid_back: bool },
    Expire(usize),
    Cancel,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        2 => (1_i64..30_000).prop_map(|minor| Step::Issue { minor }),
        6 => (0_usize..3, 1_i64..12_000).prop_map(|(card, most)| Step::Redeem { card, most }),
        3 => (0_usize..6).prop_map(Step::TakeOff),
        1 => (0_usize..3, any::<bool>()).prop_map(|(card, paid_back)| Step::Void { card, paid_back }),
        1 => (0_usize..3).prop_map(Step::Expire),
        1 => Just(Step::Cancel),
    ];
    proptest::collection::vec(step, 4..20)
}

struct Card {
    real: GiftCard,
    code: GiftCardCode,
    left: i64,
    void: bool,
}

struct Use {
    id: VoucherUseId,
    card: usize,
    standing: i64,
}

/// What the cards and the booking should say, and the real ones beside it.
struct Twin<'a> {
    motel: &'a Motel,
    booking: Booking,
    cards: Vec<Card>,
    uses: Vec<Use>,
    owed: i64,
    cancelled: bool,
}

impl Twin<'_> {
    async fn take(&mut self, step: &Step) {
        match *step {
            Step::Issue { minor } => {
                let (real, code) = self.motel.sell_until(minor, Some(day(2))).await;
                self.cards.push(Card {
                    real,
                    code,
                    left: minor,
                    void: false,
                });
            }
            Step::Redeem { card, most } => self.redeem(card, most).await,
            Step::TakeOff(nth) => self.take_off(nth).await,
            Step::Void { card, paid_back } => self.void(card, paid_back).await,
            Step::Expire(nth) => self.expire(nth).await,
            Step::Cancel => self.cancel().await,
        }
    }

    async fn redeem(&mut self, nth: usize, most: i64) {
        let Some(card) = self.cards.get_mut(nth) else {
            return;
        };
        let mut request = asked(&card.code.in_groups());
        request.most = Some(usd(most));
        let paid = self.motel.redeem(&self.booking, &request).await;
        let possible = !card.void && card.left > 0 && self.owed > 0;
        assert_eq!(paid.is_ok(), possible, "{paid:?}");
        if let Ok(paid) = paid {
            let expected = most.min(card.left).min(self.owed);
            assert_eq!(paid.amount, usd(expected));
            card.left -= expected;
            self.owed -= expected;
            self.uses.push(Use {
                id: paid.id,
                card: nth,
                standing: expected,
            });
        }
    }

    async fn take_off(&mut self, nth: usize) {
        let Some(used) = self.uses.get_mut(nth) else {
            return;
        };
        let off = self.motel.take_off(used.id).await;
        assert_eq!(off.is_ok(), used.standing > 0, "{off:?}");
        let back = std::mem::take(&mut used.standing);
        self.owed += back;
        self.cards[used.card].left += back;
    }

    async fn void(&mut self, nth: usize, paid_back: bool) {
        let Some(card) = self.cards.get_mut(nth) else {
            return;
        };
        let way = paid_back.then_some(PaidBy::Cash);
        let void = self.motel.void(card.real.id, way).await;
        assert_eq!(void.is_ok(), !card.void || card.left > 0, "{void:?}");
        (card.void, card.left) = (true, 0);
    }

    async fn expire(&mut self, nth: usize) {
        let Some(card) = self.cards.get_mut(nth) else {
            return;
        };
        let real = self.motel.card(card.real.id).await;
        self.motel.expire(real.id, real.expires_at.unwrap()).await;
        // A void one has nothing that could expire, or keeps it until it is voided again.
        if !card.void {
            card.left = 0;
        }
    }

    async fn cancel(&mut self) {
        if self.cancelled {
            return;
        }
        self.motel.cancel(&self.booking, now()).await;
        self.cancelled = true;
        // Free of charge, so all that stands goes back.
        for used in &mut self.uses {
            self.cards[used.card].left += std::mem::take(&mut used.standing);
        }
        self.owed = 0;
    }

    async fn check(&self) {
        let mut sum = 0;
        for card in &self.cards {
            assert_eq!(self.motel.left(card.real.id).await, card.left);
            sum += card.left;
        }
        assert_eq!(self.motel.balance(&self.booking).await, self.owed);
        assert_eq!(self.motel.ledger("gift_cards").await, -sum);
        let liability = self.motel.liability().await;
        assert_eq!((liability.total, liability.ledger), (usd(sum), usd(sum)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cards_and_ledger_agree_after_anything() {
    let motel = Motel::open().await;
    let mut runner = TestRunner::deterministic();
    for nth in 0..10_u64 {
        let steps = steps().new_tree(&mut runner).unwrap().current();
        // Each on a fresh motel's worth of numbers: the ledger is read as a whole.
        let motel = if nth == 0 {
            motel.clone()
        } else {
            Motel::open().await
        };
        let booking = motel.book(9).await;
        assert!(booking.free_until().unwrap() > now() + Duration::days(1));
        let owed = booking.total().minor();
        let mut twin = Twin {
            motel: &motel,
            booking,
            cards: Vec::new(),
            uses: Vec::new(),
            owed,
            cancelled: false,
        };
        for step in &steps {
            twin.take(step).await;
        }
        twin.check().await;
    }
}
