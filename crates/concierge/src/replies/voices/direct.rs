use super::{Voice, warm::WARM};

/// The matter and nothing else.
pub(super) const DIRECT: Voice = Voice {
    hello: "Front desk of {house}.",
    how_can_i_help: "What do you need?",
    ask_dates: "Which dates?",
    ask_nights: "How many nights?",
    ask_party: "How many adults, how many children?",
    ask_room: "Which room?",
    ask_name: "Full name?",
    ask_email: "E-mail address?",
    ask_phone: "Phone number? Or say \"skip\".",
    offer: "For {stay}, in total with tax:",
    booked: "Booked.",
    nothing_free: "No room for {party} on {stay}.",
    not_understood: "I didn't understand that.",
    off_topic: "I can't help with that; I only know {house}.",
    not_known: "That is not in my notes. For a colleague, say \"a person, please\".",
    no_change: "I can't change a confirmed booking. I can cancel it and book anew, or bring in a colleague to change it. Which?",
    farewell: "Thank you for writing to {house}. Goodbye.",
    person_asked: "My colleagues know that you want to talk to a person.",
    gave_up: "I'm not getting any further with this. My colleagues know.",
    soothe: "I'm sorry for the trouble. My colleagues know, so that a person looks after this.",
    exception: "I can't decide that. My colleagues have your request.",
    high_value: "My colleagues know as well, so that a person looks after this.",
    ..WARM
};
