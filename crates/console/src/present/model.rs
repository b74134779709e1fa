use chrono_tz::Tz;
use motel_concierge::{ModelApi, ModelSettings};
use motel_conversations::{FellBack, ModelUse};
use motel_tenancy::Staff;
use motel_web::words;

use super::credentials::somebody;
use crate::input::{MONEY_PLACES, ModelForm, TEMPERATURE_PLACES};
use crate::view::{FallbackRow, ModelFields, NumberField};

/// Who answers guests.
pub(crate) fn model_state(settings: Option<&ModelSettings>, has_key: bool) -> &'static str {
    match settings.map(|it| it.choice.enabled) {
        None => "The built-in front desk answers",
        Some(false) => "Off: the built-in front desk answers",
        Some(true) if has_key => "A model answers",
        Some(true) => "No key: the built-in front desk answers",
    }
}

/// "Chosen by Dana, …".
pub(crate) fn model_chosen(settings: &ModelSettings, members: &[Staff], zone: Tz) -> String {
    let by = somebody(settings.set_by, members);
    format!("Set by {by}, {}.", words::moment(settings.set_at, zone))
}

/// Tokens that were used today, of how many.
pub(crate) fn model_tokens(used: ModelUse, settings: Option<&ModelSettings>) -> String {
    match settings {
        None => format!("{} tokens", used.tokens),
        Some(settings) => format!("{} of {} tokens", used.tokens, settings.choice.tokens_a_day),
    }
}

/// What they cost, of how much.
pub(crate) fn model_cost(used: ModelUse, settings: Option<&ModelSettings>) -> String {
    let cost = decimal(used.cost_micros, MONEY_PLACES);
    match settings.and_then(|it| it.choice.cost_micros_a_day) {
        None => format!("{cost} in the currency of the service"),
        Some(most) => format!(
            "{cost} of {} in the currency of the service",
            decimal(most, MONEY_PLACES)
        ),
    }
}

/// What is set, as it would be typed; where no model was chosen, what is usual.
pub(crate) fn model_form(settings: Option<&ModelSettings>) -> ModelForm {
    let Some(settings) = settings else {
        return ModelForm {
            version: "0".to_owned(),
            enabled: Some("yes".to_owned()),
            base_url: "https://api.openai.com/v1".to_owned(),
            api: ModelApi::ChatCompletions.to_string(),
            call_seconds: "8".to_owned(),
            turn_seconds: "15".to_owned(),
            tokens_a_day: "1000000".to_owned(),
            ..ModelForm::default()
        };
    };
    let choice = &settings.choice;
    let money = |micros| decimal(micros, MONEY_PLACES);
    ModelForm {
        version: settings.version.to_string(),
        enabled: choice.enabled.then(|| "yes".to_owned()),
        base_url: choice.base_url.clone(),
        api: choice.api.to_string(),
        model: choice.model.clone(),
        temperature: choice
            .temperature
            .map_or_else(String::new, |it| decimal(it.into(), TEMPERATURE_PLACES)),
        call_seconds: choice.call_seconds.to_string(),
        turn_seconds: choice.turn_seconds.to_string(),
        tokens_a_day: choice.tokens_a_day.to_string(),
        read_price: money(choice.read_price_micros),
        written_price: money(choice.written_price_micros),
        cost_a_day: choice.cost_micros_a_day.map_or_else(String::new, money),
    }
}

