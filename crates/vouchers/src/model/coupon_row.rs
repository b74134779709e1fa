use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use motel_kernel::{BasisPoints, Currency, Money, PropertyId};
use motel_rates::DateWindow;

use super::{Coupon, CouponDetails, CouponId, CouponWorth};
use crate::VoucherError;
use crate::schema::coupons;

/// A coupon as PostgreSQL keeps it.
#[derive(Queryable, Selectable)]
#[diesel(table_name = coupons, check_for_backend(diesel::pg::Pg))]
pub(crate) struct CouponRow {
    pub(crate) id: CouponId,
    property_id: PropertyId,
    #[diesel(embed)]
    said: CouponColumns,
    ended_at: Option<DateTime<Utc>>,
    pub(crate) version: i32,
}

/// The columns of a coupon that its property decides on.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = coupons, treat_none_as_null = true, check_for_backend(diesel::pg::Pg))]
pub(crate) struct CouponColumns {
    code: String,
    name: String,
    currency: String,
    amount_minor: Option<i64>,
    share_bp: Option<BasisPoints>,
    most_minor: Option<i64>,
    valid_from: Option<NaiveDate>,
    valid_until: Option<NaiveDate>,
    stay_from: Option<NaiveDate>,
    stay_until: Option<NaiveDate>,
    min_spend_minor: i64,
    room_types: Vec<String>,
    rate_plans: Vec<String>,
    first_booking_only: bool,
    max_uses: Option<i32>,
    max_uses_per_guest: Option<i32>,
    max_total_minor: Option<i64>,
}

impl From<&CouponDetails> for CouponColumns {
    fn from(details: &CouponDetails) -> Self {
        let (amount_minor, share_bp, most_minor) = match details.worth {
            CouponWorth::Amount(minor) => (Some(minor), None, None),
            CouponWorth::Share { share, most_minor } => (None, Some(share), most_minor),
        };
        Self {
            code: details.code.clone(),
            name: details.name.clone(),
            currency: details.currency.code().to_owned(),
            amount_minor,
            share_bp,
            most_minor,
            valid_from: details.valid.from,
            valid_until: details.valid.until,
            stay_from: details.stay.from,
            stay_until: details.stay.until,
            min_spend_minor: details.min_spend_minor,
            room_types: details.room_types.clone(),
            rate_plans: details.rate_plans.clone(),
            first_booking_only: details.first_booking_only,
            max_uses: details.max_uses,
            max_uses_per_guest: details.max_uses_per_guest,
            max_total_minor: details.max_total_minor,
        }
    }
}

impl CouponRow {
    /// The coupon, with on how many bookings it stands and what it takes off there.
    pub(crate) fn with_uses(self, uses: i64, taken: i64) -> Result<Coupon, VoucherError> {
        let said = self.said;
        let currency: Currency = said.currency.parse().map_err(VoucherError::fault)?;
        let worth = match (said.amount_minor, said.share_bp) {
            (Some(minor), _) => CouponWorth::Amount(minor),
            (None, Some(share)) => CouponWorth::Share {
                share,
                most_minor: said.most_minor,
            },
            (None, None) => return Err(VoucherError::fault("a coupon that takes nothing off")),
        };
        Ok(Coupon {
            id: self.id,
            property: self.property_id,
            details: CouponDetails {
                code: said.code,
                name: said.name,
                currency,
                worth,
                valid: DateWindow {
                    from: said.valid_from,
                    until: said.valid_until,
                },
                stay: DateWindow {
                    from: said.stay_from,
                    until: said.stay_until,
                },
                min_spend_minor: said.min_spend_minor,
                room_types: said.room_types,
                rate_plans: said.rate_plans,
                first_booking_only: said.first_booking_only,
                max_uses: said.max_uses,
                max_uses_per_guest: said.max_uses_per_guest,
                max_total_minor: said.max_total_minor,
            },
            ended_at: self.ended_at,
            uses,
            taken: Money::new(taken, currency),
            version: self.version,
        })
    }
}
