use chrono::Duration;
use motel_tenancy::second_factor::Answered;
use serde_json::Value;

use crate::authenticator::Authenticator;
use crate::desk::{Desk, FROM, is_in};

#[tokio::test(flavor = "multi_thread")]
async fn who_shows_one_is_in_and_it_counts() {
    let desk = Desk::open().await;
    let (mut authenticator, ..) = desk.equip(&desk.dana).await;
    let begun = desk.asked().await;
    assert_eq!(begun.options["userVerification"], "required");
    assert_eq!(begun.options["allowCredentials"], Value::Array(vec![]));
    desk.later(Duration::minutes(1));
    let shown = authenticator.show(&begun.options);
    assert!(is_in(&desk.answer(&begun, shown).await, &desk.dana));
    let noted = "SELECT counter::text || ' ' || (last_used_at AT TIME ZONE 'UTC') FROM passkeys.credentials";
    assert_eq!(desk.line(noted).await, "1 2026-12-01 15:01:00");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_good_once_and_of_two_at_once_one_gets_in() {
    let desk = Desk::open().await;
    let (mut authenticator, ..) = desk.equip(&desk.dana).await;
    for _ in 0..3 {
        let begun = desk.asked().await;
        let shown = authenticator.show(&begun.options);
        let (one, two) = tokio::join!(
            desk.answer(&begun, shown.clone()),
            desk.answer(&begun, shown.clone())
        );
        assert!(
            is_in(&one, &desk.dana) != is_in(&two, &desk.dana),
            "{one:?} {two:?}"
        );
        assert_eq!(
            desk.answer(&begun, shown).await,
            Answered::Refused,
            "replayed"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_unknown_removed_and_late_ones_are_one_answer() {
    let desk = Desk::open().await;
    let (mut authenticator, ..) = desk.equip(&desk.dana).await;
    let spoil: [fn(&mut Authenticator); 5] = [
        |it| it.origin = "https://evil.example".to_owned(),
        |it| it.origin = "http://motel.example".to_owned(),
        |it| it.verifies = false,
        // It does not say whose it is, or says somebody else.
        |it| it.user = None,
        |it| it.user = Some(vec![7; 16]),
    ];
    for spoil in spoil {
        let (origin, user) = (authenticator.origin.clone(), authenticator.user.clone());
        spoil(&mut authenticator);
        assert_eq!(desk.come_in(&mut authenticator).await, Answered::Refused);
        (authenticator.origin, authenticator.user) = (origin, user);
        authenticator.verifies = true;
        // And whoever shows it rightly is not kept out by that.
        assert!(is_in(&desk.come_in(&mut authenticator).await, &desk.dana));
    }
    // Another passkey by the same name.
    let mut forged = Authenticator::new();
    (forged.id, forged.user) = (authenticator.id.clone(), authenticator.user.clone());
    forged.counter = 100;
    assert_eq!(desk.come_in(&mut forged).await, Answered::Refused);
    // The answer to another question.
    let (first, second) = (desk.asked().await, desk.asked().await);
    let shown = authenticator.show(&first.options);
    assert_eq!(desk.answer(&second, shown.clone()).await, Answered::Refused);
    // One of nobody.
    let mut stranger = Authenticator::new();
    stranger.user.clone_from(&authenticator.user);
    assert_eq!(desk.come_in(&mut stranger).await, Answered::Refused);
    // One that comes too late.
    desk.later(Duration::minutes(5));
    assert_eq!(desk.answer(&first, shown).await, Answered::Refused);
    assert!(is_in(&desk.come_in(&mut authenticator).await, &desk.dana));
    desk.execute("DELETE FROM passkeys.credentials").await;
    assert_eq!(desk.come_in(&mut authenticator).await, Answered::Refused);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_counter_that_goes_back_is_refused_and_noted() {
    let desk = Desk::open().await;
    let (mut authenticator, ..) = desk.equip(&desk.dana).await;
    authenticator.counter = 9;
    assert!(is_in(&desk.come_in(&mut authenticator).await, &desk.dana));
    let doubted = "SELECT count(*) FROM passkeys.credentials WHERE doubted_at IS NOT NULL";
    assert_eq!(desk.number(doubted).await, 0);
    // Its copy was used less often.
    authenticator.counter = 9;
    assert_eq!(desk.come_in(&mut authenticator).await, Answered::Refused);
    assert_eq!(desk.number(doubted).await, 1);
    assert_eq!(
        desk.number("SELECT counter FROM passkeys.credentials")
            .await,
        10
    );
    // What counts on is not kept out by its copy.
    authenticator.counter = 10;
    assert!(is_in(&desk.come_in(&mut authenticator).await, &desk.dana));
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_make_the_member_and_the_address_wait_and_nobody_else() {
    let desk = Desk::open().await;
    let (mut danas, ..) = desk.equip(&desk.dana).await;
    let (mut olegs, ..) = desk.equip(&desk.oleg).await;
    danas.verifies = false;
    for _ in 0..5 {
        assert_eq!(desk.come_in(&mut danas).await, Answered::Refused);
    }
    danas.verifies = true;
    let kept_out = desk.come_in(&mut danas).await;
    assert!(matches!(kept_out, Answered::TooMany { .. }), "{kept_out:?}");
    assert!(is_in(&desk.come_in(&mut olegs).await, &desk.oleg));
    desk.later(Duration::hours(1));
    assert!(is_in(&desk.come_in(&mut danas).await, &desk.dana));

    // Nobody's passkeys, from one address.
    for _ in 0..20 {
        desk.come_in(&mut Authenticator::new_of(&danas)).await;
    }
    let begun = desk.asked().await;
    let from_there = desk
        .answer_from(&begun, olegs.show(&begun.options), FROM)
        .await;
    assert!(
        matches!(from_there, Answered::TooMany { .. }),
        "{from_there:?}"
    );
    let begun = desk.asked().await;
    let shown = olegs.show(&begun.options);
    let from_elsewhere = desk.answer_from(&begun, shown, "192.0.2.8").await;
    assert!(is_in(&from_elsewhere, &desk.oleg), "{from_elsewhere:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_sign_in_any_more_does_not_by_a_passkey_either() {
    let desk = Desk::open().await;
    let (mut authenticator, ..) = desk.equip(&desk.dana).await;
    for (closing, opening) in [
        (
            "UPDATE tenancy.staff SET active = false",
            "UPDATE tenancy.staff SET active = true",
        ),
        (
            "UPDATE tenancy.tenants SET state = 'deleted', state_reason = 'closed'",
            "UPDATE tenancy.tenants SET state = 'active', state_reason = NULL",
        ),
    ] {
        desk.execute(closing).await;
        assert_eq!(
            desk.come_in(&mut authenticator).await,
            Answered::Refused,
            "{closing}"
        );
        desk.execute(opening).await;
        assert!(is_in(&desk.come_in(&mut authenticator).await, &desk.dana));
    }
}
