use motel_tenancy::{Address, Property, Tenant};
use serde::{Deserialize, Serialize};

/// Who issues a document, as they called themselves then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issuer {
    /// What guests call the place.
    pub name: String,
    /// The business behind it, where it has another name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub business: Option<String>,
    /// One line about it; may be empty.
    #[serde(default)]
    pub tagline: String,
    /// Where it is.
    pub address: Address,
    /// The number guests call.
    pub phone: String,
    /// The address guests write to.
    pub email: String,
}

impl Issuer {
    /// The property as it is now.
    pub(crate) fn of(property: &Property, tenant: Option<&Tenant>) -> Self {
        let business = tenant.map(|tenant| tenant.name.clone());
        Self {
            name: property.name.clone(),
            business: business.filter(|business| *business != property.name),
            tagline: property.tagline.clone(),
            address: property.address.clone(),
            phone: property.phone.to_string(),
            email: property.email.to_string(),
        }
    }

    /// The address by lines, without the name.
    pub fn address_lines(&self) -> Vec<String> {
        let address = &self.address;
        let code_last = ["US", "CA", "GB", "AU", "IE"].contains(&address.country.as_str());
        let city = match code_last {
            true => [&address.city, &address.region, &address.postal_code],
            false => [&address.postal_code, &address.city, &address.region],
        };
        super::addressee::filled([
            address.street.clone(),
            super::addressee::words(city.map(String::as_str)),
            address.country.clone(),
        ])
    }
}
