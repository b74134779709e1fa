use chrono::NaiveDate;
use diesel_async::RunQueryDsl;
use motel_conversations::Channel;
use motel_kernel::{ConversationId, Party, PersonName, StayDates, TenantId};
use motel_leads::{LeadSource, LeadStatus, Notes, WantedDates};
use motel_testkit::TestDb;

use crate::person::{all, ana, motel, taken};

async fn conversation(test: &TestDb, tenant: TenantId) -> ConversationId {
    let mut tx = test.db().tenant(tenant).await.unwrap();
    let started = motel_conversations::commands::start(&mut tx, Channel::Web)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    started.id
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_keeps_all_that_was_said() {
    let (test, motel) = motel().await;
    let arrival = NaiveDate::from_ymd_opt(2027, 3, 12).unwrap();
    let mut new = ana("Ana@Example.com", "(415) 555-0123");
    new.wanted = StayDates::from_nights(arrival, 3).unwrap().into();
    new.party = Some(Party::new(2, 1, 0).unwrap());
    new.source = LeadSource::chat();
    new.notes = Notes::parse("Robert'); DROP TABLE leads;-- <b>").unwrap();
    new.conversation = Some(conversation(&test, motel.tenant).await);

    let captured = taken(&test, motel.tenant, &new).await;
    assert!(captured.created);
    let lead = captured.lead;
    assert_eq!(all(&test, motel.tenant).await, std::slice::from_ref(&lead));
    assert_eq!(lead.number.to_string(), "LD00001");
    assert_eq!(
        (lead.given_name.as_str(), lead.family_name.as_str()),
        ("Ana", "Maria de Souza")
    );
    assert_eq!(
        lead.email.as_ref().map(|email| email.as_str()),
        Some("ana@example.com")
    );
    assert_eq!(
        lead.phone.as_ref().map(|phone| phone.as_str()),
        Some("+14155550123")
    );
    assert_eq!(lead.check_in, Some(arrival));
    assert_eq!(lead.check_out, NaiveDate::from_ymd_opt(2027, 3, 15));
    assert_eq!((lead.adults, lead.children), (Some(2), Some(1)));
    assert_eq!(
        (lead.source.as_str(), lead.status),
        ("chat", LeadStatus::New)
    );
    assert_eq!(lead.notes, "Robert'); DROP TABLE leads;-- <b>");
    assert_eq!(lead.conversation_id, new.conversation);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_address_or_number_in_one_conversation_is_one_lead() {
    let (test, motel) = motel().await;
    let thread = Some(conversation(&test, motel.tenant).await);
    let mut first = ana("ana@example.com", "+14155550123");
    first.conversation = thread;
    first.notes = Notes::parse("with a cot").unwrap();
    let first = taken(&test, motel.tenant, &first).await.lead;

    let mut by_email = ana("ana@example.com", "+14155550199");
    by_email.conversation = thread;
    by_email.name = PersonName::parse("Ana Souza").unwrap();
    let updated = taken(&test, motel.tenant, &by_email).await;
    assert!(!updated.created);
    assert_eq!(
        (updated.lead.id, updated.lead.number),
        (first.id, first.number)
    );
    assert_eq!(updated.lead.full_name(), "Ana Souza");
    assert_eq!(
        updated.lead.phone.as_ref().map(|phone| phone.as_str()),
        Some("+14155550199")
    );
    assert_eq!(updated.lead.notes, "with a cot");

    let mut by_phone = ana("", "+14155550199");
    by_phone.conversation = thread;
    let updated = taken(&test, motel.tenant, &by_phone).await;
    assert!(!updated.created);
    assert_eq!(updated.lead.email, first.email);
    assert_eq!(all(&test, motel.tenant).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_conversation_or_another_person_is_another_lead() {
    let (test, motel) = motel().await;
    for _ in 0..2 {
        let mut new = ana("ana@example.com", "+14155550123");
        new.conversation = Some(conversation(&test, motel.tenant).await);
        assert!(taken(&test, motel.tenant, &new).await.created);
    }
    assert!(
        taken(&test, motel.tenant, &ana("bo@example.com", "+14155550177"))
            .await
            .created
    );
    let numbers: Vec<_> = all(&test, motel.tenant)
        .await
        .iter()
        .map(|lead| lead.number.to_string())
        .collect();
    assert_eq!(numbers, ["LD00003", "LD00002", "LD00001"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_conversation_an_open_lead_is_brought_up_to_date_and_a_closed_one_is_not() {
    let (test, motel) = motel().await;
    let first = taken(&test, motel.tenant, &ana("ana@example.com", ""))
        .await
        .lead;
    let again = taken(&test, motel.tenant, &ana("ana@example.com", "+14155550123")).await;
    assert_eq!((again.created, again.lead.id), (false, first.id));

    let mut admin = test.admin().await;
    diesel::sql_query("UPDATE leads.leads SET status = 'lost'")
        .execute(&mut admin)
        .await
        .unwrap();
    let later = taken(&test, motel.tenant, &ana("ana@example.com", "")).await;
    assert!(later.created && later.lead.id != first.id);
}

#[tokio::test(flavor = "multi_thread")]
async fn new_dates_replace_old_ones_together() {
    let (test, motel) = motel().await;
    let day = |day| NaiveDate::from_ymd_opt(2027, 3, day);
    let mut new = ana("ana@example.com", "");
    new.wanted = WantedDates::new(day(1), day(5)).unwrap();
    taken(&test, motel.tenant, &new).await;

    // An arrival after the old departure, and no word about when to leave.
    new.wanted = WantedDates::new(day(20), None).unwrap();
    let moved = taken(&test, motel.tenant, &new).await.lead;
    assert_eq!((moved.check_in, moved.check_out), (day(20), None));

    new.wanted = WantedDates::default();
    let same = taken(&test, motel.tenant, &new).await.lead;
    assert_eq!((same.check_in, same.check_out), (day(20), None));
}
