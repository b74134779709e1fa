//! Bounds that several inputs share.

use motel_web::FieldErrors;

/// The most of one line, in minor units: ten billion dollars. A folio of as many lines as anybody posts still has a sum.
pub(super) const MOST: i64 = 1_000_000_000_000;

pub(super) fn amount_minor(errors: &mut FieldErrors, minor: i64) -> Option<i64> {
    let fits = (1..=MOST).contains(&minor).then_some(minor);
    let bounds = || format!("must lie between 1 and {MOST}");
    errors.check("amount_minor", fits.ok_or_else(bounds))
}

pub(super) fn reason(errors: &mut FieldErrors, raw: Option<&str>) -> Option<String> {
    raw.and_then(|reason| errors.text("reason", reason, 1..=500))
}
