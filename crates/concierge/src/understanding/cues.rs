//! The words and phrases that give an intent away, with their weights.

use super::intents::Intent::{
    self, Availability, Book, Bye, Cancel, ChangeBooking, Human, LeaveDetails, MyBooking, NeverMind, Other, Pay,
    PolicyQuestion, Price, Repeat, SmallTalk, Thanks,
};
use super::tokens::Tokens;

/// Evidence for one intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cue {
    pub(super) intent: Intent,
    pub(super) weight: u32,
}

/// Weight 6 settles it, 3 is typical, 1 tips a balance.
const CUES: &[(Intent, u32, &[&str])] = &[
    (Book, 5, &[
        "book a room", "book a stay", "book a king", "book a queen", "book the", "reserve a", "reserve the", "make a reservation",
        "make a booking", "like to book", "want to book", "need to book", "can i book", "could i book", "i'd book", "book me", "book us",
        "new booking", "new reservation", "get a room", "need a room", "want a room", "looking for a room",
        "like a room", "place to stay", "like to reserve", "want to reserve", "need a place", "somewhere to stay",
        "need somewhere", "need rooms", "need two rooms", "get me a room", "book for", "accommodation for", "bed for", "like to stay",
        "want to stay", "looking to stay", "planning to stay", "book one", "book now", "book another", "i'll take it",
        "i'll take the", "we'll take the", "let's book", "take the", "looking for accommodation", "a bed for the night", "crash for the night",
    ]),
    (Book, 3, &["book", "reserve", "booking for", "a room for", "room for", "reservation for", "a room", "i'd like a", "we need a", "i need a", "stay", "staying"]),
    (Availability, 5, &[
        "do you have anything", "anything free", "anything available", "any rooms", "rooms available", "room available",
        "availability", "vacancies", "vacancy", "available on", "available for", "available from", "available this",
        "available next", "available tonight", "available tomorrow", "have space", "any room", "rooms left", "room free",
        "rooms free", "have a room", "have rooms", "what's available", "what is available", "is it available", "still available", "got a room",
        "got any rooms", "fully booked", "sold out", "what do you have", "got space", "have any openings", "have something", "which rooms",
        "what rooms", "free from", "free on", "free for", "free this", "free next", "free tonight", "free tomorrow", "suite free", "king free", "queen free", "have a king", "have a suite", "have a queen", "available", "is anything open", "got anything",
    ]),
    (Price, 5, &[
        "how much is a room", "how much for a room", "how much is the room", "how much would", "how much does a room",
        "your rates", "room rates", "room rate", "nightly rate", "rates", "price", "prices", "pricing", "what does it cost",
        "how much does it cost", "what would it cost", "cost for", "cost per night", "quote", "per night", "how much is it",
        "how much for", "what's the rate", "weekend rate", "how much is the suite", "how much is the king", "total cost", "how expensive", "what's the total",
        "how much is a", "how much are the rooms", "how much are rooms", "how much is the queen", "how much is one", "how much will",
    ]),
    (Price, 3, &["how much", "cost", "costs", "rate", "cheap", "cheaper", "expensive", "what do you charge", "charge", "discount"]),
    (PolicyQuestion, 4, &[
        "breakfast", "parking", "park my", "wifi", "wi-fi", "wi - fi", "internet", "pool", "swimming", "gym", "fitness", "smoke", "smoking",
        "vape", "pets allowed", "pet policy", "pet fee", "you pet friendly", "you pet - friendly", "is it pet friendly", "dogs allowed", "allow dogs", "allow pets", "take dogs",
        "accept dogs", "take pets", "accept pets", "allow cats", "take cats", "are pets", "are dogs", "are cats", "check - in time", "check in time", "check - out time",
        "check out time", "checkout time", "checkin time", "time is check", "early check", "late check", "late arrival", "arrive late",
        "arrive after", "arrive at", "wheelchair", "accessible", "accessibility", "elevator", "lift", "laundry", "washing machine",
        "cancellation policy", "cancelation policy", "cancel for free", "free cancellation", "refundable", "cancellation fee", "refund policy",
        "deposit", "credit card", "credit cards", "pay cash", "accept cash", "american express", "amex", "payment methods", "shuttle",
        "airport", "restaurant", "restaurants", "quiet hours", "noise", "lost property", "lost and found", "ev charg", "charging",
        "charger", "towels", "crib", "cot", "rollaway", "extra bed", "kitchen", "microwave", "fridge", "coffee", "air conditioning", "ac",
        "heating", "tv", "amenities", "facilities", "luggage", "bags", "minimum age", "age limit", "how old", "located", "location",
        "address", "directions", "how do i get", "how far", "nearby", "near", "downtown", "beach", "station", "open", "opening hours", "reception",
        "front desk hours", "policy", "policies", "rules", "allowed", "bathtub", "shower", "hair dryer", "hairdryer", "iron", "balcony", "view", "sauna", "spa", "hot tub",
        "jacuzzi", "vending", "ice machine", "safe", "security", "non - smoking", "nonsmoking", "truck", "trailer", "rv", "motorcycle",
        "bike", "service dog", "service animal", "party", "parties", "visitors", "long stay", "weekly rate", "monthly", "children stay free",
        "kids stay free", "kids pay", "children pay", "pay extra", "extra charge", "get the key", "the key", "key box", "smoke - free", "babysitting", "taxes included", "tax", "invoice", "receipt", "key", "code for the door", "housekeeping", "cleaned",
        "fire", "emergency", "hospital", "pharmacy", "grocery", "bar", "check in", "check out", "checkout", "checkin", "check - in", "check - out",
        "room service", "dinner", "lunch", "meals", "vegan", "vegetarian", "gluten", "menu", "chef", "chefs", "allergies", "minimum stay",
    ]),
    (PolicyQuestion, 2, &["do you allow", "do you offer", "do you provide", "is there", "are there", "do you have a", "do you have", "can i bring", "can we bring", "what time", "where is", "where are", "included", "free", "what's the policy", "am i allowed", "are we allowed", "do you take", "do you accept", "do i need", "do i have to", "tell me about"]),
    (MyBooking, 5, &[
        "my booking", "my reservation", "look up", "find my", "my confirmation", "booking status", "reservation status",
        "i have a booking", "i have a reservation", "i've got a booking", "i've got a reservation", "existing booking", "existing reservation",
        "did my booking", "i already booked", "i booked", "we booked", "check my", "see my booking", "details of my", "booking number", "confirmation number", "our booking", "our reservation", "my stay",
    ]),
    (ChangeBooking, 9, &[
        "change my booking", "change my reservation", "modify my", "change a reservation", "change a booking", "change the booking", "change the reservation",
        "reschedule", "move my booking", "move my reservation", "change my existing", "change an existing", "amend my", "extend my stay", "extend my booking",
        "change the dates of my", "upgrade my booking", "update my booking", "update my reservation", "rebook", "change our booking", "change our reservation", "modify a booking", "modify the booking",
    ]),
    (Cancel, 7, &[
        "cancel my", "cancel the booking", "cancel the reservation", "cancel booking", "cancel reservation", "cancel a booking",
        "cancel a reservation", "cancel our", "like to cancel", "want to cancel", "need to cancel", "have to cancel", "please cancel",
        "cancel it", "cancel that booking", "cancel this booking", "cancel an existing", "cancel rm", "cancel for me", "can't make it", "cannot come anymore",
    ]),
    (Cancel, 4, &["cancel", "cancellation", "canceling", "cancelling"]),
    (Pay, 6, &["payment link", "pay now", "pay for my", "pay my", "like to pay", "want to pay", "pay online", "how do i pay", "can i pay now", "pay the", "checkout link", "pay for the booking", "pay for it", "pay by card now", "let me pay", "link to pay", "pay with card"]),
    (Human, 8, &[
        "a human", "real person", "talk to someone", "speak to someone", "speak with someone", "talk to a person", "speak to a person",
        "speak to the manager", "talk to the manager", "the manager", "a manager", "your manager", "operator", "front desk please", "speak to reception",
        "talk to reception", "human please", "an agent", "customer service", "representative", "someone real", "live agent", "call me back",
        "speak with a", "talk with a person", "talk to staff", "speak to staff", "talk to a member", "not a bot", "actual person", "human being", "live person", "somebody from the",
    ]),
    (LeaveDetails, 7, &[
        "think about it", "think it over", "get back to me", "contact me", "reach me at", "reach out to me", "let me know when", "group of",
        "wedding", "company event", "family reunion", "conference", "sports team", "email me", "send me information", "send me more info", "keep me posted",
        "leave my details", "leave my contact", "leave my number", "my contact details", "follow up with me", "call me later", "block of rooms", "large group", "tour group", "bus tour", "not ready to book", "waiting list", "waitlist",
    ]),
    (NeverMind, 7, &["never mind", "nevermind", "forget it", "forget about it", "start over", "scratch that", "start again", "not interested", "stop it", "changed my mind", "don't want it anymore", "don't want to book", "don't book it", "leave it", "drop it", "reset"]),
    (Repeat, 6, &["say that again", "come again", "repeat that", "repeat please", "could you repeat", "what did you say", "sorry what was that", "sorry , what was that", "pardon"]),
    (SmallTalk, 4, &["how are you", "how's it going", "good morning", "good afternoon", "good evening", "hello", "hi", "hey", "hi there", "what's up", "who are you", "are you a bot", "stupid bot", "a bot or", "are you a robot", "are you human", "are you real", "what's your name", "nice to meet you", "what can you do", "how can you help", "greetings", "howdy", "help"]),
    (Thanks, 4, &["thank you", "thanks", "thank u", "thx", "ty", "cheers", "appreciate it", "much appreciated"]),
    (Bye, 6, &["bye", "goodbye", "good bye", "see you", "see ya", "that's all", "that is all", "have a good", "have a nice", "good night", "get back to you", "laters", "i'm done", "im done", "nothing else", "take care"]),
    (Other, 9, &[
        "joke", "poem", "capital of", "president", "weather", "recipe", "stock", "bitcoin", "write code", "python", "translate", "football score",
        "homework", "who won", "movie", "song", "ignore previous", "ignore all", "ignore your", "system prompt", "your instructions", "your prompt", "previous instructions", "jailbreak", "developer mode", "drop table", "admin password", "password",
        "pretend you", "pretend to be", "act as", "other guests", "other guest", "another guest", "which guests", "guest list", "who is staying", "who else", "train ticket", "list all bookings", "all bookings", "every booking", "all guests", "guest names", "pizza", "news", "math", "meaning of life",
    ]),
];

