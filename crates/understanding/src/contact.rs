//! E-mail addresses, telephone numbers and booking codes in running text.

use std::ops::Range;

use motel_kernel::{BookingCode, Email, Phone};

use super::tokens::{Kind, Tokens};

/// Something found, with its place in the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
}

/// The last e-mail address typed with an `@`, or said with "at" and "dot".
pub(super) fn email(text: &str, tokens: &Tokens) -> Option<At<Email>> {
    typed_email(text).or_else(|| spoken_email(text, tokens))
}

/// Whether something was meant as an e-mail address and is none.
pub(super) fn looks_like_email(text: &str) -> bool {
    text.contains('@')
}

fn typed_email(text: &str) -> Option<At<Email>> {
    let is_address = |c: char| c.is_alphanumeric() || "@.+-_'".contains(c);
    let mut found = None;
    for (at, _) in text.char_indices().filter(|(_, c)| *c == '@').take(16) {
        let start = back_while(text, at, is_address);
        let end = ahead_while(text, at, is_address);
        let raw = text.get(start..end).unwrap_or_default();
        let piece = raw.trim_matches(|c: char| ".-_'".contains(c));
        let offset = raw.find(piece).unwrap_or(0);
        if let Ok(value) = Email::parse(piece) {
            let start = start + offset;
            let span = start..start + piece.len();
            found = Some(At { value, span });
        }
    }
    found
}

/// An address is at most 254 characters; looking further would only cost time.
const LONGEST_ADDRESS: usize = 254;

fn back_while(text: &str, at: usize, accept: impl Fn(char) -> bool) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let taken = before
        .chars()
        .rev()
        .take(LONGEST_ADDRESS)
        .take_while(|c| accept(*c));
    at - taken.map(char::len_utf8).sum::<usize>()
}

fn ahead_while(text: &str, at: usize, accept: impl Fn(char) -> bool) -> usize {
    let after = text.get(at..).unwrap_or_default();
    let taken = after
        .chars()
        .take(LONGEST_ADDRESS)
        .take_while(|c| accept(*c));
    at + taken.map(char::len_utf8).sum::<usize>()
}

/// "john dot smith at example dot com".
fn spoken_email(text: &str, tokens: &Tokens) -> Option<At<Email>> {
    (0..tokens.len())
        .filter(|at| tokens.word(*at) == "at" && tokens.get(*at).is_some())
        .find_map(|at| {
            let first = local_start(tokens, at)?;
            let last = domain_end(tokens, at)?;
            let span = tokens.get(first)?.span.start..tokens.get(last)?.span.end;
            let words = (first..=last).map(|i| match (tokens.word(i), i == at) {
                (_, true) => "@".to_owned(),
                ("dot" | "period" | "point", _) => ".".to_owned(),
                ("underscore", _) => "_".to_owned(),
                ("dash" | "hyphen" | "minus", _) => "-".to_owned(),
                ("plus", _) => "+".to_owned(),
                (word, _) => match tokens.get(i).map(|t| t.kind) {
                    Some(Kind::Number {
                        value,
                        spelled: true,
                        ordinal: false,
                    }) => value.to_string(),
                    _ => word.to_owned(),
                },
            });
            let address: String = words.collect();
            let value = Email::parse(&address).ok()?;
            text.get(span.clone()).map(|_| At { value, span })
        })
}

fn is_joint(word: &str) -> bool {
    matches!(
        word,
        "dot"
            | "."
            | "underscore"
            | "_"
            | "dash"
            | "hyphen"
            | "-"
            | "plus"
            | "minus"
            | "point"
            | "period"
    )
}

/// Back from "at" over `word (joint word)*`.
fn local_start(tokens: &Tokens, at: usize) -> Option<usize> {
    let mut first = at.checked_sub(1).filter(|i| is_piece(tokens, *i))?;
    while first >= 2 && is_joint(tokens.word(first - 1)) && is_piece(tokens, first - 2) {
        first -= 2;
    }
    while first >= 1 && tokens.joined(first - 1) && is_piece(tokens, first - 1) {
        first -= 1;
    }
    Some(first)
}

