//! Guests who leave a card with their deposit: what is kept, what is charged, and what happens when that breaks off.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use diesel_async::SimpleAsyncConnection;
use futures::future::join_all;
use motel_billing::sandbox::Choice;
use motel_billing::{
    BillingError, CARD_CONSENT, IntentState, KeptCard, LinkStatus, Payment, Sum, commands, jobs,
    queries,
};
use motel_bookings::{Booking, By};
use motel_jobs::Worker;
use motel_kernel::{Clock, FixedClock};
use motel_mail::{FileMailbox, Mailer, StoredMail};

use crate::deposits::a_third;
use crate::http::Served;
use crate::motel::{now, usd};

/// Two nights from the 21st; the rest is due two days before, at midnight in New York.
const REST_DUE: &str = "2026-12-19T05:00:00Z";

pub(crate) fn rest_due() -> DateTime<Utc> {
    REST_DUE.parse().unwrap()
}

impl Served {
    /// The worker with everything that asks gateways.
    pub(crate) fn whole_worker(&self) -> Worker {
        jobs::register_desk(self.worker(), self.desk(), self.clock.clone())
    }

    /// A booking whose deposit was paid at the sandbox by guests who left that card.
    pub(crate) async fn left_a_card(&self, choice: Choice) -> Booking {
        self.motel.ask_for_deposits(a_third(2)).await;
        let booking = self.motel.book_nights(20, 2, 0).await;
        self.leave_a_card(&booking, choice).await;
        booking
    }

    pub(crate) async fn leave_a_card(&self, booking: &Booking, choice: Choice) {
        let desk = self.desk();
        let at = self.clock.now();
        let issued = desk.link_keeping_card(self.motel.tenant, booking.id, Sum::Due, at);
        let url = issued.await.unwrap().url;
        let page = url.rsplit_once('/').unwrap().1.parse().unwrap();
        self.sandbox.choose(page, choice).await.unwrap();
        self.whole_worker().run_until_idle().await.unwrap();
    }

    pub(crate) async fn kept(&self, booking: &Booking) -> Option<KeptCard> {
        let mut tx = self.motel.tx().await;
        let folio = queries::folio(&mut tx, booking.id).await.unwrap().unwrap();
        queries::kept_card(&mut tx, folio.id).await.unwrap()
    }

    pub(crate) async fn payments_of(&self, booking: &Booking) -> Vec<Payment> {
        let mut tx = self.motel.tx().await;
        queries::payments(&mut tx, booking.id).await.unwrap()
    }

    /// Two workers look at a moment, as two servers would, and do what follows. Answers every mail so far.
    pub(crate) async fn day(&self, folder: &Path, at: DateTime<Utc>) -> Vec<StoredMail> {
        let mailbox = FileMailbox::open(folder).await.unwrap();
        let mailer: Arc<dyn Mailer> = Arc::new(mailbox.clone());
        let clock: Arc<dyn Clock> = Arc::new(FixedClock::at(at));
        let worker = |worker| {
            jobs::register_reminders(worker, clock.clone(), &mailer, "https://motel.example/")
        };
        let look = || worker(Worker::new(self.motel.test.db().clone()));
        let (one, other) = (look(), look());
        let both = tokio::join!(one.run_chores(), other.run_chores());
        both.0.and(both.1).unwrap();
        // The sandbox that falls silent is a fault of the job, which is tried again later.
        worker(self.whole_worker()).run_until_idle().await.unwrap();
        mailbox.list().await.unwrap()
    }

