use chrono::NaiveDate;
use motel_kernel::Money;
use serde::{Deserialize, Serialize};

use crate::StayPrice;

/// A part of what a guest pays, as it goes onto the folio: every cent of a total is in exactly one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceLine {
    /// The night it is posted for.
    pub date: NaiveDate,
    /// What it is.
    pub kind: LineKind,
    /// The word programs use: `room`, the code of the fee or of the tax. With date and kind it is unique in a stay
    /// unless two fees or taxes of one code fall on one night.
    pub code: String,
    /// What the guest reads.
    pub description: String,
    /// How much.
    pub amount: Money,
}

/// What a line of a price is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// A night.
    Room,
    /// A fee.
    Fee,
    /// A tax on top.
    Tax,
}

impl StayPrice {
    /// The whole price as dated lines, night by night: the room, its fees, its taxes. What belongs to no night is dated
    /// on the night of arrival. The lines add up to `total`.
    ///
    /// Tax within the prices has no line of its own. Of a price stored without lists of fees and taxes, the pet fee
    /// and the tax are one line each. A price without a night has no date to post on, and no lines.
    pub fn postings(&self) -> Vec<PriceLine> {
        let Some(arrival) = self.nights.first().map(|night| night.date) else {
            return Vec::new();
        };
        let mut lines: Vec<PriceLine> = self.room_lines().collect();
        lines.extend(self.fee_lines(arrival));
        let on_top = self.taxes.iter().filter(|tax| !tax.included);
        lines.extend(on_top.map(|tax| {
            let date = tax.date.unwrap_or(arrival);
            line(date, LineKind::Tax, &tax.code, &tax.name, tax.amount)
        }));
        let listed = lines.iter().map(|line| line.amount.minor()).sum();
        let rest = self.total.minor().saturating_sub(listed);
        lines.extend(self.rest(arrival, LineKind::Tax, ("tax", "Tax"), rest));
        lines.sort_by_key(|line| line.date);
        lines
    }

    fn room_lines(&self) -> impl Iterator<Item = PriceLine> {
        self.nights.iter().map(|night| {
            let description = format!("Room, {}", night.date.format("%a %-d %b %Y"));
            line(
                night.date,
                LineKind::Room,
                "room",
                &description,
                night.price,
            )
        })
    }

    fn fee_lines(&self, arrival: NaiveDate) -> Vec<PriceLine> {
        let listed = self.fees.iter().map(|fee| {
            let date = fee.date.unwrap_or(arrival);
            line(date, LineKind::Fee, &fee.code, &fee.name, fee.amount)
        });
        let mut lines: Vec<_> = listed.collect();
        if self.fees.is_empty() {
            let pets = self.pet_fee.minor();
            lines.extend(self.rest(arrival, LineKind::Fee, ("pets", "Pet fee"), pets));
        }
        lines
    }

    fn rest(
        &self,
        date: NaiveDate,
        kind: LineKind,
        (code, description): (&str, &str),
        minor: i64,
    ) -> Option<PriceLine> {
        let amount = Money::new(minor, self.total.currency());
        (minor != 0).then(|| line(date, kind, code, description, amount))
    }
}

fn line(
    date: NaiveDate,
    kind: LineKind,
    code: &str,
    description: &str,
    amount: Money,
) -> PriceLine {
    PriceLine {
        date,
        kind,
        code: code.to_owned(),
        description: description.to_owned(),
        amount,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use chrono::Days;
    use motel_kernel::Currency;
    use proptest::prelude::*;

    use super::*;
    use crate::{FeeLine, NightPrice, TaxLine};

    fn usd(minor: i64) -> Money {
        Money::new(minor, Currency::USD)
    }

    fn day(offset: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, 4).unwrap() + Days::new(offset)
    }

    #[test]
    fn a_price_stored_before_there_were_lists_still_reads_and_posts_to_the_cent() {
        let stored = serde_json::json!({
            "nights": [
                { "date": "2026-12-04", "rate_plan": "weekend", "price": { "amount_minor": 16_800, "currency": "USD" } },
                { "date": "2026-12-05", "rate_plan": "weekend", "price": { "amount_minor": 16_800, "currency": "USD" } },
            ],
            "pet_fee": { "amount_minor": 4_000, "currency": "USD" },
            "subtotal": { "amount_minor": 37_600, "currency": "USD" },
            "tax": { "amount_minor": 4_512, "currency": "USD" },
            "included_tax": { "amount_minor": 0, "currency": "USD" },
            "total": { "amount_minor": 42_112, "currency": "USD" },
        });
        let price: StayPrice = serde_json::from_value(stored).unwrap();
        let lines: Vec<_> = price
            .postings()
            .into_iter()
            .map(|line| (line.date, line.code, line.amount.minor()))
            .collect();
        assert_eq!(
            lines,
            [
                (day(0), "room".to_owned(), 16_800),
                (day(0), "pets".to_owned(), 4_000),
                (day(0), "tax".to_owned(), 4_512),
                (day(1), "room".to_owned(), 16_800),
            ]
        );
    }

    proptest! {
        #[test]
        fn the_lines_are_the_total_whatever_is_in_it(
            nights in proptest::collection::vec(0_i64..5_000_000, 1..40),
            fees in proptest::collection::vec((0_i64..100_000, proptest::option::of(0_u64..40)), 0..6),
            taxes in proptest::collection::vec((0_i64..100_000, proptest::option::of(0_u64..40), any::<bool>()), 0..6),
            pet_fee in 0_i64..9_000,
            undivided_tax in 0_i64..9_000,
        ) {
            let room: i64 = nights.iter().sum();
            let on_top: i64 = taxes.iter().filter(|(_, _, included)| !included).map(|(tax, ..)| tax).sum();
            let fee_total = if fees.is_empty() { pet_fee } else { fees.iter().map(|(fee, _)| fee).sum() };
            let price = StayPrice {
                nights: nights.iter().zip(0..).map(|(minor, offset)| NightPrice {
                    date: day(offset), rate_plan: "standard".to_owned(), price: usd(*minor), parts: Vec::new(),
                }).collect(),
                fees: fees.iter().map(|(minor, offset)| FeeLine {
                    code: "fee".to_owned(), name: "Fee".to_owned(), date: offset.map(day), amount: usd(*minor),
                }).collect(),
                taxes: taxes.iter().map(|(minor, offset, included)| TaxLine {
                    code: "city".to_owned(), name: "City".to_owned(), date: offset.map(day), amount: usd(*minor), included: *included,
                }).collect(),
                promo: None,
                package: None,
                pet_fee: usd(pet_fee),
                subtotal: usd(room + fee_total),
                tax: usd(on_top + undivided_tax),
                included_tax: usd(0),
                total: usd(room + fee_total + on_top + undivided_tax),
            };
            let lines = price.postings();
            prop_assert_eq!(lines.iter().map(|line| line.amount.minor()).sum::<i64>(), price.total.minor());
            let rooms = lines.iter().filter(|line| line.kind == LineKind::Room);
            prop_assert_eq!(rooms.map(|line| line.amount.minor()).sum::<i64>(), room);
            prop_assert!(lines.is_sorted_by_key(|line| line.date));
        }
    }
}
