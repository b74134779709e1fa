//! The demo motel with rooms to sell, bookings to pay for, and what to pay with.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use motel_billing::{Account, Report};
use motel_bookings::commands::BookRequest;
use motel_bookings::{Booking, BookingSource, By, StayRequest};
use motel_db::TenantTx;
use motel_guests::GuestDetails;
use motel_kernel::{Actor, Currency, Email, Money, Party, StayDates, TenantId};
use motel_rates::DateWindow;
use motel_tenancy::Property;
use motel_tenancy::testing::{demo_tenant, other_tenant};
use motel_testkit::TestDb;
use motel_vouchers::commands::{self, NewGiftCard, RedeemRequest};
use motel_vouchers::{
    Coupon, CouponDetails, CouponWorth, GiftCard, GiftCardCode, GiftCardId, Liability, PaidBy,
    Recipient, VoucherCode, VoucherError, VoucherUse, VoucherUseId, queries,
};

const OWNERS: [&str; 10] = [
    "tenancy",
    "jobs",
    "mail",
    "inventory",
    "rates",
    "taxes",
    "guests",
    "bookings",
    "billing",
    "vouchers",
];
pub(crate) const EMAIL: &str = "ana@example.com";

#[derive(Clone)]
pub(crate) struct Motel {
    pub(crate) test: Arc<TestDb>,
    pub(crate) tenant: TenantId,
    pub(crate) other: TenantId,
    pub(crate) property: Property,
}

pub(crate) fn now() -> DateTime<Utc> {
    "2026-12-01T15:00:00Z".parse().unwrap()
}

pub(crate) fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).unwrap() + chrono::Days::new(offset)
}

pub(crate) fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

pub(crate) fn clerk() -> By {
    By::actor(Actor::System).because("a test")
}

/// What a coupon of so much says that is for everybody.
pub(crate) fn said(code: &str, worth: CouponWorth) -> CouponDetails {
    CouponDetails {
        code: code.to_owned(),
        name: "For everybody".to_owned(),
        currency: Currency::USD,
        worth,
        valid: DateWindow::default(),
        stay: DateWindow::default(),
        min_spend_minor: 0,
        room_types: Vec::new(),
        rate_plans: Vec::new(),
        first_booking_only: false,
        max_uses: None,
        max_uses_per_guest: None,
        max_total_minor: None,
    }
}

pub(crate) fn asked(code: &str) -> RedeemRequest {
    RedeemRequest {
        code: VoucherCode::parse(code).unwrap(),
        folio: None,
        most: None,
        key: None,
    }
}

impl Motel {
    pub(crate) async fn open() -> Self {
        let test = TestDb::new(&OWNERS).await;
        let demo = demo_tenant(&test).await;
        let other = other_tenant(&test).await;
        let mut tx = test.db().tenant(demo.tenant).await.unwrap();
        motel_rates::testing::demo_motel(&mut tx, &demo.property, day(0))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Self {
            test: Arc::new(test),
            tenant: demo.tenant,
            other: other.tenant,
            property: demo.property,
        }
    }

    pub(crate) async fn tx(&self) -> TenantTx {
        self.test.db().tenant(self.tenant).await.unwrap()
    }

    /// Two nights in a queen room, from so many days on.
    pub(crate) async fn book(&self, from: u64) -> Booking {
        self.book_as(from, EMAIL).await
    }

    pub(crate) async fn book_as(&self, from: u64, email: &str) -> Booking {
        let request = BookRequest {
            stays: vec![StayRequest::new(
                StayDates::from_nights(day(from), 2).unwrap(),
                Party::new(2, 0, 0).unwrap(),
                "standard_queen",
            )],
            guest: GuestDetails {
                name: "Ana Souza".to_owned().try_into().unwrap(),
                email: email.parse().unwrap(),
                phone: None,
            },
            source: BookingSource::Api,
            agreed: None,
        };
        let mut tx = self.tx().await;
        let booked =
            motel_bookings::commands::book(&mut tx, &self.property, &request, None, now()).await;
        let booking = booked.unwrap().booking;
        tx.commit().await.unwrap();
        booking
    }

    /// Cancels and lets go back what was paid with, as the job does.
    pub(crate) async fn cancel(&self, booking: &Booking, at: DateTime<Utc>) -> Booking {
        let mut tx = self.tx().await;
        let (property, id) = (&self.property, booking.id);
        let by = By::guest();
        let cancelled = motel_bookings::commands::cancel(&mut tx, property, id, &by, at).await;
        let cancelled = cancelled.unwrap();
        commands::settle_cancelled(&mut tx, &cancelled, at)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        cancelled
    }

