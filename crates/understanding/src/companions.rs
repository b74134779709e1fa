//! Grown-ups who are described instead of counted: "me and my wife", "just me", "my parents".

use super::tokens::Tokens;

/// One grown-up each when they come "with" the guest or "and me".
const COMPANIONS: &[&str] = &[
    "wife",
    "husband",
    "partner",
    "girlfriend",
    "boyfriend",
    "spouse",
    "fiance",
    "fiancee",
    "mom",
    "mum",
    "mother",
    "dad",
    "father",
    "friend",
    "sister",
    "brother",
    "colleague",
    "buddy",
    "roommate",
    "grandma",
    "grandmother",
    "grandpa",
    "grandfather",
    "fiancé",
    "fiancée",
    "hubby",
    "boss",
    "coworker",
    "aunt",
    "uncle",
    "cousin",
];

/// "just me", "my wife and I", "the two of us", "a couple", "my husband".
pub(super) fn grown_ups(tokens: &Tokens) -> Option<u32> {
    let companions = (0..tokens.len())
        .map(|at| companions_at(tokens, at))
        .sum::<u32>();
    if companions > 0 {
        return Some(companions + 1);
    }
    if tokens.has(&[
        "just me",
        "only me",
        "me only",
        "me alone",
        "just myself",
        "by myself",
        "on my own",
        "alone",
        "solo",
        "myself",
        "just one of",
        "it's me",
        "single traveler",
        "single traveller",
    ]) {
        return Some(1);
    }
    if tokens.has(&[
        "both of us",
        "the two of us",
        "a couple and",
        "we are a couple",
        "we're a couple",
    ]) {
        return Some(2);
    }
    if tokens.has(&[
        "for my parents",
        "for our parents",
        "for her parents",
        "for his parents",
    ]) {
        return Some(2);
    }
    let with_parents = tokens.has(&["my parents", "our parents"]).then_some(3);
    with_parents.or_else(|| {
        tokens
            .has(&[
                "kids and i",
                "kids and me",
                "children and i",
                "me and the kids",
                "i and the kids",
                "me and my dog",
                "me and my dogs",
                "me and my cat",
                "me and the dog",
                "me and my pet",
                "my dog and i",
                "my dog and me",
                "my cat and i",
                "my cat and me",
            ])
            .then_some(1)
    })
}

/// 1 when a companion comes along at `at`: "with my wife", "me and my wife", "my wife and I"; not "my boss said".
fn companions_at(tokens: &Tokens, at: usize) -> u32 {
    const SELF: &[&str] = &["me", "i", "myself", "us", "kids", "children"];
    if !COMPANIONS.contains(&tokens.word(at)) {
        return 0;
    }
    let Some(owner) = (1..=2).find(|back| matches!(tokens.before(at, *back), "my" | "a" | "our"))
    else {
        return 0;
    };
    let lead = tokens.before(at, owner + 1);
    let before_lead = tokens.before(at, owner + 2);
    let joined = matches!(lead, "and" | "&" | "," | "plus")
        && (SELF.contains(&before_lead) || COMPANIONS.contains(&before_lead));
    let along = matches!(lead, "with" | "bringing") || joined;
    let and_i =
        tokens.is(at + 1, &["and", "&", ","]) && (2..=5).any(|ahead| tokens.is(at + ahead, SELF));
    let stays_behind = (1..=5).any(|back| {
        matches!(
            tokens.before(at, back),
            "leave" | "leaving" | "ask" | "without"
        )
    });
    u32::from((along || and_i) && !stays_behind)
}
