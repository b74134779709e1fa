use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use motel_kernel::{
    BasisPoints, Clock, Currency, Email, Phone, PropertyId, TenantId, local_instant,
};
use serde::{Deserialize, Serialize};

use crate::Policies;

/// A location of a tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// Whose it is.
    pub tenant_id: TenantId,
    /// Which property.
    pub id: PropertyId,
    /// The tenant's short name for it, such as `RM001`.
    pub code: String,
    /// What guests call it.
    pub name: String,
    /// One line about it; may be empty.
    pub tagline: String,
    /// Where it is.
    pub address: Address,
    /// The number guests call.
    pub phone: Phone,
    /// The address guests write to.
    pub email: Email,
    /// Whose calendar decides what "today" is.
    pub timezone: Tz,
    /// What every price of it is in.
    pub currency: Currency,
    /// From when on a guest may have the room, on the wall clock of the property.
    pub check_in: NaiveTime,
    /// Until when a guest has to leave.
    pub check_out: NaiveTime,
    /// The tax on what it sells.
    pub tax: Tax,
    /// The rules it runs by.
    pub policies: Policies,
    /// Who cooks, where that is the trade.
    pub chefs: Vec<Chef>,
    /// How far its clock is ahead of the machine's, in whole seconds: nothing, except where a sandbox tenant moved it.
    pub clock_offset: TimeDelta,
}

/// A postal address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Street and number; empty until the business has said where it is.
    pub street: String,
    /// City; empty until then.
    pub city: String,
    /// State or province; may be empty.
    #[serde(default)]
    pub region: String,
    /// ZIP or postal code; may be empty.
    #[serde(default)]
    pub postal_code: String,
    /// Two capital letters (ISO 3166-1).
    pub country: String,
}

/// A tax on every sale of a property.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tax {
    /// As it stands on the bill.
    pub name: String,
    /// How much of the price.
    #[serde(rename = "basis_points")]
    pub rate: BasisPoints,
    /// True when prices hold the tax already, false when it comes on top.
    pub included: bool,
}

/// A cook of a private-dining tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chef {
    /// Full name.
    pub name: String,
    /// What they are known for.
    pub cuisine: String,
}

impl Property {
    /// The present moment at the property: what every rule of business goes by.
    pub fn now(&self, clock: &dyn Clock) -> DateTime<Utc> {
        clock.now() + self.clock_offset
    }

    /// The calendar day at the property.
    pub fn today(&self, clock: &dyn Clock) -> NaiveDate {
        self.now(clock).with_timezone(&self.timezone).date_naive()
    }

    /// The moment at which guests arriving on `day` may have the room.
    pub fn check_in_at(&self, day: NaiveDate) -> DateTime<Utc> {
        local_instant(day, self.check_in, self.timezone)
    }
}

impl Address {
    /// Whether the business has said where it is.
    pub fn is_told(&self) -> bool {
        !self.street.is_empty() && !self.city.is_empty()
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let town = [&self.city, &self.region, &self.postal_code].map(String::as_str);
        let town = filled(&town).join(" ");
        let whole = filled(&[&self.street, &town, &self.country]).join(", ");
        f.write_str(&whole)
    }
}

fn filled<'a>(parts: &[&'a str]) -> Vec<&'a str> {
    let parts = parts.iter().copied();
    parts.filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_told_leaves_no_gap_in_an_address() {
        let mut address = Address {
            street: "1 Test Road".to_owned(),
            city: "Alder Falls".to_owned(),
            region: "NY".to_owned(),
            postal_code: "12000".to_owned(),
            country: "US".to_owned(),
        };
        assert_eq!(address.to_string(), "1 Test Road, Alder Falls NY 12000, US");
        address.region.clear();
        assert_eq!(address.to_string(), "1 Test Road, Alder Falls 12000, US");
        address.street.clear();
        assert!(!address.is_told());
        address.city.clear();
        address.postal_code.clear();
        assert_eq!(address.to_string(), "US");
    }
}
