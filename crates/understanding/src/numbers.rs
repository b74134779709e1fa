//! Number words and ordinals.

use super::tokens::{Kind, Token};

const UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
const ORDINALS: [&str; 20] = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];

/// One word's worth of number.
#[derive(Clone, Copy)]
struct Part {
    value: u32,
    ordinal: bool,
}

fn part(word: &str) -> Option<Part> {
    let plain = |value| Part {
        value,
        ordinal: false,
    };
    let place = |list: &[&str]| list.iter().position(|w| *w == word).map(|i| i as u32);
    if let Some(value) = place(&UNITS) {
        return Some(plain(value));
    }
    if let Some(index) = place(&TENS) {
        return Some(plain((index + 2) * 10));
    }
    if let Some(value) = place(&ORDINALS) {
        return Some(Part {
            value,
            ordinal: true,
        });
    }
    let value = match word {
        "twentieth" => 20,
        "thirtieth" => 30,
        _ => return None,
    };
    Some(Part {
        value,
        ordinal: true,
    })
}

/// Joins "twenty" "-" "seventh", "two hundred", and `12` `th` into single number tokens.
pub(super) fn merge(tokens: Vec<Token>) -> Vec<Token> {
    let mut merged = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let (number, used) = match token.kind {
            Kind::Number { value, .. } => digits_with_suffix(&tokens, at, value),
            Kind::Word => match spelled(&tokens, at) {
                Some(found) => found,
                None => {
                    merged.push(token.clone());
                    at += 1;
                    continue;
                }
            },
            Kind::Mark(_) => {
                merged.push(token.clone());
                at += 1;
                continue;
            }
        };
        let end = tokens
            .get(at + used - 1)
            .map_or(token.span.end, |last| last.span.end);
        let text = tokens
            .get(at..at + used)
            .unwrap_or_default()
            .iter()
            .map(|t| t.text.as_str())
            .collect::<Vec<_>>()
            .concat();
        merged.push(Token {
            text,
            kind: number,
            span: token.span.start..end,
        });
        at += used;
    }
    merged
}

fn digits_with_suffix(tokens: &[Token], at: usize, value: u32) -> (Kind, usize) {
    let touching = |left: Option<&Token>, right: Option<&Token>| match (left, right) {
        (Some(l), Some(r)) => l.span.end == r.span.start,
        _ => false,
    };
    let suffixed = tokens
        .get(at + 1)
        .is_some_and(|next| matches!(next.text.as_str(), "st" | "nd" | "rd" | "th"))
        && touching(tokens.get(at), tokens.get(at + 1));
    let kind = Kind::Number {
        value,
        ordinal: suffixed,
        spelled: false,
    };
    (kind, if suffixed { 2 } else { 1 })
}

fn spelled(tokens: &[Token], at: usize) -> Option<(Kind, usize)> {
    let word = |i: usize| tokens.get(i).map_or("", |t| t.text.as_str());
    let first = part(word(at))?;
    let (mut total, mut used) = (first, 1);
    if is_tens(first) {
        let dash = usize::from(word(at + 1) == "-");
        if let Some(unit) = part(word(at + 1 + dash)).filter(|p| (1..=9).contains(&p.value)) {
            total = Part {
                value: first.value + unit.value,
                ordinal: unit.ordinal,
            };
            used += 1 + dash;
        }
    }
    if !total.ordinal {
        for (name, factor) in [("hundred", 100), ("thousand", 1_000)] {
            if word(at + used) == name {
                total.value = total.value.saturating_mul(factor);
                used += 1;
            }
        }
    }
    let kind = Kind::Number {
        value: total.value,
        ordinal: total.ordinal,
        spelled: true,
    };
    Some((kind, used))
}

fn is_tens(part: Part) -> bool {
    !part.ordinal && part.value >= 20 && part.value.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use crate::tokens::Tokens;

    #[test]
    fn number_words() {
        for (text, value, ordinal) in [
            ("two", 2, false),
            ("twenty-seventh", 27, true),
            ("twenty five", 25, false),
            ("thirty first", 31, true),
            ("third", 3, true),
            ("two hundred", 200, false),
            ("ten thousand", 10_000, false),
            ("21st", 21, true),
            ("22 nd", 22, false),
            ("99999999999", u32::MAX, false),
        ] {
            assert_eq!(Tokens::of(text).number(0), Some((value, ordinal)), "{text}");
        }
    }
}
