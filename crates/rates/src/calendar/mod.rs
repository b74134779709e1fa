//! What a property has to sell, kept in memory for as long as it is true.

mod horizon;
mod terms_of_sale;

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use motel_db::{Changes, Db, DbError, Memory, Topic};
use motel_kernel::{StayDates, TenantId};
use motel_tenancy::{Property, TenancyError};

use crate::queries::market;
use crate::{Market, RatesError};
use horizon::Horizon;
use terms_of_sale::TermsOfSale;

/// Answers searches from memory. It decides no sale: what it says is what the database said a moment ago, and
/// [`motel_inventory::commands::take_nights`] asks the database. Cheap to clone; all clones share one memory.
///
/// Of each property it keeps all open nights and everything prices are made of, until a change of either is heard. A property
/// that is not in memory is read and kept; those asked for least make room.
#[derive(Clone)]
pub struct Calendar {
    horizons: Memory<Horizon>,
    terms: Memory<TermsOfSale>,
    keeps: bool,
}

/// A market, and as of when it is true.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// What there is to sell.
    pub market: Market,
    /// Nothing that was committed before this moment is missing in it.
    pub as_of: DateTime<Utc>,
}

/// Why a property's market could not be read.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbError),
    /// The property could not be read.
    #[error("the property could not be read")]
    Tenancy(#[from] TenancyError),
    /// Its prices could not be read.
    #[error(transparent)]
    Rates(#[from] RatesError),
}

impl Calendar {
    /// A calendar of at most `most_bytes`; 0 keeps nothing and reads the database for every search.
    pub fn new(changes: &Changes, most_bytes: u64) -> Self {
        Self {
            // Two years of two groups are four kilobytes, what they sell at is about twice that.
            horizons: Memory::new(changes.clone(), Topic::Nights, most_bytes / 3),
            terms: Memory::new(changes.clone(), Topic::Offers, most_bytes / 3 * 2),
            keeps: most_bytes > 0,
        }
    }

    /// A calendar that keeps nothing.
    pub fn off() -> Self {
        Self::new(&Changes::deaf(), 0)
    }

    /// What a property has to sell on the nights of `window`, none of which lies before `today`, the date at the property: what
    /// [`crate::queries::market`] answers.
    ///
    /// # Errors
    /// The database failed, or there is no such property.
    pub async fn market(
        &self,
        db: &Db,
        tenant: TenantId,
        property: &Property,
        window: StayDates,
        today: NaiveDate,
    ) -> Result<Known, CalendarError> {
        if !self.keeps {
            return read_window(db, tenant, property, window).await;
        }
        let (horizon, terms, as_of) = match (self.horizons.get(tenant), self.terms.get(tenant)) {
            (Some(horizon), Some(terms))
                if terms.value.property.id == property.id
                    && horizon.value.reaches_back_to(today) =>
            {
                (horizon.value, terms.value, horizon.as_of.min(terms.as_of))
            }
            _ => self.read(db, tenant, property, today).await?,
        };
        let groups = horizon.nights_of(window);
        let market = Market::new(
            Arc::clone(&terms.property),
            groups,
            Arc::clone(&terms.table),
            Arc::clone(&terms.policies),
        );
        Ok(Known { market, as_of })
    }

    async fn read(
        &self,
        db: &Db,
        tenant: TenantId,
        property: &Property,
        today: NaiveDate,
    ) -> Result<(Arc<Horizon>, Arc<TermsOfSale>, DateTime<Utc>), CalendarError> {
        let nights = self.horizons.about_to_read(tenant);
        let offers = self.terms.about_to_read(tenant);
        let remembered = self.terms.get(tenant).map(|terms| terms.value);
        let mut tx = db.tenant(tenant).await?;
        let horizon = Arc::new(Horizon::read(&mut tx, property.id, today).await?);
        let terms = match remembered.filter(|terms| terms.property.id == property.id) {
            Some(terms) => terms,
            None => Arc::new(TermsOfSale::read(&mut tx, property.id, horizon.span()).await?),
        };
        tx.commit().await?;
        self.horizons
            .keep(nights, Arc::clone(&horizon), horizon.bytes());
        self.terms.keep(offers, Arc::clone(&terms), terms.bytes());
        Ok((horizon, terms, nights.begun()))
    }
}

async fn read_window(
    db: &Db,
    tenant: TenantId,
    property: &Property,
    window: StayDates,
) -> Result<Known, CalendarError> {
    let as_of = Utc::now();
    let tx = db.tenant(tenant).await?;
    let market = market(&tx, property, window).await?;
    tx.commit().await?;
    Ok(Known { market, as_of })
}
