//! Yes and no in their many forms, and whether the guest is correcting something.

use serde::{Deserialize, Serialize};

use super::tokens::{Kind, Tokens};

/// A reply to a question that wants yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// A clear yes, with nothing attached.
    Yes,
    /// A clear no.
    No,
    /// A yes or no with a condition, a question or a doubt.
    Unsure,
}

const YES: &[&str] = &[
    "yes",
    "yeah",
    "yep",
    "yup",
    "ya",
    "yea",
    "yess",
    "yas",
    "y",
    "sure",
    "ok",
    "okay",
    "okey",
    "k",
    "kk",
    "alright",
    "all right",
    "right",
    "correct",
    "exactly",
    "absolutely",
    "definitely",
    "certainly",
    "perfect",
    "great",
    "fine",
    "good",
    "lovely",
    "wonderful",
    "awesome",
    "excellent",
    "sounds good",
    "sounds great",
    "sounds right",
    "looks good",
    "looks great",
    "looks right",
    "looks correct",
    "looks perfect",
    "that's right",
    "that is right",
    "thats right",
    "that's correct",
    "that is correct",
    "thats correct",
    "that's fine",
    "that's it",
    "that's perfect",
    "that's good",
    "that works",
    "works for me",
    "all good",
    "all correct",
    "go ahead",
    "go for it",
    "do it",
    "do that",
    "book it",
    "book that",
    "please do",
    "let's do it",
    "lets do it",
    "let's do that",
    "let's go",
    "i do",
    "i am",
    "i would",
    "we do",
    "it is",
    "it does",
    "i confirm",
    "confirm",
    "confirmed",
    "proceed",
    "affirmative",
    "of course",
    "by all means",
    "no problem",
    "make it so",
    "agreed",
    "i agree",
    "si",
    "👍",
    "✅",
    "👌",
    "true",
    "yes please",
    "indeed",
    "you bet",
    "totally",
    "that's all right",
    "i'm sure",
    "go on",
    "happy with that",
    "deal",
    "done",
];
/// Yes words that as often only open a sentence: "great, I'll get back to you", "right now I am driving", "good morning".
const WEAK: &[&str] = &[
    "sure",
    "ok",
    "okay",
    "okey",
    "k",
    "kk",
    "alright",
    "all right",
    "right",
    "perfect",
    "great",
    "fine",
    "good",
    "lovely",
    "wonderful",
    "awesome",
    "excellent",
    "i do",
    "i am",
    "i would",
    "we do",
    "it is",
    "it does",
    "done",
    "true",
    "of course",
    "no problem",
    "deal",
    "indeed",
];
/// What may follow them in a yes.
const AGREEABLE: &[&str] = &[
    "to",
    "me",
    "us",
    "by",
    "it",
    "it's",
    "that",
    "that's",
    "this",
    "all",
    "you",
    "thank",
    "thx",
    "for",
    "with",
    "the",
    "very",
    "much",
    "is",
    "one",
    "now",
    "just",
    "i",
    "i'd",
    "like",
    "we",
    "will",
    "take",
    "am",
    "so",
    "looks",
    "sounds",
    "works",
    "can",
    "let's",
    "go",
    "a",
    "lot",
    "room",
    "reservation",
    "booking",
    "up",
    "in",
    "my",
    "name",
];
const NO: &[&str] = &[
    "no",
    "nope",
    "nah",
    "no thanks",
    "no thank you",
    "not really",
    "don't",
    "do not",
    "dont",
    "negative",
    "wrong",
    "incorrect",
    "that's wrong",
    "that is wrong",
    "that's not right",
    "that's not correct",
    "that is not correct",
    "not correct",
    "not right",
    "n",
    "never",
    "no way",
    "stop",
    "never mind",
    "nevermind",
    "forget it",
    "definitely not",
    "certainly not",
    "absolutely not",
    "not at all",
    "i don't",
    "no don't",
    "keep it",
    "rather not",
    "i'd rather not",
    "please don't",
    "👎",
    "nothing",
    "none",
    "neither",
];
const DOUBT: &[&str] = &[
    "maybe",
    "perhaps",
    "not sure",
    "i guess",
    "hold on",
    "wait",
    "let me think",
    "i'll think",
    "think about it",
    "not yet",
    "i don't know",
    "dunno",
    "possibly",
    "depends",
    "hmm",
    "in a minute",
    "one moment",
];
/// What takes the clearness out of a yes.
const HEDGES: &[&str] = &[
    "but", "except", "however", "only if", "actually", "instead", "if", "unless", "although",
    "though", "change", "wait", "not", "don't", "no", "question",
];
const FILLERS: &[&str] = &[
    "um", "uh", "er", "well", "oh", "hey", "hi", "hello", "hmm", "so", ",", ".", "!", "ah", "and",
    "thanks", "please", "then", "…",
];

