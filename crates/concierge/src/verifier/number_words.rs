//! Numbers in words, so that "two hundred dollars" is as much a figure as "$200".

/// Words that count something, before which "one" and "a" are numbers.
const COUNTED: &[&str] = &[
    "night", "nights", "room", "rooms", "adult", "child", "pet", "dog", "cat", "guest", "person",
    "dollar", "dollars", "euro", "pound", "percent", "per", "hour", "week", "month", "am", "pm",
    "hundred", "thousand",
];

/// The text with its numbers in figures.
pub(super) fn in_figures(text: &str) -> String {
    let words = split(text);
    let mut figures = String::with_capacity(text.len());
    let mut rest = words.as_slice();
    while let Some(((word, gap), more)) = rest.split_first() {
        let taken = spoken(rest);
        match taken.checked_sub(1).and_then(|last| rest.get(last)) {
            Some((_, last_gap)) => {
                figures.push_str(&total(rest.get(..taken).unwrap_or_default()).to_string());
                figures.push_str(last_gap);
                rest = rest.get(taken..).unwrap_or_default();
            }
            None => {
                figures.push_str(word);
                figures.push_str(gap);
                rest = more;
            }
        }
    }
    figures
}

/// How many of the words that come next are one number.
fn spoken(words: &[(&str, &str)]) -> usize {
    let at = |index: usize| words.get(index).map(|(word, _)| word.to_lowercase());
    let next = at(1).unwrap_or_default();
    let begins = match at(0).as_deref() {
        Some("one") => COUNTED.contains(&next.as_str()),
        Some("a") => matches!(next.as_str(), "hundred" | "thousand"),
        Some(word) => value(word).is_some(),
        None => false,
    };
    if !begins {
        return 0;
    }
    let mut taken = 1;
    while let Some(more) = goes_on(words.get(taken - 1..).unwrap_or_default()) {
        taken += more;
    }
    taken
}

/// How many more words go on with the number that the first of them is part of.
fn goes_on(words: &[(&str, &str)]) -> Option<usize> {
    let [(last, gap), (next, next_gap), more @ ..] = words else {
        return None;
    };
    if !matches!(*gap, " " | "-") {
        return None;
    }
    let last = value(&last.to_lowercase())?;
    let after = more
        .first()
        .and_then(|(word, _)| value(&word.to_lowercase()));
    match value(&next.to_lowercase()) {
        Some(part) if follows(last, part) => Some(1),
        None if *next == "and" && *next_gap == " " && last >= 100 && after.is_some() => Some(2),
        _ => None,
    }
}

/// Twenty-one and two hundred are numbers, ten eleven are two.
fn follows(last: u64, part: u64) -> bool {
    let tens_and_ones = (20..100).contains(&last) && part < 10;
    part >= 100 || last >= 100 || tens_and_ones
}

fn total(words: &[(&str, &str)]) -> u64 {
    let parts = words
        .iter()
        .filter_map(|(word, _)| value(&word.to_lowercase()));
    let (thousands, rest) = parts.fold((0_u64, 0_u64), |(thousands, rest), part| match part {
        1_000 => (rest.max(1), 0),
        100 => (thousands, rest.max(1).saturating_mul(100)),
        small => (thousands, rest.saturating_add(small)),
    });
    thousands.saturating_mul(1_000).saturating_add(rest)
}

fn value(word: &str) -> Option<u64> {
    Some(match word {
        "a" => 0,
        "one" => 1,
        "two" | "couple" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" | "dozen" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        "hundred" => 100,
        "thousand" | "grand" => 1_000,
        _ => return None,
    })
}

/// Words of letters, each with what stands between it and the next.
fn split(text: &str) -> Vec<(&str, &str)> {
    let mut pairs = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let next = after.find(char::is_alphabetic).unwrap_or(after.len());
        let (gap, more) = after.split_at(next);
        pairs.push((word, gap));
        rest = more;
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_become_figures_and_other_words_stay() {
        for (said, figures) in [
            ("two hundred dollars", "200 dollars"),
            ("a hundred and ten euros", "110 euros"),
            ("ninety-nine nights", "99 nights"),
            ("two thousand two hundred and fifty-five", "2255"),
            ("three thousand five hundred", "3500"),
            ("one night, two rooms", "1 night, 2 rooms"),
            ("this one is a nice one", "this one is a nice one"),
            ("from seven to ten", "from 7 to 10"),
            ("ten eleven", "10 11"),
            ("two and we leave", "2 and we leave"),
            ("someone phoned often", "someone phoned often"),
            ("", ""),
        ] {
            assert_eq!(in_figures(said), figures, "{said}");
        }
    }
}
