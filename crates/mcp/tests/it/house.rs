//! A motel with rooms and prices, and assistants with keys of it.

use std::sync::Arc;

use motel_kernel::{Actor, ApiKeyId, FixedClock, TenantId};
use motel_llm::HashedEmbedder;
use motel_mcp::{Assistant, AssistantDesk, Ceilings, Refusal, VisitId, commands};
use motel_tenancy::commands::create_api_key;
use motel_tenancy::testing::{DemoTenant, demo_tenant};
use motel_tenancy::{Permission, Permissions};
use motel_testkit::TestDb;
use serde_json::{Map, Value, json};

/// Every schema that tools touch.
const OWNERS: &[&str] = &[
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
    "mail",
    "appointments",
    "mcp",
];

const NOW: &str = "2026-12-01T15:00:00Z";

pub(crate) struct House {
    pub(crate) test: TestDb,
    pub(crate) motel: DemoTenant,
    pub(crate) desk: AssistantDesk,
}

impl House {
    pub(crate) async fn open() -> Self {
        let test = TestDb::new(OWNERS).await;
        let motel = demo_tenant(&test).await;
        let now: chrono::DateTime<chrono::Utc> = NOW.parse().unwrap();
        let mut tx = test.db().tenant(motel.tenant).await.unwrap();
        motel_rates::testing::demo_motel(&mut tx, &motel.property, now.date_naive())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let clock = Arc::new(FixedClock::at(now));
        let desk = AssistantDesk::new(test.db().clone(), clock, Arc::new(HashedEmbedder), None);
        Self { test, motel, desk }
    }

    /// An assistant with a key that may do everything, who has just come in.
    pub(crate) async fn assistant(&self) -> Assistant {
        let key = self.key().await;
        self.visiting(self.motel.tenant, key).await
    }

    pub(crate) async fn key(&self) -> ApiKeyId {
        let mut tx = self.test.db().tenant(self.motel.tenant).await.unwrap();
        let made = create_api_key(&mut tx, "an assistant", Actor::System).await;
        tx.commit().await.unwrap();
        made.unwrap().key.id
    }

    /// Another visit with the same key.
    pub(crate) async fn visiting(&self, tenant: TenantId, key: ApiKeyId) -> Assistant {
        let mut tx = self.test.db().tenant(tenant).await.unwrap();
        let visit: VisitId = commands::begin_visit(&mut tx, key).await.unwrap();
        tx.commit().await.unwrap();
        Assistant {
            tenant,
            key,
            permissions: Permissions::all(),
            visit,
        }
    }

    pub(crate) async fn limit(&self, who: &Assistant, ceilings: Ceilings) {
        let mut tx = self.test.db().tenant(who.tenant).await.unwrap();
        let now = NOW.parse().unwrap();
        commands::put_ceilings(&mut tx, who.key, None, ceilings, Actor::System, now)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    pub(crate) async fn call(
        &self,
        who: &Assistant,
        tool: &str,
        arguments: Value,
    ) -> Result<Value, Refusal> {
        let arguments: Map<String, Value> = arguments.as_object().unwrap().clone();
        self.desk.call(who, tool, arguments).await
    }

    pub(crate) async fn refused(&self, who: &Assistant, tool: &str, arguments: Value) -> Refusal {
        self.call(who, tool, arguments).await.unwrap_err()
    }

    /// What two nights in a queen cost, from so many days after the first of February.
    pub(crate) async fn price(&self, who: &Assistant, day: u32) -> Value {
        let found = self.call(who, "search_availability", stay(day)).await;
        let found = found.unwrap();
        let rooms = found["free"].as_array().unwrap();
        let queen = rooms.iter().find(|it| it["room_type"] == "standard_queen");
        queen.unwrap()["total"].clone()
    }

    /// Books a queen at its price, under a number of the visit.
    pub(crate) async fn book(
        &self,
        who: &Assistant,
        day: u32,
        read_back: u32,
    ) -> Result<Value, Refusal> {
        let total = self.price(who, day).await;
        self.call(who, "book_room", room(day, &total, read_back))
            .await
    }

    pub(crate) async fn bookings(&self) -> usize {
        let mut tx = self.test.db().tenant(self.motel.tenant).await.unwrap();
        let all = motel_bookings::queries::newest(&mut tx, 100).await;
        all.unwrap().len()
    }
}

fn stay(day: u32) -> Value {
    json!({
        "check_in": format!("2027-02-{day:02}"), "check_out": format!("2027-02-{:02}", day + 2), "adults": 2,
    })
}

/// The arguments of a booking.
pub(crate) fn room(day: u32, total: &Value, read_back: u32) -> Value {
    let mut room = stay(day);
    let more = json!({
        "room_type": "standard_queen", "full_name": "Ana Souza", "email": "ana@example.com",
        "agreed_total": total, "read_back": read_back,
    });
    let fields = room.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    room
}

/// What proves a booking.
pub(crate) fn proof(booked: &Value) -> Value {
    json!({ "code": booked["code"], "email": "ana@example.com" })
}

/// The permissions that are named.
pub(crate) fn only(some: &[Permission]) -> Permissions {
    some.iter().copied().collect()
}
