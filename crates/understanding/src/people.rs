//! Who comes, with the place of each mention: "2 adults", "me and my wife", "a table for 7".
//!
//! [`super::party`] adds people up for a stay; this module says where in the message they stand.

use std::ops::Range;

use super::tokens::{Kind, Tokens};

/// What people a mention counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kin {
    /// Grown-ups.
    Adults,
    /// Children.
    Kids,
    /// Not said.
    People,
}

/// People mentioned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct People {
    /// Its bytes, the noun included.
    pub span: Range<usize>,
    /// The bytes of the number, or of all where none is said.
    pub number: Range<usize>,
    /// How many.
    pub count: u32,
    /// Of what kind.
    pub kin: Kin,
    /// Whether "and", a comma or the like joins it to the mention before.
    pub joined: bool,
}

const KIDS: &[&str] = &[
    "kid",
    "kids",
    "child",
    "children",
    "toddler",
    "toddlers",
    "baby",
    "babies",
    "infant",
    "infants",
    "son",
    "sons",
    "daughter",
    "daughters",
    "teenager",
    "teenagers",
    "newborn",
    "grandson",
    "granddaughter",
    "grandchildren",
    "nephew",
    "niece",
    "boys",
    "girls",
    "boy",
    "girl",
    "youngsters",
    "kiddos",
    "humans",
    "teens",
    "minors",
];
const ADULTS: &[&str] = &[
    "adult",
    "adults",
    "grown-ups",
    "grownups",
    "wife",
    "husband",
    "partner",
    "spouse",
    "girlfriend",
    "boyfriend",
    "mum",
    "mom",
    "mother",
    "dad",
    "father",
    "parents",
    "brother",
    "sister",
    "fiance",
    "fiancee",
    "grandma",
    "grandpa",
    "hubby",
    "grandparents",
    "mother-in-law",
];
const PEOPLE: &[&str] = &[
    "people",
    "person",
    "persons",
    "guest",
    "guests",
    "pax",
    "ppl",
    "friend",
    "friends",
    "mates",
    "ladies",
    "men",
    "women",
    "guys",
    "folks",
    "diners",
    "travelers",
    "travellers",
    "visitors",
    "occupants",
    "individuals",
    "colleagues",
    "seniors",
    "gentlemen",
    "colleague",
    "buddies",
    "coworkers",
    "members",
    "attendees",
];
/// Words between a count and its noun.
const ADJECTIVES: &[&str] = &[
    "of",
    "my",
    "our",
    "small",
    "young",
    "little",
    "other",
    "more",
    "additional",
    "extra",
    "elderly",
    "the",
    "older",
    "teenage",
    "hungry",
    "best",
    "adult",
    "business",
];
/// Words before a bare number of people.
const LEADS: &[&str] = &[
    "for",
    "seats",
    "seating",
    "seat",
    "fit",
    "fits",
    "accommodate",
    "accommodates",
    "sleeps",
    "holds",
];

struct Mention {
    start: usize,
    next: usize,
    number: Option<usize>,
    count: u32,
    kin: Kin,
}

/// Everybody mentioned outside `taken`; `asked` means that the number of people was just asked for.
pub fn people(text: &str, asked: bool, taken: &[Range<usize>]) -> Vec<People> {
    let tokens = Tokens::of(text).without(taken);
    let mut found: Vec<People> = Vec::new();
    let (mut at, mut last_next) = (0, None);
    while at < tokens.len() {
        let Some(mention) = mention(&tokens, at) else {
            at += 1;
            continue;
        };
        let joined = last_next.is_some_and(|next| is_joint(&tokens, next, mention.start));
        at = mention.next;
        last_next = Some(mention.next);
        found.extend(placed(&tokens, &mention, joined));
    }
    if found.is_empty() && asked {
        found.extend(bare(&tokens));
    }
    found
}

fn mention(tokens: &Tokens, at: usize) -> Option<Mention> {
    counted(tokens, at)
        .or_else(|| related(tokens, at))
        .or_else(|| myself(tokens, at))
        .or_else(|| led(tokens, at))
}

fn kin(tokens: &Tokens, at: usize) -> Option<(Kin, usize)> {
    if tokens.word(at) == "adult" && PEOPLE.contains(&tokens.word(at + 1)) {
        return Some((Kin::Adults, at + 2));
    }
    if tokens.phrase(at, "grown - ups").is_some() || tokens.phrase(at, "grown - up").is_some() {
        return Some((Kin::Adults, at + 3));
    }
    if tokens.phrase(at, "grown ups").is_some() || tokens.phrase(at, "little ones").is_some() {
        let kin = if tokens.word(at) == "grown" {
            Kin::Adults
        } else {
            Kin::Kids
        };
        return Some((kin, at + 2));
    }
    let word = tokens.word(at);
    let kin = match () {
        () if KIDS.contains(&word) => Kin::Kids,
        () if ADULTS.contains(&word) => Kin::Adults,
        () if PEOPLE.contains(&word) => Kin::People,
        () => return None,
    };
    Some((kin, at + 1))
}