/// Every cue in the message; of overlapping phrases of one intent only the longest counts.
pub(super) fn found(tokens: &Tokens) -> Vec<Cue> {
    let mut cues = Vec::new();
    for intent_block in blocks() {
        cues.extend(block_cue(tokens, intent_block));
    }
    cues
}

type Block = &'static (Intent, u32, &'static [&'static str]);

fn blocks() -> impl Iterator<Item = Block> {
    CUES.iter()
}

/// A block counts once, and half again for each further phrase at another place (at most twice).
fn block_cue(tokens: &Tokens, (intent, weight, phrases): Block) -> Option<Cue> {
    let hits = phrases
        .iter()
        .filter(|phrase| (0..tokens.len()).any(|at| stands_at(tokens, at, phrase)))
        .take(3)
        .count();
    let hits = u32::try_from(hits).unwrap_or(0);
    (hits > 0).then(|| Cue {
        intent: *intent,
        weight: weight + (hits - 1) * weight / 4,
    })
}

fn stands_at(tokens: &Tokens, at: usize, phrase: &str) -> bool {
    tokens.phrase(at, phrase).is_some()
}

/// Whether the message begins like a question.
pub(super) fn opens_question(tokens: &Tokens) -> bool {
    const OPENERS: &[&str] = &[
        "do", "does", "is", "are", "can", "could", "what", "what's", "whats", "when", "when's", "where", "where's",
        "which", "how", "who", "why", "may", "am", "will", "would", "did", "any",
    ];
    let mut at = 0;
    while tokens.is(at, &["hi", "hello", "hey", ",", "and", "also", "but", "so", "ok", "okay", ".", "!", "wait", "quick", "question", ":", "by", "the", "way", "there", "first"]) {
        at += 1;
    }
    let command = tokens.is(at, &["do"]) && tokens.is(at + 1, &["it", "that", "so", "not"]);
    tokens.is(at, OPENERS) && !command
}
