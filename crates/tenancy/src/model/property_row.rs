use chrono::{NaiveTime, TimeDelta};
use diesel::prelude::*;
use motel_kernel::{BasisPoints, Email, Phone, PropertyId, TenantId};
use serde_json::Value;

use crate::schema::properties;
use crate::{Address, Property, Tax, TenancyError};

/// A property as PostgreSQL keeps it.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = properties, check_for_backend(diesel::pg::Pg))]
pub(crate) struct PropertyRow {
    pub(crate) tenant_id: TenantId,
    pub(crate) id: PropertyId,
    code: String,
    name: String,
    tagline: String,
    street: String,
    city: String,
    region: String,
    postal_code: String,
    country: String,
    phone: Phone,
    email: Email,
    timezone: String,
    currency: String,
    check_in: NaiveTime,
    check_out: NaiveTime,
    tax_name: String,
    tax_basis_points: BasisPoints,
    tax_included: bool,
    policies: Value,
    chefs: Value,
    clock_offset_seconds: i64,
}

impl TryFrom<PropertyRow> for Property {
    type Error = TenancyError;

    fn try_from(row: PropertyRow) -> Result<Self, Self::Error> {
        Ok(Self {
            tenant_id: row.tenant_id,
            id: row.id,
            timezone: row.timezone.parse().map_err(TenancyError::unreadable)?,
            currency: row.currency.parse().map_err(TenancyError::unreadable)?,
            policies: serde_json::from_value(row.policies).map_err(TenancyError::unreadable)?,
            chefs: serde_json::from_value(row.chefs).map_err(TenancyError::unreadable)?,
            clock_offset: TimeDelta::seconds(row.clock_offset_seconds),
            code: row.code,
            name: row.name,
            tagline: row.tagline,
            address: Address {
                street: row.street,
                city: row.city,
                region: row.region,
                postal_code: row.postal_code,
                country: row.country,
            },
            phone: row.phone,
            email: row.email,
            check_in: row.check_in,
            check_out: row.check_out,
            tax: Tax {
                name: row.tax_name,
                rate: row.tax_basis_points,
                included: row.tax_included,
            },
        })
    }
}

impl TryFrom<&Property> for PropertyRow {
    type Error = TenancyError;

    fn try_from(property: &Property) -> Result<Self, Self::Error> {
        let property = property.clone();
        Ok(Self {
            tenant_id: property.tenant_id,
            id: property.id,
            timezone: property.timezone.name().to_owned(),
            currency: property.currency.code().to_owned(),
            policies: serde_json::to_value(&property.policies).map_err(TenancyError::unreadable)?,
            chefs: serde_json::to_value(&property.chefs).map_err(TenancyError::unreadable)?,
            code: property.code,
            name: property.name,
            tagline: property.tagline,
            street: property.address.street,
            city: property.address.city,
            region: property.address.region,
            postal_code: property.address.postal_code,
            country: property.address.country,
            phone: property.phone,
            email: property.email,
            check_in: property.check_in,
            check_out: property.check_out,
            tax_name: property.tax.name,
            tax_basis_points: property.tax.rate,
            tax_included: property.tax.included,
            clock_offset_seconds: property.clock_offset.num_seconds(),
        })
    }
}
