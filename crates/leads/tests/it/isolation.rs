use motel_kernel::BookingId;
use motel_leads::commands::{Booker, convert};
use motel_leads::{LeadStatus, queries};
use motel_tenancy::testing::other_tenant;

use crate::person::{all, ana, motel, taken};

#[tokio::test(flavor = "multi_thread")]
async fn tenants_count_and_see_their_own_leads_only() {
    let (test, ours) = motel().await;
    let theirs = other_tenant(&test).await;
    let new = ana("ana@example.com", "+14155550123");
    let lead = taken(&test, ours.tenant, &new).await.lead;

    let mut tx = test.db().tenant(theirs.tenant).await.unwrap();
    assert_eq!(queries::recent(&mut tx, 10).await.unwrap(), []);
    assert_eq!(queries::find(&mut tx, lead.number).await.unwrap(), None);
    let booker = Booker {
        booking: BookingId::new(),
        email: lead.email.unwrap(),
        phone: lead.phone,
        conversations: vec![],
    };
    assert_eq!(convert(&mut tx, &booker).await.unwrap(), []);
    tx.commit().await.unwrap();
    assert_eq!(all(&test, ours.tenant).await[0].status, LeadStatus::New);

    let same_person_there = taken(&test, theirs.tenant, &new).await;
    assert!(same_person_there.created);
    assert_eq!(same_person_there.lead.number.to_string(), "LD00001");
}
