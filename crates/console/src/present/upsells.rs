use motel_inventory::UnitGroup;
use motel_rates::{Package, PackageEffect, Season, Weekdays};
use motel_tenancy::PolicyTopic;
use motel_upsells::queries::PreviewStay;
use motel_upsells::{Rule, RuleDetails, TakeUp, Trigger, condition_words};
use motel_web::words;

use crate::input::{RawUpsell, offer_word};
use crate::view::{UpsellFields, UpsellNumber, UpsellOption, UpsellRow, UpsellStart};

/// What the house has that a rule may name.
pub(crate) struct OnOffer {
    pub(crate) packages: Vec<Package>,
    pub(crate) groups: Vec<UnitGroup>,
    pub(crate) seasons: Vec<Season>,
}

/// A rule, what became of it, and what a guest would read.
pub(crate) fn upsell_row(
    rule: &Rule,
    counted: &[TakeUp],
    example: Option<(PreviewStay, String)>,
    has_earlier: bool,
) -> UpsellRow {
    let counted = counted.iter().find(|it| it.rule == rule.id);
    let count = |of: fn(&TakeUp) -> i64| counted.map_or(0, of).to_string();
    UpsellRow {
        id: rule.id.as_uuid().to_string(),
        name: rule.details.name.clone(),
        enabled: rule.details.enabled,
        has_earlier,
        when: when(&rule.details),
        example: example_words(example),
        figures: [
            ("Shown", count(|it| it.shown)),
            ("Taken", count(|it| it.taken)),
            ("Declined", count(|it| it.declined)),
            (
                "Brought",
                counted.map_or_else(|| "–".to_owned(), |it| it.revenue.to_string()),
            ),
        ],
    }
}

/// "For 2 nights from Fri, Dec 4 the guest would read: …".
pub(crate) fn example_words(example: Option<(PreviewStay, String)>) -> String {
    match example {
        Some((with, said)) => format!(
            "For {} from {} the guest would read: “{said}”",
            words::count(with.stay.night_count(), "night"),
            words::short_day(with.stay.arrival())
        ),
        None => {
            "No stay on the next Fridays can be sold with it, so nothing would be said.".to_owned()
        }
    }
}

/// Rules to start from, each with its place.
pub(crate) fn upsell_starts(starts: &[RuleDetails], there: &[Rule]) -> Vec<UpsellStart> {
    let is_there = |start: &RuleDetails| there.iter().any(|rule| rule.details.name == start.name);
    let rows = starts
        .iter()
        .enumerate()
        .filter(|(_, start)| !is_there(start));
    rows.map(|(number, start)| UpsellStart {
        number,
        name: start.name.clone(),
        when: when(start),
    })
    .collect()
}

fn when(details: &RuleDetails) -> String {
    let topic = details.topic.map(topic_words);
    let moment = match (details.trigger, topic) {
        (Trigger::AskedAbout, Some(topic)) => format!("When the guest asked about {topic}"),
        (trigger, _) => trigger_words(trigger).to_owned(),
    };
    match condition_words(&details.conditions) {
        none if none.is_empty() => moment,
        conditions => format!("{moment}: {conditions}"),
    }
}

fn trigger_words(trigger: Trigger) -> &'static str {
    match trigger {
        Trigger::RoomsOffered => "When a room was chosen and priced",
        Trigger::ReadBack => "When everything was read back and waits for a yes",
        Trigger::Booked => "When a room was booked just now",
        Trigger::LookedUp => "When the guest looked at their booking",
        Trigger::AskedAbout => "When the guest asked about something",
    }
}

fn topic_words(topic: PolicyTopic) -> String {
    topic.to_string().replace('_', " ")
}

