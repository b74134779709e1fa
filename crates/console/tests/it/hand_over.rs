use diesel::sql_types::Text;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use motel_conversations::{Channel, HandOverReason, commands};

use crate::clerk::Clerk;
use crate::motel::{CLERK, Motel, STRANGER, now};

const PAGE: &str = "/console/hand-over";

async fn kept(motel: &Motel) -> Vec<String> {
    let mut admin = motel.test.admin().await;
    let query = "SELECT concat_ws(' ', anger, failures_in_a_row, high_value_amount_minor, high_value_nights)
        FROM conversations.hand_over_rules";
    diesel::sql_query(format!("SELECT ({query}) AS line"))
        .load::<Line>(&mut admin)
        .await
        .unwrap()
        .into_iter()
        .filter_map(|line| line.line)
        .collect()
}

#[derive(diesel::QueryableByName)]
struct Line {
    #[diesel(sql_type = diesel::sql_types::Nullable<Text>)]
    line: Option<String>,
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_shown_set_and_refused() {
    let motel = Motel::open().await;
    let mut owner = Clerk::signed_in(&motel, CLERK).await;
    let seen = owner.get(PAGE).await;
    assert!(seen.status == 200 && seen.shows("Asked for a person") && !seen.shows("950.50"));
    assert!(seen.shows("Not once in the last 30 days"));

    let wrong = [("failures", "1"), ("amount", "a lot"), ("nights", "7")];
    let refused = owner.submit(PAGE, &wrong).await;
    assert!(
        refused.status == 422 && refused.shows("The amount"),
        "{}",
        refused.html
    );
    let wrong = [("failures", "1"), ("amount", ""), ("nights", "7")];
    let refused = owner.submit(PAGE, &wrong).await;
    assert!(
        refused.shows("must lie between 2 and 10"),
        "{}",
        refused.html
    );
    assert_eq!(kept(&motel).await, [""; 0]);

    let rules = [
        ("failures", "4"),
        ("emergency", "yes"),
        ("amount", "950.50"),
        ("nights", ""),
    ];
    let set = owner.submit(PAGE, &rules).await;
    assert_eq!(set.location, "/console/hand-over?news=hand_over_set");
    assert_eq!(kept(&motel).await, ["f 4 95050"]);
    let seen = owner.get(PAGE).await;
    assert!(seen.shows("950.50") && seen.shows("value=\"4\""));

    // The neighbours have rules of their own.
    let mut stranger = Clerk::signed_in(&motel, STRANGER).await;
    assert!(!stranger.get(PAGE).await.shows("950.50"));
}

#[tokio::test(flavor = "multi_thread")]
async fn hand_overs_are_counted_and_told_beside_the_conversation() {
    let motel = Motel::open().await;
    let mut tx = motel.test.db().tenant(motel.demo.tenant).await.unwrap();
    let thread = commands::start(&mut tx, Channel::Web).await.unwrap();
    let summary = "Why: the guest sounds angry\nGuest: Ada <Ross>";
    commands::hand_over_because(&mut tx, thread.id, HandOverReason::Anger, summary, now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    assert!(clerk.get(PAGE).await.shows("Once in the last 30 days"));
    let seen = clerk
        .get(&format!("/console/conversations/{}", thread.id))
        .await;
    assert!(seen.shows("Handed over: Anger"), "{}", seen.html);
    assert!(seen.shows("the guest sounds angry") && !seen.html.contains("<Ross>"));

    let role = "UPDATE tenancy.staff SET role = 'front_desk'";
    motel.test.admin().await.batch_execute(role).await.unwrap();
    let refused = clerk.submit(PAGE, &[("failures", "3")]).await;
    assert!(refused.status == 403, "{}", refused.status);
}
