use motel_inventory::UnitGroup;
use motel_rates::{DateWindow, Package, PackageEffect};

use crate::{Conditions, Offered, RuleDetails, Span, Trigger, Words};

/// Rules to start from, off until somebody switches them on, made with what the business sells itself: a package at the read-back,
/// another one once booked, and the next room type for a stay of some nights. What it does not sell is left out.
pub fn starts(packages: &[Package], groups: &[UnitGroup]) -> Vec<RuleDetails> {
    let mut extras = packages
        .iter()
        .filter(|package| matches!(package.details.effect, PackageEffect::Extra { .. }))
        .map(|package| &package.details);
    let at_read_back = extras.next().map(|package| {
        let offered = Offered::Package(package.code.clone());
        let name = format!("{} before booking", package.name);
        start(
            name,
            Trigger::ReadBack,
            offered,
            "Would you like {offer} with it, for {price} more?",
        )
    });
    let once_booked = extras.next().map(|package| {
        let offered = Offered::Package(package.code.clone());
        let name = format!("{} once booked", package.name);
        start(
            name,
            Trigger::Booked,
            offered,
            "Would you like to add {offer} to your stay, for {price} more?",
        )
    });
    let better = match groups {
        [first, next, ..] => Some((first, next)),
        _ => None,
    };
    let better = better.map(|(first, next)| {
        let offered = Offered::Room(next.code.clone());
        let name = format!("{} instead of {}", next.name, first.name);
        let words = "The {offer} is free as well, for {price} more: shall I take that one instead?";
        let mut rule = start(name, Trigger::RoomsOffered, offered, words)?;
        rule.conditions = Conditions {
            nights: Span {
                from: Some(2),
                to: None,
            },
            room_types: vec![first.code.clone()],
            ..Conditions::default()
        };
        Some(rule)
    });
    [at_read_back, once_booked, better]
        .into_iter()
        .flatten()
        .flatten()
        .collect()
}

fn start(name: String, trigger: Trigger, offered: Offered, words: &str) -> Option<RuleDetails> {
    Some(RuleDetails {
        name: name.chars().take(80).collect(),
        enabled: false,
        trigger,
        topic: None,
        conditions: Conditions::default(),
        days: DateWindow::default(),
        offered,
        words: Words::parse(words).ok()?,
    })
}