/// Ahead from "at" over `word (joint word)+`.
fn domain_end(tokens: &Tokens, at: usize) -> Option<usize> {
    let mut last = Some(at + 1).filter(|i| is_piece(tokens, *i))?;
    let mut dots = 0;
    while is_joint(tokens.word(last + 1)) && is_piece(tokens, last + 2) {
        dots += usize::from(tokens.is(last + 1, &["dot", ".", "point", "period"]));
        last += 2;
    }
    (dots > 0).then_some(last)
}

fn is_piece(tokens: &Tokens, at: usize) -> bool {
    tokens
        .get(at)
        .is_some_and(|token| !matches!(token.kind, Kind::Mark(_)) && !is_joint(&token.text))
}

/// The last telephone number: at least seven digits that are neither a date nor a price.
pub(super) fn phone(text: &str, tokens: &Tokens) -> Option<At<Phone>> {
    digit_runs(text)
        .into_iter()
        .rev()
        .find_map(|span| {
            let raw = text.get(span.clone())?;
            let value =
                Phone::parse(raw.trim_matches(|c: char| !c.is_ascii_digit() && !"+(".contains(c)))
                    .ok()?;
            Some(At { value, span })
        })
        .or_else(|| spoken_phone(tokens))
}

/// Runs of digits joined by the marks people put into numbers.
fn digit_runs(text: &str) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start: Option<usize> = None;
    let mut end = 0;
    let closing = text.len();
    for (at, c) in text.char_indices().chain([(closing, '\n')]) {
        match (start, c) {
            (None, '0'..='9' | '+' | '(') => {
                start = Some(at);
                end = at + 1;
            }
            (Some(_), '0'..='9') => end = at + 1,
            (Some(_), ' ' | '-' | '.' | '(' | ')' | '\u{a0}' | '\u{2011}' | '\u{2013}')
                if at < end + 4 => {}
            (Some(from), _) => {
                runs.extend(
                    text.get(from..end)
                        .filter(|run| is_number(run))
                        .map(|_| from..end),
                );
                start = None;
            }
            (None, _) => {}
        }
    }
    runs
}

fn is_number(run: &str) -> bool {
    let digits = run.chars().filter(char::is_ascii_digit).count();
    (7..=15).contains(&digits) && !is_iso_date(run) && !is_days(run)
}

/// `2026-12-24`, `20261224`, alone or as a range.
fn is_iso_date(run: &str) -> bool {
    let digits: String = run.chars().filter(char::is_ascii_digit).collect();
    let year = digits.get(..4).and_then(|y| y.parse().ok());
    let month = digits.get(4..6).and_then(|m| m.parse().ok());
    !run.starts_with(['+', '('])
        && matches!(digits.len(), 8 | 16)
        && year.is_some_and(|y: u32| (2_020..=2_060).contains(&y))
        && month.is_some_and(|m: u32| (1..=12).contains(&m))
}

/// "12 15 2026" or "12-15-2026": groups of two, two and four.
fn is_days(run: &str) -> bool {
    let groups: Vec<&str> = run
        .split(|c: char| !c.is_ascii_digit())
        .filter(|g| !g.is_empty())
        .collect();
    matches!(groups.as_slice(), [a, b, year] if a.len() <= 2 && b.len() <= 2 && (year.len() == 4 || year.len() <= 2))
}

/// "five five five, one two three, four five six seven".
fn spoken_phone(tokens: &Tokens) -> Option<At<Phone>> {
    let mut digits = String::new();
    let mut span: Option<Range<usize>> = None;
    for at in 0..=tokens.len() {
        let digit = tokens
            .number(at)
            .filter(|(value, ordinal)| !ordinal && *value <= 9 && tokens.is_spelled(at))
            .map(|(value, _)| value)
            .or_else(|| (tokens.word(at) == "oh").then_some(0));
        match (digit, tokens.get(at)) {
            (Some(digit), Some(token)) => {
                digits.push_str(&digit.to_string());
                let start = span.map_or(token.span.start, |s| s.start);
                span = Some(start..token.span.end);
            }
            (_, Some(token))
                if matches!(token.text.as_str(), "-" | "," | "." | "and") && !digits.is_empty() => {
            }
            _ => {
                if digits.len() >= 7
                    && let (Ok(value), Some(span)) = (Phone::parse(&digits), span)
                {
                    return Some(At { value, span });
                }
                digits.clear();
                span = None;
            }
        }
    }
    None
}

