use std::sync::Arc;

use async_trait::async_trait;
use chrono::TimeDelta;
use motel_db::Db;
use motel_jobs::{Chore, HandlerError};
use motel_kernel::{Clock, TenantId};

use crate::{GiftCardId, VoucherError, commands, queries};

/// Takes what is left off gift cards whose time is over.
pub struct ExpireGiftCards(Arc<dyn Clock>);

impl ExpireGiftCards {
    /// By the clocks of the properties, which go by this one.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self(clock)
    }

    async fn expire(&self, db: &Db, tenant: TenantId, id: GiftCardId) -> Result<(), VoucherError> {
        let mut tx = db.tenant(tenant).await?;
        let card = queries::gift_card(&mut tx, id).await?;
        let property = motel_tenancy::queries::property(&mut tx, card.property).await;
        let property = property.map_err(VoucherError::fault)?;
        let property = property.ok_or(VoucherError::NotFound("property"))?;
        let now = property.now(self.0.as_ref());
        commands::expire_gift_card(&mut tx, id, now).await?;
        Ok(tx.commit().await?)
    }
}

#[async_trait]
impl Chore for ExpireGiftCards {
    async fn run(&self, db: &Db) -> Result<(), HandlerError> {
        let mut tx = db
            .platform("look for gift cards whose time is over")
            .await?;
        let now = self.0.now();
        let mut over = commands::gift_cards_to_expire(&mut tx, None, now).await?;
        // The few whose clock runs ahead, to try things out.
        let mut clocks = motel_tenancy::queries::property_clocks(&mut tx).await?;
        clocks.retain(|clock| clock.offset > TimeDelta::zero());
        for clock in clocks {
            let (tenant, now) = (Some(clock.tenant), now + clock.offset);
            over.extend(commands::gift_cards_to_expire(&mut tx, tenant, now).await?);
        }
        drop(tx);
        for (tenant, id) in over {
            // One business's trouble is not the others'.
            if let Err(error) = self.expire(db, tenant, id).await {
                let error = &error as &dyn std::error::Error;
                tracing::error!(%tenant, gift_card = %id, error, "a gift card did not expire; it is tried again");
            }
        }
        Ok(())
    }
}
