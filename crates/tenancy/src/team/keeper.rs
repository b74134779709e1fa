//! The port by which others who keep something on members of a team follow when one is exported or erased. Tenancy does not know them.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use motel_db::TenantTx;
use motel_kernel::{Actor, Email, StaffId};
use serde_json::{Map, Value};

use crate::TenancyError;

/// What went wrong with a keeper, in its own words.
pub type MemberFault = Box<dyn std::error::Error + Send + Sync>;

/// Somebody above who keeps something on members. All is done in the transaction of the export or the erasure: everywhere, or nowhere.
#[async_trait]
pub trait MemberKeeper: Send + Sync {
    /// What it keeps, in the plural; the name of its part of an export.
    fn name(&self) -> &'static str;

    /// Everything it keeps on the member.
    async fn kept(&self, tx: &mut TenantTx, member: &Traces) -> Result<Value, MemberFault>;

    /// Overwrites whatever tells who the member was. Nothing, where only their id stands: that says no more than that there was somebody.
    async fn forget(&self, _: &mut TenantTx, _: &Traces) -> Result<(), MemberFault> {
        Ok(())
    }
}

/// Everything by which a member may be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traces {
    /// Which member.
    pub id: StaffId,
    /// How the console greets them.
    pub name: String,
    /// Every address of theirs that was written down.
    pub emails: Vec<Email>,
}

impl Traces {
    /// How what they did is signed.
    pub fn actor(&self) -> Actor {
        Actor::Staff(self.id)
    }
}

/// Everybody who keeps something on members. Put together by the binary.
#[derive(Clone, Default)]
pub struct MemberKeepers(Vec<Arc<dyn MemberKeeper>>);

impl fmt::Debug for MemberKeepers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.0.iter().map(|keeper| keeper.name());
        f.debug_list().entries(names).finish()
    }
}

impl MemberKeepers {
    /// Nobody.
    pub fn none() -> Self {
        Self::default()
    }

    /// The same, and one more.
    #[must_use]
    pub fn and(mut self, keeper: impl MemberKeeper + 'static) -> Self {
        self.0.push(Arc::new(keeper));
        self
    }

    pub(super) async fn kept(
        &self,
        tx: &mut TenantTx,
        member: &Traces,
    ) -> Result<Map<String, Value>, TenancyError> {
        let mut kept = Map::new();
        for keeper in &self.0 {
            let part = keeper.kept(tx, member).await;
            let part = part.map_err(TenancyError::Unreadable)?;
            kept.insert(keeper.name().to_owned(), part);
        }
        Ok(kept)
    }

    pub(super) async fn forget(
        &self,
        tx: &mut TenantTx,
        member: &Traces,
    ) -> Result<(), TenancyError> {
        for keeper in &self.0 {
            let forgotten = keeper.forget(tx, member).await;
            forgotten.map_err(TenancyError::Unreadable)?;
        }
        Ok(())
    }
}
