use diesel_async::SimpleAsyncConnection;
use motel_kernel::Actor;
use motel_prompts::{NewVersion, PromptKind, PromptsError, commands, queries};

use crate::house::{House, KIND, new, now, number, saying};

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_ones_own_is_a_state_and_no_row() {
    let house = House::new().await;
    for kind in PromptKind::ALL {
        let active = house.active(house.demo.tenant, *kind).await;
        assert_eq!(active, kind.default_prompt());
    }
    let mut tx = house.tx(house.demo.tenant).await;
    let standing = queries::standing(&mut tx, KIND).await.unwrap();
    assert_eq!((standing.active().get(), standing.saved()), (0, 0));
    let default = queries::version(&mut tx, KIND, number(0)).await.unwrap();
    assert_eq!(default.text, KIND.default_text());
    let none = queries::version(&mut tx, KIND, number(1)).await;
    assert!(matches!(none, Err(PromptsError::NotFound)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_is_kept_under_the_next_number_and_is_not_active_by_that() {
    let house = House::new().await;
    assert_eq!(house.save("one").await, number(1));
    assert_eq!(house.save("two").await, number(2));
    let tenant = house.demo.tenant;
    assert_eq!(house.active(tenant, KIND).await, KIND.default_prompt());
    let mut tx = house.tx(tenant).await;
    let all = queries::saved_versions(&mut tx, KIND, None, 10)
        .await
        .unwrap();
    let kept: Vec<_> = all
        .iter()
        .map(|it| (it.number.get(), it.note.as_str()))
        .collect();
    assert_eq!(kept, [(2, "two"), (1, "one")]);
    assert_eq!(all[1].text, saying("one"));
    assert_eq!((all[1].saved_by, all[1].saved_at), (Actor::System, now()));
    let older = queries::saved_versions(&mut tx, KIND, Some(number(2)), 10).await;
    assert_eq!(older.unwrap().len(), 1);
    // Numbers are a kind's own.
    let spoken = NewVersion::parse(PromptKind::Phone, &saying("spoken"), "").unwrap();
    let spoken = commands::save(&mut tx, &spoken, Actor::System, now()).await;
    assert_eq!(spoken.unwrap().number, number(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_save_at_once_get_two_numbers() {
    let house = House::new().await;
    let saving = ["a", "b", "c", "d", "e", "f"].map(|words| house.save(words));
    let mut numbers: Vec<i32> = Vec::new();
    let [a, b, c, d, e, f] = saving;
    let (a, b, c, d, e, f) = tokio::join!(a, b, c, d, e, f);
    numbers.extend([a, b, c, d, e, f].iter().map(|it| it.get()));
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_was_not_kept_is_given_again() {
    let house = House::new().await;
    let mut tx = house.tx(house.demo.tenant).await;
    commands::save(&mut tx, &new("tried"), Actor::System, now())
        .await
        .unwrap();
    drop(tx);
    assert_eq!(house.save("kept").await, number(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_stays_as_it_is_and_is_nobody_elses() {
    let house = House::new().await;
    house.save("ours").await;
    house.activate(1).await.unwrap();
    let other = house.other.tenant;
    assert_eq!(house.active(other, KIND).await, KIND.default_prompt());
    let mut tx = house.tx(other).await;
    let theirs = queries::version(&mut tx, KIND, number(1)).await;
    assert!(matches!(theirs, Err(PromptsError::NotFound)));
    for statement in [
        "UPDATE prompts.versions SET text = 'x'",
        "DELETE FROM prompts.versions",
        "UPDATE prompts.activations SET version = NULL",
        "DELETE FROM prompts.activations",
        "DELETE FROM prompts.kinds",
    ] {
        let mut tx = house.tx(house.demo.tenant).await;
        let refused = tx.conn().batch_execute(statement).await.unwrap_err();
        assert!(
            refused.to_string().contains("permission denied"),
            "{statement}: {refused}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_versions_are_enough() {
    let house = House::new().await;
    house.save("first").await;
    let mut admin = house.test.admin().await;
    admin
        .batch_execute("UPDATE prompts.kinds SET last_number = 999")
        .await
        .unwrap();
    assert_eq!(house.save("last").await, number(1_000));
    let mut tx = house.tx(house.demo.tenant).await;
    let one_more = commands::save(&mut tx, &new("more"), Actor::System, now()).await;
    assert!(
        matches!(one_more, Err(PromptsError::TooMany)),
        "{one_more:?}"
    );
}

#[test]
fn lines_that_a_browser_ended_are_lines() {
    let text = saying("a\r\nb");
    let typed = NewVersion::parse(KIND, &text, "").unwrap();
    let plain = NewVersion::parse(KIND, &saying("a\nb"), "").unwrap();
    assert_eq!(typed, plain);
}
