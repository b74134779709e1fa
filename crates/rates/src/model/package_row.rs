use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::result::Error as SqlError;
use motel_kernel::{PackageId, PropertyId, RatePlanId, TenantId};
use motel_taxes::Per;

use super::rate_plan_row::unreadable;
use crate::schema::packages;
use crate::{DateWindow, Package, PackageDetails, PackageEffect};

/// A package as PostgreSQL keeps it.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = packages, treat_none_as_null = true, check_for_backend(diesel::pg::Pg))]
pub(crate) struct PackageRow {
    tenant_id: TenantId,
    id: PackageId,
    property_id: PropertyId,
    code: String,
    name: String,
    description: String,
    active: bool,
    contents: Vec<String>,
    extra_minor: Option<i64>,
    per: Option<Per>,
    discount_basis_points: Option<i32>,
    booking_from: Option<NaiveDate>,
    booking_until: Option<NaiveDate>,
    stay_from: Option<NaiveDate>,
    stay_until: Option<NaiveDate>,
    rate_plans: Vec<RatePlanId>,
    version: i32,
}

impl PackageRow {
    pub(crate) fn new(tenant_id: TenantId, package: &Package) -> Result<Self, SqlError> {
        let details = package.details.clone();
        let (extra_minor, per, discount) = match details.effect {
            PackageEffect::Extra { amount_minor, per } => (Some(amount_minor), Some(per), None),
            PackageEffect::Discount { basis_points } => {
                let points = i32::try_from(basis_points).map_err(unreadable)?;
                (None, None, Some(points))
            }
        };
        Ok(Self {
            tenant_id,
            id: package.id,
            property_id: package.property_id,
            code: details.code,
            name: details.name,
            description: details.description,
            active: details.active,
            contents: details.contents,
            extra_minor,
            per,
            discount_basis_points: discount,
            booking_from: details.booking.from,
            booking_until: details.booking.until,
            stay_from: details.stay.from,
            stay_until: details.stay.until,
            rate_plans: details.rate_plans,
            version: package.version,
        })
    }
}

impl TryFrom<PackageRow> for Package {
    type Error = SqlError;

    fn try_from(row: PackageRow) -> Result<Self, SqlError> {
        let effect = match (row.extra_minor, row.per, row.discount_basis_points) {
            (Some(amount_minor), Some(per), _) => PackageEffect::Extra { amount_minor, per },
            (_, _, Some(points)) => PackageEffect::Discount {
                basis_points: points.unsigned_abs(),
            },
            _ => return Err(unreadable("a package that does nothing to the price")),
        };
        Ok(Self {
            id: row.id,
            property_id: row.property_id,
            details: PackageDetails {
                code: row.code,
                name: row.name,
                description: row.description,
                active: row.active,
                contents: row.contents,
                effect,
                booking: DateWindow {
                    from: row.booking_from,
                    until: row.booking_until,
                },
                stay: DateWindow {
                    from: row.stay_from,
                    until: row.stay_until,
                },
                rate_plans: row.rate_plans,
            },
            version: row.version,
        })
    }
}
