//! A tenant with the demo motel's rooms, prices and knowledge, and a guest who talks to its concierge.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel_async::SimpleAsyncConnection;
use motel_appointments::commands::{put_service, put_station};
use motel_appointments::{ServiceDetails, StationDetails};
use motel_billing::PaymentDesk;
use motel_billing::sandbox::{Sandbox, SandboxSettings};
use motel_concierge::Concierge;
use motel_conversations::{Channel, GuestMessage, GuestTurn, Reply, Responder};
use motel_db::{Db, TenantTx};
use motel_kernel::{Clock, ConversationId, FixedClock, TenantId};
use motel_llm::HashedEmbedder;
use motel_payments::sandbox::SandboxSeal;
use motel_payments::{Gateway, Gateways};
use motel_tenancy::{Property, Slug, TenantSettings, commands::upsert_tenant_from_settings};
use motel_testkit::TestDb;

use crate::script::fixtures;

/// Every schema the concierge's tools touch.
pub(crate) const OWNERS: &[&str] = &[
    "tenancy",
    "jobs",
    "inventory",
    "rates",
    "taxes",
    "guests",
    "bookings",
    "conversations",
    "billing",
    "leads",
    "knowledge",
    "credentials",
    "concierge",
    "prompts",
    "mail",
    "appointments",
    "upsells",
    "shadow",
];

pub(crate) struct Stage {
    pub(crate) db: Db,
    pub(crate) tenant: TenantId,
    pub(crate) property: Property,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) concierge: Concierge,
}

/// A file of services.
#[derive(serde::Deserialize)]
struct Offer {
    services: Vec<ServiceDetails>,
    stations: Vec<StationDetails>,
}

impl Stage {
    /// A motel of its own in the database, as it stands at `now`.
    pub(crate) async fn set(test: &TestDb, slug: &str, now: DateTime<Utc>) -> Self {
        let stage = Self::without_knowledge(test, slug, now).await;
        let mut tx = stage.tx().await;
        let folder = fixtures().join("remotemotel/knowledge");
        motel_knowledge::commands::ingest_folder(&mut tx, &HashedEmbedder, &folder, |_| {})
            .await
            .unwrap();
        tx.commit().await.unwrap();
        stage
    }

    /// The same, with the knowledge of another motel copied instead of read once more.
    pub(crate) async fn set_like(
        test: &TestDb,
        other: &Self,
        slug: &str,
        now: DateTime<Utc>,
    ) -> Self {
        Self::like(test, other, Self::without_knowledge(test, slug, now).await).await
    }

    /// A business that sells services by appointment, with the knowledge of another one copied.
    pub(crate) async fn services_like(
        test: &TestDb,
        other: &Self,
        fixture: &str,
        slug: &str,
        now: DateTime<Utc>,
    ) -> Self {
        Self::like(
            test,
            other,
            Self::with_services(test, fixture, slug, now).await,
        )
        .await
    }

    /// A business of the fixtures that sells services by appointment, with what it knows.
    pub(crate) async fn services(test: &TestDb, fixture: &str, slug: &str) -> Self {
        let stage = Self::with_services(test, fixture, slug, Utc::now()).await;
        let mut tx = stage.tx().await;
        let folder = fixtures().join(fixture).join("knowledge");
        motel_knowledge::commands::ingest_folder(&mut tx, &HashedEmbedder, &folder, |_| {})
            .await
            .unwrap();
        tx.commit().await.unwrap();
        stage
    }

    /// The same without what it knows.
    pub(crate) async fn with_services(
        test: &TestDb,
        fixture: &str,
        slug: &str,
        now: DateTime<Utc>,
    ) -> Self {
        let stage = Self::found(test, fixture, slug, now).await;
        stage.offer_services(fixture).await;
        stage
    }

