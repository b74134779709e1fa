use motel_rates::{DateWindow, PackageDetails, PackageEffect};
use motel_tenancy::Property;
use motel_upsells::{Rule, queries};

use crate::clerk::{Clerk, Seen};
use crate::motel::{CLERK, Motel, STRANGER};

const PAGE: &str = "/console/upsells";

/// $25 a stay.
fn late() -> PackageDetails {
    PackageDetails {
        code: "late".to_owned(),
        name: "Late <check-out>".to_owned(),
        description: String::new(),
        active: true,
        contents: Vec::new(),
        effect: PackageEffect::Extra {
            amount_minor: 2_500,
            per: "stay".parse().unwrap(),
        },
        booking: DateWindow::default(),
        stay: DateWindow::default(),
        rate_plans: Vec::new(),
    }
}

async fn sell_late(motel: &Motel) {
    let mut tx = motel.tx().await;
    motel_rates::commands::create_package(&mut tx, property(motel).id, late())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

fn property(motel: &Motel) -> &Property {
    &motel.demo.property
}

async fn rules(motel: &Motel) -> Vec<Rule> {
    let tx = motel.tx().await;
    queries::rules(&tx, property(motel).id).await.unwrap()
}

/// A rule in the form, with what is different.
fn typed<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("version", ""),
        ("name", "Late check-out"),
        ("trigger", "read_back"),
        ("topic", ""),
        ("offer", "package:late"),
        ("words", "Would you like {offer} for {price} more?"),
    ];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend_from_slice(more);
    fields
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_starts_from_a_rule_and_switches_it_on() {
    let motel = Motel::open().await;
    sell_late(&motel).await;
    let mut owner = Clerk::signed_in(&motel, CLERK).await;
    let seen = owner.get(PAGE).await;
    assert!(seen.shows("There are no rules") && seen.shows("before booking"));
    let made = owner.post(&format!("{PAGE}/starts/0")).await;
    let [rule] = rules(&motel).await.try_into().unwrap();
    assert!(!rule.details.enabled);
    assert_eq!(made.location, format!("{PAGE}/{}", rule.id.as_uuid()));
    let seen = owner.get(&made.location).await;
    // Friday, December 4, with $25 and 12 % of tax.
    assert!(
        seen.shows("For 2 nights from Fri, Dec 4 the guest would read"),
        "{}",
        seen.html
    );
    assert!(seen.shows("$28.00") && !seen.shows("<check-out>"));
    let on = owner.post(&format!("{}/on", made.location)).await;
    assert_eq!(on.location, format!("{PAGE}?news=upsell_on"));
    let seen = owner.get(&on.location).await;
    assert!(seen.shows("Switch off") && seen.shows("Shown"));
    assert!(rules(&motel).await[0].details.enabled);
    assert_eq!(owner.post(&format!("{PAGE}/starts/9")).await.status, 404);
}

async fn submit(owner: &mut Clerk<'_>, to: &str, more: &[(&str, &str)]) -> Seen {
    owner.submit(to, &typed(more)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_is_kept_as_it_was_typed_and_a_wrong_one_stays_in_the_form() {
    let motel = Motel::open().await;
    sell_late(&motel).await;
    let mut owner = Clerk::signed_in(&motel, CLERK).await;
    assert_eq!(owner.get(&format!("{PAGE}/new")).await.status, 200);
    for (wrong, says) in [
        (
            ("words", "Only $5, for {price}?"),
            "Words must name no figures",
        ),
        (("offer", "package:spa"), "There is no package"),
        (("nights_from", "nine"), "Nights from is no number"),
        (("trigger", "asked_about"), "Topic is for asked_about"),
        (("name", " "), "Name must not be empty"),
    ] {
        let refused = submit(&mut owner, PAGE, &[wrong]).await;
        assert_eq!(refused.status, 422, "{wrong:?}");
        assert!(refused.shows(says), "{says}: {}", refused.html);
    }
    assert!(rules(&motel).await.is_empty());

    let more = [
        ("nights_from", "2"),
        ("day-fri", "yes"),
        ("room-standard_queen", "yes"),
        ("children", "without"),
        ("enabled", "yes"),
    ];
    let kept = submit(&mut owner, PAGE, &more).await;
    assert_eq!(kept.location, format!("{PAGE}?news=upsell_kept"));
    let [rule] = rules(&motel).await.try_into().unwrap();
    let conditions = &rule.details.conditions;
    assert!(rule.details.enabled && conditions.children == Some(false));
    assert_eq!(conditions.room_types, ["standard_queen"]);
    let seen = owner.get(PAGE).await;
    assert!(
        seen.shows("2 nights or more, arriving on Friday, without children"),
        "{}",
        seen.html
    );

    // The form of what is kept keeps it; an old one changes nothing.
    let address = format!("{PAGE}/{}", rule.id.as_uuid());
    let seen = owner.get(&address).await;
    assert!(
        seen.shows("name=\"day-fri\" value=\"yes\" checked"),
        "{}",
        seen.html
    );
    let stale = submit(&mut owner, &address, &[("version", "7")]).await;
    assert_eq!(stale.location, format!("{PAGE}?news=changed_meanwhile"));
    let changed = submit(&mut owner, &address, &[("version", "1")]).await;
    assert_eq!(changed.location, format!("{PAGE}?news=upsell_kept"));
    assert_eq!(rules(&motel).await[0].details.conditions.nights.from, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_moved_and_removed_by_their_own_staff() {
    let motel = Motel::open().await;
    sell_late(&motel).await;
    let mut owner = Clerk::signed_in(&motel, CLERK).await;
    for name in ["First", "Second"] {
        submit(&mut owner, PAGE, &[("name", name)]).await;
    }
    let second = rules(&motel).await[1].id.as_uuid();
    owner.post(&format!("{PAGE}/{second}/earlier")).await;
    let names: Vec<String> = rules(&motel)
        .await
        .into_iter()
        .map(|rule| rule.details.name)
        .collect();
    assert_eq!(names, ["Second", "First"]);

    let mut stranger = Clerk::signed_in(&motel, STRANGER).await;
    assert_eq!(stranger.get(&format!("{PAGE}/{second}")).await.status, 404);
    assert_eq!(
        stranger.post(&format!("{PAGE}/{second}/off")).await.status,
        404
    );
    stranger.post(&format!("{PAGE}/{second}/remove")).await;
    assert_eq!(rules(&motel).await.len(), 2);
    let removed = owner.post(&format!("{PAGE}/{second}/remove")).await;
    assert_eq!(removed.location, format!("{PAGE}?news=upsell_removed"));
    assert_eq!(rules(&motel).await.len(), 1);
}