    pub(crate) async fn request_charge(
        &self,
        booking: &Booking,
        minor: Option<i64>,
    ) -> Result<motel_billing::PaymentLink, BillingError> {
        let mut tx = self.motel.tx().await;
        let by = By::system().because("a test");
        let link = commands::request_charge(&mut tx, booking, minor.map(usd), by, now()).await?;
        tx.commit().await.unwrap();
        Ok(link)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_kept_only_with_consent_and_only_the_last_one() {
    let served = Served::open().await;
    served.motel.ask_for_deposits(a_third(2)).await;
    let booking = served.motel.book_nights(20, 2, 0).await;
    let (page, _) = served.page(&booking).await;
    // The page of a guest who did not agree gives way to that of one who does.
    served.leave_a_card(&booking, Choice::Pay).await;
    let gone = served.sandbox.page(page).await;
    assert!(matches!(gone, Err(BillingError::LinkClosed)));
    let first = served.kept(&booking).await.unwrap();
    assert_eq!(first.consent.version, CARD_CONSENT.version);
    assert_eq!(first.consent.at, now());
    assert_eq!(first.card.last_four, "4242");

    let other = served.motel.book_nights(23, 1, 0).await;
    let (page, _) = served.page(&other).await;
    served.sandbox.choose(page, Choice::Pay).await.unwrap();
    served.whole_worker().run_until_idle().await.unwrap();
    assert!(served.kept(&other).await.is_none(), "nobody agreed to that");

    // The rest is paid by another card, which is kept instead; the first one is let go of.
    served.leave_a_card(&booking, Choice::Pay).await;
    let second = served.kept(&booking).await.unwrap();
    assert_ne!(first.id, second.id);
    let mut tx = served.motel.tx().await;
    let cards = queries::cards(&mut tx, booking.id).await.unwrap();
    let kept: Vec<bool> = cards.iter().map(KeptCard::is_kept).collect();
    assert_eq!(kept, [false, true]);
    // Told twice, it is kept once.
    served
        .desk()
        .keep_card(served.motel.tenant, second.id, now())
        .await
        .unwrap();
    assert_eq!(queries::cards(&mut tx, booking.id).await.unwrap(), cards);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rest_is_charged_once_on_its_day_and_nobody_is_written_to() {
    let served = Served::open().await;
    let booking = served.left_a_card(Choice::Pay).await;
    let folder = tempfile::tempdir().unwrap();
    let early = rest_due() - TimeDelta::seconds(1);
    assert!(served.day(folder.path(), early).await.is_empty());
    assert!(served.motel.balance(&booking).await > 0);

    assert!(served.day(folder.path(), rest_due()).await.is_empty());
    assert_eq!(served.motel.balance(&booking).await, 0);
    let payments = served.payments_of(&booking).await;
    let charge = payments.last().unwrap();
    assert_eq!((payments.len(), charge.state), (2, IntentState::Succeeded));
    assert!(charge.link.is_charge() && charge.link.status == LinkStatus::Paid);
    assert_eq!(served.motel.wrong_in_the_books().await, []);

    // It is a payment like any other: it can be given back.
    let refund = served
        .motel
        .request_refund(charge.link.id, None)
        .await
        .unwrap();
    served.whole_worker().run_until_idle().await.unwrap();
    assert_eq!(served.motel.balance(&booking).await, refund.amount.minor());
    // What was given back is asked for, and not taken again.
    let later = rest_due() + TimeDelta::days(3);
    assert_eq!(served.day(folder.path(), later).await.len(), 1);
    assert_eq!(served.payments_of(&booking).await.len(), 2);
    assert_eq!(served.motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_card_is_tried_again_after_three_and_seven_days_and_the_guest_is_told() {
    for (choice, why) in [
        (Choice::KeptDeclines, "card_declined"),
        (Choice::KeptAsks, "authentication_required"),
    ] {
        let served = Served::open().await;
        let booking = served.left_a_card(choice).await;
        let owed = served.motel.balance(&booking).await;
        let folder = tempfile::tempdir().unwrap();
        for (tries, days) in [(1, 0), (2, 3), (3, 7)] {
            // The guests are expected until they are there.
            let at = rest_due() + TimeDelta::days(days);
            let mails = served.day(folder.path(), at).await;
            let payments = served.payments_of(&booking).await;
            let failed = payments
                .iter()
                .filter(|it| it.failure.as_deref() == Some(why));
            assert_eq!((mails.len(), failed.count()), (tries, tries), "{why}");
            let text = &mails[0].text;
            assert!(text.contains("its bank did not let us"), "{text}");
            assert!(text.contains(&usd(owed).to_string()), "{text}");
        }
        assert_eq!(served.motel.balance(&booking).await, owed);
        // The way to pay is open.
        let link = served.link(booking.code.as_str()).await;
        assert_eq!(link.status().as_u16(), 201);
        assert_eq!(served.motel.wrong_in_the_books().await, []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_whose_answer_was_lost_is_found_and_counts_once() {
    let served = Served::open().await;
    let booking = served.left_a_card(Choice::KeptSilent).await;
    let owed = served.motel.balance(&booking).await;
    let link = served.request_charge(&booking, None).await.unwrap();
    let (desk, tenant) = (served.desk(), served.motel.tenant);
    let silent = desk.send_charge(tenant, link.id, now()).await;
    assert!(
        matches!(silent, Err(BillingError::Gateway(_))),
        "{silent:?}"
    );
    assert_eq!(served.motel.balance(&booking).await, owed);
    // While nobody knows, nobody pays a second time.
    let page = served.link(booking.code.as_str()).await;
    assert_eq!(page.status().as_u16(), 409);
    let again = served.request_charge(&booking, None).await;
    assert!(matches!(again, Err(BillingError::BeingCharged)));

    // By the chore and by the job at once.
    let asking = join_all((0..3).map(|_| served.reconcile()));
    let sending = join_all((0..3).map(|_| desk.send_charge(tenant, link.id, now())));
    let (_, sent) = futures::future::join(asking, sending).await;
    assert!(sent.iter().all(Result::is_ok), "{sent:?}");
    assert_eq!(served.motel.balance(&booking).await, 0);
    let charged = "SELECT count(*) FROM billing.sandbox_checkouts WHERE charged_card IS NOT NULL";
    assert_eq!(served.motel.number(charged).await, 1);
    assert_eq!(served.motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_that_was_written_and_never_sent_is_sent_by_the_chore() {
    let served = Served::open().await;
    let booking = served.left_a_card(Choice::Pay).await;
    served.request_charge(&booking, Some(1_000)).await.unwrap();
    let mut admin = served.motel.test.admin().await;
    let lost = "DELETE FROM jobs.deliveries; DELETE FROM jobs.events";
    admin.batch_execute(lost).await.unwrap();
    let owed = served.motel.balance(&booking).await;
    served.reconcile().await;
    assert_eq!(served.motel.balance(&booking).await, owed - 1_000);
    let payments = served.payments_of(&booking).await;
    assert_eq!(payments.last().unwrap().state, IntentState::Succeeded);
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_who_send_one_charge_take_the_money_once() {
    let served = Served::open().await;
    let booking = served.left_a_card(Choice::Pay).await;
    let link = served.request_charge(&booking, None).await.unwrap();
    let (desk, tenant) = (served.desk(), served.motel.tenant);
    let sent = join_all((0..20).map(|_| desk.send_charge(tenant, link.id, now()))).await;
    assert!(sent.iter().all(Result::is_ok), "{sent:?}");
    // And the sandbox tells of it as well.
    served.whole_worker().run_until_idle().await.unwrap();
    assert_eq!(served.motel.balance(&booking).await, 0);
    let posted = format!(
        "SELECT count(*) FROM billing.postings WHERE kind = 'payment' AND amount_minor = {}",
        -link.amount.minor()
    );
    assert_eq!(served.motel.number(&posted).await, 1);
    assert_eq!(served.motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_twenty_who_ask_for_a_charge_one_gets_it() {
    let served = Served::open().await;
    let booking = served.left_a_card(Choice::Pay).await;
    let asked = join_all((0..20).map(|_| served.request_charge(&booking, None))).await;
    let refused = asked
        .iter()
        .filter(|it| matches!(it, Err(BillingError::BeingCharged)));
    assert_eq!(
        (
            asked.iter().filter(|it| it.is_ok()).count(),
            refused.count()
        ),
        (1, 19)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_card_is_charged_no_more_and_its_gateway_forgets_it() {
    let served = Served::open().await;
    let booking = served.left_a_card(Choice::Pay).await;
    let card = served.kept(&booking).await.unwrap();
    // Asked for before it was removed, and not sent yet.
    let link = served.request_charge(&booking, Some(500)).await.unwrap();
    for _ in 0..2 {
        let mut tx = served.motel.tx().await;
        let removed = commands::remove_card(&mut tx, card.id, now())
            .await
            .unwrap();
        assert_eq!(removed.removed_at, Some(now()));
        tx.commit().await.unwrap();
    }
    let told = "SELECT count(*) FROM jobs.events WHERE kind = 'card.removed'";
    assert_eq!(served.motel.number(told).await, 1);
    let owed = served.motel.balance(&booking).await;
    served.whole_worker().run_until_idle().await.unwrap();
    assert_eq!(
        served.motel.payment(link.id).await.failure.as_deref(),
        Some("the card was removed")
    );
    assert_eq!(served.motel.balance(&booking).await, owed);
    let forgotten = "SELECT count(*) FROM billing.sandbox_checkouts WHERE keeps_card";
    assert_eq!(served.motel.number(forgotten).await, 0);
    let none = served.request_charge(&booking, None).await;
    assert!(matches!(none, Err(BillingError::NoCardKept)));
    // So the guests are reminded as ever.
    let folder = tempfile::tempdir().unwrap();
    let early = rest_due() - TimeDelta::seconds(1);
    assert!(served.day(folder.path(), early).await.is_empty());
    let mails = served.day(folder.path(), rest_due()).await;
    assert_eq!(mails.len(), 1);
    assert!(!mails[0].text.contains("its bank"), "{}", mails[0].text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_longer_owed_is_not_charged() {
    let served = Served::open().await;
    let booking = served.left_a_card(Choice::Pay).await;
    let link = served.request_charge(&booking, None).await.unwrap();
    let cancelled = served.motel.cancel(&booking, now()).await;
    served.motel.keep(&cancelled).await;
    let before = served.motel.balance(&booking).await;
    served.whole_worker().run_until_idle().await.unwrap();
    let payment = served.motel.payment(link.id).await;
    // Whatever the job did first, the link was withdrawn before the card was charged.
    assert_eq!(payment.link.status, LinkStatus::Cancelled);
    served.reconcile().await;
    assert_eq!(
        served.motel.payment(link.id).await.state,
        IntentState::Cancelled
    );
    assert_eq!(served.motel.balance(&booking).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_is_charged_than_is_owed() {
    let served = Served::open().await;
    let booking = served.left_a_card(Choice::Pay).await;
    let owed = served.motel.balance(&booking).await;
    let above = served.request_charge(&booking, Some(owed + 1)).await;
    assert!(matches!(above, Err(BillingError::AboveOwed)));
    served.request_charge(&booking, Some(owed)).await.unwrap();
    served.whole_worker().run_until_idle().await.unwrap();
    let nothing = served.request_charge(&booking, None).await;
    assert!(matches!(nothing, Err(BillingError::NothingDue)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_that_was_open_is_closed_when_a_card_is_charged() {
    let served = Served::open().await;
    let booking = served.left_a_card(Choice::Pay).await;
    served.page(&booking).await;
    served.request_charge(&booking, None).await.unwrap();
    let told = "SELECT count(*) FROM jobs.events WHERE kind = 'payment.revoked'";
    assert_eq!(served.motel.number(told).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_being_paid_is_not_asked_for_on_another_page() {
    let served = Served::open().await;
    served.motel.ask_for_deposits(a_third(2)).await;
    let booking = served.motel.book_nights(20, 2, 0).await;
    served.page(&booking).await;
    let mut admin = served.motel.test.admin().await;
    admin
        .batch_execute("UPDATE billing.payment_intents SET state = 'processing'")
        .await
        .unwrap();

    let (desk, tenant) = (served.desk(), served.motel.tenant);
    let same = desk.link(tenant, booking.id, Sum::Due, now()).await;
    assert!(!same.unwrap().is_new);
    let other = desk.link_keeping_card(tenant, booking.id, Sum::Due, now());
    assert!(matches!(other.await, Err(BillingError::BeingCharged)));
}
