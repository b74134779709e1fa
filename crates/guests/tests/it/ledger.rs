//! Somebody who keeps something on guests, and notes what was asked of them.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use motel_db::TenantTx;
use motel_guests::{InTheWay, Keeper, KeeperFault, Person, StandIn};
use motel_kernel::GuestId;
use serde_json::{Value, json};

#[derive(Clone, Default)]
pub(crate) struct Ledger {
    pub(crate) asked: Arc<Mutex<Vec<String>>>,
    pub(crate) obstacle: Option<InTheWay>,
    pub(crate) broken: bool,
}

impl Ledger {
    fn note(&self, what: String) -> Result<(), KeeperFault> {
        self.asked.lock().unwrap().push(what);
        match self.broken {
            true => Err("the ledger is lost".into()),
            false => Ok(()),
        }
    }
}

#[async_trait]
impl Keeper for Ledger {
    fn name(&self) -> &'static str {
        "lines"
    }

    async fn in_the_way(
        &self,
        _: &mut TenantTx,
        _: &Person,
    ) -> Result<Option<InTheWay>, KeeperFault> {
        Ok(self.obstacle.clone())
    }

    async fn follow(
        &self,
        _: &mut TenantTx,
        merged: GuestId,
        survivor: GuestId,
        _: DateTime<Utc>,
    ) -> Result<(), KeeperFault> {
        self.note(format!("{merged} is {survivor}"))
    }

    async fn kept(&self, _: &mut TenantTx, person: &Person) -> Result<Value, KeeperFault> {
        Ok(json!([person.ids]))
    }

    async fn forget(
        &self,
        _: &mut TenantTx,
        person: &Person,
        stand_in: &StandIn,
        _: DateTime<Utc>,
    ) -> Result<(), KeeperFault> {
        self.note(format!("{:?} is {}", person.emails, stand_in.name))
    }
}
