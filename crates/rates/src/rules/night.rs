use chrono::{Datelike, NaiveDate};
use motel_kernel::{Money, MoneyError, UnitGroupId};

use super::exact::Exact;
use crate::model::Guests;
use crate::{
    Change, NightPart, NightPrice, OccupancyPrices, PartKind, PricingTable, PromoDiscount,
    RatePlan, SeasonEffect,
};

/// A night that costs more, in minor units, can only be a mistake: it is not for sale. So a year of nights adds up.
const LARGEST_NIGHT: i64 = 1_000_000_000_000;

/// A price in minor units after a change, rounded half up.
pub(crate) fn changed(minor: i64, change: Change) -> Result<i64, MoneyError> {
    let price = Exact::of(minor);
    let dearer = price.plus(price.share(change.basis_points)?)?;
    let dearer = dearer.plus(Exact::of(change.amount_minor))?;
    dearer.to_minor()
}

/// What the nights of one stay have in common.
pub(super) struct Nights<'a> {
    pub(super) table: &'a PricingTable,
    /// The plans the price comes from, the one with base prices first, the one sold last.
    pub(super) line: Vec<&'a RatePlan>,
    pub(super) plan: &'a RatePlan,
    pub(super) group: UnitGroupId,
    pub(super) guests: Option<GuestPrices<'a>>,
    /// Basis points taken off for the length of the stay.
    pub(super) length_discount: i32,
    pub(super) promo: Option<(&'a str, PromoDiscount)>,
}

/// The surcharges for guests, and after which plan of the line they come.
pub(super) struct GuestPrices<'a> {
    pub(super) after: usize,
    pub(super) prices: &'a OccupancyPrices,
    pub(super) guests: Guests,
}

/// A price on its way through the plans.
#[derive(Default)]
struct Course<'a> {
    price: Exact,
    steps: Vec<Step<'a>>,
}

struct Step<'a> {
    kind: PartKind,
    of: Option<&'a str>,
    amount: Exact,
}

impl<'a> Nights<'a> {
    /// The price of a night; `None` when it has no base price, when nothing is left of it before any promo, or when it is
    /// beyond [`LARGEST_NIGHT`].
    pub(super) fn price(&self, night: NaiveDate) -> Result<Option<NightPrice>, MoneyError> {
        match self.reckoned(night) {
            Err(MoneyError::Overflow) => Ok(None),
            reckoned => reckoned,
        }
    }

    fn reckoned(&self, night: NaiveDate) -> Result<Option<NightPrice>, MoneyError> {
        let mut course = Course::default();
        for (depth, plan) in self.line.iter().copied().enumerate() {
            if !self.start(plan, night, &mut course)? {
                return Ok(None);
            }
            self.season(plan, depth, night, &mut course)?;
            let day = night.weekday().num_days_from_monday() as usize;
            let weekday = plan.details.weekday_changes.get(day).copied();
            course.apply(
                PartKind::Weekday,
                None,
                Change::percent(weekday.unwrap_or(0)),
            )?;
            if let Some(guests) = self.guests.as_ref().filter(|guests| guests.after == depth) {
                let change = guests.prices.change(guests.guests);
                course.apply(PartKind::Occupancy, None, change)?;
            }
        }
        let off = Change::percent(-self.length_discount);
        course.apply(PartKind::LengthOfStay, None, off)?;
        if !(1..=LARGEST_NIGHT).contains(&course.rounded(self)?.minor()) {
            return Ok(None);
        }
        if let Some((code, discount)) = self.promo {
            course.take_off(code, discount)?;
        }
        self.written(night, course).map(Some)
    }

    /// The base price, or what a derived plan makes of its parent's; false when there is no base price.
    fn start(
        &self,
        plan: &'a RatePlan,
        night: NaiveDate,
        course: &mut Course<'a>,
    ) -> Result<bool, MoneyError> {
        let code = plan.details.code.as_str();
        if let Some(derivation) = plan.details.derivation {
            course.apply(PartKind::Derivation, Some(code), derivation.change)?;
            return Ok(true);
        }
        let Some(base) = self.table.base_price(plan.id, self.group, night) else {
            return Ok(false);
        };
        course.add(PartKind::Base, None, Exact::of(base))?;
        Ok(true)
    }

    fn season(
        &self,
        plan: &'a RatePlan,
        depth: usize,
        night: NaiveDate,
        course: &mut Course<'a>,
    ) -> Result<(), MoneyError> {
        let season = self.table.season(plan.id, depth == 0, self.group, night);
        let Some(details) = season.map(|season| &season.details) else {
            return Ok(());
        };
        let code = Some(details.code.as_str());
        match details.effect {
            SeasonEffect::Change(change) => course.apply(PartKind::Season, code, change),
            SeasonEffect::Price(price) => {
                let difference = Exact::of(price).minus(course.price)?;
                course.add(PartKind::Season, code, difference)
            }
        }
    }

    /// The price rounded once, its parts each rounded by itself, and a last part for what that leaves.
    fn written(&self, night: NaiveDate, course: Course<'a>) -> Result<NightPrice, MoneyError> {
        let currency = self.table.currency();
        let price = course.rounded(self)?;
        let mut rest = price;
        let mut parts = Vec::with_capacity(course.steps.len() + 1);
        for step in &course.steps {
            let amount = step.amount.rounded(1, currency)?;
            rest = rest.minus(amount)?;
            parts.push(NightPart {
                kind: step.kind,
                of: step.of.map(str::to_owned),
                amount,
            });
        }
        if !rest.is_zero() {
            parts.push(NightPart {
                kind: PartKind::Rounding,
                of: None,
                amount: rest,
            });
        }
        Ok(NightPrice {
            date: night,
            rate_plan: self.plan.details.code.clone(),
            price,
            parts,
        })
    }
}

impl<'a> Course<'a> {
    fn add(
        &mut self,
        kind: PartKind,
        of: Option<&'a str>,
        amount: Exact,
    ) -> Result<(), MoneyError> {
        if amount != Exact::ZERO {
            self.price = self.price.plus(amount)?;
            self.steps.push(Step { kind, of, amount });
        }
        Ok(())
    }

    fn apply(
        &mut self,
        kind: PartKind,
        of: Option<&'a str>,
        change: Change,
    ) -> Result<(), MoneyError> {
        let share = self.price.share(change.basis_points)?;
        self.add(kind, of, share.plus(Exact::of(change.amount_minor))?)
    }

    fn take_off(&mut self, code: &'a str, discount: PromoDiscount) -> Result<(), MoneyError> {
        let off = match discount {
            PromoDiscount::Percent(share) => self.price.share(share)?,
            PromoDiscount::PerNight(amount) => Exact::of(amount),
        };
        let off = Exact::ZERO.minus(off.min(self.price))?;
        self.add(PartKind::Promo, Some(code), off)
    }

    fn rounded(&self, nights: &Nights<'_>) -> Result<Money, MoneyError> {
        let step = nights.plan.details.rounding_minor;
        self.price.rounded(step, nights.table.currency())
    }
}
