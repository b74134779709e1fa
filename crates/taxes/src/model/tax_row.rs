use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::result::Error as SqlError;
use motel_kernel::{BasisPoints, PropertyId, TaxId, TenantId};
use serde_json::Value;

use super::charge_columns::{charge, columns, unreadable};
use crate::schema::taxes;
use crate::{Per, Rounding, Tax, TaxDetails, Validity};

/// A tax as PostgreSQL keeps it.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = taxes, treat_none_as_null = true, check_for_backend(diesel::pg::Pg))]
pub(crate) struct TaxRow {
    tenant_id: TenantId,
    id: TaxId,
    property_id: PropertyId,
    code: String,
    name: String,
    percent_basis_points: Option<BasisPoints>,
    amount_minor: Option<i64>,
    currency: Option<String>,
    per: Option<Per>,
    included: bool,
    covers_fees: bool,
    on_top_of: Vec<String>,
    valid_from: Option<NaiveDate>,
    valid_until: Option<NaiveDate>,
    max_nights: Option<i32>,
    exempt_flags: Vec<String>,
    age_bands: Value,
    rounding: Rounding,
    version: i32,
}

impl TaxRow {
    pub(crate) fn new(tenant_id: TenantId, tax: &Tax) -> Result<Self, SqlError> {
        let details = tax.details.clone();
        let (percent_basis_points, amount_minor, currency, per) = columns(details.charge);
        Ok(Self {
            tenant_id,
            id: tax.id,
            property_id: tax.property_id,
            code: details.code,
            name: details.name,
            percent_basis_points,
            amount_minor,
            currency,
            per,
            included: details.included,
            covers_fees: details.covers_fees,
            on_top_of: details.on_top_of,
            valid_from: details.validity.from,
            valid_until: details.validity.until,
            max_nights: details
                .max_nights
                .map(|most| i32::try_from(most).unwrap_or(i32::MAX)),
            exempt_flags: details.exempt_flags,
            age_bands: serde_json::to_value(details.age_bands).map_err(unreadable)?,
            rounding: details.rounding,
            version: tax.version,
        })
    }
}

impl TryFrom<TaxRow> for Tax {
    type Error = SqlError;

    fn try_from(row: TaxRow) -> Result<Self, SqlError> {
        let columns = (
            row.percent_basis_points,
            row.amount_minor,
            row.currency,
            row.per,
        );
        Ok(Self {
            id: row.id,
            property_id: row.property_id,
            version: row.version,
            details: TaxDetails {
                code: row.code,
                name: row.name,
                charge: charge(columns)?,
                included: row.included,
                covers_fees: row.covers_fees,
                on_top_of: row.on_top_of,
                validity: Validity {
                    from: row.valid_from,
                    until: row.valid_until,
                },
                max_nights: row.max_nights.map(i32::unsigned_abs),
                exempt_flags: row.exempt_flags,
                age_bands: serde_json::from_value(row.age_bands).map_err(unreadable)?,
                rounding: row.rounding,
            },
        })
    }
}
