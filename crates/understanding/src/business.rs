//! What trade a sentence speaks of: who plans a trip asks for a room, a table and a train in one breath, and "cheap" is
//! said of only one of them.

use super::tokens::Tokens;

/// A trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Business {
    /// Somewhere to sleep.
    Lodging,
    /// Somewhere to eat.
    Food,
    /// A train, a bus or a flight.
    Journey,
    /// A taxi.
    Taxi,
    /// Something to see or do.
    Sights,
    /// Police, hospitals.
    Help,
}

const LODGING: &[&str] = &[
    "hotel",
    "hotels",
    "guesthouse",
    "guesthouses",
    "lodging",
    "lodge",
    "room",
    "rooms",
    "accommodation",
    "accommodations",
    "wifi",
    "internet",
    "parking",
    "star",
    "stars",
    "nights",
    "night",
    "staying",
    "hostel",
    "bed",
    "inn",
];
const FOOD: &[&str] = &[
    "restaurant",
    "restaurants",
    "food",
    "eat",
    "eating",
    "dine",
    "dining",
    "cuisine",
    "meal",
    "table",
    "dinner",
    "lunch",
    "indian",
    "chinese",
    "italian",
    "thai",
    "british",
    "french",
    "european",
    "turkish",
    "korean",
    "mexican",
];
const JOURNEY: &[&str] = &[
    "train", "trains", "ticket", "tickets", "station", "bus", "flight", "flights", "airline",
];
/// Said of journeys, and sometimes of stays.
const SETTING_OUT: &[&str] = &[
    "depart",
    "departing",
    "departs",
    "departure",
    "leaves",
    "leaving",
    "leave",
];
const TAXI: &[&str] = &["taxi", "taxis", "cab", "car"];
const SIGHTS: &[&str] = &[
    "attraction",
    "attractions",
    "museum",
    "museums",
    "parks",
    "college",
    "colleges",
    "theatre",
    "theatres",
    "entertainment",
    "nightclub",
    "nightclubs",
    "cinema",
    "cinemas",
    "architecture",
    "swimming",
    "pool",
    "pools",
    "boat",
    "entrance",
    "concert",
    "church",
    "churches",
    "gallery",
    "galleries",
    "sights",
    "sightseeing",
    "visit",
    "tourist",
    "to go",
    "to do",
    "to see",
];
const HELP: &[&str] = &["police", "hospital"];

/// What a sentence speaks of, if its words tell; a house by its name is known by [`super::houses`].
///
/// "The hotel" in a sentence about something else only says where.
pub fn business(text: &str) -> Option<Business> {
    let tokens = Tokens::of(text);
    let lodging =
        weight(&tokens, LODGING) * 10 + weight(&tokens, &["stay"]) * 5 - referred(&tokens) * 6;
    let journey = weight(&tokens, JOURNEY) * 10 + weight(&tokens, SETTING_OUT) * 5;
    let counted = [
        (Business::Lodging, lodging),
        (Business::Food, weight(&tokens, FOOD) * 10),
        (Business::Journey, journey),
        (Business::Taxi, weight(&tokens, TAXI) * 10),
        (Business::Sights, weight(&tokens, SIGHTS) * 10),
        (Business::Help, weight(&tokens, HELP) * 10),
    ];
    let most = counted
        .iter()
        .map(|(_, weight)| *weight)
        .max()
        .filter(|most| *most > 0)?;
    let leads = counted.iter().find(|(_, weight)| *weight == most);
    let (found, _) = leads?;
    let only_named = *found == Business::Lodging && most < 10;
    let next = counted.iter().skip(1).find(|(_, weight)| *weight == most);
    Some(
        next.filter(|_| only_named)
            .map_or(*found, |(other, _)| *other),
    )
}

fn weight(tokens: &Tokens, words: &[&str]) -> i32 {
    let hits =
        (0..tokens.len()).filter(|at| words.iter().any(|word| tokens.phrase(*at, word).is_some()));
    i32::try_from(hits.count()).unwrap_or(i32::MAX / 100)
}

/// How often a house is only referred to: "near the hotel".
fn referred(tokens: &Tokens) -> i32 {
    let hits = (1..tokens.len()).filter(|at| {
        tokens.is(*at, LODGING) && matches!(tokens.before(*at, 1), "the" | "my" | "that" | "our")
    });
    i32::try_from(hits.count()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_and_their_trades() {
        for (text, expected) in [
            ("I need a room with wifi", Some(Business::Lodging)),
            ("and a table for dinner", Some(Business::Food)),
            ("a restaurant near the hotel", Some(Business::Food)),
            ("a train that leaves at nine", Some(Business::Journey)),
            ("somewhere to go in the centre", Some(Business::Sights)),
            ("a cab from the hotel", Some(Business::Taxi)),
            ("thank you", None),
        ] {
            assert_eq!(business(text), expected, "{text}");
        }
    }
}
