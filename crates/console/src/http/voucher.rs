use actix_web::{HttpResponse, web};
use motel_billing::BillingError;
use motel_bookings::By;
use motel_kernel::Actor;
use motel_tenancy::http::StaffPage;
use motel_tenancy::may;
use motel_vouchers::VoucherError;
use motel_vouchers::commands::{RedeemRequest, redeem as pay_with};
use motel_web::{Problem, ValidForm};

use super::booking::{BookingPath, back_to};
use super::office::Key;
use crate::input::VoucherForm;

/// Pays what is owed with a gift card or a coupon that a guest shows at the desk.
pub(super) async fn redeem(
    staff: StaffPage<may::WriteFolios>,
    key: Key,
    path: web::Path<BookingPath>,
    ValidForm(form): ValidForm<VoucherForm>,
) -> Result<HttpResponse, Problem> {
    let code = path.code()?;
    let mut office = key.open(&staff).await?;
    let tx = &mut office.tx;
    let booking = motel_bookings::queries::find_by_code(tx, &code).await?;
    let request = RedeemRequest {
        code: form.code,
        folio: None,
        most: None,
        key: None,
    };
    let by = By::actor(Actor::Staff(staff.staff_id));
    let refused = match pay_with(tx, &booking, &request, by, office.now).await {
        Ok(_) => None,
        Err(VoucherError::Unusable(_)) => Some("voucher_not_usable"),
        Err(VoucherError::NotForThis(_)) => Some("coupon_not_for_this"),
        Err(VoucherError::Billing(BillingError::NothingDue)) => Some("nothing_due"),
        Err(VoucherError::Billing(BillingError::FolioClosed)) => Some("folio_closed"),
        Err(VoucherError::Billing(BillingError::BeingCharged)) => Some("being_charged"),
        Err(error) => return Err(error.into()),
    };
    match refused {
        // Nothing of what was tried is kept.
        Some(why) => Ok(back_to(&code, why)),
        None => {
            office.tx.commit().await.map_err(Problem::internal)?;
            Ok(back_to(&code, "voucher_used"))
        }
    }
}
