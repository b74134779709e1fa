use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use crate::{PolicyAnswer, PolicyTopic};

motel_db::text_enum! {
    /// What cancelling too late, or not coming, costs.
    pub enum LateFee {
        /// Nothing.
        None = "none",
        /// The price of the first night, with its tax.
        FirstNight = "first_night",
        /// Half of the whole price.
        HalfOfTotal = "half_of_total",
    }
}

/// Declares the sections: each has a `summary` (sentences a guest may read as they stand) and the facts behind it.
macro_rules! policies {
    ($($(#[$doc:meta])* $section:ident: $topic:ident => $policy:ident { $($(#[$fact_doc:meta])* $fact:ident: $kind:ty),* $(,)? })+) => {
        /// The rules a property runs by. A section that is absent is a topic the property has no rule on.
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct Policies {
            $($(#[$doc])* #[serde(skip_serializing_if = "Option::is_none")] pub $section: Option<$policy>,)+
        }

        $($(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $policy {
            /// Sentences a guest may read as they stand.
            pub summary: String,
            $($(#[$fact_doc])* pub $fact: $kind,)*
        })+

        impl Policies {
            /// What the property says on a topic, if it has a rule on it.
            pub fn answer(&self, topic: PolicyTopic) -> Option<PolicyAnswer> {
                let summary = match topic {
                    $(PolicyTopic::$topic => self.$section.as_ref().map(|policy| &policy.summary),)+
                };
                summary.map(|text| PolicyAnswer { topic, text: text.clone() })
            }
        }
    };
}

policies! {
    /// Cancelling, and not coming.
    cancellation: Cancellation => CancellationPolicy {
        /// Free of charge until so many hours before check-in.
        free_until_hours: u32,
        /// What it costs after that.
        late_fee: LateFee,
        /// What not coming costs.
        #[serde(default)] no_show_fee: Option<LateFee>,
    }
    /// Animals.
    pets: Pets => PetsPolicy {
        /// Whether animals may come at all.
        allowed: bool,
        /// Fee per room and night, in minor units, however many pets.
        #[serde(default)] fee_minor_per_night: i64,
        /// The most in one room.
        #[serde(default)] max_per_room: Option<u8>,
        /// Codes of the unit groups they may sleep in; empty means all.
        #[serde(default)] unit_groups: Vec<String>,
        /// Whether service animals stay free in any room.
        #[serde(default)] service_animals_free: bool,
    }
    /// Cars.
    parking: Parking => ParkingPolicy {
        /// Whether it costs nothing.
        free: bool,
        /// Fee per night, in minor units.
        #[serde(default)] fee_minor_per_night: i64,
        /// How many spaces there are.
        #[serde(default)] spaces: Option<u32>,
        /// How many cars can charge.
        #[serde(default)] ev_chargers: u32,
    }
    /// Internet.
    wifi: Wifi => WifiPolicy {
        /// Whether it costs nothing.
        free: bool,
        /// The network's name.
        #[serde(default)] network: Option<String>,
        /// About how fast, in Mbit/s.
        #[serde(default)] megabits: Option<u32>,
    }
    /// Smoking and vaping.
    smoking: Smoking => SmokingPolicy {
        /// Whether it is allowed in rooms.
        allowed_indoors: bool,
        /// What cleaning costs where it was not, in minor units.
        #[serde(default)] cleaning_fee_minor: i64,
    }
    /// The morning meal.
    breakfast: Breakfast => BreakfastPolicy {
        /// Whether the room's price holds it.
        included: bool,
        /// From when.
        #[serde(default)] from: Option<NaiveTime>,
        /// Until when.
        #[serde(default)] until: Option<NaiveTime>,
    }
    /// Children.
    children: Children => ChildrenPolicy {
        /// Whether they may come.
        welcome: bool,
        /// Nobody below this age costs extra.
        #[serde(default)] free_under_age: Option<u8>,
        /// How many cribs there are.
        #[serde(default)] cribs: u8,
    }
    /// Noise.
    quiet_hours: QuietHours => QuietHoursPolicy {
        /// From when it has to be quiet.
        from: NaiveTime,
        /// Until when, the next morning.
        until: NaiveTime,
    }
    /// Coming late.
    late_arrival: LateArrival => LateArrivalPolicy {
        /// Until when, the next morning, a room is held.
        #[serde(default)] held_until: Option<NaiveTime>,
        /// When the desk opens.
        #[serde(default)] desk_from: Option<NaiveTime>,
        /// When it closes.
        #[serde(default)] desk_until: Option<NaiveTime>,
    }
    /// Checking in; the time itself belongs to the property.
    check_in: CheckIn => CheckInPolicy {
        /// How old one guest has to be.
        #[serde(default)] minimum_age: Option<u8>,
        /// Whether a photo ID is wanted.
        #[serde(default)] photo_id: bool,
        /// The earliest a room that is ready is given.
        #[serde(default)] early_from: Option<NaiveTime>,
    }
    /// Leaving; the time itself belongs to the property.
    check_out: CheckOut => CheckOutPolicy {
        /// The latest a guest may stay for a fee.
        #[serde(default)] late_until: Option<NaiveTime>,
        /// That fee, in minor units.
        #[serde(default)] late_fee_minor: i64,
    }
    /// Paying.
    payment: Payment => PaymentPolicy {
        /// Card brands taken.
        #[serde(default)] cards: Vec<String>,
        /// Whether cash is taken.
        #[serde(default)] cash: bool,
        /// What is due at once, in minor units.
        #[serde(default)] deposit_minor: i64,
        /// What share of the price is due at once.
        #[serde(default)] deposit_percent: u8,
    }
    /// Wheelchairs and steps.
    accessibility: Accessibility => AccessibilityPolicy {
        /// Numbers of the units without a step.
        #[serde(default)] step_free_units: Vec<String>,
        /// Whether there is an elevator.
        #[serde(default)] elevator: bool,
    }
    /// How short or long a stay may be.
    stay_length: StayLength => StayLengthPolicy {
        /// The fewest nights.
        minimum_nights: u32,
        /// The most nights.
        maximum_nights: u32,
    }
    /// How many people a dinner is cooked for.
    guests: Guests => GuestsPolicy {
        /// The fewest.
        minimum: u32,
        /// The most.
        maximum: u32,
    }
    /// How far the cooks come.
    travel: Travel => TravelPolicy {
        /// Free within so many miles.
        free_miles: u32,
        /// Beyond them, per mile one way, in minor units.
        fee_minor_per_mile: i64,
        /// No further than this.
        maximum_miles: u32,
    }
}
