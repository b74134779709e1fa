//! Rules are kept as they were described, and only those that name what the property has.

use motel_rates::{DateWindow, Weekdays};
use motel_tenancy::PolicyTopic;
use motel_tenancy::testing::other_tenant;
use motel_upsells::commands::{
    MOST_RULES, change_rule, create_rule, order_rules, remove_rule, switch_rule,
};
use motel_upsells::{Conditions, RuleDetails, RuleId, Span, Trigger, UpsellError, queries};

use crate::motel::{Motel, late_rule, package, room, today};

fn everything() -> RuleDetails {
    let span = |from, to| Span { from, to };
    RuleDetails {
        enabled: false,
        trigger: Trigger::AskedAbout,
        topic: Some(PolicyTopic::CheckOut),
        conditions: Conditions {
            nights: span(Some(2), Some(5)),
            days_ahead: span(None, Some(30)),
            weekdays: Weekdays::of([chrono::Weekday::Fri]),
            adults: span(Some(2), None),
            children: Some(false),
            pets: Some(true),
            room_types: vec!["standard_queen".to_owned()],
            season: None,
            channels: vec![motel_conversations::Channel::Phone],
        },
        days: DateWindow {
            from: Some(today()),
            until: today().succ_opt(),
        },
        offered: room("king_suite"),
        ..late_rule()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_is_read_as_it_was_written_and_has_versions() {
    let motel = Motel::open().await;
    let property = motel.property().id;
    let made = motel.rule(everything()).await;
    let mut tx = motel.tx().await;
    let read = queries::rule(&tx, property, made.id).await.unwrap();
    assert_eq!(read.as_ref(), Some(&made));
    assert_eq!(made.details, everything());

    let changed = change_rule(&mut tx, property, made.id, late_rule(), Some(1)).await;
    let changed = changed.unwrap();
    assert_eq!((changed.version, &changed.details), (2, &late_rule()));
    let stale = change_rule(&mut tx, property, made.id, everything(), Some(1)).await;
    assert!(matches!(stale, Err(UpsellError::Stale { current: 2 })));
    let off = switch_rule(&mut tx, property, made.id, false)
        .await
        .unwrap();
    assert!(!off.details.enabled && off.version == 3);
    let on = queries::rules_on(&tx, property, Trigger::ReadBack).await;
    assert_eq!(on.unwrap(), []);
    let stale = remove_rule(&mut tx, property, made.id, Some(2)).await;
    assert!(matches!(stale, Err(UpsellError::Stale { current: 3 })));
    remove_rule(&mut tx, property, made.id, Some(3))
        .await
        .unwrap();
    assert_eq!(queries::rules(&tx, property).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_property_does_not_have_is_refused_by_name() {
    let motel = Motel::open().await;
    let property = motel.property().id;
    let mut tx = motel.tx().await;
    let mut refused = async |details: RuleDetails| {
        let error = create_rule(&mut tx, property, details).await.unwrap_err();
        (error.code(), error.to_string())
    };
    let offering = |offered| RuleDetails {
        offered,
        ..late_rule()
    };
    let (code, words) = refused(offering(package("spa"))).await;
    assert!(
        code == "unknown_package" && words.contains("spa"),
        "{code}: {words}"
    );
    let (code, words) = refused(offering(package("sale"))).await;
    assert!(
        code == "takes_off" && words.contains("sale"),
        "{code}: {words}"
    );
    let (code, words) = refused(offering(room("castle"))).await;
    assert!(
        code == "unknown_room_type" && words.contains("castle"),
        "{code}: {words}"
    );
    let mut asks = late_rule();
    asks.conditions.room_types = vec!["standard_queen".to_owned(), "attic".to_owned()];
    let (code, words) = refused(asks).await;
    assert!(
        code == "unknown_room_type" && words.contains("attic"),
        "{code}: {words}"
    );
    let mut asks = late_rule();
    asks.conditions.season = Some("monsoon".to_owned());
    let (code, words) = refused(asks).await;
    assert!(
        code == "unknown_season" && words.contains("monsoon"),
        "{code}: {words}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_have_an_order_and_an_end() {
    let motel = Motel::open().await;
    let property = motel.property().id;
    let mut tx = motel.tx().await;
    let mut ids = Vec::new();
    for _ in 0..MOST_RULES {
        let made = create_rule(&mut tx, property, late_rule()).await.unwrap();
        ids.push(made.id);
    }
    let one_more = create_rule(&mut tx, property, late_rule()).await;
    assert!(matches!(
        one_more,
        Err(UpsellError::TooMany { most: MOST_RULES })
    ));
    ids.reverse();
    let ordered = order_rules(&mut tx, property, &ids).await.unwrap();
    let order: Vec<RuleId> = ordered.iter().map(|rule| rule.id).collect();
    assert_eq!(order, ids);
    let doubled = [&ids[..MOST_RULES - 1], &ids[..1]].concat();
    for wrong in [&ids[1..], &doubled, &[][..]] {
        let refused = order_rules(&mut tx, property, wrong).await;
        assert!(matches!(refused, Err(UpsellError::NotAll)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_a_tenants_own() {
    let motel = Motel::open().await;
    let made = motel.rule(late_rule()).await;
    let theirs = other_tenant(&motel.database).await;
    let mut tx = motel.database.db().tenant(theirs.tenant).await.unwrap();
    let property = motel.property().id;
    assert_eq!(queries::rules(&tx, property).await.unwrap(), []);
    let removed = remove_rule(&mut tx, property, made.id, None).await;
    assert!(matches!(removed, Err(UpsellError::NotFound)));
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_to_start_from_are_off_and_can_be_kept() {
    let motel = Motel::open().await;
    let property = motel.property().id;
    let mut tx = motel.tx().await;
    let packages = motel_rates::queries::packages(&tx, property).await.unwrap();
    let groups = motel_inventory::queries::unit_groups(&mut tx, property)
        .await
        .unwrap();
    let starts = motel_upsells::starts(&packages, &groups);
    assert_eq!(starts.len(), 3);
    assert_eq!(starts[0].offered, package("late"));
    assert_eq!(starts[1].offered, package("wine"));
    for start in starts {
        assert!(!start.enabled);
        create_rule(&mut tx, property, start).await.unwrap();
    }
    // A house that sells no extras is told of none.
    assert_eq!(motel_upsells::starts(&[], &groups).len(), 1);
    assert_eq!(motel_upsells::starts(&[], &[]), []);
}
