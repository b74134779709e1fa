use std::sync::Arc;

use async_trait::async_trait;
use motel_db::Db;
use motel_jobs::{Chore, HandlerError};
use motel_kernel::{Clock, PropertyId, TenantId};

use crate::queries::places_with;
use crate::{BookingError, ReservationStatus, commands};

/// How many holds of one property are ended in one transaction.
const AT_ONCE: i64 = 100;

/// Ends holds whose time is over, each by the clock of its property. A hold that is over stands in nobody's way before
/// that; this clears it away and tells of it.
#[derive(Clone)]
pub struct EndHolds {
    clock: Arc<dyn Clock>,
}

impl EndHolds {
    /// Goes by `clock`, as far as a property has none of its own.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock }
    }

    async fn of_property(
        &self,
        db: &Db,
        tenant: TenantId,
        property: PropertyId,
    ) -> Result<(), BookingError> {
        let mut tx = db.tenant(tenant).await?;
        let found = motel_tenancy::queries::property(&mut tx, property).await;
        let Some(property) = found.map_err(BookingError::fault)? else {
            return Ok(());
        };
        let now = property.now(&*self.clock);
        commands::release_expired_holds(&mut tx, &property, now, AT_ONCE).await?;
        Ok(tx.commit().await?)
    }
}

#[async_trait]
impl Chore for EndHolds {
    async fn run(&self, db: &Db) -> Result<(), HandlerError> {
        let mut tx = db.platform("look for holds").await?;
        let holding = places_with(&mut tx, ReservationStatus::Held).await?;
        drop(tx);
        for (tenant, property) in holding {
            // One business's trouble is not the others'.
            if let Err(error) = self.of_property(db, tenant, property).await {
                let error = &error as &dyn std::error::Error;
                tracing::error!(%tenant, %property, error, "holds could not be ended");
            }
        }
        Ok(())
    }
}
