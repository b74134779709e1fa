use motel_appointments::Service;
use motel_inventory::{Unit, UnitGroup};
use motel_kernel::Money;
use motel_onboarding::setup::{Setup, Step, StepState};
use motel_tenancy::TenantKind;

use crate::view::{Progress, StepRow};

/// Where setting up begins.
pub(crate) const SETUP_PATH: &str = "/console/setup";

/// How far a business is, as seen from one of the steps.
pub(crate) fn progress(setup: &Setup, kind: TenantKind, current: Option<Step>) -> Progress {
    let row = |&(step, state): &(Step, StepState)| {
        let (name, about) = named(step, kind);
        let (state, word) = match state {
            StepState::Open => ("open", "To do"),
            StepState::Skipped => ("skipped", "Skipped"),
            StepState::Done => ("done", "Done"),
        };
        StepRow {
            name,
            about,
            address: step_address(step, kind),
            state,
            word,
            current: current == Some(step),
        }
    };
    Progress {
        steps: setup.steps().iter().map(row).collect(),
        done: setup.done(),
    }
}

/// Where a step's page is.
pub(crate) fn step_address(step: Step, kind: TenantKind) -> String {
    format!("{SETUP_PATH}/{}", word(step, kind))
}

/// The step of a word in an address.
pub(crate) fn step_of(text: &str) -> Option<Step> {
    Step::ALL.iter().copied().find(|step| {
        let words = [TenantKind::Motel, TenantKind::Consulting].map(|kind| word(*step, kind));
        words.contains(&text)
    })
}

fn word(step: Step, kind: TenantKind) -> &'static str {
    match (step, kind) {
        (Step::Property, _) => "property",
        (Step::Offer, TenantKind::Motel) => "rooms",
        (Step::Offer, _) => "services",
        (Step::HouseRules, _) => "house-rules",
        (Step::Channel, _) => "channel",
        (Step::Trial, _) => "trial",
    }
}

fn named(step: Step, kind: TenantKind) -> (&'static str, &'static str) {
    match (step, kind) {
        (Step::Property, _) => ("Your place", "Name, address, clock, currency and tax"),
        (Step::Offer, TenantKind::Motel) => (
            "Rooms and prices",
            "What guests can book, and for how much a night",
        ),
        (Step::Offer, _) => (
            "Services and prices",
            "What guests can book, when, and for how much",
        ),
        (Step::HouseRules, _) => (
            "What guests ask",
            "Parking, breakfast, pets: the concierge answers from it",
        ),
        (Step::Channel, _) => ("Where guests find you", "The address of your page and chat"),
        (Step::Trial, _) => ("Try the concierge", "Ask what a guest would ask"),
    }
}

/// A room type that is there, in a line.
pub(crate) fn rooms_there(group: &UnitGroup, units: &[Unit]) -> String {
    let numbers: Vec<&str> = units.iter().map(|unit| unit.number.as_str()).collect();
    match (numbers.first(), numbers.last()) {
        (Some(first), Some(last)) if first != last => {
            format!("{}: {} rooms, {first} to {last}", group.name, numbers.len())
        }
        (Some(only), _) => format!("{}: one room, {only}", group.name),
        _ => format!("{}: no room yet", group.name),
    }
}

/// A service that is there, in a line.
pub(crate) fn service_there(service: &Service) -> String {
    let details = &service.details;
    let price = Money::new(details.price_minor, service.currency);
    format!(
        "{}: {} minutes for {price}",
        details.name, details.duration_minutes
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_is_found_by_its_address() {
        for kind in [
            TenantKind::Motel,
            TenantKind::PrivateDining,
            TenantKind::Consulting,
        ] {
            for step in Step::ALL {
                assert_eq!(step_of(word(*step, kind)), Some(*step));
            }
        }
        assert_eq!(step_of("offer"), None);
    }
}
