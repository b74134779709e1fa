use std::sync::Arc;

use chrono::NaiveDate;
use motel_db::TenantTx;
use motel_kernel::PropertyId;
use motel_tenancy::Property;

use super::CalendarError;
use crate::market::CancellationPolicies;
use crate::queries::{policies_in_force, pricing_table};
use crate::{PricingTable, RatesError};

/// What a property sells at: its settings, prices, levies and policies, all read together.
#[derive(Debug)]
pub(super) struct TermsOfSale {
    pub(super) property: Arc<Property>,
    pub(super) table: Arc<PricingTable>,
    pub(super) policies: Arc<CancellationPolicies>,
}

impl TermsOfSale {
    /// Reads them for the nights of a span.
    pub(super) async fn read(
        tx: &mut TenantTx,
        id: PropertyId,
        (from, until): (NaiveDate, NaiveDate),
    ) -> Result<Self, CalendarError> {
        // From the database and not from whoever asks, who may have it from before the change that made us read.
        let property = motel_tenancy::queries::property(tx, id)
            .await?
            .ok_or(RatesError::Unknown { what: "property" })?;
        let table = pricing_table(tx, &property, from, until).await?;
        let policies = policies_in_force(tx, &property).await?;
        Ok(Self {
            property: Arc::new(property),
            table: Arc::new(table),
            policies: Arc::new(policies),
        })
    }

    /// About how much memory it takes.
    pub(super) fn bytes(&self) -> u64 {
        // Texts and short lists hang off both; what the demo motel has of them.
        let texts = 3_000;
        let bytes = size_of::<Property>() + texts + self.table.bytes();
        u64::try_from(bytes).unwrap_or(u64::MAX)
    }
}
