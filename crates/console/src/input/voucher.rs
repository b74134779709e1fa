use motel_vouchers::VoucherCode;
use motel_web::{FieldErrors, Input};
use serde::Deserialize;

/// A gift card or a coupon that a guest shows at the desk, as it comes in.
#[derive(Deserialize)]
pub(crate) struct RawVoucher {
    voucher: String,
}

/// The same, parsed.
pub(crate) struct VoucherForm {
    pub(crate) code: VoucherCode,
}

impl Input for VoucherForm {
    type Raw = RawVoucher;

    fn parse(raw: RawVoucher) -> Result<Self, FieldErrors> {
        let code = VoucherCode::parse(&raw.voucher);
        code.map(|code| Self { code })
            .map_err(|error| FieldErrors::of("voucher", error))
    }
}
