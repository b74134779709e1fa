//! What tools answer, as a model is told: figures in the words in which they may be sent, and nothing besides that a guest may not know.

use motel_appointments::Service;
use motel_inventory::UnitGroup;
use motel_kernel::{Currency, Party, StayDates};
use motel_knowledge::Passage;
use motel_rates::{Offer, Package};
use motel_tenancy::{Policies, Property};
use serde_json::{Value, json};

use super::session_facts;
use crate::replies;
use crate::tools::{RoomsFound, ToolError};

/// What is free, what is not and why, and when else something is.
pub(super) fn rooms(found: &RoomsFound, dates: StayDates, party: Party) -> Value {
    let refused = found.result.unavailable.iter().map(|it| {
        json!({ "room_type": it.unit_group.code, "name": it.unit_group.name, "why": it.reason.to_string() })
    });
    let others = found
        .alternatives
        .iter()
        .map(|other| json!({ "stay": stay(other.stay), "rooms": offers(&other.offers) }));
    json!({
        "stay": stay(dates),
        "party": { "adults": party.adults(), "children": party.children(), "pets": party.pets() },
        "free": offers(&found.result.offers),
        "not_free": refused.collect::<Vec<_>>(),
        "other_dates": others.collect::<Vec<_>>(),
    })
}

fn stay(dates: StayDates) -> Value {
    json!({
        "check_in": dates.arrival(),
        "check_out": dates.departure(),
        "nights": dates.night_count(),
        "in_words": replies::stay(dates),
    })
}

fn offers(offers: &[Offer]) -> Value {
    let offer = |offer: &Offer| {
        json!({
            "room_type": offer.unit_group.code,
            "name": offer.unit_group.name,
            "beds": offer.unit_group.beds,
            "total_with_tax": replies::money(offer.total()),
        })
    };
    offers.iter().map(offer).collect()
}

/// Packages in the words in which guests read them.
pub(super) fn packages(valid: &[Package], currency: Currency) -> Value {
    json!({ "on_offer": replies::packages(valid, currency) })
}

/// Passages and the rule of the house on what was asked.
pub(super) fn passages(found: &[Passage], question: &str, policies: &Policies) -> Value {
    let topic = Policies::match_question(question);
    let policy = topic.and_then(|topic| policies.answer(topic));
    let passages = found
        .iter()
        .map(|it| json!({ "document": it.title, "heading": it.heading, "text": it.text }));
    json!({
        "passages": passages.collect::<Vec<_>>(),
        "rule_of_the_house": policy.map(|policy| policy.text),
    })
}

/// Where a passage comes from, for the record.
pub(super) fn citation(passage: &Passage) -> Value {
    json!({ "document": passage.document, "source": passage.source, "heading": passage.heading, "tier": passage.tier })
}

/// Why a tool did not do it.
pub(super) fn refusal(error: &ToolError) -> Value {
    match error {
        ToolError::Refused { code, reason } => json!({ "refused": code, "why": reason }),
        ToolError::Fault(_) => json!({ "refused": "internal", "why": "it failed" }),
    }
}

/// What is known of the house without asking.
pub(super) fn house(property: &Property, groups: &[UnitGroup], services: &[Service]) -> Value {
    let rooms = groups.iter().map(|group| {
        json!({
            "room_type": group.code, "name": group.name, "beds": group.beds, "description": group.description,
            "sleeps": group.max_guests, "adults_at_most": group.max_adults, "pets_allowed": group.pets_allowed,
            "amenities": group.amenities, "square_feet": group.size_sqft,
        })
    });
    // A house is told by what it sells: nobody checks in for an hour of advice.
    let nights = !groups.is_empty();
    json!({
        "name": property.name,
        "phone": property.phone,
        "email": property.email,
        "address": property.address,
        "an_email_looks_like": "name@example.com",
        "check_in_from": nights.then(|| replies::time(property.check_in)),
        "check_out_until": nights.then(|| replies::time(property.check_out)),
        "rooms": rooms.collect::<Vec<_>>(),
        "services": session_facts::services(services),
    })
}
