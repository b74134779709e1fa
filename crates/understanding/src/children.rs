//! Children: "a toddler and a baby", "our son", "an 8 year old".

use super::party::counted;
use super::tokens::Tokens;

const CHILDREN: &[&str] = &[
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
    "teens",
    "teen",
    "grandkids",
    "grandchildren",
    "grandson",
    "granddaughter",
    "boy",
    "boys",
    "girl",
    "girls",
    "newborn",
    "little ones",
    "twins",
    "kiddo",
    "kiddos",
];

/// How many children are spoken of; several mentions add up, a correction replaces.
pub(super) fn count(tokens: &Tokens) -> Option<u32> {
    let mut sum: Option<u32> = None;
    for at in 0..tokens.len() {
        let one = counted(tokens, at, CHILDREN)
            .map(|n| n * twins(tokens, at))
            .or_else(|| possessed(tokens, at))
            .or_else(|| aged(tokens, at));
        sum = match (sum, one) {
            (Some(so_far), Some(n)) if n > 0 && !replaces(tokens, at) => {
                Some(so_far.saturating_add(n))
            }
            (so_far, None) => so_far,
            (_, n) => n,
        };
    }
    sum
}

fn twins(tokens: &Tokens, at: usize) -> u32 {
    1 + u32::from(tokens.word(at + 1) == "twins")
}

/// "sorry, three kids" replaces "two kids"; "a toddler and a baby" adds up.
fn replaces(tokens: &Tokens, at: usize) -> bool {
    (1..=3).any(|back| {
        matches!(
            tokens.before(at, back),
            "sorry" | "actually" | "mean" | "no" | "not"
        )
    })
}

/// "my son", "our daughter", "the baby", "the little one", "our twins".
fn possessed(tokens: &Tokens, at: usize) -> Option<u32> {
    if !tokens.is(at, &["my", "our", "the", "her", "his"]) {
        return None;
    }
    if tokens.phrase(at + 1, "little one").is_some() {
        return Some(1);
    }
    match tokens.word(at + 1) {
        "son" | "daughter" | "baby" | "toddler" | "kid" | "child" | "infant" | "grandson"
        | "granddaughter" | "teenager" | "newborn" => Some(1),
        "twins" => Some(2),
        _ => None,
    }
}

/// "a 4 year old", "an 8-year-old".
fn aged(tokens: &Tokens, at: usize) -> Option<u32> {
    let (age, _) = tokens.number(at)?;
    let dash = usize::from(tokens.word(at + 1) == "-");
    let unit_at = at + 1 + dash;
    let old_at = unit_at + 1 + usize::from(tokens.word(unit_at + 1) == "-");
    let child = age < 18
        && tokens.is(unit_at, &["year", "yr", "month", "months", "years"])
        && tokens.is(old_at, &["old"])
        && tokens.is(at.wrapping_sub(1), &["a", "an", "my", "our", "one"])
        && !CHILDREN.contains(&tokens.word(old_at + 1));
    child.then_some(1)
}
