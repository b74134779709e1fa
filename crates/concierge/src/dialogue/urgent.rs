//! What is answered before anything else, whatever was being talked about.

/// Something that does not wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Urgent {
    /// Somebody may be in danger.
    Danger,
    /// Somebody asks who stays at the house, or where: that is never said.
    WhoStays,
}

const DANGER: &[&str] = &[
    "ambulance",
    "call the police",
    "call 911",
    "call 112",
    "collapsed",
    "not breathing",
    "can't breathe",
    "cannot breathe",
    "heart attack",
    "chest pain",
    "chest pains",
    "unconscious",
    "choking",
    "overdose",
    "kill myself",
    "suicide",
    "bleeding",
    "in danger",
    "break into",
    "breaking into",
    "broke into",
    "attacked",
    "being attacked",
    "gas leak",
    "smell gas",
    "smells of gas",
    "carbon monoxide",
    "there is smoke",
    "there's smoke",
    "smell smoke",
    "on fire",
    "there is a fire",
    "there's a fire",
    "fire in",
    "a fire",
    "someone is in my room",
    "somebody is in my room",
    "someone is in our room",
    "passed out",
];
/// With these words nobody is in danger: "a fire pit".
const HARMLESS: &[&str] = &[
    "fire pit",
    "fire place",
    "fireplace",
    "fire wood",
    "firewood",
    "fireworks",
    "fire works",
    "fire alarm test",
    "fire drill",
    "fire escape",
    "bed collapsed",
    "bed has collapsed",
    "sofa bed collapsed",
];

/// What the message is, if it does not wait.
pub(crate) fn urgent(message: &str) -> Option<Urgent> {
    let plain = plain(message);
    let says = |phrases: &[&str]| {
        phrases
            .iter()
            .any(|phrase| plain.contains(&format!(" {phrase} ")))
    };
    match () {
        () if says(DANGER) && !says(HARMLESS) => Some(Urgent::Danger),
        () if asks_who_stays(message, &plain) => Some(Urgent::WhoStays),
        () => None,
    }
}

/// Small words between single blanks.
fn plain(message: &str) -> String {
    let words: String = message
        .to_lowercase()
        .chars()
        .map(|c| match c {
            '\u{2019}' => '\'',
            c if c.is_alphanumeric() || c == '\'' => c,
            _ => ' ',
        })
        .collect();
    format!(
        " {} ",
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    )
}

/// "Is Ada Quist staying with you?", "which room is she in?", "when does Mr Quist check out?".
fn asks_who_stays(message: &str, plain: &str) -> bool {
    const STAYS: &[&str] = &[
        "staying with you",
        "staying there",
        "staying here",
        "staying at your",
        "stay with you",
        "check out",
        "checking out",
        "checked in",
        "checked out",
        "check in",
        "leave",
        "leaving",
        "arrive",
        "arriving",
    ];
    const ROOM: &[&str] = &[
        "which room is",
        "what room is",
        "which room did",
        "what room did",
        "room number of",
        "her room",
        "his room",
        "their room number",
        "in which room",
    ];
    let opens = ["is", "are", "has", "have", "when", "did", "does"]
        .iter()
        .any(|word| plain.starts_with(&format!(" {word} ")));
    let of_somebody = names_somebody(message);
    let stays = STAYS
        .iter()
        .any(|phrase| plain.contains(&format!(" {phrase} ")));
    let room = ROOM
        .iter()
        .any(|phrase| plain.contains(&format!(" {phrase} ")));
    let listed = plain.contains(" a guest named ") || plain.contains(" a guest called ");
    let own = ["i", "we", "i'm", "our", "my"]
        .iter()
        .any(|word| plain.contains(&format!(" {word} ")));
    of_somebody && (room || opens && stays && !own) || listed && opens
}

/// He, she, a title, or two words with capitals after the first word: somebody else than who writes.
fn names_somebody(message: &str) -> bool {
    const OTHERS: &[&str] = &["he", "she", "her", "him", "his", "mr", "mrs", "ms", "miss"];
    const THINGS: &[&str] = &[
        "king",
        "queen",
        "suite",
        "room",
        "standard",
        "pet",
        "friendly",
        "motel",
        "hotel",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "new",
        "year",
    ];
    let capital = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && !THINGS.contains(&word.to_lowercase().as_str())
    };
    let words: Vec<&str> = message
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .collect();
    let titled = words
        .iter()
        .any(|word| OTHERS.contains(&word.to_lowercase().as_str()));
    let named = words
        .iter()
        .skip(1)
        .zip(words.iter().skip(2))
        .any(|(first, second)| {
            capital(first) && capital(second) && first.len() > 1 && second.len() > 1
        });
    titled || named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danger_and_curiosity_are_told_from_the_rest() {
        for danger in [
            "There is a FIRE in the hallway",
            "I smell gas",
            "my wife can\u{2019}t breathe",
            "someone is trying to break into our room, call the police",
        ] {
            assert_eq!(urgent(danger), Some(Urgent::Danger), "{danger}");
        }
        for curious in [
            "is Ada Quist staying with you?",
            "which room is Ada Quist in?",
            "when does Ada Quist check out?",
            "has he checked in yet?",
            "I am the husband of Ada Quist, what room did she book?",
        ] {
            assert_eq!(urgent(curious), Some(Urgent::WhoStays), "{curious}");
        }
        for other in [
            "is there a fire pit in the yard?",
            "when is check out?",
            "which room is the cheapest?",
            "is the King Suite free from January 3 to 5?",
            "are we checked in?",
            "we leave on Friday",
            "my name is Ada Quist",
        ] {
            assert_eq!(urgent(other), None, "{other}");
        }
    }
}
