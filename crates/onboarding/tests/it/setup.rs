//! Setting a business up, step by step.

use chrono::Days;
use futures::future::join_all;
use motel_appointments::PriceBasis;
use motel_appointments::rules::Ask;
use motel_conversations::Channel;
use motel_db::TenantTx;
use motel_kernel::{Clock, Money, Party, StayDates};
use motel_onboarding::OnboardingError;
use motel_onboarding::setup::{
    Cancellation, HouseRules, OpenDays, Parking, Pets, RoomOffer, ServiceOffer, Step, StepState,
    describe_place, mark_seen, offer_rooms, offer_service, set_house_rules, setup, skip,
};
use motel_rates::{SearchRequest, queries::search};
use motel_tenancy::commands::{Founded, PropertyDescription};
use motel_tenancy::{Address, PolicyTopic, Property, TenantKind};

use crate::lobby::Lobby;

async fn founded(lobby: &Lobby) -> Founded {
    let link = lobby.word("Sunrise Motel", "dana@sunrise.example").await;
    lobby.confirm(&link).await.unwrap()
}

async fn transaction(lobby: &Lobby, founded: &Founded) -> TenantTx {
    lobby.db.db().tenant(founded.tenant.id).await.unwrap()
}

fn queens(property: &Property) -> RoomOffer {
    RoomOffer {
        name: "Standard Queen".to_owned(),
        count: 3,
        sleeps: 2,
        beds: "one queen bed".to_owned(),
        price: Money::new(9_900, property.currency),
    }
}

