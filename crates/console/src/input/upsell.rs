use std::collections::BTreeMap;

use motel_rates::http::DayOfWeek;
use motel_upsells::http::{UpsellConditionsBody, UpsellOfferBody, UpsellRuleBody, UpsellRuleInput};
use motel_upsells::{Offered, RuleDetails};
use motel_web::{FieldErrors, Input};
use serde_json::Value;

/// The fields of the form by name. A box that is not ticked is not there.
pub(crate) type RawUpsell = BTreeMap<String, String>;

/// The most characters of all fields together that are looked at.
const LONGEST: usize = 20_000;

/// A rule as the form describes it: the same as the API takes, read from text.
pub(crate) struct UpsellForm {
    pub(crate) details: RuleDetails,
    /// The version that was read.
    pub(crate) version: Option<i32>,
}

impl Input for UpsellForm {
    type Raw = RawUpsell;

    fn parse(raw: RawUpsell) -> Result<Self, FieldErrors> {
        if raw.values().map(String::len).sum::<usize>() > LONGEST {
            return Err(FieldErrors::of("form", "is too long"));
        }
        let mut errors = FieldErrors::new();
        let body = body(&raw, &mut errors);
        let body = body.filter(|_| errors.is_empty()).ok_or(errors)?;
        let UpsellRuleInput { details, .. } = UpsellRuleInput::parse(body)?;
        Ok(Self {
            details,
            version: text(&raw, "version").and_then(|version| version.parse().ok()),
        })
    }
}

fn body(raw: &RawUpsell, errors: &mut FieldErrors) -> Option<UpsellRuleBody> {
    let trigger = word(raw, "trigger", errors);
    let topic: Option<Value> = text(raw, "topic").map(Value::from);
    let topic = topic.map(|topic| errors.check("topic", serde_json::from_value(topic)));
    let from = date(raw, "from", errors);
    let until = date(raw, "until", errors);
    let conditions = conditions(raw, errors);
    let offer = errors.check("offer", offer(text(raw, "offer").unwrap_or_default()));
    let trigger = trigger?;
    Some(UpsellRuleBody {
        name: text(raw, "name").unwrap_or_default().to_owned(),
        enabled: raw.contains_key("enabled"),
        // What was asked about is left out where nothing is asked about.
        topic: topic
            .flatten()
            .filter(|_| trigger == motel_upsells::Trigger::AskedAbout),
        trigger,
        conditions: conditions?,
        offer: offer?,
        words: text(raw, "words").unwrap_or_default().to_owned(),
        from,
        until,
    })
}

fn conditions(raw: &RawUpsell, errors: &mut FieldErrors) -> Option<UpsellConditionsBody> {
    let days: Vec<Value> = ticked(raw, "day-").map(Value::from).collect();
    let days: Option<Vec<DayOfWeek>> = errors.check("days", serde_json::from_value(days.into()));
    let channels: Vec<Value> = ticked(raw, "channel-").map(Value::from).collect();
    let channels = errors.check("channels", serde_json::from_value(channels.into()));
    Some(UpsellConditionsBody {
        nights_from: number(raw, "nights_from", errors),
        nights_to: number(raw, "nights_to", errors),
        days_ahead_from: number(raw, "days_ahead_from", errors),
        days_ahead_to: number(raw, "days_ahead_to", errors),
        weekdays: days.filter(|days| !days.is_empty()),
        adults_from: number(raw, "adults_from", errors),
        adults_to: number(raw, "adults_to", errors),
        children: yes_or_no(raw, "children"),
        pets: yes_or_no(raw, "pets"),
        room_types: ticked(raw, "room-").map(str::to_owned).collect(),
        season: text(raw, "season").map(str::to_owned),
        channels: channels?,
    })
}

/// `package:late` or `room:king_suite`.
fn offer(word: &str) -> Result<UpsellOfferBody, &'static str> {
    match word.split_once(':') {
        Some(("package", code)) => Ok(UpsellOfferBody::Package {
            package: code.to_owned(),
        }),
        Some(("room", code)) => Ok(UpsellOfferBody::Room {
            room_type: code.to_owned(),
        }),
        _ => Err("must be chosen"),
    }
}

/// The word of an offer in the form.
pub(crate) fn offer_word(offered: &Offered) -> String {
    match offered {
        Offered::Package(code) => format!("package:{code}"),
        Offered::Room(code) => format!("room:{code}"),
    }
}

fn text<'a>(raw: &'a RawUpsell, name: &str) -> Option<&'a str> {
    raw.get(name)
        .map(|text| text.trim())
        .filter(|text| !text.is_empty())
}

fn word<T: std::str::FromStr>(raw: &RawUpsell, name: &str, errors: &mut FieldErrors) -> Option<T> {
    let word = text(raw, name).and_then(|word| word.parse().ok());
    errors.check(name, word.ok_or("must be chosen"))
}

fn number(raw: &RawUpsell, name: &str, errors: &mut FieldErrors) -> Option<i16> {
    let number = text(raw, name)?.parse::<i16>();
    errors.check(name, number.map_err(|_| "is no number of that size"))
}

fn date(raw: &RawUpsell, name: &str, errors: &mut FieldErrors) -> Option<chrono::NaiveDate> {
    let day = text(raw, name)?.parse::<chrono::NaiveDate>();
    errors.check(name, day.map_err(|_| "is no day such as 2026-12-31"))
}

fn yes_or_no(raw: &RawUpsell, name: &str) -> Option<bool> {
    match text(raw, name) {
        Some("with") => Some(true),
        Some("without") => Some(false),
        _ => None,
    }
}

fn ticked<'a>(raw: &'a RawUpsell, start: &'static str) -> impl Iterator<Item = &'a str> {
    raw.keys().filter_map(move |name| name.strip_prefix(start))
}

/// A rule as the form would send it.
pub(crate) fn filled(details: &RuleDetails, version: Option<i32>) -> RawUpsell {
    let body = UpsellRuleBody::from(details.clone());
    let conditions = body.conditions;
    let mut raw = RawUpsell::new();
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            raw.insert(name.to_owned(), value);
        }
    };
    let number = |number: Option<i16>| number.map(|number| number.to_string());
    let with =
        |wanted: Option<bool>| wanted.map(|with| if with { "with" } else { "without" }.to_owned());
    put("name", Some(body.name));
    put("enabled", body.enabled.then(|| "yes".to_owned()));
    put("version", version.map(|version| version.to_string()));
    put("trigger", Some(body.trigger.to_string()));
    put("topic", body.topic.map(|topic| topic.to_string()));
    put("offer", Some(offer_word(&details.offered)));
    put("words", Some(body.words));
    put("from", body.from.map(|day| day.to_string()));
    put("until", body.until.map(|day| day.to_string()));
    put("nights_from", number(conditions.nights_from));
    put("nights_to", number(conditions.nights_to));
    put("days_ahead_from", number(conditions.days_ahead_from));
    put("days_ahead_to", number(conditions.days_ahead_to));
    put("adults_from", number(conditions.adults_from));
    put("adults_to", number(conditions.adults_to));
    put("children", with(conditions.children));
    put("pets", with(conditions.pets));
    put("season", conditions.season);
    let yes = || Some("yes".to_owned());
    for day in details
        .conditions
        .weekdays
        .iter()
        .flat_map(|days| days.iter())
    {
        put(&format!("day-{}", day.to_string().to_lowercase()), yes());
    }
    for code in conditions.room_types {
        put(&format!("room-{code}"), yes());
    }
    for channel in conditions.channels {
        put(&format!("channel-{channel}"), yes());
    }
    raw
}