    pub(crate) async fn settle(&self, booking: &Booking, at: DateTime<Utc>) {
        let mut tx = self.tx().await;
        commands::settle_cancelled(&mut tx, booking, at)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// Sells a gift card and prints it.
    pub(crate) async fn sell(&self, minor: i64) -> (GiftCard, GiftCardCode) {
        self.sell_until(minor, None).await
    }

    pub(crate) async fn sell_until(
        &self,
        minor: i64,
        expires_on: Option<NaiveDate>,
    ) -> (GiftCard, GiftCardCode) {
        let wanted = NewGiftCard {
            amount: usd(minor),
            paid_by: PaidBy::Cash,
            expires_on,
            buyer_email: None,
            recipient: Recipient::default(),
        };
        let mut tx = self.tx().await;
        let card =
            commands::issue_gift_card(&mut tx, &self.property, &wanted, clerk(), now()).await;
        let id = card.unwrap().id;
        let told = commands::tell_code(&mut tx, id, now()).await.unwrap();
        tx.commit().await.unwrap();
        told
    }

    pub(crate) async fn give(&self, email: &str) -> GiftCard {
        let wanted = NewGiftCard {
            amount: usd(5_000),
            paid_by: PaidBy::Card,
            expires_on: Some(day(30)),
            buyer_email: Some("bea@example.com".parse().unwrap()),
            recipient: Recipient {
                name: Some("Carla <Nunes>".to_owned()),
                email: Some(email.parse::<Email>().unwrap()),
                message: Some("Have a rest!".to_owned()),
            },
        };
        let mut tx = self.tx().await;
        let card =
            commands::issue_gift_card(&mut tx, &self.property, &wanted, clerk(), now()).await;
        tx.commit().await.unwrap();
        card.unwrap()
    }

    pub(crate) async fn coupon(&self, details: CouponDetails) -> Coupon {
        let mut tx = self.tx().await;
        let coupon = commands::create_coupon(&mut tx, self.property.id, &details).await;
        tx.commit().await.unwrap();
        coupon.unwrap()
    }

    pub(crate) async fn redeem(
        &self,
        booking: &Booking,
        request: &RedeemRequest,
    ) -> Result<VoucherUse, VoucherError> {
        self.redeem_at(booking, request, now()).await
    }

    pub(crate) async fn redeem_at(
        &self,
        booking: &Booking,
        request: &RedeemRequest,
        at: DateTime<Utc>,
    ) -> Result<VoucherUse, VoucherError> {
        let mut tx = self.tx().await;
        let used = commands::redeem(&mut tx, booking, request, By::guest(), at).await?;
        tx.commit().await?;
        Ok(used)
    }

    pub(crate) async fn take_off(&self, id: VoucherUseId) -> Result<VoucherUse, VoucherError> {
        let mut tx = self.tx().await;
        let off = commands::take_off(&mut tx, id, Actor::System, "a mistake", now()).await?;
        tx.commit().await?;
        Ok(off)
    }

    pub(crate) async fn void(
        &self,
        id: GiftCardId,
        paid_back_by: Option<PaidBy>,
    ) -> Result<GiftCard, VoucherError> {
        let mut tx = self.tx().await;
        let card = commands::void_gift_card(&mut tx, id, paid_back_by, clerk(), now()).await?;
        tx.commit().await?;
        Ok(card)
    }

    pub(crate) async fn expire(&self, id: GiftCardId, at: DateTime<Utc>) -> bool {
        let mut tx = self.tx().await;
        let done = commands::expire_gift_card(&mut tx, id, at).await.unwrap();
        tx.commit().await.unwrap();
        done
    }

    pub(crate) async fn card(&self, id: GiftCardId) -> GiftCard {
        queries::gift_card(&mut self.tx().await, id).await.unwrap()
    }

    /// What is left on a card.
    pub(crate) async fn left(&self, id: GiftCardId) -> i64 {
        self.card(id).await.balance.minor()
    }

    pub(crate) async fn uses(&self, booking: &Booking) -> Vec<VoucherUse> {
        let mut tx = self.tx().await;
        queries::uses_on(&mut tx, booking.id).await.unwrap()
    }

    pub(crate) async fn account(&self, booking: &Booking) -> Account {
        let mut tx = self.tx().await;
        let booking = motel_bookings::queries::find(&mut tx, booking.id).await;
        motel_billing::queries::account(&mut tx, &booking.unwrap())
            .await
            .unwrap()
    }

    pub(crate) async fn balance(&self, booking: &Booking) -> i64 {
        self.account(booking).await.balance.minor()
    }

    pub(crate) async fn liability(&self) -> Liability {
        let mut tx = self.tx().await;
        queries::liability(&mut tx, self.property.id, Currency::USD, now())
            .await
            .unwrap()
    }

    /// What an account of the ledger comes to by the trial balance, which has to come to nothing as a whole.
    pub(crate) async fn ledger(&self, account: &str) -> i64 {
        let mut tx = self.tx().await;
        let (from, until) = (
            NaiveDate::from_ymd_opt(2020, 1, 1).unwrap(),
            NaiveDate::from_ymd_opt(2199, 1, 1).unwrap(),
        );
        let report = Report::TrialBalance;
        let rows = motel_billing::queries::report(&mut tx, self.property.id, report, from, until)
            .await
            .unwrap();
        let all: i64 = rows.iter().map(|row| row.closing.minor()).sum();
        assert_eq!(all, 0, "the trial balance");
        let of_account = rows.iter().filter(|row| {
            row.account.to_string() == account || row.account.kind.as_str() == account
        });
        of_account.map(|row| row.closing.minor()).sum()
    }
}
