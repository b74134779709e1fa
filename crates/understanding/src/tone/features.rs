use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

/// Words that say the same of a tone: `families.txt`.
#[derive(Default)]
struct Families {
    /// The families of a whole word.
    whole: HashMap<&'static str, Vec<&'static str>>,
    /// How a word begins, and the family of all that do.
    begins: Vec<(&'static str, &'static str)>,
}

static FAMILIES: LazyLock<Families> = LazyLock::new(|| families(include_str!("families.txt")));

fn families(text: &'static str) -> Families {
    let mut families = Families::default();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    for (name, words) in lines.filter_map(|line| line.split_once(": ")) {
        for word in words.split(' ') {
            match word.strip_suffix('*') {
                Some(beginning) => families.begins.push((beginning, name)),
                None => families.whole.entry(word).or_default().push(name),
            }
        }
    }
    families
}

/// Longer messages are read up to here.
const LONGEST_READ: usize = 2_000;

/// What of a message tells its tone: words, pairs of them, how words begin, their families, and marks. Capitals and full stops are none of
/// it, as a speech recogniser writes neither. Nothing where there are no words.
pub fn tone_features(text: &str) -> BTreeSet<String> {
    let text: String = text
        .chars()
        .take(LONGEST_READ)
        .map(|c| if c == '\u{2019}' { '\'' } else { c })
        .collect();
    let low = text.to_lowercase();
    let words = words(&low);
    let mut found = BTreeSet::new();
    if words.is_empty() {
        return found;
    }
    for word in &words {
        found.extend(of_word(word));
    }
    for (first, second) in words.iter().zip(words.iter().skip(1)) {
        found.insert(format!("{first}_{second}"));
    }
    let marks = marks(&text, &words).into_iter();
    found.extend(marks.map(str::to_owned));
    found
}

/// Letters, with inner apostrophes.
fn words(low: &str) -> Vec<&str> {
    let pieces = low.split(|c: char| !c.is_alphabetic() && c != '\'');
    pieces
        .map(|piece| piece.trim_matches('\''))
        .filter(|piece| !piece.is_empty())
        .collect()
}

fn of_word(word: &str) -> Vec<String> {
    let mut found = vec![word.to_owned()];
    let mut letters = word.char_indices();
    if let Some((end, _)) = letters.nth(4) {
        let start = word.get(..end).unwrap_or(word);
        let start: String = start.chars().take(4).collect();
        found.push(format!("{start}~"));
    }
    let whole = FAMILIES.whole.get(word).into_iter().flatten();
    let begins = FAMILIES.begins.iter();
    let begins = begins
        .filter(|(beginning, _)| word.starts_with(beginning))
        .map(|(_, name)| name);
    found.extend(whole.chain(begins).map(|name| format!("#{name}")));
    found
}

fn marks(text: &str, words: &[&str]) -> Vec<&'static str> {
    const SMILES: &[&str] = &[":)", ":-)", ";)", ";-)", ":D", ":-D"];
    const SELF: &[&str] = &["i", "we", "my", "our"];
    let length = match words.len() {
        0..=4 => "<short",
        5..=8 => "<few",
        9..=14 => "<some",
        _ => "<many",
    };
    let told = [
        ("<!", text.contains('!')),
        ("<?", text.contains('?')),
        ("<comma", text.contains(',')),
        ("<apostrophe", text.contains('\'')),
        ("<figure", text.contains(|c: char| c.is_ascii_digit())),
        ("<smile", SMILES.iter().any(|smile| text.contains(smile))),
        (
            "<self",
            words.first().is_some_and(|word| SELF.contains(word)),
        ),
        (length, true),
    ];
    told.into_iter()
        .filter_map(|(mark, there)| there.then_some(mark))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_pairs_beginnings_families_and_marks_are_told() {
        let found = tone_features("I’m WORRIED, you know!");
        for feature in [
            "i'm", "worried", "worr~", "#worry", "you_know", "<!", "<comma", "<short",
        ] {
            assert!(found.contains(feature), "{feature}: {found:?}");
        }
        assert!(!found.contains("<?") && !found.contains("<figure"));
    }

    #[test]
    fn the_families_are_readable() {
        assert!(FAMILIES.whole.len() > 100 && FAMILIES.begins.len() > 50);
        let small = |word: &str| word == word.to_lowercase();
        assert!(FAMILIES.whole.keys().all(|word| small(word)));
    }
}
