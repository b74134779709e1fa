//! The other side of a stay's lines.

use super::source::Item;
use crate::{ChargeClass, LedgerAccount};

/// The account a line of a price or a penalty is earned or collected on. A discount lessens what it discounts.
pub(crate) fn contra_of(item: &Item) -> LedgerAccount {
    match item {
        Item::Room(_) => LedgerAccount::revenue("room"),
        Item::Fee(_, code) => LedgerAccount::revenue(&format!("fee:{code}")),
        Item::Tax(_, code) => LedgerAccount::taxes(code),
        Item::CancellationFee => LedgerAccount::revenue("cancellation"),
        Item::NoShowFee => LedgerAccount::revenue("no_show"),
    }
}

/// What a line is routed by.
pub(crate) fn class_of(item: &Item) -> ChargeClass {
    match item {
        Item::Room(_) => ChargeClass::Room,
        Item::Fee(..) => ChargeClass::Fee,
        Item::Tax(..) => ChargeClass::Tax,
        Item::CancellationFee | Item::NoShowFee => ChargeClass::Penalty,
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use motel_rates::LineKind;

    use super::*;

    #[test]
    fn every_kind_of_line_has_an_account_of_its_own() {
        let night = NaiveDate::MIN;
        let item = |kind, code| Item::of_price(kind, night, code);
        let details = [
            (item(LineKind::Room, "room"), "revenue", "room"),
            (item(LineKind::Fee, "pets"), "revenue", "fee:pets"),
            (item(LineKind::Tax, "city"), "taxes", "city"),
            (Item::CancellationFee, "revenue", "cancellation"),
            (Item::NoShowFee, "revenue", "no_show"),
        ];
        for (item, kind, detail) in details {
            let account = contra_of(&item);
            assert_eq!(
                (account.kind.as_str(), account.detail.as_str()),
                (kind, detail)
            );
        }
    }
}
