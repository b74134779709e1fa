use chrono::{Days, Utc};
use motel_bookings::commands::{BookRequest, book};
use motel_bookings::{BookingConfirmed, BookingSource, StayRequest};
use motel_conversations::Channel;
use motel_guests::GuestDetails;
use motel_jobs::Worker;
use motel_kernel::{BookingId, Email, Party, PersonName, Phone, StayDates};
use motel_leads::LeadStatus;
use motel_leads::jobs::ConvertLeads;
use motel_tenancy::testing::DemoTenant;
use motel_testkit::TestDb;

use crate::person::{all, ana, motel, taken};

fn worker(test: &TestDb) -> Worker {
    Worker::new(test.db().clone()).on::<BookingConfirmed>(ConvertLeads::SUBSCRIBER, ConvertLeads)
}

/// Books a room for Ana; `in_conversation` notes the guest with a conversation begun before.
async fn booked(
    test: &TestDb,
    motel: &DemoTenant,
    email: &str,
    phone: Option<&str>,
    in_conversation: Option<motel_kernel::ConversationId>,
) -> BookingId {
    let now = Utc::now();
    let today = now.with_timezone(&motel.property.timezone).date_naive();
    let mut tx = test.db().tenant(motel.tenant).await.unwrap();
    motel_rates::testing::demo_motel(&mut tx, &motel.property, today)
        .await
        .unwrap();
    let request = BookRequest {
        stays: vec![StayRequest::new(
            StayDates::from_nights(today + Days::new(10), 2).unwrap(),
            Party::new(2, 0, 0).unwrap(),
            "standard_queen",
        )],
        guest: GuestDetails {
            name: PersonName::parse("Ana Souza").unwrap(),
            email: Email::parse(email).unwrap(),
            phone: phone.map(|phone| Phone::parse(phone).unwrap()),
        },
        source: BookingSource::Chat,
        agreed: None,
    };
    let booking = book(&mut tx, &motel.property, &request, None, now)
        .await
        .unwrap()
        .booking;
    if let Some(conversation) = in_conversation {
        motel_conversations::commands::know_guest(&mut tx, conversation, booking.booker.guest)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    booking.id
}

async fn status_of_all(
    test: &TestDb,
    motel: &DemoTenant,
) -> Vec<(String, LeadStatus, Option<BookingId>)> {
    let leads = all(test, motel.tenant).await.into_iter().rev();
    leads
        .map(|lead| (lead.number.to_string(), lead.status, lead.booking_id))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_converts_the_leads_of_its_guest_by_address_number_and_conversation() {
    let (test, motel) = motel().await;
    worker(&test).run_until_idle().await.unwrap();
    let mut tx = test.db().tenant(motel.tenant).await.unwrap();
    let thread = motel_conversations::commands::start(&mut tx, Channel::Web)
        .await
        .unwrap()
        .id;
    tx.commit().await.unwrap();
    taken(&test, motel.tenant, &ana("ana@example.com", "")).await;
    taken(&test, motel.tenant, &ana("", "+14155550123")).await;
    let mut in_chat = ana("old-address@example.com", "");
    in_chat.conversation = Some(thread);
    taken(&test, motel.tenant, &in_chat).await;
    taken(
        &test,
        motel.tenant,
        &ana("somebody-else@example.com", "+14155550188"),
    )
    .await;

    let booking = booked(
        &test,
        &motel,
        "ana@example.com",
        Some("+14155550123"),
        Some(thread),
    )
    .await;
    worker(&test).run_until_idle().await.unwrap();
    let converted = |number: &str| (number.to_owned(), LeadStatus::Converted, Some(booking));
    assert_eq!(
        status_of_all(&test, &motel).await,
        [
            converted("LD00001"),
            converted("LD00002"),
            converted("LD00003"),
            ("LD00004".to_owned(), LeadStatus::New, None),
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_booking_leaves_a_converted_lead_with_its_first() {
    let (test, motel) = motel().await;
    worker(&test).run_until_idle().await.unwrap();
    taken(&test, motel.tenant, &ana("ana@example.com", "")).await;
    let first = booked(&test, &motel, "ana@example.com", None, None).await;
    worker(&test).run_until_idle().await.unwrap();
    booked(&test, &motel, "ana@example.com", None, None).await;
    worker(&test).run_until_idle().await.unwrap();
    let expected = [("LD00001".to_owned(), LeadStatus::Converted, Some(first))];
    assert_eq!(status_of_all(&test, &motel).await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_phone_or_conversation_only_the_address_counts() {
    let (test, motel) = motel().await;
    worker(&test).run_until_idle().await.unwrap();
    taken(&test, motel.tenant, &ana("", "+14155550123")).await;
    booked(&test, &motel, "ana@example.com", None, None).await;
    worker(&test).run_until_idle().await.unwrap();
    assert_eq!(status_of_all(&test, &motel).await[0].1, LeadStatus::New);
}
