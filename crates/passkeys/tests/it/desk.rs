//! Two businesses with an owner each, who sign in.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use diesel::sql_types::{BigInt, Text};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use motel_jobs::Worker;
use motel_kernel::{Clock, FixedClock, TenantId};
use motel_passkeys::{
    Begun, KeptPasskey, NewPasskey, PasskeyError, PasskeyName, RelyingParty, ShownPasskey, commands,
};
use motel_seal::{Keyring, MasterKey};
use motel_tenancy::commands::{Admission, Visitor, admit, create_staff, open_session};
use motel_tenancy::roles::held_role;
use motel_tenancy::second_factor::{Answered, Proof, open_challenge};
use motel_tenancy::testing::{DemoTenant, demo_tenant, other_tenant};
use motel_tenancy::{
    AddressedToken, Device, NewStaff, Reach, Role, Staff, StaffSession, TenancyError, TenantState,
};
use motel_testkit::TestDb;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use crate::authenticator::{Authenticator, ORIGIN};

pub(crate) const PASSWORD: &str = "correct horse battery";
pub(crate) const DANA: &str = "dana@motel.example";
pub(crate) const FROM: &str = "192.0.2.7";

pub(crate) struct Desk {
    pub(crate) db: TestDb,
    pub(crate) demo: DemoTenant,
    pub(crate) other: DemoTenant,
    pub(crate) dana: Staff,
    pub(crate) oleg: Staff,
    pub(crate) keys: Keyring,
    pub(crate) party: RelyingParty,
    pub(crate) clock: Arc<FixedClock>,
}

