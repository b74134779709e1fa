use chrono::{DateTime, Utc};
use motel_db::TenantTx;
use motel_kernel::{Actor, TenantId};
use motel_prompts::{
    NewVersion, Prompt, PromptKind, PromptsError, Standing, VersionNumber, commands, queries,
};
use motel_tenancy::testing::{DemoTenant, demo_tenant, other_tenant};
use motel_testkit::TestDb;

pub(crate) const KIND: PromptKind = PromptKind::Writing;

/// Two businesses.
pub(crate) struct House {
    pub(crate) test: TestDb,
    pub(crate) demo: DemoTenant,
    pub(crate) other: DemoTenant,
}

pub(crate) fn now() -> DateTime<Utc> {
    "2026-12-01T15:00:00Z".parse().unwrap()
}

/// A template that may be kept, and says these words besides.
pub(crate) fn saying(words: &str) -> String {
    format!("{words} {{{{ business }}}} {{{{ today }}}} {{{{ house }}}}")
}

pub(crate) fn new(words: &str) -> NewVersion {
    NewVersion::parse(KIND, &saying(words), words).unwrap()
}

pub(crate) fn number(number: i32) -> VersionNumber {
    VersionNumber::try_from(number).unwrap()
}

impl House {
    pub(crate) async fn new() -> Self {
        let test = TestDb::new(&["tenancy", "prompts"]).await;
        Self {
            demo: demo_tenant(&test).await,
            other: other_tenant(&test).await,
            test,
        }
    }

    pub(crate) async fn tx(&self, tenant: TenantId) -> TenantTx {
        self.test.db().tenant(tenant).await.unwrap()
    }

    pub(crate) async fn save(&self, words: &str) -> VersionNumber {
        let mut tx = self.tx(self.demo.tenant).await;
        let saved = commands::save(&mut tx, &new(words), Actor::System, now()).await;
        tx.commit().await.unwrap();
        saved.unwrap().number
    }

    pub(crate) async fn activate(&self, version: i32) -> Result<Standing, PromptsError> {
        let mut tx = self.tx(self.demo.tenant).await;
        let by = Actor::System;
        let done = commands::activate(&mut tx, KIND, number(version), by, now()).await?;
        tx.commit().await.unwrap();
        Ok(done)
    }

    pub(crate) async fn roll_back(&self) -> Result<Standing, PromptsError> {
        let mut tx = self.tx(self.demo.tenant).await;
        let standing = queries::standing(&mut tx, KIND).await?;
        drop(tx);
        self.roll_back_from(standing.last_activation()).await
    }

    pub(crate) async fn roll_back_from(&self, seen: i32) -> Result<Standing, PromptsError> {
        let mut tx = self.tx(self.demo.tenant).await;
        let done = commands::roll_back(&mut tx, KIND, seen, Actor::System, now()).await?;
        tx.commit().await.unwrap();
        Ok(done)
    }

    pub(crate) async fn active(&self, tenant: TenantId, kind: PromptKind) -> Prompt {
        let mut tx = self.tx(tenant).await;
        queries::active(&mut tx, kind).await.unwrap()
    }
}