fn described(property: &Property) -> PropertyDescription {
    let told = property.clone();
    PropertyDescription {
        name: "Sunrise by the Lake".to_owned(),
        tagline: "Six rooms and a jetty".to_owned(),
        address: Address {
            street: "Seeweg 1".to_owned(),
            city: "Lindau".to_owned(),
            region: String::new(),
            postal_code: "88131".to_owned(),
            country: "DE".to_owned(),
        },
        phone: told.phone,
        timezone: told.timezone,
        currency: told.currency,
        check_in: told.check_in,
        check_out: told.check_out,
        tax: told.tax,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn how_far_a_business_is_follows_from_what_there_is() {
    let lobby = Lobby::open().await;
    let founded = founded(&lobby).await;
    let mut tx = transaction(&lobby, &founded).await;
    let (property, kind) = (&founded.property, founded.tenant.kind);
    let fresh = setup(&mut tx, property, kind).await.unwrap();
    assert_eq!((fresh.done(), fresh.next()), (0, Some(Step::Property)));

    let property = describe_place(&mut tx, property, &described(property))
        .await
        .unwrap();
    skip(&mut tx, Step::Offer, lobby.now()).await.unwrap();
    let later = setup(&mut tx, &property, kind).await.unwrap();
    assert_eq!(later.state(Step::Property), StepState::Done);
    assert_eq!(later.state(Step::Offer), StepState::Skipped);
    assert_eq!(later.next(), Some(Step::HouseRules));

    // What was skipped is done all the same once it is there.
    let today = property.today(&*lobby.clock);
    offer_rooms(&mut tx, &property, &queens(&property), today)
        .await
        .unwrap();
    let rules = HouseRules {
        parking: Some(Parking::Free),
        ..HouseRules::default()
    };
    let property = set_house_rules(&mut tx, &property, &rules).await.unwrap();
    mark_seen(&mut tx, Step::Channel, lobby.now())
        .await
        .unwrap();
    motel_conversations::commands::start(&mut tx, Channel::Web)
        .await
        .unwrap();
    let over = setup(&mut tx, &property, kind).await.unwrap();
    assert_eq!((over.done(), over.next()), (5, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_that_are_offered_are_found_at_their_price_and_can_all_be_sold() {
    let lobby = Lobby::open().await;
    let founded = founded(&lobby).await;
    let property = &founded.property;
    let mut tx = transaction(&lobby, &founded).await;
    let today = property.today(&*lobby.clock);
    offer_rooms(&mut tx, property, &queens(property), today)
        .await
        .unwrap();
    let again = offer_rooms(&mut tx, property, &queens(property), today).await;
    assert!(matches!(again, Err(OnboardingError::RoomTypeTaken)));
    let suite = RoomOffer {
        name: "Suite".to_owned(),
        count: 1,
        sleeps: 4,
        price: Money::new(20_000, property.currency),
        ..queens(property)
    };
    offer_rooms(&mut tx, property, &suite, today).await.unwrap();
    tx.commit().await.unwrap();

    let tx = transaction(&lobby, &founded).await;
    let stay = StayDates::from_nights(today + Days::new(700), 2).unwrap();
    let request = SearchRequest::new(stay, Party::new(2, 0, 0).unwrap());
    let found = search(&tx, property, &request, lobby.clock.now())
        .await
        .unwrap();
    let mut offers: Vec<_> = found
        .offers
        .iter()
        .map(|offer| (offer.unit_group.code.clone(), offer.available_count))
        .collect();
    offers.sort();
    assert_eq!(
        offers,
        [("standard_queen".to_owned(), 3), ("suite".to_owned(), 1)]
    );
    let numbers = "SELECT count(DISTINCT number) FROM inventory.units WHERE number IN ('101', '102', '103', '104')";
    assert_eq!(lobby.count(numbers).await, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_rooms_sent_twice_at_once_are_there_once() {
    let lobby = Lobby::open().await;
    let founded = founded(&lobby).await;
    let queens = queens(&founded.property);
    let offers = [&queens, &queens, &queens];
    let done = join_all(offers.map(|offer| offered(&lobby, &founded, offer))).await;
    let made = done.iter().filter(|done| done.is_ok()).count();
    assert_eq!(made, 1, "{done:?}");
    let taken = |done: &Result<_, _>| matches!(done, Err(OnboardingError::RoomTypeTaken));
    assert_eq!(
        done.iter().filter(|done| taken(done)).count(),
        2,
        "{done:?}"
    );
    let units = "SELECT count(*) FROM inventory.units";
    assert_eq!(lobby.count(units).await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_types_offered_at_once_have_rooms_of_their_own() {
    let lobby = Lobby::open().await;
    let founded = founded(&lobby).await;
    let queens = queens(&founded.property);
    let suites = RoomOffer {
        name: "Suite".to_owned(),
        ..queens.clone()
    };
    let offers = [&queens, &suites];
    for done in join_all(offers.map(|offer| offered(&lobby, &founded, offer))).await {
        done.unwrap();
    }
    let each = "SELECT count(*) FROM (SELECT unit_group_id FROM inventory.units GROUP BY 1 HAVING count(*) = 3) t";
    assert_eq!(lobby.count(each).await, 2);
}

async fn offered(
    lobby: &Lobby,
    founded: &Founded,
    offer: &RoomOffer,
) -> Result<(), OnboardingError> {
    let mut tx = transaction(lobby, founded).await;
    let today = founded.property.today(&*lobby.clock);
    offer_rooms(&mut tx, &founded.property, offer, today).await?;
    Ok(tx.commit().await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_currency_stays_once_something_has_a_price() {
    let lobby = Lobby::open().await;
    let founded = founded(&lobby).await;
    let property = &founded.property;
    let mut tx = transaction(&lobby, &founded).await;
    let dollars = PropertyDescription {
        currency: motel_kernel::Currency::USD,
        ..described(property)
    };
    let changed = describe_place(&mut tx, property, &dollars).await.unwrap();
    assert_eq!(changed.currency, motel_kernel::Currency::USD);
    let today = changed.today(&*lobby.clock);
    offer_rooms(&mut tx, &changed, &queens(&changed), today)
        .await
        .unwrap();
    let euros = offer_rooms(&mut tx, &changed, &queens(property), today).await;
    assert!(matches!(euros, Err(OnboardingError::CurrencyChanged)));
    let back = describe_place(&mut tx, &changed, &described(property)).await;
    assert!(matches!(back, Err(OnboardingError::CurrencyInUse)));
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_become_sentences_and_what_is_not_answered_stays() {
    let lobby = Lobby::open().await;
    let founded = founded(&lobby).await;
    let mut tx = transaction(&lobby, &founded).await;
    let fee = Money::new(1_250, founded.property.currency);
    let first = HouseRules {
        parking: Some(Parking::Paid(fee)),
        cancellation: Some(Cancellation::UntilHours(48)),
        ..HouseRules::default()
    };
    let property = set_house_rules(&mut tx, &founded.property, &first)
        .await
        .unwrap();
    let second = HouseRules {
        pets: Some(Pets::None),
        ..HouseRules::default()
    };
    let property = set_house_rules(&mut tx, &property, &second).await.unwrap();
    let said = |topic| property.policies.answer(topic).map(|answer| answer.text);
    assert_eq!(
        said(PolicyTopic::Parking).as_deref(),
        Some("Parking on the premises costs €12.50 a night.")
    );
    assert_eq!(
        said(PolicyTopic::Pets).as_deref(),
        Some("We cannot take pets.")
    );
    assert_eq!(said(PolicyTopic::Breakfast), None);
    let facts = property.policies.cancellation.as_ref().unwrap();
    assert_eq!(facts.free_until_hours, 48);
    let read = HouseRules::of(&property);
    assert_eq!((read.parking, read.pets), (first.parking, second.pets));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_answer_leaves_a_policy_its_own_words() {
    let lobby = Lobby::open().await;
    let demo = motel_tenancy::testing::demo_tenant(&lobby.db).await;
    let mut tx = lobby.db.db().tenant(demo.tenant).await.unwrap();
    let same = HouseRules::of(&demo.property);
    assert!(same.pets.is_some());
    let property = set_house_rules(&mut tx, &demo.property, &same).await;
    assert_eq!(property.unwrap().policies, demo.property.policies);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_is_offered_has_slots_to_be_booked() {
    let lobby = Lobby::open().await;
    let founded = founded(&lobby).await;
    let property = &founded.property;
    let mut tx = transaction(&lobby, &founded).await;
    let offer = ServiceOffer {
        name: "An hour of advice".to_owned(),
        minutes: 60,
        price: Money::new(11_000, property.currency),
        basis: PriceBasis::PerSession,
        most_guests: 4,
        days: OpenDays::Every,
        from: "09:00".parse().unwrap(),
        until: "12:00".parse().unwrap(),
        station: "Dana".to_owned(),
    };
    offer_service(&mut tx, property, &offer).await.unwrap();
    let again = offer_service(&mut tx, property, &offer).await;
    assert!(matches!(again, Err(OnboardingError::ServiceTaken)));
    let second = ServiceOffer {
        name: "Half an hour".to_owned(),
        minutes: 30,
        ..offer
    };
    tx.commit().await.unwrap();
    let twice = [(); 2].map(|()| async {
        let mut tx = transaction(&lobby, &founded).await;
        let half = offer_service(&mut tx, property, &second).await?;
        tx.commit().await?;
        Ok::<_, OnboardingError>(half)
    });
    let (made, taken): (Vec<_>, Vec<_>) =
        join_all(twice).await.into_iter().partition(Result::is_ok);
    assert!(matches!(taken[..], [Err(OnboardingError::ServiceTaken)]));
    let half = made.into_iter().next().unwrap().unwrap();
    let mut tx = transaction(&lobby, &founded).await;
    let dana = motel_appointments::queries::station_by_code(&mut tx, property.id, "dana");
    assert_eq!(dana.await.unwrap().unwrap().details.services.len(), 2);
    let done = setup(&mut tx, property, TenantKind::Consulting).await;
    assert_eq!(done.unwrap().state(Step::Offer), StepState::Done);
    // 2026-12-02, of which the half hours of the morning are free.
    let day = "2026-12-02".parse().unwrap();
    let now = lobby.now();
    let diary = motel_appointments::queries::diary(&mut tx, property, half, day, day, now);
    let ask = Ask {
        guests: 1,
        station: None,
        now,
        any_notice: false,
    };
    let slots = diary.await.unwrap().slots_on(day, &ask);
    assert_eq!(slots.len(), 6, "{slots:?}");
    assert!(slots.iter().all(|slot| slot.places.is_ok()), "{slots:?}");
}
