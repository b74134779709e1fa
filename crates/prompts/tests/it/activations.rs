use motel_prompts::{PromptsError, queries};

use crate::house::{House, KIND, number, saying};

impl House {
    /// Which version is active, by the text that a model would be told.
    async fn told(&self) -> i32 {
        let active = self.active(self.demo.tenant, KIND).await;
        match active.number.get() {
            0 => assert_eq!(active.text, KIND.default_text()),
            one => assert_eq!(active.text, saying(&one.to_string())),
        }
        active.number.get()
    }

    async fn with_versions() -> Self {
        let house = Self::new().await;
        for words in ["1", "2", "3"] {
            house.save(words).await;
        }
        house
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rolling_back_goes_back_as_often_as_there_is_something() {
    let house = House::with_versions().await;
    for version in [1, 2, 3] {
        assert_eq!(
            house.activate(version).await.unwrap().active(),
            number(version)
        );
        assert_eq!(house.told().await, version);
    }
    for version in [2, 1, 0] {
        assert_eq!(house.roll_back().await.unwrap().active(), number(version));
        assert_eq!(house.told().await, version);
    }
    assert!(matches!(
        house.roll_back().await,
        Err(PromptsError::NothingBefore)
    ));
    assert_eq!(house.told().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_rolled_back_is_not_gone_back_to() {
    let house = House::with_versions().await;
    house.activate(1).await.unwrap();
    house.activate(2).await.unwrap();
    house.roll_back().await.unwrap();
    house.activate(3).await.unwrap();
    assert_eq!(house.roll_back().await.unwrap().active(), number(1));
    assert_eq!(house.roll_back().await.unwrap().active(), number(0));
    assert!(house.roll_back().await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_activation_is_kept_with_who_and_how() {
    let house = House::with_versions().await;
    house.activate(2).await.unwrap();
    house.activate(0).await.unwrap();
    house.roll_back().await.unwrap();
    // What is active already becomes nothing again.
    house.activate(2).await.unwrap();
    let mut tx = house.tx(house.demo.tenant).await;
    let history = queries::activations(&mut tx, KIND, None, 10).await.unwrap();
    let told: Vec<_> = history
        .iter()
        .map(|it| (it.seq, it.number().get(), it.rolled_back))
        .collect();
    assert_eq!(told, [(3, 2, true), (2, 0, false), (1, 2, false)]);
    let older = queries::activations(&mut tx, KIND, Some(3), 1)
        .await
        .unwrap();
    assert_eq!(older[0].seq, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_there_is_not_cannot_be_active() {
    let house = House::with_versions().await;
    assert!(matches!(
        house.activate(4).await,
        Err(PromptsError::NotFound)
    ));
    assert!(matches!(
        house.roll_back().await,
        Err(PromptsError::NothingBefore)
    ));
    assert_eq!(house.told().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_activate_at_once_follow_each_other() {
    let house = House::with_versions().await;
    let (one, two, three) = tokio::join!(house.activate(1), house.activate(2), house.activate(3));
    assert!(one.is_ok() && two.is_ok() && three.is_ok());
    let mut tx = house.tx(house.demo.tenant).await;
    let history = queries::activations(&mut tx, KIND, None, 10).await.unwrap();
    assert_eq!(history.len(), 3);
    assert_eq!(history[0].number().get(), house.told().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_roll_back_from_the_same_view_go_back_once() {
    let house = House::with_versions().await;
    house.activate(1).await.unwrap();
    house.activate(2).await.unwrap();
    let seen = house.activate(3).await.unwrap().last_activation();
    let (one, other) = tokio::join!(house.roll_back_from(seen), house.roll_back_from(seen));
    let stale = [&one, &other].map(|it| matches!(it, Err(PromptsError::Stale)));
    assert_eq!(one.is_ok(), other.is_err());
    assert!(stale[0] != stale[1], "{one:?} {other:?}");
    assert_eq!(house.told().await, 2);
}
