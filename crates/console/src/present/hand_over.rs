use chrono_tz::Tz;
use motel_conversations::{HandOver, HandOverReason, HandOverRules};
use motel_web::words;

use crate::view::{HandOverCard, HandOverRow};

/// Each rule, with how often it was followed.
pub(crate) fn hand_over_rows(
    rules: &HandOverRules,
    counted: &[(HandOverReason, i64)],
) -> Vec<HandOverRow> {
    let count = |reason| counted.iter().find(|(other, _)| *other == reason);
    let row = |reason: &HandOverReason| HandOverRow {
        word: reason.as_str(),
        name: name(*reason),
        about: about(*reason),
        on: rules.follows(*reason),
        count: count(*reason).map_or(0, |(_, count)| *count),
    };
    HandOverReason::ALL.iter().map(row).collect()
}

/// Why a conversation was handed over, for who takes over.
pub(crate) fn hand_over_cards(hand_overs: &[HandOver], zone: Tz) -> Vec<HandOverCard> {
    let card = |hand_over: &HandOver| HandOverCard {
        name: name(hand_over.reason),
        when: words::moment(hand_over.handed_over_at, zone),
        summary: hand_over.summary.lines().map(str::to_owned).collect(),
    };
    hand_overs.iter().map(card).collect()
}

fn name(reason: HandOverReason) -> &'static str {
    match reason {
        HandOverReason::AskedForPerson => "Asked for a person",
        HandOverReason::RepeatedFailure => "Repeated failure",
        HandOverReason::Anger => "Anger",
        HandOverReason::Emergency => "Emergency",
        HandOverReason::HighValue => "High value",
        HandOverReason::PolicyException => "Exception from the rules",
    }
}

fn about(reason: HandOverReason) -> &'static str {
    match reason {
        HandOverReason::AskedForPerson => {
            "The guest wants a person, or something only people do. When it is off, their details are taken for somebody to come back to them."
        }
        HandOverReason::RepeatedFailure => {
            "Several answers in a row understood nothing, knew nothing or found nothing free."
        }
        HandOverReason::Anger => "The guest is angry with the house.",
        HandOverReason::Emergency => {
            "Somebody may be in danger. The number to call is said in any case."
        }
        HandOverReason::HighValue => {
            "A long stay, several rooms or a large amount. The guest can go on and book meanwhile."
        }
        HandOverReason::PolicyException => {
            "The guest asks for an exception, or haggles. Nothing is granted."
        }
    }
}
