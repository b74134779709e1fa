use motel_db::TenantTx;
use motel_kernel::Money;
use motel_tenancy::commands::change_policies;
use motel_tenancy::{
    BreakfastPolicy, CancellationPolicy, ChildrenPolicy, LateFee, ParkingPolicy, PetsPolicy,
    Policies, Property, SmokingPolicy, WifiPolicy,
};

use crate::OnboardingError;

/// Until when a booking can be called off for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cancellation {
    /// At any time, and not coming costs nothing either.
    Free,
    /// Until so many hours before; after that, and for not coming, the first night is due.
    UntilHours(u32),
}

/// Where cars stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parking {
    /// On the premises, for nothing.
    Free,
    /// On the premises, for so much a night.
    Paid(Money),
    /// There is none.
    None,
}

/// The morning meal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breakfast {
    /// The price holds it.
    Included,
    /// There is none.
    None,
}

/// Animals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pets {
    /// They may come, for nothing.
    Free,
    /// They may come, for so much a room and night.
    Paid(Money),
    /// They may not.
    None,
}

/// Internet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wifi {
    /// For nothing.
    Free,
    /// There is none.
    None,
}

/// Smoking in rooms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Smoking {
    /// It is allowed.
    Allowed,
    /// It is not.
    Outside,
}

/// Children.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Children {
    /// They are welcome.
    Welcome,
    /// They are not.
    None,
}

/// What guests ask most, answered in a word. What is not answered stays as it was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HouseRules {
    /// Calling off.
    pub cancellation: Option<Cancellation>,
    /// Cars.
    pub parking: Option<Parking>,
    /// The morning meal.
    pub breakfast: Option<Breakfast>,
    /// Animals.
    pub pets: Option<Pets>,
    /// Internet.
    pub wifi: Option<Wifi>,
    /// Smoking.
    pub smoking: Option<Smoking>,
    /// Children.
    pub children: Option<Children>,
}

/// Makes the answers the house's policies: sentences that guests read and the concierge says, with the facts behind them.
///
/// # Errors
/// The database failed.
pub async fn set_house_rules(
    tx: &mut TenantTx,
    property: &Property,
    rules: &HouseRules,
) -> Result<Property, OnboardingError> {
    let written = |known: &Property| rules.written_into(known);
    Ok(change_policies(tx, property.id, written).await?)
}

impl HouseRules {
    /// What a house's policies answer.
    pub fn of(property: &Property) -> Self {
        let (policies, currency) = (&property.policies, property.currency);
        let money = |minor| Money::new(minor, currency);
        Self {
            cancellation: policies.cancellation.as_ref().map(|policy| {
                match (policy.late_fee, policy.free_until_hours) {
                    (LateFee::None, _) => Cancellation::Free,
                    (_, hours) => Cancellation::UntilHours(hours),
                }
            }),
            parking: policies.parking.as_ref().map(|policy| {
                match (policy.free, policy.fee_minor_per_night) {
                    (true, _) => Parking::Free,
                    (false, 0) => Parking::None,
                    (false, fee) => Parking::Paid(money(fee)),
                }
            }),
            breakfast: policies
                .breakfast
                .as_ref()
                .map(|policy| match policy.included {
                    true => Breakfast::Included,
                    false => Breakfast::None,
                }),
            pets: policies.pets.as_ref().map(|policy| {
                match (policy.allowed, policy.fee_minor_per_night) {
                    (false, _) => Pets::None,
                    (true, 0) => Pets::Free,
                    (true, fee) => Pets::Paid(money(fee)),
                }
            }),
            wifi: policies.wifi.as_ref().map(|policy| match policy.free {
                true => Wifi::Free,
                false => Wifi::None,
            }),
            smoking: policies
                .smoking
                .as_ref()
                .map(|policy| match policy.allowed_indoors {
                    true => Smoking::Allowed,
                    false => Smoking::Outside,
                }),
            children: policies
                .children
                .as_ref()
                .map(|policy| match policy.welcome {
                    true => Children::Welcome,
                    false => Children::None,
                }),
        }
    }