/// "2 adults", "three of my friends", "6 of us", "no kids".
fn counted(tokens: &Tokens, at: usize) -> Option<Mention> {
    let (count, number) = match tokens.number(at) {
        Some((count, false)) => (count, Some(at)),
        Some((_, true)) => return None,
        None if tokens.word(at) == "no" => (0, None),
        None => return None,
    };
    if let Some(next) = ["of us", "of them", "of you", "in total"]
        .into_iter()
        .find_map(|phrase| tokens.phrase(at + 1, phrase))
    {
        return Some(Mention {
            start: at,
            next: next - 2,
            number,
            count,
            kin: Kin::People,
        });
    }
    let mut noun = at + 1;
    while noun < at + 4 && ADJECTIVES.contains(&tokens.word(noun)) && kin(tokens, noun).is_none() {
        noun += 1;
    }
    let noun = noun + usize::from(noun == at + 1 && tokens.word(noun) == "-");
    let (kin, next) = kin(tokens, noun)?;
    Some(Mention {
        start: at,
        next,
        number,
        count,
        kin,
    })
}

/// "my wife", "our son", "a toddler", "the little one".
fn related(tokens: &Tokens, at: usize) -> Option<Mention> {
    const OWNERS: &[&str] = &["my", "our", "a", "an", "his", "her", "their", "one", "the"];
    if !OWNERS.contains(&tokens.word(at)) {
        return None;
    }
    if tokens.phrase(at + 1, "little one").is_some() {
        return Some(Mention {
            start: at,
            next: at + 3,
            number: None,
            count: 1,
            kin: Kin::Kids,
        });
    }
    let counted_too = counted(tokens, at + 1).filter(|mention| mention.number == Some(at + 1));
    if let Some(mention) = counted_too {
        return Some(Mention {
            start: at,
            ..mention
        });
    }
    let mut noun = at + 1;
    while noun < at + 3 && ADJECTIVES.contains(&tokens.word(noun)) {
        noun += 1;
    }
    let (kin, next) = kin(tokens, noun)?;
    let word = tokens.word(next - 1);
    let article = tokens.is(at, &["a", "an", "the"]);
    // "The guests", "the kids' menu" and "a person" bring nobody.
    let nobody = article && kin != Kin::Kids
        || tokens.word(at) == "the"
        || kin == Kin::People && word.ends_with('s');
    let count = if matches!(
        word,
        "parents" | "grandparents" | "sons" | "daughters" | "kids" | "children"
    ) {
        2
    } else {
        1
    };
    (!nobody).then_some(Mention {
        start: at,
        next,
        number: None,
        count,
        kin,
    })
}

/// "me", "myself", "my wife and I"; only beside others or after "for" and "just".
fn myself(tokens: &Tokens, at: usize) -> Option<Mention> {
    let before = tokens.before(at, 1);
    let company = tokens.is(at + 1, &["and", ",", "&", "plus", "with"])
        && mention_ahead(tokens, at + 2)
        || tokens.phrase(at + 1, ", and").is_some() && mention_ahead(tokens, at + 3);
    let says = match tokens.word(at) {
        "me" | "myself" => {
            company
                || tokens.is(at + 1, &["only", "alone"])
                || matches!(before, "just" | "only" | "and" | "&")
                || tokens.len() == 1
        }
        "i" => {
            company && !tokens.is(at + 1, &[","])
                || matches!(before, "and" | "&") && at + 1 == tokens.len()
                || matches!(before, "and" | "&") && at > 1 && kin(tokens, at - 2).is_some()
        }
        _ => false,
    };
    says.then_some(Mention {
        start: at,
        next: at + 1,
        number: None,
        count: 1,
        kin: Kin::Adults,
    })
}

fn mention_ahead(tokens: &Tokens, at: usize) -> bool {
    let at = at + usize::from(tokens.is(at, &["also", "with", "plus"]));
    counted(tokens, at)
        .or_else(|| related(tokens, at))
        .is_some()
        || tokens.is(at, &["me", "myself"])
        || tokens.number(at).is_some_and(|(_, ordinal)| !ordinal)
}

