//! What is offered beside what the guest asked for: set up for scripts, compared at their end, and what scripts cannot say.

use motel_billing::commands::keep_folio;
use motel_billing::queries::owed_by_guests;
use motel_bookings::Booking;
use motel_rates::{DateWindow, PackageDetails, PackageEffect};
use motel_taxes::Per;
use motel_testkit::TestDb;
use motel_upsells::http::UpsellRuleInput;
use motel_upsells::{Conditions, Offered, RuleDetails, Trigger, Words, commands, queries};
use motel_web::Input as _;

use crate::script::{ExpectedUpsell, Setup, SetupPackage};
use crate::stage::{OWNERS, Stage};

/// Packages and rules of a script.
pub(crate) async fn set(stage: &Stage, setup: &Setup) {
    let mut tx = stage.tx().await;
    let property = stage.property.id;
    for package in &setup.packages {
        motel_rates::commands::create_package(&mut tx, property, details(package))
            .await
            .unwrap();
    }
    for rule in &setup.upsells {
        let input = UpsellRuleInput::parse(rule.clone()).unwrap();
        commands::create_rule(&mut tx, property, input.details)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
}

fn details(package: &SetupPackage) -> PackageDetails {
    PackageDetails {
        code: package.code.clone(),
        name: package.name.clone(),
        description: String::new(),
        active: true,
        contents: Vec::new(),
        effect: package.effect,
        booking: DateWindow::default(),
        stay: DateWindow {
            from: None,
            until: package.stay_until,
        },
        rate_plans: Vec::new(),
    }
}

/// What the guests of a booking owe by its folio, once that has heard of everything.
pub(crate) async fn owed(stage: &Stage, booking: &Booking) -> i64 {
    let mut tx = stage.tx().await;
    keep_folio(&mut tx, booking).await.unwrap();
    let owed = owed_by_guests(&mut tx, booking).await.unwrap();
    owed.minor()
}

/// Everything in the take-up that differs from what a script expects.
pub(crate) async fn compare(stage: &Stage, expected: &[ExpectedUpsell]) -> Vec<String> {
    if expected.is_empty() {
        return Vec::new();
    }
    let tx = stage.tx().await;
    let today = stage.property.today(&*stage.clock);
    let next = today.succ_opt().unwrap();
    let rules = queries::rules(&tx, stage.property.id).await.unwrap();
    let counted = queries::take_up(&tx, &stage.property, today, next)
        .await
        .unwrap();
    let found = |name: &str| {
        let rule = rules.iter().find(|rule| rule.details.name == name).unwrap();
        let counted = counted.iter().find(|it| it.rule == rule.id);
        ExpectedUpsell {
            name: name.to_owned(),
            shown: counted.map_or(0, |it| it.shown),
            taken: counted.map_or(0, |it| it.taken),
            declined: counted.map_or(0, |it| it.declined),
            revenue_minor: counted.map_or(0, |it| it.revenue.minor()),
        }
    };
    let pairs = expected.iter().map(|wanted| (wanted, found(&wanted.name)));
    pairs
        .filter(|(wanted, found)| *wanted != found)
        .map(|(wanted, found)| format!("  {found:?}, not {wanted:?}"))
        .collect()
}

const ALL: &str = "queen from January 18 to January 20 for 2 adults. My name is Daniel Okafor, email daniel@example.org, no phone";

async fn stage(trigger: Trigger) -> (TestDb, Stage) {
    let test = TestDb::new(OWNERS).await;
    let now = "2026-12-01T15:00:00Z".parse().unwrap();
    let stage = Stage::set(&test, "remotemotel", now).await;
    let late = SetupPackage {
        code: "late".to_owned(),
        name: "Late check-out".to_owned(),
        effect: PackageEffect::Extra {
            amount_minor: 2_500,
            per: Per::Stay,
        },
        stay_until: None,
    };
    let rule = RuleDetails {
        name: "Late".to_owned(),
        enabled: true,
        trigger,
        topic: None,
        conditions: Conditions::default(),
        days: DateWindow::default(),
        offered: Offered::Package("late".to_owned()),
        words: Words::parse("Would you like a {offer} for {price} more?").unwrap(),
    };
    let mut tx = stage.tx().await;
    let property = stage.property.id;
    motel_rates::commands::create_package(&mut tx, property, details(&late))
        .await
        .unwrap();
    commands::create_rule(&mut tx, property, rule)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    (test, stage)
}

async fn only_booking(stage: &Stage) -> Booking {
    let mut tx = stage.tx().await;
    let mut all = motel_bookings::queries::newest(&mut tx, 10).await.unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn yeses_at_once_after_a_booking_add_it_once() {
    let (_test, stage) = stage(Trigger::Booked).await;
    let conversation = stage.conversation().await;
    stage.say(conversation, ALL).await;
    let booked = stage.say(conversation, "yes").await;
    assert!(
        booked.text.contains("Late check-out for $28.00 more?"),
        "{}",
        booked.text
    );
    let read_back = stage.say(conversation, "yes please").await;
    assert!(read_back.text.contains("$296.80"), "{}", read_back.text);
    let before = only_booking(&stage).await;
    assert_eq!(
        before.total().minor(),
        26_880,
        "nothing is added before the second yes"
    );
    let (one, two, three) = tokio::join!(
        stage.say(conversation, "yes"),
        stage.say(conversation, "yes"),
        stage.say(conversation, "yes")
    );
    let replies = [one.text, two.text, three.text];
    let done = replies
        .iter()
        .filter(|text| text.starts_with("Done: "))
        .count();
    assert_eq!(done, 1, "{replies:?}");
    let after = only_booking(&stage).await;
    assert_eq!(after.total().minor(), 29_680);
    assert_eq!(after.first().version, before.first().version + 1);
    assert_eq!(owed(&stage, &after).await, 29_680);
}

#[tokio::test(flavor = "multi_thread")]
async fn book_it_books_what_was_read_back_and_nothing_more() {
    let (_test, stage) = stage(Trigger::ReadBack).await;
    let conversation = stage.conversation().await;
    let read_back = stage.say(conversation, ALL).await;
    assert!(
        read_back.text.contains("One thing before I book it."),
        "{}",
        read_back.text
    );
    assert!(
        !read_back.text.contains("Shall I book it?"),
        "one question at a time"
    );
    let booked = stage.say(conversation, "yes, book it").await;
    assert!(booked.booking.is_some(), "{}", booked.text);
    let made = only_booking(&stage).await;
    assert_eq!(
        (made.total().minor(), made.first().package_code()),
        (26_880, None)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_yes_to_just_the_room_takes_nothing_on_top() {
    let (_test, stage) = stage(Trigger::ReadBack).await;
    let conversation = stage.conversation().await;
    stage.say(conversation, ALL).await;
    let answer = stage.say(conversation, "yes, just the room please").await;
    assert!(!answer.text.contains("296.80"), "{}", answer.text);
    stage.say(conversation, "yes").await;
    let made = only_booking(&stage).await;
    assert_eq!(
        (made.total().minor(), made.first().package_code()),
        (26_880, None)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_that_moved_is_not_charged() {
    let (_test, stage) = stage(Trigger::Booked).await;
    let conversation = stage.conversation().await;
    stage.say(conversation, ALL).await;
    stage.say(conversation, "yes").await;
    stage.say(conversation, "yes").await;
    let mut tx = stage.tx().await;
    let property = stage.property.id;
    let mut all = motel_rates::queries::packages(&tx, property).await.unwrap();
    let mut late = all.remove(0);
    late.details.effect = PackageEffect::Extra {
        amount_minor: 9_900,
        per: Per::Stay,
    };
    motel_rates::commands::change_package(&mut tx, property, late.id, late.details, None)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let refused = stage.say(conversation, "yes").await;
    assert!(refused.text.contains("could not add"), "{}", refused.text);
    assert_eq!(only_booking(&stage).await.total().minor(), 26_880);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_is_over_once_something_else_is_said() {
    let (_test, stage) = stage(Trigger::Booked).await;
    let conversation = stage.conversation().await;
    stage.say(conversation, ALL).await;
    stage.say(conversation, "yes").await;
    stage
        .say(conversation, "there is a fire in the hallway")
        .await;
    let reply = stage.say(conversation, "yes").await;
    assert!(!reply.text.contains("296.80"), "{}", reply.text);
    assert_eq!(only_booking(&stage).await.total().minor(), 26_880);
}
