use motel_audit::{Action, Filter};
use motel_db::Acting;
use motel_kernel::{Actor, StaffId};
use motel_tenancy::commands::create_staff;
use motel_tenancy::{NewStaff, Role};
use uuid::Uuid;

use crate::house::House;

fn on(thing: &str) -> Filter {
    Filter {
        thing: Some(thing.parse().unwrap()),
        ..Filter::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_says_who_what_before_after_from_where_and_in_which_request() {
    let house = House::new().await;
    let (dana, request) = (StaffId::new(), Uuid::now_v7());
    let acting = Acting::in_request(Some(request), "192.0.2.7".parse().unwrap());
    let work = async {
        Acting::note(Actor::Staff(dana));
        house.change(100).await;
        house.change(200).await;
    };
    acting.scope(work).await;

    let found = house.entries(&on("audit.retention")).await;
    assert_eq!(found.len(), 2);
    for entry in &found {
        assert_eq!(entry.actor, format!("staff:{dana}"));
        assert_eq!(entry.request, Some(request));
        assert_eq!(entry.address.as_deref(), Some("192.0.2.7"));
        assert_eq!((entry.seq, &entry.hash), (None, &None));
    }
    let (changed, made) = (&found[0], &found[1]);
    assert_eq!((made.action, &made.was), (Action::Insert, &None));
    assert_eq!(made.becomes.as_deref(), Some(r#"{"days": 100}"#));
    assert_eq!(changed.action, Action::Update);
    assert_eq!(changed.was.as_deref(), Some(r#"{"days": 100}"#));
    assert_eq!(changed.becomes.as_deref(), Some(r#"{"days": 200}"#));

    // What comes to the same is no change.
    house.change(200).await;
    assert_eq!(house.entries(&on("audit.retention")).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_guests_it_is_not_noted_where_they_are_and_jobs_and_operators_say_who_they_are() {
    let house = House::new().await;
    let guest = Acting::in_request(None, "192.0.2.7".parse().unwrap());
    let booking = async {
        Acting::note(Actor::Guest);
        house.change(101).await;
    };
    guest.scope(booking).await;
    let job = Acting::as_job("audit.test");
    job.scope(house.change(102)).await;
    Acting::as_operator().scope(house.change(103)).await;
    house.change(104).await;
    house.execute("UPDATE audit.retention SET days = 105").await;
    let found = house.entries(&on("audit")).await;
    let actors: Vec<_> = found.iter().map(|entry| entry.actor.as_str()).collect();
    assert!(actors[0].starts_with("database:"), "{actors:?}");
    assert_eq!(
        actors[1..],
        ["system", "operator", "system:audit.test", "guest"]
    );
    assert!(found.iter().all(|entry| entry.address.is_none()));
}

#[tokio::test(flavor = "multi_thread")]
async fn names_addresses_and_secrets_are_not_repeated() {
    let house = House::new().await;
    let new = NewStaff {
        email: "quendoline@motel.example".parse().unwrap(),
        password: "a long enough password".into(),
        display_name: "Quendoline Xu".to_owned(),
        role: Role::FrontDesk,
    };
    let mut tx = house.tx(house.demo.tenant).await;
    let member = create_staff(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    let rename = format!(
        "UPDATE tenancy.staff SET display_name = 'Quendoline Zu', role = 'manager' WHERE id = '{}'",
        member.id
    );
    house.execute(&rename).await;
    house.execute("DELETE FROM tenancy.staff").await;

    let found = house.entries(&on("tenancy.staff")).await;
    assert_eq!(found.len(), 3);
    for entry in &found {
        assert_eq!(entry.row_key, member.id.to_string());
    }
    let changed = found[1].becomes.as_deref().unwrap();
    assert_eq!(changed, r#"{"role": "manager", "display_name": "…"}"#);
    assert!(found[0].was.as_deref().unwrap().contains(r#""email": "…""#));
    let all = house
        .lines("SELECT e::text FROM audit.entries e")
        .await
        .join("\n");
    for secret in ["uendoline", "argon2", "Xu"] {
        assert!(!all.contains(secret), "{all}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_back_was_not_done() {
    let house = House::new().await;
    let before = house.entries(&Filter::default()).await.len();
    let mut tx = house.tx(house.demo.tenant).await;
    let days = motel_audit::Days::default();
    motel_audit::commands::keep_for(&mut tx, days, chrono::Utc::now())
        .await
        .unwrap();
    drop(tx);
    assert_eq!(house.entries(&Filter::default()).await.len(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_are_found_by_who_what_which_when_and_request() {
    let house = House::new().await;
    let request = Uuid::now_v7();
    let visitor = Acting::in_request(Some(request), "192.0.2.7".parse().unwrap());
    visitor.scope(house.change(100)).await;
    let all = house.entries(&Filter::default()).await;
    let one = house.entries(&on("audit.retention")).await;
    assert_eq!(one.len(), 1);
    let at = one[0].at;
    let second = chrono::TimeDelta::seconds(1);
    let finds = async |filter: Filter| house.entries(&filter).await == one;
    let word = |text: &str| Some(text.parse().unwrap());
    let none = Filter::default;
    assert!(
        finds(Filter {
            actor: word("visitor"),
            ..none()
        })
        .await
    );
    assert!(
        finds(Filter {
            request: Some(request),
            ..none()
        })
        .await
    );
    assert!(
        finds(Filter {
            from: Some(at),
            ..none()
        })
        .await
    );
    let tenants = on("tenancy.tenants");
    let founded = house.entries(&tenants).await;
    let key = all
        .iter()
        .find(|it| it.thing == "tenancy.properties")
        .unwrap();
    let of_key = Filter {
        key: word(&key.row_key),
        ..none()
    };
    let of_key = house.entries(&of_key).await;
    assert!(!of_key.is_empty() && of_key.iter().all(|it| it.row_key == key.row_key));
    assert!(!founded.is_empty() && founded.len() < all.len());
    let before = Filter {
        until: Some(at),
        ..none()
    };
    assert_eq!(house.entries(&before).await.len(), all.len() - 1);
    let later = Filter {
        from: Some(at + second),
        ..none()
    };
    assert_eq!(house.entries(&later).await, []);
    // A part of a name is none.
    assert_eq!(house.entries(&on("audit.ret")).await, []);
    assert_eq!(house.entries(&on("a%")).await, []);
}
