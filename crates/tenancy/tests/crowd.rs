//! A crowd at the door.

#![allow(clippy::unwrap_used)]

use std::net::Ipv4Addr;

use chrono::Utc;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;
use futures::future::join_all;
use motel_tenancy::commands::{Admission, Visitor, admit};
use motel_tenancy::{TenancyError, testing};
use motel_testkit::TestDb;

const CROWD: u32 = 300;

#[derive(diesel::QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    subjects: i64,
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_crowd_most_are_sent_away_at_once_and_counted_for_nothing() {
    let db = TestDb::new(&["tenancy"]).await;
    testing::demo_tenant(&db).await;

    // Everybody has an account and an address of their own to be counted by.
    let answers = join_all((0..CROWD).map(|number| {
        let db = db.db().clone();
        async move {
            let visitor = Visitor {
                email: &format!("stranger-{number}@motel.example"),
                password: &"guess".into(),
                address: Ipv4Addr::from_bits(0x0A00_0000 + number).into(),
            };
            admit(&db, visitor, Utc::now()).await
        }
    }))
    .await;

    let mut compared = 0;
    for answer in answers {
        match answer {
            Ok(Admission::Refused) => compared += 1,
            Err(TenancyError::Busy) => {}
            other => panic!("{other:?}"),
        }
    }
    assert!((1..CROWD / 2).contains(&compared), "{compared}");
    let mut tx = db.db().platform("count who was counted").await.unwrap();
    let counted: Counted = diesel::sql_query("SELECT count(*) AS subjects FROM tenancy.attempts")
        .get_result(tx.conn())
        .await
        .unwrap();
    assert_eq!(counted.subjects, i64::from(2 * compared));
}
