use chrono::NaiveDate;
use motel_conversations::Channel;
use motel_tenancy::PolicyTopic;

use crate::{Conditions, Offered, Past, Rule, Trigger, Wanted};

/// What is known at a moment of a conversation at which something may be offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts<'a> {
    /// Which moment it is.
    pub trigger: Trigger,
    /// What was asked about.
    pub topic: Option<PolicyTopic>,
    /// The stay that is talked about.
    pub wanted: Wanted<'a>,
    /// The package it has already.
    pub package: Option<&'a str>,
    /// The seasons on the night of arrival, by code.
    pub seasons: &'a [String],
    /// How the guest reached the house.
    pub channel: Channel,
    /// The date at the property.
    pub today: NaiveDate,
    /// False while a complaint, an emergency or a hand-over is on, or the guest is angry.
    pub calm: bool,
}

/// The rules that fit, in their order. Whether what they offer can be sold is for the house to say: the first for which it can is
/// said, and no other.
///
/// None fits where the guest is not calm, or has said no to an offer before; and none that was said in this conversation already.
pub fn fitting<'r>(
    rules: &'r [Rule],
    facts: &Facts<'_>,
    past: &Past,
) -> impl Iterator<Item = &'r Rule> {
    let facts = *facts;
    let mut found: Vec<&Rule> = match facts.calm && !past.refused {
        true => rules
            .iter()
            .filter(|rule| !past.shown.contains(&rule.id))
            .filter(|rule| fits(rule, &facts))
            .collect(),
        false => Vec::new(),
    };
    found.sort_by_key(|rule| (rule.position, rule.id));
    found.into_iter()
}

fn fits(rule: &Rule, facts: &Facts<'_>) -> bool {
    let details = &rule.details;
    details.enabled
        && details.trigger == facts.trigger
        && (details.topic.is_none() || details.topic == facts.topic)
        && details.days.contains(facts.today)
        && adds(&details.offered, facts)
        && hold(&details.conditions, facts)
}

/// A stay has one package and one room: what it has already is not offered, and a package does not drive out another one.
fn adds(offered: &Offered, facts: &Facts<'_>) -> bool {
    match offered {
        Offered::Package(_) => facts.package.is_none(),
        Offered::Room(code) => code != facts.wanted.room_type,
    }
}

fn hold(conditions: &Conditions, facts: &Facts<'_>) -> bool {
    let Wanted {
        stay,
        party,
        room_type,
    } = facts.wanted;
    let arrival = stay.arrival();
    let ahead = (arrival - facts.today).num_days();
    let with = |wanted: Option<bool>, count: u8| wanted.is_none_or(|wanted| wanted == (count > 0));
    let room_types = &conditions.room_types;
    let channels = &conditions.channels;
    conditions.nights.contains(stay.night_count().into())
        && conditions.days_ahead.contains(ahead)
        && conditions.adults.contains(party.adults().into())
        && conditions.weekdays.is_none_or(|days| days.include(arrival))
        && with(conditions.children, party.children())
        && with(conditions.pets, party.pets())
        && (room_types.is_empty() || room_types.iter().any(|code| code == room_type))
        && (channels.is_empty() || channels.contains(&facts.channel))
        && conditions
            .season
            .as_ref()
            .is_none_or(|code| facts.seasons.contains(code))
}

#[cfg(test)]
#[path = "fits_tests.rs"]
mod tests;
