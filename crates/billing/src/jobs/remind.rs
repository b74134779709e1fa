use std::sync::Arc;

use async_trait::async_trait;
use chrono::TimeDelta;
use motel_db::Db;
use motel_jobs::{Chore, HandlerError};
use motel_kernel::{Clock, FolioId, TenantId};

use crate::commands::Reminded;
use crate::{BillingError, commands, queries};

/// Looks whether something is due that nobody paid, on the days on which guests are reminded of it or the card they left is
/// charged.
pub struct RemindOfDues(Arc<dyn Clock>);

impl RemindOfDues {
    /// By the clocks of the properties, which go by this one.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self(clock)
    }

    async fn look(&self, db: &Db, tenant: TenantId, folio: FolioId) -> Result<(), BillingError> {
        let mut tx = db.tenant(tenant).await?;
        let Some(folio) = queries::folio_by_id(&mut tx, folio).await? else {
            return Ok(());
        };
        let booking = motel_bookings::queries::find(&mut tx, folio.booking).await?;
        let property = motel_tenancy::queries::property(&mut tx, booking.property).await;
        let property = property.map_err(BillingError::unreadable)?;
        let property = property.ok_or(BillingError::NotFound("property"))?;
        let now = property.now(self.0.as_ref());
        match commands::remind(&mut tx, folio.id, &booking, now).await? {
            Reminded::Nothing => {}
            Reminded::Told => {
                tracing::info!(%tenant, booking = %booking.code, "the guests are reminded of what is due");
            }
            Reminded::Charged => {
                tracing::info!(%tenant, booking = %booking.code, "what is due is charged to the card that was left");
            }
        }
        Ok(tx.commit().await?)
    }
}

#[async_trait]
impl Chore for RemindOfDues {
    async fn run(&self, db: &Db) -> Result<(), HandlerError> {
        let mut tx = db.platform("look for what is due").await?;
        let now = self.0.now();
        let mut folios = commands::folios_to_remind(&mut tx, None, now).await?;
        // The few whose clock runs ahead, to try things out.
        let mut clocks = motel_tenancy::queries::property_clocks(&mut tx).await?;
        clocks.retain(|clock| clock.offset > TimeDelta::zero());
        for clock in clocks {
            let (tenant, now) = (Some(clock.tenant), now + clock.offset);
            folios.extend(commands::folios_to_remind(&mut tx, tenant, now).await?);
        }
        drop(tx);
        for (tenant, folio) in folios {
            // One business's trouble is not the others'.
            if let Err(error) = self.look(db, tenant, folio).await {
                let error = &error as &dyn std::error::Error;
                tracing::error!(%tenant, %folio, error, "guests could not be reminded; it is tried again");
            }
        }
        Ok(())
    }
}
