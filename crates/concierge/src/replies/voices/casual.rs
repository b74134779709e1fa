use super::{Voice, warm::WARM};

/// As among friends.
pub(super) const CASUAL: Voice = Voice {
    hello: "Hi there, {house} front desk here.",
    how_can_i_help: "What can I do for you?",
    ask_dates: "Which dates are you thinking of?",
    ask_nights: "How many nights are you staying?",
    ask_party: "How many of you are coming, adults and children?",
    ask_room: "Which room do you fancy?",
    ask_name: "What's your full name?",
    ask_email: "What's your e-mail address?",
    ask_phone: "Got a phone number we can reach you at? You can say \"skip\".",
    offer: "Here's what I've got for {stay}, in total with tax:",
    shall_i_book: "All good? Shall I book it?",
    booked: "Done, you're in!",
    nothing_free: "Sorry, I've got no room for {party} on {stay}.",
    not_understood: "Sorry, I didn't get that.",
    off_topic: "Sorry, can't help with that; I only know {house}.",
    not_known: "Hm, that's not in my notes. Want me to bring in a colleague? Just say \"a person, please\".",
    no_change: "I can't change a confirmed booking myself. I can cancel it and book you anew, or get a colleague to change it. \
        Which one?",
    welcome: "No problem!",
    farewell: "Thanks for dropping a line to {house}. Bye!",
    person_asked: "I've told my colleagues you'd like to talk to a person.",
    gave_up: "Sorry, I'm stuck on this one, so I've let my colleagues know.",
    exception: "That's not mine to decide, so I've passed it on to my colleagues.",
    high_value: "I've let my colleagues know too, so a person looks after this with me.",
    ..WARM
};