impl Desk {
    pub(crate) async fn open() -> Self {
        let db = TestDb::new(&["tenancy", "jobs", "mail", "passkeys"]).await;
        let (demo, other) = (demo_tenant(&db).await, other_tenant(&db).await);
        Self {
            dana: take_in(&db, demo.tenant, DANA).await,
            oleg: take_in(&db, other.tenant, "oleg@other.example").await,
            keys: Keyring::new(MasterKey::generate()),
            party: RelyingParty::at(ORIGIN),
            clock: Arc::new(FixedClock::at("2026-12-01T15:00:00Z".parse().unwrap())),
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

    /// A session of who may sign in, whatever it takes.
    pub(crate) async fn session(&self, member: &Staff) -> StaffSession {
        let mut tx = self.db.db().tenant(member.tenant_id).await.unwrap();
        let anew = motel_tenancy::second_factor::member_by_passkey(&mut tx, member.id).await;
        let anew = anew.unwrap().unwrap();
        let opened = open_session(&mut tx, &anew, &Device::default()).await;
        let role = held_role(&mut tx, member.role).await.unwrap();
        tx.commit().await.unwrap();
        StaffSession {
            id: opened.unwrap().id,
            tenant: member.tenant_id,
            staff_id: member.id,
            display_name: member.display_name.clone(),
            role,
            reach: Reach::Everywhere,
            state: TenantState::Active,
            lacks_second_factor: false,
        }
    }

    pub(crate) async fn begin_adding(
        &self,
        session: &StaffSession,
        password: &str,
    ) -> Result<Begun, PasskeyError> {
        let (password, code) = (SecretString::from(password), SecretString::default());
        let proof = Proof {
            password: &password,
            code: &code,
        };
        let (db, now) = (self.db.db(), self.now());
        commands::begin_adding(db, &self.keys, &self.party, session, proof, now).await
    }

    pub(crate) async fn add(
        &self,
        session: &StaffSession,
        begun: &Begun,
        made: Value,
    ) -> Result<KeptPasskey, PasskeyError> {
        let name = PasskeyName::parse("My telephone").unwrap();
        let made = NewPasskey::parse(made).unwrap();
        let (db, now) = (self.db.db(), self.now());
        commands::add_passkey(db, &self.party, session, begun.id, (&name, &made), now).await
    }

    /// The first passkey of a member, and the session it was added in.
    pub(crate) async fn equip(&self, member: &Staff) -> (Authenticator, KeptPasskey, StaffSession) {
        let session = self.session(member).await;
        let begun = self.begin_adding(&session, PASSWORD).await.unwrap();
        let mut authenticator = Authenticator::new();
        let made = authenticator.make(&begun.options);
        let kept = self.add(&session, &begun, made).await.unwrap();
        (authenticator, kept, session)
    }

    pub(crate) async fn asked(&self) -> Begun {
        let begun = commands::begin_sign_in(self.db.db(), &self.party, self.now()).await;
        begun.unwrap()
    }

    pub(crate) async fn answer(&self, begun: &Begun, shown: Value) -> Answered {
        self.answer_from(begun, shown, FROM).await
    }

    pub(crate) async fn answer_from(&self, begun: &Begun, shown: Value, from: &str) -> Answered {
        let shown = ShownPasskey::parse(shown).unwrap();
        let (db, from, now) = (self.db.db(), from.parse().unwrap(), self.now());
        let answered =
            commands::sign_in_by_passkey(db, &self.party, begun.id, &shown, from, now).await;
        answered.unwrap()
    }

    /// Signs in by it.
    pub(crate) async fn come_in(&self, authenticator: &mut Authenticator) -> Answered {
        let begun = self.asked().await;
        let shown = authenticator.show(&begun.options);
        self.answer(&begun, shown).await
    }

    pub(crate) async fn try_password(&self, email: &str) -> Admission {
        let visitor = Visitor {
            email,
            password: &PASSWORD.into(),
            address: FROM.parse().unwrap(),
        };
        admit(self.db.db(), visitor, self.now()).await.unwrap()
    }

    /// The word of a sign-in that waits for a second factor.
    pub(crate) async fn half_open(&self, email: &str) -> AddressedToken {
        let Admission::HalfAdmitted(half) = self.try_password(email).await else {
            panic!("{email} is not asked for a second factor");
        };
        let word = open_challenge(self.db.db(), &half, self.now()).await;
        AddressedToken::parse(word.unwrap().expose_secret()).unwrap()
    }

    /// Shows a passkey in a session, in the place of a code.
    pub(crate) async fn prove(
        &self,
        session: &StaffSession,
        authenticator: &mut Authenticator,
    ) -> Result<(), PasskeyError> {
        let begun = commands::begin_proof(self.db.db(), &self.party, session, self.now()).await?;
        let shown = ShownPasskey::parse(authenticator.show(&begun.options)).unwrap();
        let (db, now) = (self.db.db(), self.now());
        commands::prove_by_passkey(db, &self.party, session, (begun.id, &shown), now).await
    }

    pub(crate) async fn remove(
        &self,
        session: &StaffSession,
        kept: &KeptPasskey,
    ) -> Result<(), PasskeyError> {
        let (password, code) = (SecretString::from(PASSWORD), SecretString::default());
        let proof = Proof {
            password: &password,
            code: &code,
        };
        let (db, now) = (self.db.db(), self.now());
        commands::remove_passkey(db, &self.keys, session, kept.id, proof, now).await
    }

    pub(crate) async fn execute(&self, sql: &str) {
        self.db.admin().await.batch_execute(sql).await.unwrap();
    }

    pub(crate) async fn number(&self, sql: &str) -> i64 {
        let mut admin = self.db.admin().await;
        diesel::dsl::sql::<BigInt>(sql)
            .get_result(&mut admin)
            .await
            .unwrap()
    }

    pub(crate) async fn line(&self, sql: &str) -> String {
        let mut admin = self.db.admin().await;
        diesel::dsl::sql::<Text>(sql)
            .get_result(&mut admin)
            .await
            .unwrap()
    }

    /// Lets the worker tidy up.
    pub(crate) async fn sweep(&self) {
        let worker = Worker::new(self.db.db().clone());
        let worker = motel_passkeys::jobs::register(worker, self.clock.clone());
        worker.run_chores().await.unwrap();
    }
}

async fn take_in(db: &TestDb, tenant: TenantId, email: &str) -> Staff {
    let new = NewStaff {
        email: email.parse().unwrap(),
        password: PASSWORD.into(),
        display_name: email.split('@').next().unwrap().to_owned(),
        role: Role::Owner,
    };
    let mut tx = db.db().tenant(tenant).await.unwrap();
    let member = create_staff(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    member
}

/// Whether it let this member in.
pub(crate) fn is_in(answered: &Answered, member: &Staff) -> bool {
    matches!(answered, Answered::Admitted(staff) if staff.id == member.id)
}

pub(crate) fn is_not_proven(error: &PasskeyError) -> bool {
    matches!(error, PasskeyError::Tenancy(TenancyError::NotProven))
}
