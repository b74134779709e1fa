use chrono::NaiveDate;
use motel_kernel::UnitGroupId;

use crate::{PriceRequest, PricingTable, RatePlan, Reason, RestrictionKind, Restrictions};

/// Everything the restrictions of a property have against a stay under a plan; of each kind once, with the first night.
/// Nights already agreed are not looked at, nor is the arrival when its night is agreed.
pub(super) fn obstacles(
    table: &PricingTable,
    line: &[&RatePlan],
    request: &PriceRequest<'_>,
) -> Vec<Reason> {
    let bearing = Bearing {
        table,
        line,
        group: request.unit_group,
    };
    let nights = || {
        request
            .stay
            .nights()
            .filter(|night| !request.agreed_on(*night))
    };
    let mut found = Vec::new();
    let closed = nights().find(|night| bearing.at(RestrictionKind::Closed, *night) > 0);
    found.extend(closed.map(|night| Reason::Closed { night }));
    bearing.arrival(request, &mut found);
    bearing.departure(request, &mut found);
    bearing.through(request, nights, &mut found);
    found
}

/// The restrictions that bear on a group under a plan.
struct Bearing<'a> {
    table: &'a PricingTable,
    /// The plan last.
    line: &'a [&'a RatePlan],
    group: UnitGroupId,
}

impl Bearing<'_> {
    fn arrival(&self, request: &PriceRequest<'_>, found: &mut Vec<Reason>) {
        let date = request.stay.arrival();
        if request.agreed_on(date) {
            return;
        }
        if self.at(RestrictionKind::ClosedToArrival, date) > 0 {
            found.push(Reason::ClosedToArrival { date });
        }
        let asked = request.stay.night_count();
        let fewest = self.at(RestrictionKind::MinStayArrival, date);
        if asked < fewest {
            found.push(Reason::MinimumStay {
                date,
                nights: fewest,
                asked,
            });
        }
        let most = self.at(RestrictionKind::MaxStayArrival, date);
        if most > 0 && asked > most {
            found.push(Reason::MaximumStay {
                date,
                nights: most,
                asked,
            });
        }
        self.advance(request, found);
    }

    fn advance(&self, request: &PriceRequest<'_>, found: &mut Vec<Reason>) {
        let date = request.stay.arrival();
        let ahead = (date - request.booked_on).num_days();
        let asked = u32::try_from(ahead).unwrap_or(0);
        let fewest = self.at(RestrictionKind::MinAdvance, date);
        if asked < fewest {
            found.push(Reason::BookedTooLate {
                days: fewest,
                asked,
            });
        }
        let most = self.at(RestrictionKind::MaxAdvance, date);
        if most > 0 && asked > most {
            found.push(Reason::BookedTooEarly { days: most, asked });
        }
    }

    fn departure(&self, request: &PriceRequest<'_>, found: &mut Vec<Reason>) {
        let date = request.stay.departure();
        let last = date.pred_opt();
        if last.is_some_and(|last| request.agreed_on(last)) {
            return;
        }
        if self.at(RestrictionKind::ClosedToDeparture, date) > 0 {
            found.push(Reason::ClosedToDeparture { date });
        }
    }

    fn through<N: Iterator<Item = NaiveDate>>(
        &self,
        request: &PriceRequest<'_>,
        nights: impl Fn() -> N,
        found: &mut Vec<Reason>,
    ) {
        let asked = request.stay.night_count();
        let at = |kind| nights().map(move |night| (self.at(kind, night), night));
        let fewest = at(RestrictionKind::MinStayThrough)
            .filter(|(fewest, _)| asked < *fewest)
            .max_by_key(|(fewest, night)| (*fewest, std::cmp::Reverse(*night)));
        if let Some((nights, night)) = fewest {
            found.push(Reason::MinimumStayThrough {
                night,
                nights,
                asked,
            });
        }
        let most = at(RestrictionKind::MaxStayThrough)
            .filter(|(most, _)| *most > 0 && asked > *most)
            .min();
        if let Some((nights, night)) = most {
            found.push(Reason::MaximumStayThrough {
                night,
                nights,
                asked,
            });
        }
    }

    /// The strictest restriction of a kind on a date; 0 when there is none. Those of the whole property and of the group
    /// always count. Of those of the plans in the line only the last plan's that has any on that date.
    fn at(&self, kind: RestrictionKind, date: NaiveDate) -> u32 {
        let mut strictest = 0;
        let mut nearest: Option<(usize, i32)> = None;
        for restrictions in self.table.restrictions(kind) {
            let Some((depth, value)) = self.value(restrictions, date) else {
                continue;
            };
            match (depth, nearest) {
                (None, _) => strictest = kind.stricter(strictest, value),
                (Some(depth), Some((near, _))) if depth < near => {}
                (Some(depth), Some((near, other))) if depth == near => {
                    nearest = Some((near, kind.stricter(other, value)));
                }
                (Some(depth), _) => nearest = Some((depth, value)),
            }
        }
        let plan = nearest.map_or(0, |(_, value)| value);
        u32::try_from(kind.stricter(strictest, plan)).unwrap_or(0)
    }

    /// What restrictions of one scope say on a date, and how far down the line their plan is; `None` when they do not
    /// bear on the group, the plan or the date.
    fn value(&self, restrictions: &Restrictions, date: NaiveDate) -> Option<(Option<usize>, i32)> {
        let scope = restrictions.scope;
        if scope.unit_group.is_some_and(|only| only != self.group) {
            return None;
        }
        let depth = match scope.rate_plan {
            None => None,
            Some(only) => Some(self.line.iter().position(|plan| plan.id == only)?),
        };
        Some((depth, restrictions.calendar.get(date)?))
    }
}
