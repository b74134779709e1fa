use futures::future::join_all;
use motel_leads::commands::capture;

use crate::person::{all, ana, motel, taken};

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_at_once_and_some_rolled_back_leave_no_gap() {
    let (test, motel) = motel().await;
    let attempts = (0..100).map(|n| {
        let (db, tenant) = (test.db().clone(), motel.tenant);
        tokio::spawn(async move {
            let mut tx = db.tenant(tenant).await.unwrap();
            capture(&mut tx, &ana(&format!("guest{n}@example.com"), ""))
                .await
                .unwrap();
            let keeps = n % 3 != 0;
            if keeps {
                tx.commit().await.unwrap();
            }
            keeps
        })
    });
    let kept = join_all(attempts)
        .await
        .into_iter()
        .filter(|kept| *kept.as_ref().unwrap())
        .count();
    assert_eq!(kept, 66);

    let mut numbers: Vec<_> = all(&test, motel.tenant)
        .await
        .iter()
        .map(|lead| lead.number.value())
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=66).collect::<Vec<_>>());
    assert_eq!(
        taken(&test, motel.tenant, &ana("last@example.com", ""))
            .await
            .lead
            .number
            .value(),
        67
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_asking_twenty_times_at_once_is_one_lead() {
    let (test, motel) = motel().await;
    let new = ana("ana@example.com", "");
    let captured = join_all((0..20).map(|_| taken(&test, motel.tenant, &new))).await;
    assert_eq!(
        captured.iter().filter(|captured| captured.created).count(),
        1
    );
    assert_eq!(all(&test, motel.tenant).await.len(), 1);
}
