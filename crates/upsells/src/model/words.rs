use serde::{Deserialize, Serialize};

use super::Priced;

/// What a guest reads when something is offered: one question, in which the figures are left to be filled in.
///
/// ```
/// use motel_upsells::{InvalidWords, Words};
///
/// assert!(Words::parse("Would you like {offer} with it, for {price} more?").is_ok());
/// assert_eq!(Words::parse("Breakfast is $12, shall I add it?"), Err(InvalidWords::Figure));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(String);

/// Why a text cannot be said.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidWords {
    /// Too short or too long, or of several lines.
    #[error("must be one line of 1 to {} characters", Words::LONGEST)]
    Length,
    /// A figure that nobody worked out.
    #[error("must name no figures: {{price}}, {{total}} and {{nights}} are filled in")]
    Figure,
    /// The price is not told.
    #[error("must hold {{price}}, which is filled in with what it costs more")]
    NoPrice,
    /// A placeholder that nothing fills.
    #[error("holds {{{0}}}, and only {{offer}}, {{price}}, {{total}} and {{nights}} are filled in")]
    Unknown(String),
    /// A brace without its other half.
    #[error("has a brace that is not closed")]
    Brace,
    /// Nothing is asked, so a yes would answer nothing.
    #[error("must be a question: it ends with a question mark")]
    NoQuestion,
}

/// A part of the text.
enum Part<'a> {
    Plain(&'a str),
    Filled(&'a str),
}

impl Words {
    /// The most characters.
    pub const LONGEST: usize = 300;

    /// Reads a text.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, InvalidWords> {
        let text = text.trim();
        let length = text.chars().count();
        if length == 0 || length > Self::LONGEST || text.chars().any(char::is_control) {
            return Err(InvalidWords::Length);
        }
        let parts = parts(text)?;
        for part in &parts {
            match part {
                Part::Plain(plain) if plain.chars().any(is_figure) => {
                    return Err(InvalidWords::Figure);
                }
                Part::Filled("offer" | "price" | "total" | "nights") | Part::Plain(_) => {}
                Part::Filled(other) => return Err(InvalidWords::Unknown((*other).to_owned())),
            }
        }
        if !parts
            .iter()
            .any(|part| matches!(part, Part::Filled("price")))
        {
            return Err(InvalidWords::NoPrice);
        }
        match text.ends_with('?') {
            true => Ok(Self(text.to_owned())),
            false => Err(InvalidWords::NoQuestion),
        }
    }

    /// The text as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The sentence for a guest. How amounts are written is the caller's way.
    pub fn said(
        &self,
        priced: &Priced,
        nights: u32,
        money: impl Fn(motel_kernel::Money) -> String,
    ) -> String {
        let fill = |name: &str| match name {
            "offer" => priced.name.clone(),
            "price" => money(priced.extra),
            "total" => money(priced.total),
            _ if nights == 1 => "1 night".to_owned(),
            _ => format!("{nights} nights"),
        };
        let parts = parts(&self.0).unwrap_or_default();
        let said = parts.into_iter().map(|part| match part {
            Part::Plain(plain) => plain.to_owned(),
            Part::Filled(name) => fill(name),
        });
        said.collect()
    }
}

/// The text cut at its braces.
fn parts(text: &str) -> Result<Vec<Part<'_>>, InvalidWords> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((plain, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or(InvalidWords::Brace)?;
        if plain.contains('}') || name.contains('{') {
            return Err(InvalidWords::Brace);
        }
        parts.push(Part::Plain(plain));
        parts.push(Part::Filled(name));
        rest = after;
    }
    if rest.contains('}') {
        return Err(InvalidWords::Brace);
    }
    parts.push(Part::Plain(rest));
    Ok(parts)
}

/// Digits of every script, and signs of money and shares.
fn is_figure(c: char) -> bool {
    c.is_numeric() || matches!(c, '$' | '€' | '£' | '¥' | '%')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use motel_kernel::{Currency, Money};
    use proptest::prelude::*;

    use super::*;

    fn breakfast() -> Priced {
        Priced {
            name: "Breakfast".to_owned(),
            extra: Money::new(2_240, Currency::USD),
            total: Money::new(29_120, Currency::USD),
        }
    }

    #[test]
    fn figures_are_filled_in_and_nothing_else_is() {
        let words = Words::parse("{offer} for {nights} is {price} more, {total} in all: add it?");
        let said = words
            .unwrap()
            .said(&breakfast(), 2, |money| money.to_string());
        assert_eq!(
            said,
            "Breakfast for 2 nights is $22.40 more, $291.20 in all: add it?"
        );
    }

    #[test]
    fn a_text_that_could_mislead_is_refused() {
        for (text, why) in [
            ("", InvalidWords::Length),
            ("Two\nlines for {price}?", InvalidWords::Length),
            ("Only 5 dollars, or {price}?", InvalidWords::Figure),
            ("A tenth, 10% off {price}?", InvalidWords::Figure),
            ("Would you like {offer}?", InvalidWords::NoPrice),
            (
                "{offer} for {prize}?",
                InvalidWords::Unknown("prize".to_owned()),
            ),
            ("{offer} for {price", InvalidWords::Brace),
            ("{offer} for price}, {price}?", InvalidWords::Brace),
            ("{offer} is {price} more.", InvalidWords::NoQuestion),
        ] {
            assert_eq!(Words::parse(text), Err(why), "{text:?}");
        }
        assert_eq!(
            Words::parse(&format!("{{price}}{}?", "x".repeat(300))),
            Err(InvalidWords::Length)
        );
    }

    proptest! {
        #[test]
        fn every_figure_that_is_said_was_filled_in(text in "[a-z{}?0-9 ]{0,40}\\{price\\}[a-z ]{0,20}\\?") {
            if let Ok(words) = Words::parse(&text) {
                let said = words.said(&breakfast(), 2, |_| "PRICE".to_owned());
                prop_assert!(said.contains("PRICE"));
                prop_assert!(!said.replace("2 nights", "").contains(|c: char| c.is_numeric()), "{}", said);
            }
        }
    }
}
