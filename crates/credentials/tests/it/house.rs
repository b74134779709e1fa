use chrono::{DateTime, Utc};
use diesel::sql_types::Text;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use motel_credentials::{Credential, CredentialsError, TwilioAccount, commands, queries};
use motel_db::TenantTx;
use motel_kernel::{Actor, TenantId};
use motel_seal::{Keyring, MasterKey};
use motel_tenancy::testing::{DemoTenant, demo_tenant, other_tenant};
use motel_testkit::TestDb;
use secrecy::ExposeSecret;

pub(crate) const TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// Two businesses and a ring of keys.
pub(crate) struct House {
    pub(crate) test: TestDb,
    pub(crate) demo: DemoTenant,
    pub(crate) other: DemoTenant,
    pub(crate) keyring: Keyring,
}

pub(crate) fn now() -> DateTime<Utc> {
    "2026-12-01T15:00:00Z".parse().unwrap()
}

/// A ring of these keys, the last of which seals.
pub(crate) fn ring(keys: &[&MasterKey]) -> Keyring {
    let lines: Vec<_> = keys.iter().map(|key| key.expose().to_string()).collect();
    Keyring::parse(&lines.join("\n")).unwrap()
}

pub(crate) fn twilio(token: &str) -> Credential {
    Credential::Twilio(TwilioAccount::parse(&token.into()).unwrap())
}

impl House {
    pub(crate) async fn new() -> Self {
        let test = TestDb::new(&["tenancy", "credentials"]).await;
        Self {
            demo: demo_tenant(&test).await,
            other: other_tenant(&test).await,
            test,
            keyring: Keyring::new(MasterKey::generate()),
        }
    }

    pub(crate) async fn tx(&self, tenant: TenantId) -> TenantTx {
        self.test.db().tenant(tenant).await.unwrap()
    }

    pub(crate) async fn put(&self, tenant: TenantId, token: &str) {
        let mut tx = self.tx(tenant).await;
        let own = twilio(token);
        commands::put_credential(&mut tx, &self.keyring, &own, Actor::System, now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// The token that is kept, opened.
    pub(crate) async fn open(
        &self,
        tenant: TenantId,
        keyring: &Keyring,
    ) -> Result<Option<String>, CredentialsError> {
        let mut tx = self.tx(tenant).await;
        let account = queries::twilio_account(&mut tx, keyring).await?;
        Ok(account.map(|it| it.auth_token.expose_secret().to_owned()))
    }

    /// Past the walls.
    pub(crate) async fn execute(&self, sql: &str) {
        self.test.admin().await.batch_execute(sql).await.unwrap();
    }

    /// The one column of text a query answers, past the walls.
    pub(crate) async fn lines(&self, query: &str) -> Vec<String> {
        let mut admin = self.test.admin().await;
        diesel::dsl::sql::<Text>(query)
            .load(&mut admin)
            .await
            .unwrap()
    }
}