/// The fields of the form.
pub(crate) fn model_fields(form: ModelForm) -> ModelFields {
    let number = |name, label, value, required| NumberField {
        name,
        label,
        value,
        required,
    };
    let apis = ModelApi::ALL.iter().map(|api| {
        let label = match api {
            ModelApi::ChatCompletions => "Chat Completions, which nearly every service speaks",
            ModelApi::Responses => "Responses",
        };
        (api.as_str(), label, form.api == api.as_str())
    });
    ModelFields {
        apis: apis.collect(),
        version: form.version,
        enabled: form.enabled.is_some(),
        base_url: form.base_url,
        model: form.model,
        numbers: vec![
            number(
                "temperature",
                "Temperature, 0 to 2 (empty: the service's own)",
                form.temperature,
                false,
            ),
            number(
                "call_seconds",
                "Seconds for one call",
                form.call_seconds,
                true,
            ),
            number(
                "turn_seconds",
                "Seconds for one answer",
                form.turn_seconds,
                true,
            ),
            number("tokens_a_day", "Tokens a day", form.tokens_a_day, true),
            number(
                "cost_a_day",
                "Money a day, in the currency of the service (empty: no end)",
                form.cost_a_day,
                false,
            ),
            number(
                "read_price",
                "Price of a million tokens read",
                form.read_price,
                false,
            ),
            number(
                "written_price",
                "Price of a million tokens written",
                form.written_price,
                false,
            ),
        ],
    }
}

/// A number without its point, with it again: 150000 and 6 are `0.15`.
fn decimal(number: i64, places: u32) -> String {
    let unit = 10_i64.pow(places);
    let (whole, part) = (number / unit, number % unit);
    let width = usize::try_from(places).unwrap_or(0);
    let text = format!("{whole}.{part:0width$}");
    let kept = text.trim_end_matches('0').trim_end_matches('.');
    kept.to_owned()
}

/// When a model did not answer.
pub(crate) fn fallbacks(fell_back: &[FellBack], zone: Tz) -> Vec<FallbackRow> {
    let row = |it: &FellBack| FallbackRow {
        why: fallback_reason(&it.why),
        when: words::moment(it.recorded_at, zone),
        address: format!("/console/conversations/{}", it.conversation_id),
    };
    fell_back.iter().map(row).collect()
}

/// Why, in a sentence.
fn fallback_reason(word: &str) -> String {
    let sentence = match word {
        "house_step" => "It was a step of the house, and the model called no tool for it",
        "card_number" => "The guest gave the number of a card: that goes to no model",
        "untraceable_figure" => "It named a figure that came from nowhere, also at the second try",
        "claimed_an_act" => "It claimed to have done what it had not",
        "recited" => "It recited what it was told of itself",
        "silent" => "It said nothing",
        "wrong_calls" | "too_many_calls" => "It called for tools wrongly, or without an end",
        "budget" => "The day's tokens or money were used up",
        "out_of_time" | "model_timed_out" => "It was too slow",
        "model_rate_limited" => "Its service takes no more for a while",
        "model_resting" => "It failed five times in a row and was left alone for half a minute",
        "model_failing" | "model_unreachable" | "model_broke_off" | "model_unexpected" => {
            "Its service has trouble"
        }
        "model_refused" | "model_settings" => {
            "Its service refused: a wrong key, an unknown model, or an address that may not be called"
        }
        "no_key" => "No key is set",
        "no_prompt" => "Not even the prompt that comes with the program could be told",
        "overtaken" => "The guest wrote again meanwhile",
        "internal" => "Something of ours broke; the log says what",
        other => return other.replace('_', " "),
    };
    sentence.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_gets_its_point_back() {
        for (number, places, text) in [
            (150_000, 6, "0.15"),
            (2_000_000, 6, "2"),
            (1, 6, "0.000001"),
            (0, 6, "0"),
            (20, 2, "0.2"),
            (100, 2, "1"),
        ] {
            assert_eq!(decimal(number, places), text);
        }
    }

    #[test]
    fn every_reason_of_the_guide_has_a_sentence() {
        let guide = include_str!("../../../../docs/guides/turn-record.md");
        let (_, table) = guide
            .split_once("| `fallback` | what happened")
            .unwrap_or_default();
        let codes: Vec<&str> = table
            .lines()
            .filter_map(|line| line.strip_prefix("| ")?.split(" |").next())
            .flat_map(|cell| cell.split(", "))
            .filter_map(|word| word.strip_prefix('`')?.strip_suffix('`'))
            .collect();
        assert!(codes.len() > 15, "{codes:?}");
        for code in codes {
            assert_ne!(fallback_reason(code), code.replace('_', " "), "{code}");
        }
    }
}