    /// The policies with these answers. One that says already what is answered keeps its own words.
    fn written_into(self, property: &Property) -> Policies {
        let known = Self::of(property);
        let mut policies = property.policies.clone();
        replace(
            &mut policies.cancellation,
            self.cancellation,
            known.cancellation,
            cancellation,
        );
        replace(&mut policies.parking, self.parking, known.parking, parking);
        replace(
            &mut policies.breakfast,
            self.breakfast,
            known.breakfast,
            breakfast,
        );
        replace(&mut policies.pets, self.pets, known.pets, pets);
        replace(&mut policies.wifi, self.wifi, known.wifi, wifi);
        replace(&mut policies.smoking, self.smoking, known.smoking, smoking);
        replace(
            &mut policies.children,
            self.children,
            known.children,
            children,
        );
        policies
    }
}

/// Writes a policy anew if something else is answered than it says.
fn replace<A: PartialEq + Copy, P>(
    policy: &mut Option<P>,
    answer: Option<A>,
    known: Option<A>,
    write: impl FnOnce(A) -> P,
) {
    if let Some(answer) = answer.filter(|answer| known != Some(*answer)) {
        *policy = Some(write(answer));
    }
}

fn cancellation(answer: Cancellation) -> CancellationPolicy {
    match answer {
        Cancellation::Free => CancellationPolicy {
            summary: "You can cancel free of charge at any time.".to_owned(),
            free_until_hours: 0,
            late_fee: LateFee::None,
            no_show_fee: Some(LateFee::None),
        },
        Cancellation::UntilHours(hours) => CancellationPolicy {
            summary: format!(
                "You can cancel free of charge until {hours} hours before check-in. After that, or if you do not come, the price of \
                 the first night is due."
            ),
            free_until_hours: hours,
            late_fee: LateFee::FirstNight,
            no_show_fee: Some(LateFee::FirstNight),
        },
    }
}

fn parking(answer: Parking) -> ParkingPolicy {
    let (summary, free, fee_minor_per_night) = match answer {
        Parking::Free => ("Parking on the premises is free.".to_owned(), true, 0),
        Parking::Paid(fee) => (
            format!("Parking on the premises costs {fee} a night."),
            false,
            fee.minor(),
        ),
        Parking::None => ("We have no parking of our own.".to_owned(), false, 0),
    };
    ParkingPolicy {
        summary,
        free,
        fee_minor_per_night,
        spaces: None,
        ev_chargers: 0,
    }
}

fn breakfast(answer: Breakfast) -> BreakfastPolicy {
    let included = answer == Breakfast::Included;
    let summary = match answer {
        Breakfast::Included => "Breakfast is included in the price.",
        Breakfast::None => "We serve no breakfast.",
    };
    BreakfastPolicy {
        summary: summary.to_owned(),
        included,
        from: None,
        until: None,
    }
}

fn pets(answer: Pets) -> PetsPolicy {
    let (summary, allowed, fee_minor_per_night) = match answer {
        Pets::Free => ("Pets are welcome and stay for free.".to_owned(), true, 0),
        Pets::Paid(fee) => (
            format!("Pets are welcome for {fee} a room and night."),
            true,
            fee.minor(),
        ),
        Pets::None => ("We cannot take pets.".to_owned(), false, 0),
    };
    PetsPolicy {
        summary,
        allowed,
        fee_minor_per_night,
        max_per_room: None,
        unit_groups: Vec::new(),
        service_animals_free: false,
    }
}

fn wifi(answer: Wifi) -> WifiPolicy {
    let summary = match answer {
        Wifi::Free => "Wi-Fi is free for guests.",
        Wifi::None => "We have no Wi-Fi for guests.",
    };
    WifiPolicy {
        summary: summary.to_owned(),
        free: answer == Wifi::Free,
        network: None,
        megabits: None,
    }
}

fn smoking(answer: Smoking) -> SmokingPolicy {
    let summary = match answer {
        Smoking::Allowed => "Smoking is allowed in the rooms.",
        Smoking::Outside => "Smoking and vaping are not allowed indoors.",
    };
    SmokingPolicy {
        summary: summary.to_owned(),
        allowed_indoors: answer == Smoking::Allowed,
        cleaning_fee_minor: 0,
    }
}

fn children(answer: Children) -> ChildrenPolicy {
    let summary = match answer {
        Children::Welcome => "Children are welcome.",
        Children::None => "We receive adults only.",
    };
    ChildrenPolicy {
        summary: summary.to_owned(),
        welcome: answer == Children::Welcome,
        free_under_age: None,
        cribs: 0,
    }
}