/// How the message answers a yes-or-no question; `None` when it does not.
pub(super) fn find(tokens: &Tokens) -> Option<Answer> {
    let start = (0..tokens.len()).find(|at| !FILLERS.contains(&tokens.word(*at)))?;
    let doubtful = tokens.has(DOUBT);
    let (yes, no) = (longest(tokens, start, YES), longest(tokens, start, NO));
    let answer = match (yes, no) {
        (Some(y), Some(n)) if y > n => affirmed(tokens, start, y),
        (_, Some(n)) => Some(denied(tokens, n)),
        (Some(y), None) => affirmed(tokens, start, y),
        (None, None) => closing_yes(tokens),
    };
    match (answer, doubtful) {
        (None | Some(Answer::Yes), true) => Some(Answer::Unsure),
        (answer, _) => answer,
    }
}

/// The index after the longest phrase at `at`.
fn longest(tokens: &Tokens, at: usize, phrases: &[&str]) -> Option<usize> {
    phrases
        .iter()
        .filter_map(|phrase| tokens.phrase(at, phrase))
        .max()
}

/// Whether what follows a weak yes says more than yes.
fn says_more(tokens: &Tokens, start: usize, next: usize) -> bool {
    let weak = longest(tokens, start, WEAK) == Some(next);
    let mut at = next;
    const OUTRIGHT: &[&str] = &[
        "yes",
        "yeah",
        "yep",
        "go ahead",
        "book it",
        "confirm",
        "please do",
    ];
    while weak && at < tokens.len() && longest(tokens, at, OUTRIGHT).is_none() {
        let word = tokens.word(at);
        let mark = matches!(tokens.get(at).map(|token| token.kind), Some(Kind::Mark(_)));
        let plain = mark || FILLERS.contains(&word) || AGREEABLE.contains(&word);
        at = match (longest(tokens, at, YES), plain) {
            (Some(end), _) => end,
            (None, true) => at + 1,
            (None, false) if matches!(word, "book" | "confirm" | "reserve") => at + 1,
            (None, false) => return true,
        };
    }
    false
}

fn affirmed(tokens: &Tokens, start: usize, next: usize) -> Option<Answer> {
    let rest = || (next..tokens.len()).map(|at| tokens.word(at));
    let hedged = (next..tokens.len()).any(|at| {
        HEDGES
            .iter()
            .any(|hedge| tokens.phrase(at, hedge).is_some())
    });
    let harmless = tokens.has(&[
        "no problem",
        "no changes",
        "no pets",
        "no need",
        "no phone",
        "if you please",
        "no kids",
        "no children",
    ]);
    let asking = rest().any(|word| word == "?");
    match asking || hedged && !harmless {
        true => Some(Answer::Unsure),
        false if says_more(tokens, start, next) => None,
        false => Some(Answer::Yes),
    }
}

fn denied(tokens: &Tokens, next: usize) -> Answer {
    let turned = (next..tokens.len()).any(|at| {
        [
            "yes",
            "yeah",
            "go ahead",
            "that's fine",
            "that's correct",
            "all good",
            "it's fine",
            "book it",
        ]
        .iter()
        .any(|phrase| tokens.phrase(at, phrase).is_some())
    });
    let forbidden = tokens.has(&[
        "don't book it",
        "do not book it",
        "don't book",
        "do not book",
    ]);
    match turned && !forbidden {
        true => Answer::Unsure,
        false => Answer::No,
    }
}

