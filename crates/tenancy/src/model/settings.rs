use chrono::{NaiveTime, TimeDelta};
use chrono_tz::Tz;
use motel_kernel::{Currency, Email, Phone, PropertyId, TenantId};
use serde::Deserialize;

use crate::{Address, Chef, Policies, Property, Slug, Tax, TenantKind};

/// A tenant with its one property as a settings file describes it (`fixtures/*/tenant.toml`).
///
/// The file may hold a `[demo_staff]` table next to these; whoever seeds reads it separately.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TenantSettings {
    /// The name in addresses; what an existing tenant is recognised by.
    pub slug: Slug,
    /// What the business calls itself.
    pub name: String,
    /// Its trade.
    pub kind: TenantKind,
    /// Whether it is there to play with: its clock can be moved.
    #[serde(default)]
    pub sandbox: bool,
    /// Its location.
    pub property: PropertySettings,
    /// The tax on what it sells.
    pub tax: Tax,
    /// The rules it runs by.
    #[serde(default)]
    pub policies: Policies,
    /// Who cooks, where that is the trade.
    #[serde(default)]
    pub chefs: Vec<Chef>,
}

/// The `[property]` table of a settings file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PropertySettings {
    /// The tenant's short name for it; what an existing property is recognised by.
    pub code: String,
    /// What guests call it.
    pub name: String,
    /// One line about it.
    #[serde(default)]
    pub tagline: String,
    /// Where it is: `street`, `city` … stand beside the other keys.
    #[serde(flatten)]
    pub address: Address,
    /// The number guests call.
    pub phone: Phone,
    /// The address guests write to.
    pub email: Email,
    /// An IANA name such as `America/New_York`.
    pub timezone: Tz,
    /// Three capital letters.
    pub currency: Currency,
    /// `15:00`.
    pub check_in: NaiveTime,
    /// `11:00`.
    pub check_out: NaiveTime,
}

impl TenantSettings {
    /// The property these settings ask for. Its clock is not theirs to set.
    pub(crate) fn to_property(
        &self,
        tenant_id: TenantId,
        id: PropertyId,
        clock_offset: TimeDelta,
    ) -> Property {
        let settings = self.property.clone();
        Property {
            tenant_id,
            id,
            code: settings.code,
            name: settings.name,
            tagline: settings.tagline,
            address: settings.address,
            phone: settings.phone,
            email: settings.email,
            timezone: settings.timezone,
            currency: settings.currency,
            check_in: settings.check_in,
            check_out: settings.check_out,
            tax: self.tax.clone(),
            policies: self.policies.clone(),
            chefs: self.chefs.clone(),
            clock_offset,
        }
    }
}
