use super::Voice;

/// As in letters.
pub(super) const FORMAL: Voice = Voice {
    hello: "Good day, and thank you for contacting {house}.",
    how_can_i_help: "How may I assist you?",
    ask_dates: "On which dates would you like to stay?",
    ask_nights: "For how many nights would you like to stay?",
    ask_party: "May I ask how many adults and how many children will be staying?",
    ask_room: "Which room would you prefer?",
    ask_name: "Under which full name may I place it?",
    ask_email: "May I ask for your e-mail address?",
    ask_phone: "May I ask for a telephone number? You are welcome to say \"skip\".",
    offer: "For {stay} we can offer, in total with tax:",
    shall_i_book: "Shall I book it for you?",
    booked: "Your booking is confirmed.",
    nothing_free: "I regret that we have no room for {party} on {stay}.",
    not_understood: "I apologise, I did not understand that.",
    off_topic: "I regret that I cannot assist with that; I only know {house}.",
    not_known: "I regret that I have no answer to that in my notes. I would gladly bring in a colleague: please say \"a person, please\".",
    no_change: "I regret that I cannot change a confirmed booking myself. I can cancel it and book you anew, or bring in a colleague to \
        change it. Which would you prefer?",
    welcome: "You are most welcome.",
    farewell: "Thank you for contacting {house}. Goodbye.",
    person_asked: "I have informed my colleagues that you wish to speak to a person.",
    gave_up: "I apologise that I am of no further help with this, and have informed my colleagues.",
    soothe: "I apologise for the trouble. I have informed my colleagues, so that a person attends to this.",
    exception: "I may not decide that myself, and have passed your request on to my colleagues.",
    high_value: "I have informed my colleagues as well, so that a person attends to this with me.",
};