/// A booking code: `RM` and six characters however spaced, or six bare ones when it was asked for.
///
/// The alphabet has no look-alikes, so a character outside it was misread by the guest and is
/// not guessed.
pub(super) fn booking_code(text: &str, tokens: &Tokens, asked: bool) -> Option<At<BookingCode>> {
    (0..tokens.len()).find_map(|at| {
        let word = tokens.word(at);
        let split =
            word == "r" && tokens.word(at + 1 + usize::from(tokens.is(at + 1, &[".", "-"]))) == "m";
        let prefixed = word.starts_with("rm") || split;
        (prefixed || asked).then(|| code_from(text, tokens, at, prefixed))?
    })
}

fn code_from(text: &str, tokens: &Tokens, at: usize, prefixed: bool) -> Option<At<BookingCode>> {
    let wanted = if prefixed { 8 } else { 6 };
    let start = tokens.get(at)?.span.start;
    let mut code = String::new();
    for index in at..tokens.len().min(at + 20) {
        let token = tokens.get(index)?;
        if matches!(token.kind, Kind::Mark(_)) {
            continue;
        }
        let raw = text.get(token.span.clone())?;
        code.extend(raw.chars().filter(char::is_ascii_alphanumeric));
        match code.len() {
            length if length > wanted => return None,
            length if length < wanted => continue,
            _ => {}
        }
        let touching = tokens.joined(index)
            && !tokens
                .get(index + 1)
                .is_some_and(|t| matches!(t.kind, Kind::Mark(_)));
        let telling = prefixed
            || code.chars().any(|c| c.is_ascii_digit())
            || code.chars().all(|c| c.is_ascii_uppercase());
        return BookingCode::parse(&code)
            .ok()
            .filter(|_| telling && !touching)
            .map(|value| At {
                value,
                span: start..token.span.end,
            });
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn emails() {
        for (text, expected) in [
            (
                "my email is Ana.Souza@Example.com.",
                Some("ana.souza@example.com"),
            ),
            (
                "it's <joe+motel@mail.example.org>",
                Some("joe+motel@mail.example.org"),
            ),
            ("john at example dot com", Some("john@example.com")),
            (
                "john dot smith at mail dot example dot com",
                Some("john.smith@mail.example.com"),
            ),
            (
                "my email is mary underscore ann at example dot org thanks",
                Some("mary_ann@example.org"),
            ),
            ("arriving at noon", None),
            ("a@b", None),
            ("@@@@", None),
            (
                "not ana@example.com, bia@example.com",
                Some("bia@example.com"),
            ),
        ] {
            let found = email(text, &Tokens::of(text));
            assert_eq!(found.as_ref().map(|f| f.value.as_str()), expected, "{text}");
        }
    }

    #[test]
    fn phones() {
        for (text, expected) in [
            ("call me at (212) 555-0147", Some("+12125550147")),
            ("+44 20 7946 0958", Some("+442079460958")),
            ("212.555.0147", Some("+12125550147")),
            ("2125550147", Some("+12125550147")),
            (
                "two one two five five five oh one four seven",
                Some("+12125550147"),
            ),
            ("from 2026-12-24 to 2026-12-27", None),
            ("12-15-2026", None),
            ("room 101 for 2", None),
            ("", None),
        ] {
            let found = phone(text, &Tokens::of(text));
            assert_eq!(found.as_ref().map(|f| f.value.as_str()), expected, "{text}");
        }
    }

    #[test]
    fn codes() {
        for (text, asked, expected) in [
            ("my booking RM-7K3F9Q", false, Some("RM-7K3F9Q")),
            ("rm 7k3f9q please", false, Some("RM-7K3F9Q")),
            ("rm7k3f9q", false, Some("RM-7K3F9Q")),
            ("R M 7 K 3 F 9 Q", false, Some("RM-7K3F9Q")),
            ("7k3f9q", true, Some("RM-7K3F9Q")),
            ("7k3f9q", false, None),
            ("please", true, None),
            ("RM-0OIL11", false, None),
            ("RM-7K3F9Q2", false, None),
        ] {
            let found = booking_code(text, &Tokens::of(text), asked);
            assert_eq!(found.as_ref().map(|f| f.value.as_str()), expected, "{text}");
        }
    }
}
