//! A business with an owner, whose mails go into a folder.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use motel_jobs::Worker;
use motel_kernel::{Clock, FixedClock, StaffId, TenantId};
use motel_mail::{FileMailbox, Mailer, StoredMail};
use motel_seal::{Keyring, MasterKey};
use motel_tenancy::commands::{Admission, Visitor, admit, create_staff, open_session};
use motel_tenancy::roles::held_role;
use motel_tenancy::team::{Invitation, NewInvitation, invite};
use motel_tenancy::testing::{self, DemoTenant};
use motel_tenancy::{
    AddressedToken, Device, HeldRole, NewStaff, Reach, Role, RoleRef, Staff, StaffSession,
    TenancyError, TenantState,
};
use motel_testkit::TestDb;
use tempfile::TempDir;

pub(crate) const PASSWORD: &str = "correct horse battery";

pub(crate) struct Crew {
    pub(crate) db: TestDb,
    pub(crate) demo: DemoTenant,
    pub(crate) other: DemoTenant,
    pub(crate) owner: Staff,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) mailbox: FileMailbox,
    pub(crate) keys: Keyring,
    _folder: TempDir,
}

impl Crew {
    pub(crate) async fn open() -> Self {
        let db = TestDb::new(&["tenancy", "jobs", "mail"]).await;
        let (demo, other) = (
            testing::demo_tenant(&db).await,
            testing::other_tenant(&db).await,
        );
        let folder = tempfile::tempdir().unwrap();
        let owner = take_in(&db, demo.tenant, "dana@motel.example", Role::Owner).await;
        Self {
            mailbox: FileMailbox::open(folder.path()).await.unwrap(),
            keys: Keyring::new(MasterKey::generate()),
            _folder: folder,
            clock: Arc::new(FixedClock::at("2026-12-01T15:00:00Z".parse().unwrap())),
            owner,
            demo,
            other,
            db,
        }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(crate) fn later(&self, by: Duration) {
        self.clock.advance(by);
    }

    pub(crate) async fn take_in(&self, email: &str, role: Role) -> Staff {
        take_in(&self.db, self.demo.tenant, email, role).await
    }

    /// Lets the worker write what is to be written: all mails there are, newest first.
    pub(crate) async fn post(&self) -> Vec<StoredMail> {
        let mailer: Arc<dyn Mailer> = Arc::new(self.mailbox.clone());
        let worker = Worker::new(self.db.db().clone());
        let url = "https://motel.example/";
        motel_tenancy::jobs::register(worker, self.clock.clone(), &mailer, url)
            .run_until_idle()
            .await
            .unwrap();
        self.mailbox.list().await.unwrap()
    }

    pub(crate) async fn try_in(&self, email: &str, password: &str) -> Admission {
        self.try_in_from(email, password, "192.0.2.7").await
    }

    pub(crate) async fn try_in_from(&self, email: &str, password: &str, from: &str) -> Admission {
        let visitor = Visitor {
            email,
            password: &password.into(),
            address: from.parse().unwrap(),
        };
        admit(self.db.db(), visitor, self.now()).await.unwrap()
    }

    /// Signs somebody in on another device.
    pub(crate) async fn session(&self, staff: &Staff) -> StaffSession {
        let mut tx = self.db.db().tenant(staff.tenant_id).await.unwrap();
        let opened = open_session(&mut tx, staff, &Device::default())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        StaffSession {
            id: opened.id,
            tenant: staff.tenant_id,
            staff_id: staff.id,
            display_name: staff.display_name.clone(),
            role: self.held(staff).await,
            reach: Reach::Everywhere,
            state: TenantState::Active,
            lacks_second_factor: false,
        }
    }

    async fn held(&self, staff: &Staff) -> HeldRole {
        let mut tx = self.db.db().tenant(staff.tenant_id).await.unwrap();
        held_role(&mut tx, staff.role).await.unwrap()
    }

    /// How many sessions of a member are open.
    pub(crate) async fn sessions(&self, staff: &Staff) -> i64 {
        let open = format!(
            "SELECT count(*) FROM tenancy.sessions WHERE staff_id = '{}' AND ended_at IS NULL",
            staff.id
        );
        self.count(&open).await
    }

    /// The column `word` of what a query answers, asked as a superuser.
    pub(crate) async fn words(&self, sql: &str) -> Vec<String> {
        use diesel_async::RunQueryDsl;
        #[derive(diesel::QueryableByName)]
        struct Word {
            #[diesel(sql_type = diesel::sql_types::Text)]
            word: String,
        }
        let words: Vec<Word> = diesel::sql_query(sql)
            .load(&mut self.db.admin().await)
            .await
            .unwrap();
        words.into_iter().map(|it| it.word).collect()
    }

    pub(crate) async fn count(&self, sql: &str) -> i64 {
        use diesel_async::RunQueryDsl;
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

    pub(crate) async fn invite(
        &self,
        by: StaffId,
        email: &str,
        role: impl Into<RoleRef>,
    ) -> Result<Invitation, TenancyError> {
        let new = NewInvitation {
            email: email.parse().unwrap(),
            role: role.into(),
        };
        let mut tx = self.db.db().tenant(self.demo.tenant).await.unwrap();
        let invitation = invite(&mut tx, by, &new, self.now()).await?;
        tx.commit().await.unwrap();
        Ok(invitation)
    }
}

async fn take_in(db: &TestDb, tenant: TenantId, email: &str, role: Role) -> Staff {
    let new = NewStaff {
        email: email.parse().unwrap(),
        password: PASSWORD.into(),
        display_name: email.split('@').next().unwrap().to_owned(),
        role,
    };
    let mut tx = db.db().tenant(tenant).await.unwrap();
    let member = create_staff(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    member
}

/// The word in a mail's link.
pub(crate) fn token_in(mail: &StoredMail) -> AddressedToken {
    let (_, rest) = mail.text.split_once("?link=").unwrap();
    let word: String = rest
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    AddressedToken::parse(&word).unwrap()
}

impl Crew {
    /// Lets the worker tidy up.
    pub(crate) async fn sweep(&self) {
        let mailer: Arc<dyn Mailer> = Arc::new(self.mailbox.clone());
        let worker = Worker::new(self.db.db().clone());
        let worker = motel_tenancy::jobs::register(worker, self.clock.clone(), &mailer, "");
        worker.run_chores().await.unwrap();
    }
}
