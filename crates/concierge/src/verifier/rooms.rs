/// Kinds of rooms, which name one with the word before them.
const KINDS: &[&str] = &[
    "suite",
    "penthouse",
    "villa",
    "bungalow",
    "cottage",
    "cabin",
    "loft",
    "apartment",
    "chalet",
    "queen",
    "king",
    "double",
    "twin",
    "studio",
];

/// Words that make a name of "room".
const GRADES: &[&str] = &[
    "deluxe",
    "family",
    "superior",
    "economy",
    "executive",
    "junior",
    "honeymoon",
    "premium",
    "luxury",
    "classic",
    "standard",
    "comfort",
    "presidential",
];

/// Kinds of services, which a grade makes a name of.
const SERVICES: &[&str] = &[
    "session",
    "class",
    "treatment",
    "massage",
    "facial",
    "consultation",
    "dinner",
    "tasting",
    "package",
];

/// Words before a kind that name no room of their own.
const NOT_A_NAME: &[&str] = &[
    "a",
    "an",
    "the",
    "our",
    "your",
    "this",
    "that",
    "these",
    "each",
    "every",
    "which",
    "any",
    "or",
    "and",
    "one",
    "no",
    "in",
    "of",
    "for",
    "is",
    "with",
    "its",
    "private",
    "own",
    "same",
    "other",
    "another",
    "free",
    "available",
    "either",
    "both",
    "to",
    "as",
    "on",
    "per",
    "would",
    "like",
    "book",
    "have",
    "has",
    "want",
    "prefer",
    "bed",
    "lovely",
    "nice",
    "cosy",
    "cozy",
    "beautiful",
    "spacious",
    "bigger",
    "larger",
    "smaller",
    "cheaper",
    "second",
    "first",
    "last",
    "whole",
    "chosen",
    "two",
    "three",
    "four",
    "does",
    "can",
    "will",
    "by",
    "at",
    "was",
    "not",
    "only",
    "from",
    "than",
    "then",
    "now",
];

/// Names of rooms and of services in a draft, in small letters: "presidential suite".
pub(super) fn named(draft: &str) -> Vec<String> {
    let lower = draft.to_lowercase();
    // A name does not go across a comma, a number or a line.
    let parts = lower.split(|c: char| !c.is_alphabetic() && !matches!(c, ' ' | '\''));
    parts.flat_map(names_in).collect()
}

fn names_in(part: &str) -> Vec<String> {
    let words: Vec<&str> = part.split_whitespace().collect();
    let names = words.windows(2).filter_map(|pair| match pair {
        [before, kind] if KINDS.contains(kind) && !NOT_A_NAME.contains(before) => {
            Some(format!("{before} {kind}"))
        }
        // "Your family dinner" is what a guest has, and no name.
        [before, kind]
            if SERVICES.contains(kind) && GRADES.contains(before) && *before != "family" =>
        {
            Some(format!("{before} {kind}"))
        }
        [before, "room" | "rooms"] if GRADES.contains(before) => Some(format!("{before} room")),
        _ => None,
    });
    names.collect()
}