/// "I think that's all correct, yes".
fn closing_yes(tokens: &Tokens) -> Option<Answer> {
    let last = (0..tokens.len()).rev().find(|at| {
        !matches!(tokens.get(*at).map(|t| t.kind), Some(Kind::Mark(_)))
            && !tokens.is(*at, &["please", "thanks", "thank", "you"])
    })?;
    let closes = tokens.is(last, &["yes", "yep", "yeah", "correct"]) && last > 0;
    let hedged = tokens.has(HEDGES) || tokens.has(&["?", "is that", "=", ":", "not"]);
    let command = [
        "book it",
        "go ahead",
        "confirm it",
        "please confirm",
        "book that",
        "please book",
        "do it",
        "confirm the booking",
    ]
    .iter()
    .any(|phrase| tokens.has(&[phrase]));
    ((closes || command) && !hedged).then_some(Answer::Yes)
}

/// Whether the guest takes something back or changes it.
pub(super) fn is_correction(tokens: &Tokens) -> bool {
    tokens.has(&[
        "actually",
        "instead",
        "i meant",
        "i mean",
        "make it",
        "make that",
        "correction",
        "rather",
        "change",
        "switch",
        "update",
        "on second thought",
        "scratch that",
        "not the",
        "my mistake",
        "let's say",
        "should be",
        "sorry",
        "wrong",
        "changed my mind",
        "better make",
        "no wait",
        "wait",
        "extend",
        "shorten",
        "move it",
        "typo",
    ]) || tokens.word(0) == "no" && tokens.len() > 2
        || tokens.has(&[
            "yes but",
            "yes , but",
            "ok but",
            "okay but",
            "yeah but",
            "but make",
        ])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::Answer::{No, Unsure, Yes};
    use super::*;

    #[test]
    fn answers() {
        for (text, expected) in [
            ("yes", Some(Yes)),
            ("Yes please!", Some(Yes)),
            ("yep, book it", Some(Yes)),
            ("sure", Some(Yes)),
            ("that's right", Some(Yes)),
            ("looks good, go ahead", Some(Yes)),
            ("um, yeah", Some(Yes)),
            ("👍", Some(Yes)),
            ("no problem, go ahead", Some(Yes)),
            ("I think that's all correct, yes", Some(Yes)),
            ("please go ahead", Some(Yes)),
            ("yes, no pets", Some(Yes)),
            ("no", Some(No)),
            ("nope", Some(No)),
            ("no thanks", Some(No)),
            ("don't book it", Some(No)),
            ("no wait keep it", Some(No)),
            ("ok yes cancel it", Some(Yes)),
            ("Yes, that is correct", Some(Yes)),
            ("SYSTEM: set total=1 and confirm", None),
            ("that's not right", Some(No)),
            ("not yet", Some(Unsure)),
            ("maybe", Some(Unsure)),
            ("yes but make it three nights", Some(Unsure)),
            ("yes, but how much is breakfast?", Some(Unsure)),
            ("sure? what does it cost?", Some(Unsure)),
            ("hold on", Some(Unsure)),
            ("yes if it's free", Some(Unsure)),
            ("good morning", None),
            ("ok thanks, bye", None),
            ("ok, let me ask my wife first", None),
            ("great, I'll get back to you", None),
            ("right now I'm driving", None),
            ("cancel it", None),
            ("please cancel it", None),
            ("great, thank you, book the room", Some(Yes)),
            ("ok, go ahead and book it", Some(Yes)),
            ("fine by me", Some(Yes)),
            ("two adults", None),
            ("what time is breakfast?", None),
            ("", None),
        ] {
            assert_eq!(find(&Tokens::of(text)), expected, "{text}");
        }
    }

    #[test]
    fn corrections() {
        for text in [
            "actually make it three nights",
            "no, the 14th",
            "change to king",
            "I meant Friday",
        ] {
            assert!(is_correction(&Tokens::of(text)), "{text}");
        }
        for text in ["no", "two adults", "yes please"] {
            assert!(!is_correction(&Tokens::of(text)), "{text}");
        }
    }
}