/// The form, filled in with what was typed or what is kept.
pub(crate) fn upsell_fields(raw: &RawUpsell, house: &OnOffer) -> UpsellFields {
    let value = |name: &str| raw.get(name).cloned().unwrap_or_default();
    UpsellFields {
        name: value("name"),
        version: value("version"),
        enabled: raw.contains_key("enabled"),
        triggers: Trigger::ALL
            .iter()
            .map(|it| {
                option(
                    it.to_string(),
                    trigger_words(*it).to_owned(),
                    &value("trigger"),
                )
            })
            .collect(),
        topics: topics(&value("topic")),
        offers: offers(house, &value("offer")),
        words: value("words"),
        numbers: numbers(raw),
        days: Weekdays::ORDER
            .iter()
            .map(|day| {
                tick(
                    raw,
                    "day-",
                    &day.to_string().to_lowercase(),
                    day.to_string(),
                )
            })
            .collect(),
        children: with_or_without("children", &value("children")),
        pets: with_or_without("pets", &value("pets")),
        rooms: house
            .groups
            .iter()
            .map(|group| tick(raw, "room-", &group.code, group.name.clone()))
            .collect(),
        seasons: seasons(house, &value("season")),
        channels: [
            ("web", "Chat"),
            ("phone", "Telephone"),
            ("sms", "Text message"),
            ("whatsapp", "WhatsApp"),
            ("email", "E-mail"),
        ]
        .map(|(word, text)| tick(raw, "channel-", word, text.to_owned()))
        .into(),
        from: value("from"),
        until: value("until"),
    }
}

fn option(word: String, text: String, chosen: &str) -> UpsellOption {
    UpsellOption {
        chosen: word == chosen,
        word,
        text,
    }
}

fn tick(raw: &RawUpsell, start: &str, word: &str, text: String) -> UpsellOption {
    let word = format!("{start}{word}");
    UpsellOption {
        chosen: raw.contains_key(&word),
        word,
        text,
    }
}

fn topics(chosen: &str) -> Vec<UpsellOption> {
    let none = option(String::new(), "–".to_owned(), chosen);
    let topics = PolicyTopic::ALL.iter().map(|topic| {
        let text = topic_words(*topic);
        option(topic.to_string(), text, chosen)
    });
    std::iter::once(none).chain(topics).collect()
}

/// What comes to the price; what takes something off is no offer on top.
fn offers(house: &OnOffer, chosen: &str) -> Vec<UpsellOption> {
    let extras = house
        .packages
        .iter()
        .filter(|package| matches!(package.details.effect, PackageEffect::Extra { .. }))
        .map(|package| {
            let word = offer_word(&motel_upsells::Offered::Package(
                package.details.code.clone(),
            ));
            option(word, format!("{} (package)", package.details.name), chosen)
        });
    let rooms = house.groups.iter().map(|group| {
        let word = offer_word(&motel_upsells::Offered::Room(group.code.clone()));
        option(word, format!("{} instead (room type)", group.name), chosen)
    });
    extras.chain(rooms).collect()
}

fn with_or_without(whom: &str, chosen: &str) -> Vec<UpsellOption> {
    let texts = [
        ("", "with or without".to_owned()),
        ("with", format!("only with {whom}")),
        ("without", format!("only without {whom}")),
    ];
    texts
        .map(|(word, text)| option(word.to_owned(), text, chosen))
        .into()
}

fn seasons(house: &OnOffer, chosen: &str) -> Vec<UpsellOption> {
    let any = option(String::new(), "any time of the year".to_owned(), chosen);
    let seasons = house.seasons.iter().map(|season| {
        let details = &season.details;
        option(details.code.clone(), details.name.clone(), chosen)
    });
    std::iter::once(any).chain(seasons).collect()
}

fn numbers(raw: &RawUpsell) -> Vec<UpsellNumber> {
    let fields = [
        ("nights_from", "Nights, at least", 1, 366),
        ("nights_to", "Nights, at most", 1, 366),
        ("days_ahead_from", "Days until arrival, at least", 0, 1_000),
        ("days_ahead_to", "Days until arrival, at most", 0, 1_000),
        ("adults_from", "Adults, at least", 1, 99),
        ("adults_to", "Adults, at most", 1, 99),
    ];
    fields
        .map(|(name, label, least, most)| UpsellNumber {
            name,
            label,
            least,
            most,
            value: raw.get(name).cloned().unwrap_or_default(),
        })
        .into()
}
