use motel_kernel::MoneyError;
use motel_vouchers::VoucherUse;
use uuid::Uuid;

use super::Account;
use crate::view::{Field, Line, RefusedVoucher, VoucherForm, VouchersView};

/// What was paid with gift cards and coupons, and the form for another one while something is owed.
pub(crate) fn vouchers(
    uses: &[VoucherUse],
    account: Account,
    refused: Option<RefusedVoucher>,
) -> Result<VouchersView, MoneyError> {
    let mut lines = Vec::new();
    for used in uses {
        let standing = used.standing()?;
        if !standing.is_zero() {
            lines.push(Line {
                label: used.title.clone(),
                amount: standing.negated()?.to_string(),
            });
        }
    }
    let is_owed = account.balance.minor() > 0;
    let form = (is_owed || refused.is_some()).then(|| VoucherForm {
        code: code(refused),
        once: Uuid::now_v7().to_string(),
    });
    Ok(VouchersView { lines, form })
}

fn code(refused: Option<RefusedVoucher>) -> Field {
    let empty = Field::required("voucher", "Gift card or coupon");
    match refused {
        None => empty,
        Some(refused) => Field {
            value: refused.typed,
            error: Some(refused.reason),
            ..empty
        },
    }
}
