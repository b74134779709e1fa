use chrono::{TimeDelta, Utc};
use motel_audit::commands::cut_chains;
use motel_audit::{Action, Filter};

use crate::house::House;

/// A chain whose first entries are so many days old.
async fn aged(days: i64) -> House {
    let house = House::new().await;
    for n in 0..5 {
        house.change(100 + n).await;
    }
    // Before they are chained nothing holds them, and who owns the database may turn clocks back.
    let older = format!("UPDATE audit.entries SET at = at - interval '{days} days'");
    house.execute(&older).await;
    house.chain().await;
    house
}

async fn cut(house: &House) -> usize {
    cut_chains(house.test.db(), Utc::now()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_kept_long_enough_goes_and_the_rest_still_holds() {
    let house = aged(800).await;
    let old = house.verify().await;
    // Said lately, so these are young.
    for n in 0..4 {
        house.change(700 + n).await;
    }
    house.chain().await;
    let whole = house.verify().await;
    assert!(cut(&house).await > 0);

    let rest = house.verify().await;
    assert!(rest.holds(), "{rest:?}");
    assert_eq!(rest.cut_until, old.sound_until);
    assert_eq!(
        (rest.sound_until, rest.hash),
        (whole.sound_until, whole.hash)
    );
    let found = house.entries(&Filter::default()).await;
    assert_eq!(found.len(), 5);
    assert_eq!(
        (found[0].action, found[0].thing.as_str()),
        (Action::Cut, "audit.entries")
    );
    let said = found[0].becomes.as_deref().unwrap();
    assert!(said.contains(&old.hash.to_string()), "{said}");

    house.chain().await;
    let after = house.verify().await;
    assert!(after.holds() && after.sound_until == whole.sound_until + 1);
    assert_eq!(cut(&house).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_business_says_for_how_long_and_nothing_young_ever_goes() {
    let house = aged(200).await;
    // 104 days are said, in these very entries; the other business has said nothing.
    let theirs = "SELECT count(*)::text FROM audit.entries WHERE thing LIKE 'tenancy.%'";
    let before = house.lines(theirs).await;
    let removed = cut(&house).await;
    assert!(removed >= 5, "{removed}");
    assert!(house.verify().await.holds());
    let founded = house.lines(theirs).await;
    assert_ne!(founded, before);
    assert_ne!(
        founded,
        ["0"],
        "the other business's are kept for two years"
    );

    let young = aged(89).await;
    young.change(90).await;
    young.chain().await;
    let ahead = Utc::now() + TimeDelta::days(365);
    let refused = cut_chains(young.test.db(), ahead).await;
    assert!(refused.is_err(), "whatever the clock says");
    assert!(young.verify().await.holds());
    assert_eq!(young.verify().await.cut_until, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_may_be_old_and_the_chain_goes_on_behind_the_cut() {
    let house = aged(800).await;
    let whole = house.verify().await;
    cut(&house).await;
    house.chain().await;
    let rest = house.verify().await;
    assert!(rest.holds());
    assert_eq!(rest.cut_until, whole.sound_until);
    assert_eq!(rest.sound_until, whole.sound_until + 1);
    assert_eq!(house.entries(&Filter::default()).await.len(), 1);
}
