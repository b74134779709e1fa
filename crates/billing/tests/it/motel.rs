//! The demo motel with rooms to sell, and bookings in it.

use chrono::{DateTime, NaiveDate, Utc};
use motel_billing::{
    Account, BillingError, Folio, Payment, PaymentLink, Refund, Sum, commands, queries,
};
use motel_bookings::commands::BookRequest;
use motel_bookings::{Booking, BookingSource, By, StayRequest};
use motel_db::TenantTx;
use motel_guests::GuestDetails;
use motel_kernel::{Money, Party, PaymentLinkId, StayDates, TenantId};
use motel_payments::{EventKind, GatewayEvent, GatewayName};
use motel_rates::PriceLine;
use motel_tenancy::Property;
use motel_tenancy::testing::demo_tenant;
use motel_testkit::TestDb;

pub(crate) const OWNERS: [&str; 9] = [
    "tenancy",
    "jobs",
    "mail",
    "inventory",
    "rates",
    "taxes",
    "guests",
    "bookings",
    "billing",
];
pub(crate) const EMAIL: &str = "ana@example.com";

pub(crate) struct Motel {
    pub(crate) test: TestDb,
    pub(crate) tenant: TenantId,
    pub(crate) property: Property,
}

pub(crate) fn now() -> DateTime<Utc> {
    "2026-12-01T15:00:00Z".parse().unwrap()
}

pub(crate) fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).unwrap() + chrono::Days::new(offset)
}

impl Motel {
    pub(crate) async fn open() -> Self {
        let test = TestDb::new(&OWNERS).await;
        let demo = demo_tenant(&test).await;
        let mut tx = test.db().tenant(demo.tenant).await.unwrap();
        motel_rates::testing::demo_motel(&mut tx, &demo.property, day(0))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Self {
            test,
            tenant: demo.tenant,
            property: demo.property,
        }
    }

    pub(crate) async fn tx(&self) -> TenantTx {
        self.test.db().tenant(self.tenant).await.unwrap()
    }

    /// Two nights, Friday and Saturday, in a pet-friendly room with a dog.
    pub(crate) async fn book(&self) -> Booking {
        self.book_nights(3, 2, 1).await
    }

    pub(crate) async fn book_nights(&self, from: u64, nights: u32, pets: i64) -> Booking {
        let room = if pets > 0 {
            "pet_friendly"
        } else {
            "standard_queen"
        };
        let request = BookRequest {
            stays: vec![StayRequest::new(
                StayDates::from_nights(day(from), nights).unwrap(),
                Party::new(2, 0, pets).unwrap(),
                room,
            )],
            guest: GuestDetails {
                name: "Ana Souza".to_owned().try_into().unwrap(),
                email: EMAIL.parse().unwrap(),
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

    pub(crate) async fn cancel(&self, booking: &Booking, at: DateTime<Utc>) -> Booking {
        let mut tx = self.tx().await;
        let cancelled =
            motel_bookings::commands::cancel(&mut tx, &self.property, booking.id, &By::guest(), at)
                .await;
        tx.commit().await.unwrap();
        cancelled.unwrap()
    }

    pub(crate) async fn keep(&self, booking: &Booking) -> Folio {
        let mut tx = self.tx().await;
        let folio = commands::keep_folio(&mut tx, booking).await.unwrap();
        tx.commit().await.unwrap();
        folio
    }

    /// The night audit charges one night of the booking's only stay.
    pub(crate) async fn charge(&self, booking: &Booking, night: NaiveDate) {
        let lines: Vec<PriceLine> = booking
            .first()
            .price
            .postings()
            .into_iter()
            .filter(|line| line.date == night)
            .collect();
        let mut tx = self.tx().await;
        let stay = booking.first().id;
        commands::charge_night(&mut tx, booking, stay, night, &lines)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    pub(crate) async fn account(&self, booking: &Booking) -> Account {
        let mut tx = self.tx().await;
        let booking = motel_bookings::queries::find(&mut tx, booking.id).await;
        queries::account(&mut tx, &booking.unwrap()).await.unwrap()
    }

    pub(crate) async fn balance(&self, booking: &Booking) -> i64 {
        let mut tx = self.tx().await;
        let folio = queries::folio(&mut tx, booking.id).await.unwrap().unwrap();
        queries::balance(&mut tx, &folio).await.unwrap().minor()
    }

    /// A link with a page at Stripe.
    pub(crate) async fn link(&self, booking: &Booking) -> PaymentLink {
        let mut tx = self.tx().await;
        let link =
            commands::prepare_payment_link(&mut tx, booking, Sum::Due, GatewayName::Stripe, now())
                .await;
        tx.commit().await.unwrap();
        link.unwrap()
    }

    /// All that is due, paid at Stripe.
    pub(crate) async fn pay(&self, booking: &Booking) -> PaymentLink {
        let link = self.link(booking).await;
        let id = format!("evt_paid_{}", link.id);
        let paid = self.take(&event(&id, EventKind::Paid, &link)).await;
        assert_eq!(paid, commands::Taken::Posted);
        link
    }

    pub(crate) async fn payment(&self, link: PaymentLinkId) -> Payment {
        let mut tx = self.tx().await;
        queries::payment(&mut tx, link).await.unwrap().unwrap()
    }

    pub(crate) async fn request_refund(
        &self,
        link: PaymentLinkId,
        minor: Option<i64>,
    ) -> Result<Refund, BillingError> {
        let mut tx = self.tx().await;
        let by = By::system().because("a test");
        let refund = commands::request_refund(&mut tx, link, minor.map(usd), by, now()).await?;
        tx.commit().await.unwrap();
        Ok(refund)
    }

    /// The one number a query answers, past all walls.
    pub(crate) async fn number(&self, query: &str) -> i64 {
        let mut admin = self.test.admin().await;
        let query = diesel::dsl::sql::<diesel::sql_types::BigInt>(&format!("({query})::bigint"));
        let number = diesel::select(query);
        diesel_async::RunQueryDsl::get_result(number, &mut admin)
            .await
            .unwrap()
    }

    pub(crate) async fn take(&self, event: &GatewayEvent) -> commands::Taken {
        let mut tx = self.tx().await;
        let taken = commands::take_gateway_event(&mut tx, received(event))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        taken
    }
}

pub(crate) fn received(event: &GatewayEvent) -> commands::ReceivedEvent<'_> {
    commands::ReceivedEvent {
        gateway: GatewayName::Stripe,
        event,
        body: b"{}",
        received_at: now(),
    }
}

pub(crate) fn event(id: &str, kind: EventKind, link: &PaymentLink) -> GatewayEvent {
    GatewayEvent {
        event_id: id.to_owned(),
        kind,
        gateway_reference: "cs_1".to_owned(),
        reference: link.id,
        refund: None,
        amount: link.amount,
    }
}

pub(crate) fn usd(minor: i64) -> Money {
    Money::new(minor, motel_kernel::Currency::USD)
}