/// "a table for 7", "we are six", "party of 5".
fn led(tokens: &Tokens, at: usize) -> Option<Mention> {
    let (count, ordinal) = tokens.number(at)?;
    let before = tokens.before(at, 1);
    let two_before = tokens.before(at, 2);
    let group = before == "of"
        && matches!(
            two_before,
            "party" | "group" | "family" | "table" | "total" | "up" | "booking"
        );
    let be = matches!(before, "are" | "we're" | "be")
        && matches!(
            two_before,
            "we" | "there" | "will" | "we'll" | "there'll" | ""
        );
    let be = be || before == "we're";
    let lead = LEADS.contains(&before) || before == "just" && LEADS.contains(&two_before);
    let something_else = super::dates::words::counts_something(tokens, at)
        || tokens.is(
            at + 1,
            &[
                "ish",
                "nights",
                "star",
                "stars",
                "bedroom",
                "bed",
                "o'clock",
                "weeks",
                "king",
                "queen",
                "single",
                "double",
                "separate",
                "tables",
                "tickets",
                "meals",
                "consecutive",
            ],
        )
        || super::dates::words::month(tokens, at + 1).is_some()
        || tokens.is(at + 1, &[":", "/", "."]) && tokens.number(at + 2).is_some()
        || tokens.is(at + 1, &["-"]) && tokens.joined(at);
    let fits = !ordinal && count <= 500 && (lead || group || be) && !something_else;
    fits.then_some(Mention {
        start: at,
        next: at + 1,
        number: Some(at),
        count,
        kin: Kin::People,
    })
}

/// "7", "seven please", "I'd say 7" where the number was asked for.
fn bare(tokens: &Tokens) -> Option<People> {
    let mut numbers = (0..tokens.len()).filter(|at| matches!(tokens.number(*at), Some((_, false))));
    let (at, more) = (numbers.next()?, numbers.next());
    let (count, _) = tokens.number(at)?;
    // "A new one" and "I have one" count nobody.
    let before = tokens.before(at, 1);
    let pronoun =
        tokens.word(at) == "one" && !matches!(before, "" | "just" | "only" | "for" | "about");
    let plain = !pronoun
        && more.is_none()
        && count <= 500
        && !super::dates::words::counts_something(tokens, at);
    let mention = Mention {
        start: at,
        next: at + 1,
        number: Some(at),
        count,
        kin: Kin::People,
    };
    plain.then(|| placed(tokens, &mention, false))?
}

fn placed(tokens: &Tokens, mention: &Mention, joined: bool) -> Option<People> {
    let span =
        tokens.get(mention.start)?.span.start..tokens.get(mention.next.checked_sub(1)?)?.span.end;
    let number = match mention.number {
        Some(at) => tokens.get(at)?.span.clone(),
        None => span.clone(),
    };
    Some(People {
        span,
        number,
        count: mention.count,
        kin: mention.kin,
        joined,
    })
}

/// Whether nothing but "and", commas and the like stands between two mentions.
fn is_joint(tokens: &Tokens, from: usize, to: usize) -> bool {
    const JOINTS: &[&str] = &[",", "and", "&", "plus", "with", "also", "+"];
    to > from
        && to - from <= 2
        && (from..to).all(|at| {
            JOINTS.contains(&tokens.word(at))
                && !matches!(tokens.get(at).map(|t| t.kind), Some(Kind::Number { .. }))
        })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn read(text: &str, asked: bool) -> Vec<(&str, u32, Kin)> {
        people(text, asked, &[])
            .into_iter()
            .map(|one| (&text[one.span], one.count, one.kin))
            .collect()
    }

    #[test]
    fn people_and_where_they_stand() {
        use Kin::{Adults, Kids, People};
        for (text, expected) in [
            (
                "two grown-ups plus 3 kids",
                vec![("two grown-ups", 2, Adults), ("3 kids", 3, Kids)],
            ),
            (
                "my husband and I with our baby",
                vec![
                    ("my husband", 1, Adults),
                    ("I", 1, Adults),
                    ("our baby", 1, Kids),
                ],
            ),
            (
                "a quiet table for nine on Friday",
                vec![("nine", 9, People)],
            ),
            ("there will be 11 of us", vec![("11", 11, People)]),
            ("a party of 8", vec![("8", 8, People)]),
            ("just me", vec![("me", 1, Adults)]),
            ("four nights in room 12", vec![]),
            ("for 2 nights", vec![]),
            ("call me tomorrow", vec![]),
            ("may I have the kids menu", vec![]),
        ] {
            assert_eq!(read(text, false), expected, "{text}");
        }
        assert_eq!(read("I'd say 7", true), [("7", 7, People)]);
        assert!(read("I'd say 7", false).is_empty());
    }
}
