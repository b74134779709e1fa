use super::{Voice, warm::WARM};

/// To who worries: what is certain comes first.
pub(super) const ANXIOUS: Voice = Voice {
    hello: "You've reached the front desk of {house}, and I'm here to help.",
    how_can_i_help: "Tell me what it is, one thing at a time.",
    ask_name: "No hurry. Which full name should I put it under?",
    offer: "Yes, there is room. For {stay} I have, in total with tax:",
    shall_i_book: "Nothing is booked until you say yes. Shall I book it?",
    booked: "You're all set: it is booked.",
    nothing_free: "I'm sorry to say that I have no room for {party} on {stay}.",
    not_understood: "I'm sorry, I didn't understand that; please say it once more in other words.",
    not_known: "I don't want to guess: that is not in my notes. If you like, I'll bring in a colleague: just say \"a person, please\".",
    no_change: "Your booking stands as it is. I can't change it myself, but I can cancel it and book you anew, or bring in a colleague to \
        change it. Which would you like?",
    welcome: "You're welcome. Do ask again whenever you like.",
    person_asked: "My colleagues know now that you'd like to talk to a person.",
    ..WARM
};
