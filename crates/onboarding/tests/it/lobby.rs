//! An installation to which strangers come, whose mails go into a folder.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use diesel_async::RunQueryDsl;
use motel_jobs::Worker;
use motel_kernel::{Clock, FixedClock};
use motel_mail::{Correspondent, FileMailbox, Mailer, StoredMail};
use motel_onboarding::OnboardingError;
use motel_onboarding::sign_up::{
    Asked, NewOwner, NewSignUp, SignUpWord, ask_to_sign_up, confirm_sign_up,
};
use motel_tenancy::commands::Founded;
use motel_tenancy::{BusinessName, Slug, TenantKind};
use motel_testkit::TestDb;
use tempfile::TempDir;

pub(crate) const PASSWORD: &str = "correct horse battery";

pub(crate) struct Lobby {
    pub(crate) db: TestDb,
    pub(crate) clock: Arc<FixedClock>,
    mailbox: FileMailbox,
    _folder: TempDir,
}

impl Lobby {
    pub(crate) async fn open() -> Self {
        let owners = [
            "tenancy",
            "jobs",
            "limits",
            "mail",
            "inventory",
            "taxes",
            "rates",
            "guests",
            "appointments",
            "conversations",
            "onboarding",
        ];
        let db = TestDb::new(&owners).await;
        let folder = tempfile::tempdir().unwrap();
        Self {
            mailbox: FileMailbox::open(folder.path()).await.unwrap(),
            _folder: folder,
            clock: Arc::new(FixedClock::at("2026-12-01T15:00:00Z".parse().unwrap())),
            db,
        }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(crate) fn later(&self, by: Duration) {
        self.clock.advance(by);
    }

    pub(crate) async fn ask_from(&self, business: &str, email: &str, from: &str) -> Asked {
        let new = new(business, email, TenantKind::Motel);
        let address = from.parse().unwrap();
        let asked = ask_to_sign_up(self.db.db(), &new, address, self.now()).await;
        asked.unwrap()
    }

    pub(crate) async fn ask(&self, business: &str, email: &str) -> Asked {
        self.ask_from(business, email, "192.0.2.7").await
    }

    /// Who puts mails into the folder.
    pub(crate) fn mailer(&self) -> Arc<dyn Mailer> {
        Arc::new(self.mailbox.clone())
    }

    /// Does every chore once: all mails there are, newest first.
    pub(crate) async fn post(&self) -> Vec<StoredMail> {
        self.post_by(&self.mailer()).await.unwrap();
        self.mailbox.list().await.unwrap()
    }

    pub(crate) async fn post_by(
        &self,
        mailer: &Arc<dyn Mailer>,
    ) -> Result<(), motel_jobs::HandlerError> {
        let worker = Worker::new(self.db.db().clone());
        let sender = Correspondent {
            name: "RemoteMotel".to_owned(),
            email: "hello@motel.example".parse().unwrap(),
        };
        let url = "https://motel.example/";
        motel_onboarding::jobs::register(worker, self.clock.clone(), mailer, sender, url)
            .run_chores()
            .await
    }

    /// Asks, and reads the word in the mail.
    pub(crate) async fn word(&self, business: &str, email: &str) -> SignUpWord {
        assert_eq!(self.ask(business, email).await, Asked::Noted);
        let mails = self.post().await;
        let mail = mails.iter().find(|mail| mail.to == email).unwrap();
        word(mail)
    }

    pub(crate) async fn confirm(&self, word: &SignUpWord) -> Result<Founded, OnboardingError> {
        let confirmed = confirm_sign_up(self.db.db(), word, &owner(), &own(), self.now()).await;
        let (tx, founded) = confirmed?;
        tx.commit().await.unwrap();
        Ok(founded)
    }

    pub(crate) async fn count(&self, sql: &str) -> i64 {
        #[derive(diesel::QueryableByName)]
        struct Count {
            #[diesel(sql_type = diesel::sql_types::BigInt)]
            count: i64,
        }
        let count: Count = diesel::sql_query(sql)
            .get_result(&mut self.db.admin().await)
            .await
            .unwrap();
        count.count
    }
}

pub(crate) fn new(business: &str, email: &str, kind: TenantKind) -> NewSignUp {
    NewSignUp {
        business: BusinessName::parse(business).unwrap(),
        email: email.parse().unwrap(),
        kind,
    }
}

/// Where the installation's own business is to be.
pub(crate) fn own() -> Slug {
    Slug::parse("lakeside").unwrap()
}

pub(crate) fn owner() -> NewOwner {
    NewOwner {
        name: motel_kernel::PersonName::parse("Dana Reyes").unwrap(),
        phone: "+49 30 23125014".parse().unwrap(),
        password: PASSWORD.into(),
    }
}

pub(crate) fn word(mail: &StoredMail) -> SignUpWord {
    let (_, rest) = mail.text.split_once("/sign-up/confirm?link=").unwrap();
    SignUpWord::parse(rest.lines().next().unwrap()).unwrap()
}
