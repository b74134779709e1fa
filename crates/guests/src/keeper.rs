//! The port by which others who keep something on guests are asked to follow. Guests do not know bookings.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use motel_db::TenantTx;
use motel_kernel::{Email, GuestId, PersonName, Phone};
use serde_json::Value;

use crate::GuestsError;

/// What went wrong with a keeper, in its own words.
pub type KeeperFault = Box<dyn std::error::Error + Send + Sync>;

/// Somebody above who keeps something on guests. All is done in the transaction of the merge, the export or the erasure:
/// it happens everywhere, or nowhere.
#[async_trait]
pub trait Keeper: Send + Sync {
    /// What it keeps, in the plural; the name of its part of an export.
    fn name(&self) -> &'static str;

    /// Why the guest cannot be erased now, if so. Nothing, unless somebody is expected.
    async fn in_the_way(
        &self,
        _: &mut TenantTx,
        _: &Person,
    ) -> Result<Option<InTheWay>, KeeperFault> {
        Ok(None)
    }

    /// Hangs on the survivor what hung on the guest that was merged into it. Nothing, where nothing is kept by a guest's id.
    async fn follow(
        &self,
        _: &mut TenantTx,
        _merged: GuestId,
        _survivor: GuestId,
        _now: DateTime<Utc>,
    ) -> Result<(), KeeperFault> {
        Ok(())
    }

    /// Everything it keeps on the guest; null for a keeper of copies, who has no part in an export.
    async fn kept(&self, _: &mut TenantTx, _: &Person) -> Result<Value, KeeperFault> {
        Ok(Value::Null)
    }

    /// Overwrites whatever tells who the guest was.
    async fn forget(
        &self,
        tx: &mut TenantTx,
        person: &Person,
        stand_in: &StandIn,
        now: DateTime<Utc>,
    ) -> Result<(), KeeperFault>;
}

/// Why a guest cannot be erased now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InTheWay {
    /// A stable word for programs.
    pub code: &'static str,
    /// A sentence without its full stop.
    pub reason: String,
}

/// Everything by which a guest may be known: as they are now, and as those that were merged into them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The guest.
    pub id: GuestId,
    /// The guest, and all that were merged into it.
    pub ids: Vec<GuestId>,
    /// Their addresses.
    pub emails: Vec<Email>,
    /// Their numbers.
    pub phones: Vec<Phone>,
}

/// What stands in the place of an erased guest's name and address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandIn {
    /// The same for everybody.
    pub name: PersonName,
    /// Nobody's: mail to it cannot be delivered, and it cannot be guessed.
    pub email: Email,
}

impl StandIn {
    /// A fresh one.
    #[expect(
        clippy::expect_used,
        reason = "both are made here, of nothing that comes from outside"
    )]
    pub(crate) fn new() -> Self {
        let address = format!("erased-{}@erased.invalid", uuid::Uuid::new_v4().simple());
        Self {
            name: PersonName::parse("Erased guest").expect("a name"),
            email: Email::parse(&address).expect("an address"),
        }
    }
}

/// Everybody who keeps something on guests. Put together by the binary.
#[derive(Clone, Default)]
pub struct Keepers(Vec<Arc<dyn Keeper>>);

impl fmt::Debug for Keepers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.0.iter().map(|keeper| keeper.name());
        f.debug_list().entries(names).finish()
    }
}

impl Keepers {
    /// Nobody.
    pub fn none() -> Self {
        Self::default()
    }

    /// The same, and one more.
    #[must_use]
    pub fn and(mut self, keeper: impl Keeper + 'static) -> Self {
        self.0.push(Arc::new(keeper));
        self
    }

    pub(crate) async fn check_erasure(
        &self,
        tx: &mut TenantTx,
        person: &Person,
    ) -> Result<(), GuestsError> {
        for keeper in &self.0 {
            let found = keeper.in_the_way(tx, person).await;
            if let Some(obstacle) = found.map_err(fault_of(keeper))? {
                return Err(GuestsError::InTheWay(obstacle));
            }
        }
        Ok(())
    }

    pub(crate) async fn follow(
        &self,
        tx: &mut TenantTx,
        merged: GuestId,
        survivor: GuestId,
        now: DateTime<Utc>,
    ) -> Result<(), GuestsError> {
        for keeper in &self.0 {
            let followed = keeper.follow(tx, merged, survivor, now).await;
            followed.map_err(fault_of(keeper))?;
        }
        Ok(())
    }

    /// What each of them keeps on the guest, by its name.
    ///
    /// # Errors
    /// [`GuestsError::Keeper`].
    pub async fn kept(
        &self,
        tx: &mut TenantTx,
        person: &Person,
    ) -> Result<Vec<(&'static str, Value)>, GuestsError> {
        let mut kept = Vec::new();
        for keeper in &self.0 {
            let part = keeper.kept(tx, person).await.map_err(fault_of(keeper))?;
            if !part.is_null() {
                kept.push((keeper.name(), part));
            }
        }
        Ok(kept)
    }

    pub(crate) async fn forget(
        &self,
        tx: &mut TenantTx,
        person: &Person,
        stand_in: &StandIn,
        now: DateTime<Utc>,
    ) -> Result<(), GuestsError> {
        for keeper in &self.0 {
            let forgotten = keeper.forget(tx, person, stand_in, now).await;
            forgotten.map_err(fault_of(keeper))?;
        }
        Ok(())
    }
}

fn fault_of(keeper: &Arc<dyn Keeper>) -> impl FnOnce(KeeperFault) -> GuestsError {
    let keeper = keeper.name();
    move |fault| GuestsError::Keeper { keeper, fault }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_stand_ins_can_be_taken_for_one() {
        let (one, other) = (StandIn::new(), StandIn::new());
        assert_eq!(one.name, other.name);
        assert_ne!(one.email, other.email);
    }
}
