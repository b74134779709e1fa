use super::Voice;

/// The house's own voice.
pub(super) const WARM: Voice = Voice {
    hello: "Hello, this is the front desk of {house}.",
    how_can_i_help: "How can I help?",
    ask_dates: "Which dates would you like to stay?",
    ask_nights: "How many nights would you like to stay?",
    ask_party: "How many adults and how many children will stay?",
    ask_room: "Which room would you like?",
    ask_name: "Which full name should I put it under?",
    ask_email: "What is your e-mail address?",
    ask_phone: "Is there a phone number we can reach you at? You can say \"skip\".",
    offer: "For {stay} I have, in total with tax:",
    shall_i_book: "Shall I book it?",
    booked: "You're booked!",
    nothing_free: "I'm sorry, I have no room for {party} on {stay}.",
    not_understood: "I'm sorry, I didn't understand that.",
    off_topic: "I'm afraid I can't help with that; I only know {house}.",
    not_known: "I don't have an answer to that in my notes. If you like, I'll bring in a colleague: just say \"a person, please\".",
    no_change: "I can't change a confirmed booking myself. I can cancel it and book you anew, or bring in a colleague to change it. \
        Which would you like?",
    welcome: "You're welcome!",
    farewell: "Thank you for getting in touch with {house}. Goodbye!",
    person_asked: "I've let my colleagues know that you'd like to talk to a person.",
    gave_up: "I'm sorry, I'm not getting any further with this, so I've let my colleagues know.",
    soothe: "I'm sorry for the trouble. I've let my colleagues know, so that a person looks after this.",
    exception: "I can't decide that myself, so I've passed it on to my colleagues.",
    high_value: "I've let my colleagues know as well, so that a person looks after this with me.",
};
