use motel_kernel::{Email, PersonName, Phone, TenantId};
use motel_leads::commands::{Captured, capture};
use motel_leads::{Contact, Lead, LeadSource, NewLead, Notes, WantedDates, queries};
use motel_tenancy::testing::{DemoTenant, demo_tenant};
use motel_testkit::TestDb;

pub(crate) const OWNERS: &[&str] = &[
    "tenancy",
    "jobs",
    "inventory",
    "rates",
    "taxes",
    "guests",
    "bookings",
    "conversations",
    "leads",
];

pub(crate) async fn motel() -> (TestDb, DemoTenant) {
    let test = TestDb::new(OWNERS).await;
    let motel = demo_tenant(&test).await;
    (test, motel)
}

/// Ana Maria de Souza with these ways to reach her; an empty text is none.
pub(crate) fn ana(email: &str, phone: &str) -> NewLead {
    let email = (!email.is_empty()).then(|| Email::parse(email).unwrap());
    let phone = (!phone.is_empty()).then(|| Phone::parse(phone).unwrap());
    NewLead {
        name: PersonName::parse("Ana Maria de Souza").unwrap(),
        contact: Contact::new(email, phone).unwrap(),
        wanted: WantedDates::default(),
        party: None,
        source: LeadSource::web(),
        notes: Notes::default(),
        conversation: None,
    }
}

/// Captures in a transaction of its own.
pub(crate) async fn taken(test: &TestDb, tenant: TenantId, new: &NewLead) -> Captured {
    let mut tx = test.db().tenant(tenant).await.unwrap();
    let captured = capture(&mut tx, new).await.unwrap();
    tx.commit().await.unwrap();
    captured
}

pub(crate) async fn all(test: &TestDb, tenant: TenantId) -> Vec<Lead> {
    let mut tx = test.db().tenant(tenant).await.unwrap();
    queries::recent(&mut tx, 200).await.unwrap()
}
