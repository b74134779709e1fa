use chrono::NaiveDate;
use motel_kernel::{Party, StayDates};
use motel_web::FieldErrors;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::StayRequest;

/// The most rooms a guest books at once.
const MOST_ROOMS: usize = 20;
/// The oldest child.
const OLDEST_CHILD: u8 = 17;

/// One room's stay as a guest asks for it.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = GuestRoom)]
pub(crate) struct RawRoom {
    /// Day of arrival.
    #[schema(required, nullable = false)]
    pub(super) check_in: Option<NaiveDate>,
    /// Day of departure.
    #[schema(required, nullable = false)]
    pub(super) check_out: Option<NaiveDate>,
    /// A room type's code, `standard_queen`.
    #[schema(required, nullable = false, min_length = 1, max_length = 64)]
    pub(super) room_type: Option<String>,
    /// Grown-ups, at least one.
    #[schema(required, nullable = false, minimum = 1, maximum = 20)]
    pub(super) adults: Option<i64>,
    /// Children.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 20)]
    pub(super) children: i64,
    /// How old the children are, as far as they say; no more ages than children.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub(super) child_ages: Vec<u8>,
    /// Animals.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 20)]
    pub(super) pets: i64,
    /// The rate plan's code; the cheapest one otherwise.
    #[schema(min_length = 1, max_length = 64)]
    pub(super) rate_plan: Option<String>,
    /// A package's code, as a search names it.
    #[schema(min_length = 1, max_length = 64)]
    pub(super) package: Option<String>,
    /// A promo code.
    #[schema(min_length = 1, max_length = 64)]
    pub(super) promo: Option<String>,
}

impl RawRoom {
    /// The typed stay; what is wrong with it is noted under `at`.
    pub(super) fn parse(self, at: &str, errors: &mut FieldErrors) -> Option<StayRequest> {
        let field = |name: &str| format!("{at}{name}");
        let dates = self.check_in.zip(self.check_out);
        let dates = dates.and_then(|(from, until)| {
            errors.check(&field("check_out"), StayDates::new(from, until))
        });
        let party = self.adults.and_then(|adults| {
            let party = Party::new(adults, self.children, self.pets);
            errors.check(&field("adults"), party)
        });
        let unit_group = self
            .room_type
            .and_then(|code| errors.text(&field("room_type"), &code, 1..=64));
        let mut code = |name: &str, given: Option<&str>| match given {
            Some(code) => errors.text(&field(name), code, 1..=64).map(Some),
            None => Some(None),
        };
        let rate_plan = code("rate_plan", self.rate_plan.as_deref());
        let package = code("package", self.package.as_deref());
        let promo = code("promo", self.promo.as_deref());
        let party = party?;
        let too_many = self.child_ages.len() > usize::from(party.children());
        if too_many || self.child_ages.iter().any(|age| *age > OLDEST_CHILD) {
            let most = format!("are at most as many as children, and at most {OLDEST_CHILD}");
            errors.push(field("child_ages"), most);
            return None;
        }
        Some(StayRequest {
            rate_plan: rate_plan?,
            package: package?,
            promo: promo?,
            child_ages: self.child_ages,
            ..StayRequest::new(dates?, party, unit_group?)
        })
    }
}

/// A field that has to be there.
pub(super) fn given<T>(field: &str, value: Option<T>, errors: &mut FieldErrors) -> Option<T> {
    if value.is_none() {
        errors.push(field, "is missing");
    }
    value
}

/// Every room parsed; `None` when something is wrong with one.
pub(super) fn parse_rooms(
    rooms: Vec<RawRoom>,
    errors: &mut FieldErrors,
) -> Option<Vec<StayRequest>> {
    if !(1..=MOST_ROOMS).contains(&rooms.len()) {
        errors.push("rooms", format!("must be 1 to {MOST_ROOMS}"));
        return None;
    }
    let mut parsed = Vec::with_capacity(rooms.len());
    for (index, room) in rooms.into_iter().enumerate() {
        let at = format!("rooms[{index}].");
        let field = |name: &str| format!("{at}{name}");
        given(&field("check_in"), room.check_in, errors);
        given(&field("check_out"), room.check_out, errors);
        given(&field("room_type"), room.room_type.as_ref(), errors);
        given(&field("adults"), room.adults, errors);
        parsed.push(room.parse(&at, errors));
    }
    parsed.into_iter().collect()
}
