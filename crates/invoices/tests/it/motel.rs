//! The demo motel with guests to write invoices for.

use chrono::{DateTime, NaiveDate, Utc};
use motel_billing::Folio;
use motel_billing::commands::{HandKind, HandPosting, post_by_hand};
use motel_bookings::commands::BookRequest;
use motel_bookings::{Booking, BookingSource, By, StayRequest};
use motel_db::TenantTx;
use motel_guests::GuestDetails;
use motel_invoices::commands::{self, CreditRequest, IssueKind, IssueRequest};
use motel_invoices::{Addressee, Invoice, InvoiceError, Language};
use motel_kernel::{
    Actor, Currency, FolioId, InvoiceId, Money, Party, PostingId, StayDates, TenantId,
};
use motel_tenancy::Property;
use motel_tenancy::testing::{DemoTenant, demo_tenant};
use motel_testkit::TestDb;

const OWNERS: [&str; 10] = [
    "tenancy",
    "jobs",
    "inventory",
    "rates",
    "taxes",
    "guests",
    "bookings",
    "billing",
    "mail",
    "invoices",
];

pub(crate) struct Motel {
    pub(crate) test: TestDb,
    pub(crate) tenant: TenantId,
    pub(crate) property: Property,
}

/// In the evening of December 1 in New York.
pub(crate) fn now() -> DateTime<Utc> {
    "2026-12-01T23:30:00Z".parse().unwrap()
}

pub(crate) fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).unwrap() + chrono::Days::new(offset)
}

pub(crate) fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

pub(crate) fn invoice() -> IssueRequest {
    IssueRequest {
        kind: IssueKind::Invoice,
        language: Language::En,
        addressee: Addressee::default(),
    }
}

pub(crate) fn receipt() -> IssueRequest {
    IssueRequest {
        kind: IssueKind::Receipt,
        ..invoice()
    }
}

pub(crate) fn lines_of(invoice: &Invoice) -> Vec<(&str, i64)> {
    let lines = invoice.snapshot.lines.iter();
    let said = lines.map(|line| (line.description.as_str(), line.amount.minor()));
    said.collect()
}

impl Motel {
    pub(crate) async fn open() -> Self {
        let test = TestDb::new(&OWNERS).await;
        let DemoTenant {
            tenant, property, ..
        } = demo_tenant(&test).await;
        let motel = Self {
            test,
            tenant,
            property,
        };
        let mut tx = motel.tx().await;
        motel_rates::testing::demo_motel(&mut tx, &motel.property, day(0))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        motel
    }

    pub(crate) async fn tx(&self) -> TenantTx {
        self.test.db().tenant(self.tenant).await.unwrap()
    }

    /// Friday and Saturday in a queen room: 144 a night and 12 % tax on top.
    pub(crate) async fn book(&self) -> Booking {
        let request = BookRequest {
            stays: vec![StayRequest::new(
                StayDates::from_nights(day(3), 2).unwrap(),
                Party::new(2, 0, 0).unwrap(),
                "standard_queen",
            )],
            guest: GuestDetails {
                name: "Ana Souza".to_owned().try_into().unwrap(),
                email: "ana@example.com".parse().unwrap(),
                phone: None,
            },
            source: BookingSource::Api,
            agreed: None,
        };
        let mut tx = self.tx().await;
        let booked =
            motel_bookings::commands::book(&mut tx, &self.property, &request, None, now()).await;
        let booking = booked.unwrap().booking;
        motel_billing::commands::keep_folio(&mut tx, &booking)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        booking
    }

    /// The night audit charges a night of the booking's only stay.
    pub(crate) async fn charge(&self, booking: &Booking, night: NaiveDate) {
        let stay = booking.first();
        let mut lines = stay.price.postings();
        lines.retain(|line| line.date == night);
        let mut tx = self.tx().await;
        motel_billing::commands::charge_night(&mut tx, booking, stay.id, night, &lines)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    pub(crate) async fn folio(&self, booking: &Booking) -> Folio {
        let mut tx = self.tx().await;
        let folio = motel_billing::queries::folio(&mut tx, booking.id).await;
        folio.unwrap().unwrap()
    }

    /// A booking whose first night was charged.
    pub(crate) async fn stayed(&self) -> (Booking, FolioId) {
        let booking = self.book().await;
        self.charge(&booking, day(3)).await;
        let folio = self.folio(&booking).await.id;
        (booking, folio)
    }

    pub(crate) async fn post(&self, folio: FolioId, kind: HandKind, minor: i64) -> PostingId {
        let wanted = HandPosting {
            kind,
            amount: usd(minor),
            description: "By hand".to_owned(),
            service_date: None,
        };
        let mut tx = self.tx().await;
        let posted = post_by_hand(&mut tx, folio, wanted, By::system().because("a test")).await;
        tx.commit().await.unwrap();
        posted.unwrap()
    }

    pub(crate) async fn pay(&self, folio: FolioId, minor: i64) -> PostingId {
        self.post(folio, HandKind::Payment("cash".to_owned()), minor)
            .await
    }

    pub(crate) async fn reverse(&self, posting: PostingId) {
        let mut tx = self.tx().await;
        motel_billing::commands::reverse(&mut tx, posting, Actor::System, "not theirs")
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    pub(crate) async fn issue(&self, folio: FolioId) -> Result<Invoice, InvoiceError> {
        self.issue_as(folio, &invoice(), now()).await
    }

    pub(crate) async fn issue_as(
        &self,
        folio: FolioId,
        request: &IssueRequest,
        at: DateTime<Utc>,
    ) -> Result<Invoice, InvoiceError> {
        let mut tx = self.tx().await;
        let issued = commands::issue(&mut tx, folio, request, Actor::System, at).await?;
        tx.commit().await?;
        Ok(issued)
    }

    pub(crate) async fn credit(
        &self,
        id: InvoiceId,
        lines: Option<&[i32]>,
    ) -> Result<Invoice, InvoiceError> {
        let request = CreditRequest {
            lines: lines.map(<[i32]>::to_vec),
            reason: "another address".to_owned(),
        };
        let mut tx = self.tx().await;
        let note = commands::credit(&mut tx, id, &request, Actor::System, now()).await?;
        tx.commit().await?;
        Ok(note)
    }
}
