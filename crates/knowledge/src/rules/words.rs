//! Folding: text as plain small words, one word for what people write in several ways. The words of passages and of
//! questions are folded alike, before PostgreSQL stems them.

/// Two words that mean one thing.
const PAIRS: &[(&str, &str, &str)] = &[
    ("check", "in", "checkin"),
    ("checking", "in", "checkin"),
    ("checked", "in", "checkin"),
    ("check", "out", "checkout"),
    ("checking", "out", "checkout"),
    ("checked", "out", "checkout"),
    ("check", "if", "whether"),
    ("check", "whether", "whether"),
    ("wi", "fi", "wifi"),
    ("e", "mail", "email"),
    ("e", "mailed", "email"),
    ("air", "conditioning", "aircon"),
    ("air", "conditioner", "aircon"),
    ("air", "con", "aircon"),
    ("hair", "dryer", "hairdryer"),
    ("hot", "tub", "hottub"),
    ("pick", "up", "pickup"),
    ("drop", "off", "dropoff"),
    ("front", "desk", "desk"),
    ("lost", "property", "lost"),
    ("parking", "lot", "lot"),
    ("sofa", "bed", "sofabed"),
    ("fire", "pit", "firepit"),
    ("key", "box", "keybox"),
    ("no", "show", "noshow"),
    ("show", "up", "noshow"),
    ("turn", "up", "noshow"),
    ("be", "out", "checkout"),
    ("good", "morning", "hello"),
    ("good", "afternoon", "hello"),
    ("good", "evening", "hello"),
    // "I'd like", typed on a phone; an ID is something else.
    ("id", "like", "like"),
    ("step", "free", "stepfree"),
    ("room", "service", "roomservice"),
    ("gluten", "free", "glutenfree"),
    ("electric", "car", "ev"),
    ("electric", "vehicle", "ev"),
    ("service", "animal", "serviceanimal"),
    ("service", "animals", "serviceanimal"),
    ("service", "dog", "serviceanimal"),
];

/// The words of a text in small letters, pairs joined, parted by spaces.
pub(crate) fn fold(text: &str) -> String {
    let lower = text.to_lowercase().replace('’', "'");
    let whole: Vec<String> = lower.split_whitespace().map(without_short_forms).collect();
    let mut words = whole
        .iter()
        .flat_map(|word| word.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .peekable();
    let mut folded = Vec::new();
    while let Some(word) = words.next() {
        let pair = words.peek().and_then(|next| joined(word, next));
        if pair.is_some() {
            words.next();
        }
        folded.push(pair.unwrap_or(word));
    }
    folded.join(" ")
}

/// "motel's" and "we'll" lose what hangs on them, "don't" only its apostrophe.
fn without_short_forms(word: &str) -> String {
    const SHORT_FORMS: &[&str] = &["'s", "'d", "'ll", "'ve", "'re", "'m"];
    let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    let stem = SHORT_FORMS.iter().find_map(|form| bare.strip_suffix(form));
    stem.unwrap_or(bare).replace('\'', "")
}

fn joined(word: &str, next: &str) -> Option<&'static str> {
    PAIRS
        .iter()
        .find(|(first, second, _)| *first == word && *second == next)
        .map(|(_, _, joined)| *joined)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ways_of_writing_meet() {
        assert_eq!(fold("What time's Check-in?"), "what time checkin");
        assert_eq!(fold("I’d say we don't."), "i say we dont");
        assert_eq!(fold("checking  out at 11"), "checkout at 11");
        assert_eq!(fold("Wi-Fi, wi fi, WIFI"), "wifi wifi wifi");
        assert_eq!(fold("¿Dónde está?"), "dónde está");
    }

    proptest! {
        #[test]
        fn only_words_and_single_spaces_remain(text in "\\PC{0,200}") {
            let folded = fold(&text);
            prop_assert!(folded.chars().all(|c| c == ' ' || c.is_alphanumeric()), "{folded}");
            prop_assert!(!folded.contains("  "));
        }
    }
}
