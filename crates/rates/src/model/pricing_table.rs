use chrono::NaiveDate;
use motel_kernel::{Currency, RatePlanId, UnitGroupId};
use motel_taxes::Levies;

use crate::rules::{BrokenDerivation, Descent, lineages};
use crate::{
    Package, PromoCode, RatePlan, RestrictionKind, Restrictions, Season, WeekCalendar, WeekSpan,
};

/// Everything the price of a stay at a property is made of, read once and asked as often as one likes: plain owned data.
///
/// A year of prices, seasons and restrictions of a dozen groups and plans takes a few kilobytes; pricing a stay from it
/// takes microseconds and no database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricingTable {
    levies: Levies,
    plans: Vec<RatePlan>,
    /// Beside each plan, the places of those its price comes from.
    lines: Vec<Vec<usize>>,
    /// By plan and group.
    prices: Vec<BasePrices>,
    /// The one that counts most first.
    seasons: Vec<Season>,
    /// By kind.
    restrictions: Vec<Restrictions>,
    promos: Vec<PromoCode>,
    packages: Vec<Package>,
}

/// The base prices of a plan for a unit group, in minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BasePrices {
    /// The plan.
    pub rate_plan: RatePlanId,
    /// The group.
    pub unit_group: UnitGroupId,
    /// Per unit and night, before tax that comes on top.
    pub calendar: WeekCalendar<i64>,
}

/// What a [`PricingTable`] is made of, in any order.
#[derive(Debug, Clone, Default)]
pub struct PricingParts {
    /// The plans, those off sale among them if others are derived from them.
    pub plans: Vec<RatePlan>,
    /// The base prices.
    pub prices: Vec<BasePrices>,
    /// The seasons.
    pub seasons: Vec<Season>,
    /// The restrictions.
    pub restrictions: Vec<Restrictions>,
    /// The promo codes.
    pub promos: Vec<PromoCode>,
    /// The packages; those that are over do no harm.
    pub packages: Vec<Package>,
}

impl PricingTable {
    /// A table for a property that charges `levies`; its prices are in their currency.
    ///
    /// # Errors
    /// [`BrokenDerivation`]: the plans are not derived from one another in chains that end.
    pub fn new(levies: Levies, mut parts: PricingParts) -> Result<Self, BrokenDerivation> {
        parts.plans.sort_by(|one, other| {
            let (one, other) = (&one.details, &other.details);
            (one.sort, &one.code).cmp(&(other.sort, &other.code))
        });
        let descents: Vec<_> = parts.plans.iter().map(Descent::from).collect();
        let lines = lineages(&descents)?;
        parts
            .prices
            .sort_by_key(|prices| (prices.rate_plan, prices.unit_group));
        parts.seasons.sort_by(|one, other| {
            let (one, other) = (&one.details, &other.details);
            (other.priority, &one.code).cmp(&(one.priority, &other.code))
        });
        parts
            .restrictions
            .sort_by_key(|restrictions| (restrictions.kind, restrictions.scope));
        Ok(Self {
            levies,
            plans: parts.plans,
            lines,
            prices: parts.prices,
            seasons: parts.seasons,
            restrictions: parts.restrictions,
            promos: parts.promos,
            packages: parts.packages,
        })
    }

    /// The currency of every price.
    pub fn currency(&self) -> Currency {
        self.levies.currency()
    }

    /// The taxes and fees.
    pub fn levies(&self) -> &Levies {
        &self.levies
    }

    /// The plans on sale, in the order they are shown.
    pub fn plans(&self) -> impl Iterator<Item = &RatePlan> {
        self.plans.iter().filter(|plan| plan.details.active)
    }

    /// The packages, the oldest first.
    pub fn packages(&self) -> &[Package] {
        &self.packages
    }

    /// The package with that code.
    pub fn package(&self, code: &str) -> Option<&Package> {
        let mut packages = self.packages.iter();
        packages.find(|package| package.details.code == code)
    }

    /// The plan on sale with that code.
    pub fn plan_by_code(&self, code: &str) -> Option<&RatePlan> {
        self.plans().find(|plan| plan.details.code == code)
    }

    /// The promo code, however it is spelt.
    pub fn promo(&self, code: &str) -> Option<&PromoCode> {
        let code = PromoCode::spelling(code);
        self.promos.iter().find(|promo| promo.details.code == code)
    }

    /// The base price of a group and night under a plan with prices of its own.
    pub fn base_price(
        &self,
        plan: RatePlanId,
        group: UnitGroupId,
        night: NaiveDate,
    ) -> Option<i64> {
        let key = |prices: &BasePrices| (prices.rate_plan, prices.unit_group);
        let at = self.prices.binary_search_by_key(&(plan, group), key).ok()?;
        self.prices.get(at)?.calendar.get(night)
    }

    /// The plans a plan's price comes from, the one with base prices first, itself last; `None` for a plan unknown here.
    pub(crate) fn line(
        &self,
        plan: RatePlanId,
    ) -> Option<impl DoubleEndedIterator<Item = &RatePlan> + Clone> {
        let at = self.plans.iter().position(|known| known.id == plan)?;
        let line = self.lines.get(at)?;
        Some(line.iter().filter_map(|at| self.plans.get(*at)))
    }

    /// The season that counts on a night, of those for one plan only, or also of those for all.
    pub(crate) fn season(
        &self,
        plan: RatePlanId,
        or_all: bool,
        group: UnitGroupId,
        night: NaiveDate,
    ) -> Option<&Season> {
        self.seasons.iter().find(|season| {
            season.details.rate_plan.map_or(or_all, |only| only == plan)
                && season.details.bears_on(group, night)
        })
    }

    /// About how many bytes of memory it takes.
    pub(crate) fn bytes(&self) -> usize {
        let spans = self
            .prices
            .iter()
            .map(|prices| prices.calendar.spans().len());
        let restricted = self
            .restrictions
            .iter()
            .map(|kind| kind.calendar.spans().len());
        size_of::<Self>()
            + self.plans.len() * (size_of::<RatePlan>() + 400)
            + self.prices.len() * size_of::<BasePrices>()
            + spans.sum::<usize>() * size_of::<WeekSpan<i64>>()
            + self.restrictions.len() * size_of::<Restrictions>()
            + restricted.sum::<usize>() * size_of::<WeekSpan<i32>>()
            + self.seasons.len() * (size_of::<Season>() + 60)
            + self.promos.len() * (size_of::<PromoCode>() + 60)
    }

    /// The restrictions of a kind.
    pub(crate) fn restrictions(&self, kind: RestrictionKind) -> &[Restrictions] {
        let from = self.restrictions.partition_point(|other| other.kind < kind);
        let until = self
            .restrictions
            .partition_point(|other| other.kind <= kind);
        self.restrictions.get(from..until).unwrap_or_default()
    }
}

impl<'a> From<&'a RatePlan> for Descent<'a> {
    fn from(plan: &'a RatePlan) -> Self {
        Self {
            id: plan.id,
            code: &plan.details.code,
            parent: plan.details.derivation.map(|derivation| derivation.parent),
        }
    }
}