    /// Puts up what a business of the fixtures sells by appointment.
    pub(crate) async fn offer_services(&self, fixture: &str) {
        let path = fixtures().join(fixture).join("services.toml");
        let offer: Offer = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let mut tx = self.tx().await;
        for service in offer.services {
            put_service(&mut tx, &self.property, service).await.unwrap();
        }
        for station in offer.stations {
            put_station(&mut tx, &self.property, station).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    async fn like(test: &TestDb, other: &Self, stage: Self) -> Self {
        let copy = format!(
            "INSERT INTO knowledge.documents SELECT '{new}', id, source, title, fingerprint, ingested_at
             FROM knowledge.documents WHERE tenant_id = '{old}';
             INSERT INTO knowledge.passages SELECT '{new}', id, document_id, position, heading, body, words, embedding, embedding_model
             FROM knowledge.passages WHERE tenant_id = '{old}'",
            new = stage.tenant,
            old = other.tenant
        );
        test.admin().await.batch_execute(&copy).await.unwrap();
        stage
    }

    /// The caterer of the fixtures: knowledge and policies, but no rooms.
    pub(crate) async fn caterer(test: &TestDb, now: DateTime<Utc>) -> Self {
        let stage = Self::found(test, "harvest-table", "harvest-table", now).await;
        let mut tx = stage.tx().await;
        let folder = fixtures().join("harvest-table/knowledge");
        motel_knowledge::commands::ingest_folder(&mut tx, &HashedEmbedder, &folder, |_| {})
            .await
            .unwrap();
        tx.commit().await.unwrap();
        stage
    }

    async fn without_knowledge(test: &TestDb, slug: &str, now: DateTime<Utc>) -> Self {
        let stage = Self::found(test, "remotemotel", slug, now).await;
        let mut tx = stage.tx().await;
        let today = stage.property.today(&*stage.clock);
        motel_rates::testing::demo_motel(&mut tx, &stage.property, today)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        stage
    }

    /// The tenant of a fixture, under a name of its own, with nothing in it.
    async fn found(test: &TestDb, fixture: &str, slug: &str, now: DateTime<Utc>) -> Self {
        let db = test.db().clone();
        let text = std::fs::read_to_string(fixtures().join(fixture).join("tenant.toml")).unwrap();
        let mut settings: TenantSettings = toml::from_str(&text).unwrap();
        settings.slug = Slug::parse(slug).unwrap();
        let mut tx = db.platform("set up a test").await.unwrap();
        let made = upsert_tenant_from_settings(&mut tx, &settings)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let clock = Arc::new(FixedClock::at(now));
        let (tenant, property) = (made.tenant.id, made.property);
        let concierge = Concierge::new(db.clone(), clock.clone(), Arc::new(HashedEmbedder), None);
        Self {
            db,
            tenant,
            property,
            clock,
            concierge,
        }
    }

    /// The same motel with a payment desk whose gateway is the sandbox.
    pub(crate) fn with_payments(mut self) -> Self {
        let settings = SandboxSettings {
            seal: SandboxSeal::derived_from(b"a secret of this test, long enough"),
            public_url: "https://motel.example".to_owned(),
            webhook_url: "http://127.0.0.1:9/payments/webhooks/sandbox".to_owned(),
            clock: self.clock.clone(),
        };
        let sandbox: Arc<dyn Gateway> = Arc::new(Sandbox::new(self.db.clone(), settings).unwrap());
        let desk = PaymentDesk::new(
            self.db.clone(),
            Gateways::new(sandbox),
            "https://motel.example",
        );
        self.concierge = Concierge::new(
            self.db.clone(),
            self.clock.clone(),
            Arc::new(HashedEmbedder),
            Some(desk),
        );
        self
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(crate) async fn tx(&self) -> TenantTx {
        self.db.tenant(self.tenant).await.unwrap()
    }

    pub(crate) async fn conversation(&self) -> ConversationId {
        let mut tx = self.tx().await;
        let started = motel_conversations::commands::start(&mut tx, Channel::Web)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        started.id
    }

    pub(crate) async fn say(&self, conversation: ConversationId, words: &str) -> Reply {
        let message = GuestMessage::parse(words).unwrap();
        let turn = GuestTurn {
            tenant: self.tenant,
            property: &self.property,
            conversation,
            channel: Channel::Web,
            message: &message,
        };
        self.concierge.respond(turn).await.unwrap()
    }
}
