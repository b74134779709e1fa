use motel_concierge::http::RawModel;
use motel_web::FieldErrors;
use serde::Deserialize;

/// Which model is to answer, as it is typed: numbers are texts still, money has a point.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ModelForm {
    /// What was there when the form was opened; 0 where no model was chosen.
    pub(crate) version: String,
    /// Ticked or absent.
    pub(crate) enabled: Option<String>,
    pub(crate) base_url: String,
    pub(crate) api: String,
    pub(crate) model: String,
    pub(crate) temperature: String,
    pub(crate) call_seconds: String,
    pub(crate) turn_seconds: String,
    pub(crate) tokens_a_day: String,
    pub(crate) read_price: String,
    pub(crate) written_price: String,
    pub(crate) cost_a_day: String,
}

/// Money is kept in millionths.
pub(crate) const MONEY_PLACES: u32 = 6;
/// The temperature in hundredths.
pub(crate) const TEMPERATURE_PLACES: u32 = 2;

impl ModelForm {
    /// The numbers as numbers. What they may be is the concierge's to say.
    pub(crate) fn parse(&self) -> Result<RawModel, FieldErrors> {
        let mut errors = FieldErrors::new();
        let mut number = |field, text: &str, places| errors.check(field, scaled(text, places));
        let temperature = number("temperature", &self.temperature, TEMPERATURE_PLACES);
        let call_seconds = number("call_seconds", &self.call_seconds, 0);
        let turn_seconds = number("turn_seconds", &self.turn_seconds, 0);
        let tokens_a_day = number("tokens_a_day", &self.tokens_a_day, 0);
        let read_price = number("read_price_micros", &self.read_price, MONEY_PLACES);
        let written_price = number("written_price_micros", &self.written_price, MONEY_PLACES);
        let cost_a_day = number("cost_micros_a_day", &self.cost_a_day, MONEY_PLACES);
        errors.into_result()?;
        // What was left empty is none; where there has to be one, nothing is too little and refused there.
        Ok(RawModel {
            enabled: self.enabled.is_some(),
            base_url: self.base_url.trim().to_owned(),
            api: self.api.clone(),
            model: self.model.clone(),
            temperature: temperature.flatten().map(small),
            call_seconds: call_seconds.flatten().map_or(0, small),
            turn_seconds: turn_seconds.flatten().map_or(0, small),
            tokens_a_day: tokens_a_day
                .flatten()
                .map_or(0, |it| i32::try_from(it).unwrap_or(i32::MAX)),
            read_price_micros: read_price.flatten().unwrap_or(0),
            written_price_micros: written_price.flatten().unwrap_or(0),
            cost_micros_a_day: cost_a_day.flatten(),
        })
    }

    /// Which version was looked at; none where no model was chosen.
    pub(crate) fn expected(&self) -> Option<i32> {
        self.version.parse().ok().filter(|version| *version > 0)
    }
}

fn small(number: i64) -> i16 {
    i16::try_from(number).unwrap_or(i16::MAX)
}

/// A number with at most so many places behind the point, without the point; none where nothing was typed.
fn scaled(text: &str, places: u32) -> Result<Option<i64>, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let short = usize::try_from(places).is_ok_and(|places| part.len() <= places);
    if whole.is_empty() || whole.len() > 10 || !short || !digits(whole) || !digits(part) {
        return Err(match places {
            0 => "must be a whole number",
            _ => "must be a number such as 0.15",
        });
    }
    let missing = places.saturating_sub(u32::try_from(part.len()).unwrap_or(0));
    let number = format!("{whole}{part}").parse::<i64>();
    number
        .ok()
        .and_then(|number| number.checked_mul(10_i64.checked_pow(missing)?))
        .map(Some)
        .ok_or("is too large")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_a_point_and_without() {
        for (text, places, read) in [
            ("0.15", 6, Ok(Some(150_000))),
            ("2", 6, Ok(Some(2_000_000))),
            (" 1.234567 ", 6, Ok(Some(1_234_567))),
            ("", 6, Ok(None)),
            ("15", 0, Ok(Some(15))),
            ("0.2", 2, Ok(Some(20))),
        ] {
            assert_eq!(scaled(text, places), read, "{text}");
        }
        for (text, places) in [
            ("1.5", 0),
            ("-1", 6),
            ("1,5", 6),
            (".5", 6),
            ("0.1234567", 6),
            ("1e3", 6),
            ("99999999999", 0),
            ("٣", 0),
        ] {
            assert!(scaled(text, places).is_err(), "{text}");
        }
    }
}
