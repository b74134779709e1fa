use chrono::Duration;
use motel_passkeys::{Begun, ShownPasskey, commands};
use motel_tenancy::AddressedToken;
use motel_tenancy::second_factor::Answered;
use serde_json::Value;

use crate::desk::{DANA, Desk, FROM, is_in};

impl Desk {
    async fn asked_as_factor(&self, word: &AddressedToken) -> Option<Begun> {
        let begun = commands::begin_second_factor(self.db.db(), &self.party, word, self.now());
        begun.await.unwrap()
    }

    async fn answer_as_factor(
        &self,
        word: &AddressedToken,
        begun: &Begun,
        shown: Value,
    ) -> Answered {
        let shown = ShownPasskey::parse(shown).unwrap();
        let (db, from, now) = (self.db.db(), FROM.parse().unwrap(), self.now());
        let shown = (begun.id, &shown);
        let answered = commands::answer_by_passkey(db, &self.party, word, shown, from, now).await;
        answered.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_password_a_passkey_takes_the_place_of_a_code_once() {
    let desk = Desk::open().await;
    let (mut authenticator, ..) = desk.equip(&desk.dana).await;
    let word = desk.half_open(DANA).await;
    let begun = desk.asked_as_factor(&word).await.unwrap();
    let allowed = begun.options["allowCredentials"].as_array().unwrap();
    assert_eq!(allowed.len(), 1);
    // Authenticators that were told whose it is need not say.
    let user = authenticator.user.take();
    let shown = authenticator.show(&begun.options);
    authenticator.user = user;
    assert_eq!(allowed[0]["id"], shown["id"]);
    let (one, two) = tokio::join!(
        desk.answer_as_factor(&word, &begun, shown.clone()),
        desk.answer_as_factor(&word, &begun, shown.clone())
    );
    assert!(
        is_in(&one, &desk.dana) != is_in(&two, &desk.dana),
        "{one:?} {two:?}"
    );
    assert_eq!(
        desk.answer_as_factor(&word, &begun, shown).await,
        Answered::Over
    );
    assert!(
        desk.asked_as_factor(&word).await.is_none(),
        "it was answered"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_one_leaves_the_sign_in_waiting() {
    let desk = Desk::open().await;
    let (mut danas, ..) = desk.equip(&desk.dana).await;
    let (mut olegs, ..) = desk.equip(&desk.oleg).await;
    let word = desk.half_open(DANA).await;
    // Somebody else's, though right.
    let begun = desk.asked_as_factor(&word).await.unwrap();
    let theirs = olegs.show(&begun.options);
    assert_eq!(
        desk.answer_as_factor(&word, &begun, theirs).await,
        Answered::Refused
    );
    // Nor is what was asked good any more, now that it was answered.
    let shown = danas.show(&begun.options);
    assert_eq!(
        desk.answer_as_factor(&word, &begun, shown).await,
        Answered::Refused
    );
    // What was asked at another sign-in of theirs, and at the door.
    let other = desk.half_open(DANA).await;
    let begun = desk.asked_as_factor(&other).await.unwrap();
    let shown = danas.show(&begun.options);
    assert_eq!(
        desk.answer_as_factor(&word, &begun, shown).await,
        Answered::Refused
    );
    let begun = desk.asked().await;
    let shown = danas.show(&begun.options);
    assert_eq!(
        desk.answer_as_factor(&word, &begun, shown).await,
        Answered::Refused
    );
    let begun = desk.asked_as_factor(&word).await.unwrap();
    let shown = danas.show(&begun.options);
    assert!(is_in(
        &desk.answer_as_factor(&word, &begun, shown).await,
        &desk.dana
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_is_over_after_five_minutes_or_another_password() {
    let desk = Desk::open().await;
    let (mut authenticator, ..) = desk.equip(&desk.dana).await;
    let word = desk.half_open(DANA).await;
    let begun = desk.asked_as_factor(&word).await.unwrap();
    let shown = authenticator.show(&begun.options);
    desk.later(Duration::minutes(5));
    assert_eq!(
        desk.answer_as_factor(&word, &begun, shown).await,
        Answered::Over
    );
    let word = desk.half_open(DANA).await;
    let begun = desk.asked_as_factor(&word).await.unwrap();
    let shown = authenticator.show(&begun.options);
    desk.execute("UPDATE tenancy.staff SET password_hash = password_hash || 'x'")
        .await;
    assert_eq!(
        desk.answer_as_factor(&word, &begun, shown).await,
        Answered::Over
    );
}
