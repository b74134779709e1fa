//! Guests are reminded of what is due and not paid.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use diesel_async::SimpleAsyncConnection;
use motel_billing::{Sum, jobs};
use motel_jobs::Worker;
use motel_kernel::{Clock, FixedClock};
use motel_mail::{FileMailbox, Mailer, StoredMail};

use crate::deposits::a_third;
use crate::motel::{EMAIL, Motel, now};

impl Motel {
    /// Two workers look at a moment, as two servers would. Answers every mail so far.
    async fn remind(&self, folder: &Path, at: DateTime<Utc>) -> Vec<StoredMail> {
        let mailbox = FileMailbox::open(folder).await.unwrap();
        let mailer: Arc<dyn Mailer> = Arc::new(mailbox.clone());
        let clock: Arc<dyn Clock> = Arc::new(FixedClock::at(at));
        let worker = || {
            let worker = Worker::new(self.test.db().clone());
            jobs::register_reminders(worker, clock.clone(), &mailer, "https://motel.example/")
        };
        let (one, other) = (worker(), worker());
        let both = tokio::join!(one.run_chores(), other.run_chores());
        both.0.and(both.1).unwrap();
        one.run_until_idle().await.unwrap();
        mailbox.list().await.unwrap()
    }

    async fn reminders(&self) -> i64 {
        let told = "SELECT count(*) FROM jobs.events WHERE kind = 'payment.due'";
        self.number(told).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_the_deposit_after_a_day_and_of_the_rest_on_its_day_and_twice_after() {
    let motel = Motel::open().await;
    motel.ask_for_deposits(a_third(2)).await;
    let booking = motel.book_nights(20, 2, 0).await;
    motel.keep(&booking).await;
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();

    assert!(motel.remind(folder, now()).await.is_empty());
    let tomorrow = now() + TimeDelta::days(1);
    let first = motel.remind(folder, tomorrow).await.remove(0);
    let deposit = motel.ask(&booking, Sum::Due, tomorrow).await.unwrap();
    assert_eq!(first.to, EMAIL);
    for text in [&first.text, &first.html] {
        assert!(text.contains(&deposit.amount.to_string()), "{text}");
        assert!(text.contains("Saturday, December 19, 2026"), "{text}");
        let page = format!("https://motel.example/booking/{}", booking.code);
        assert!(text.contains(&page), "{text}");
    }
    motel.is_paid(&deposit).await;

    let rest_due: DateTime<Utc> = "2026-12-19T05:00:00Z".parse().unwrap();
    assert_eq!(
        motel
            .remind(folder, rest_due - TimeDelta::seconds(1))
            .await
            .len(),
        1
    );
    let mails = motel.remind(folder, rest_due).await;
    assert_eq!(mails.len(), 2);
    let rest = motel.ask(&booking, Sum::Due, rest_due).await.unwrap();
    let second = mails.iter().find(|mail| mail.key != first.key).unwrap();
    assert!(
        second.subject.contains(&rest.amount.to_string()),
        "{}",
        second.subject
    );
    assert!(!second.text.contains("The rest"), "{}", second.text);
    assert_eq!(
        motel
            .remind(folder, rest_due + TimeDelta::days(3))
            .await
            .len(),
        3
    );
    assert_eq!(motel.reminders().await, 3, "two looked each time");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_reminded_who_has_paid_or_does_not_come() {
    let motel = Motel::open().await;
    motel.ask_for_deposits(a_third(2)).await;
    let paid = motel.book_nights(20, 2, 0).await;
    let whole = motel.ask(&paid, Sum::Whole, now()).await.unwrap();
    motel.is_paid(&whole).await;
    let gone = motel.book_nights(22, 1, 0).await;
    motel.keep(&gone).await;
    motel.cancel(&gone, now()).await;
    let folder = tempfile::tempdir().unwrap();
    for days in [1, 18, 21, 25, 40] {
        let mails = motel
            .remind(folder.path(), now() + TimeDelta::days(days))
            .await;
        assert!(mails.is_empty(), "after {days} days");
    }
    let waiting = "SELECT count(*) FROM billing.payment_terms WHERE remind_at IS NOT NULL";
    assert_eq!(motel.number(waiting).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_time_by_the_clock_of_the_property() {
    let motel = Motel::open().await;
    motel.ask_for_deposits(a_third(2)).await;
    let booking = motel.book_nights(20, 2, 0).await;
    motel.keep(&booking).await;
    let folder = tempfile::tempdir().unwrap();
    assert!(motel.remind(folder.path(), now()).await.is_empty());
    let ahead = "UPDATE tenancy.properties SET clock_offset_seconds = 86400";
    let mut admin = motel.test.admin().await;
    admin.batch_execute(ahead).await.unwrap();
    assert_eq!(motel.remind(folder.path(), now()).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_business_asks_for_nothing_until_it_is_restored() {
    let motel = Motel::open().await;
    motel.ask_for_deposits(a_third(2)).await;
    let booking = motel.book_nights(20, 2, 0).await;
    motel.keep(&booking).await;
    let folder = tempfile::tempdir().unwrap();
    let tomorrow = now() + TimeDelta::days(1);
    let stand = async |state: &str| {
        let sql = format!("UPDATE tenancy.tenants SET {state}");
        motel.test.admin().await.batch_execute(&sql).await.unwrap();
    };
    for state in ["suspended", "deleted"] {
        stand(&format!("state = '{state}', state_reason = 'a test'")).await;
        assert!(
            motel.remind(folder.path(), tomorrow).await.is_empty(),
            "{state}"
        );
        assert_eq!(motel.reminders().await, 0, "{state}");
    }
    stand("state = 'active', state_reason = NULL").await;
    assert_eq!(motel.remind(folder.path(), tomorrow).await.len(), 1);
}
