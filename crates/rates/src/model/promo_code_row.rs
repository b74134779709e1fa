use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::result::Error as SqlError;
use motel_kernel::{PromoCodeId, PropertyId, RatePlanId, TenantId};

use super::rate_plan_row::unreadable;
use crate::schema::promo_codes;
use crate::{DateWindow, PromoCode, PromoCodeDetails, PromoDiscount};

/// A promo code as PostgreSQL keeps it.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = promo_codes, check_for_backend(diesel::pg::Pg))]
pub(crate) struct PromoCodeRow {
    tenant_id: TenantId,
    id: PromoCodeId,
    property_id: PropertyId,
    #[diesel(embed)]
    said: PromoCodeColumns,
    uses: i32,
    version: i32,
}

/// The columns of a promo code that its property decides on.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = promo_codes, treat_none_as_null = true, check_for_backend(diesel::pg::Pg))]
pub(crate) struct PromoCodeColumns {
    code: String,
    name: String,
    active: bool,
    percent_basis_points: Option<i32>,
    per_night_minor: Option<i64>,
    booking_from: Option<NaiveDate>,
    booking_until: Option<NaiveDate>,
    stay_from: Option<NaiveDate>,
    stay_until: Option<NaiveDate>,
    rate_plans: Vec<RatePlanId>,
    max_uses: Option<i32>,
}

impl PromoCodeRow {
    pub(crate) fn new(tenant_id: TenantId, promo: &PromoCode) -> Self {
        Self {
            tenant_id,
            id: promo.id,
            property_id: promo.property_id,
            said: promo.details.clone().into(),
            uses: promo.uses,
            version: promo.version,
        }
    }
}

impl From<PromoCodeDetails> for PromoCodeColumns {
    fn from(details: PromoCodeDetails) -> Self {
        let (percent, per_night) = match details.discount {
            PromoDiscount::Percent(percent) => (Some(percent), None),
            PromoDiscount::PerNight(amount) => (None, Some(amount)),
        };
        Self {
            code: PromoCode::spelling(&details.code),
            name: details.name,
            active: details.active,
            percent_basis_points: percent,
            per_night_minor: per_night,
            booking_from: details.booking.from,
            booking_until: details.booking.until,
            stay_from: details.stay.from,
            stay_until: details.stay.until,
            rate_plans: details.rate_plans,
            max_uses: details.max_uses,
        }
    }
}

impl TryFrom<PromoCodeRow> for PromoCode {
    type Error = SqlError;

    fn try_from(row: PromoCodeRow) -> Result<Self, SqlError> {
        let said = row.said;
        let discount = match (said.percent_basis_points, said.per_night_minor) {
            (Some(percent), _) => PromoDiscount::Percent(percent),
            (None, Some(amount)) => PromoDiscount::PerNight(amount),
            (None, None) => return Err(unreadable("a promo code that takes nothing off")),
        };
        Ok(Self {
            id: row.id,
            property_id: row.property_id,
            details: PromoCodeDetails {
                code: said.code,
                name: said.name,
                active: said.active,
                discount,
                booking: DateWindow {
                    from: said.booking_from,
                    until: said.booking_until,
                },
                stay: DateWindow {
                    from: said.stay_from,
                    until: said.stay_until,
                },
                rate_plans: said.rate_plans,
                max_uses: said.max_uses,
            },
            uses: row.uses,
            version: row.version,
        })
    }
}
