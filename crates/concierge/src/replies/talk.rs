use motel_kernel::PersonName;
use motel_tenancy::Property;

use super::voices::Voice;

/// Hello, and what can be done here.
pub(crate) fn greeting(property: &Property, sells_rooms: bool, voice: &Voice) -> String {
    let hello = of_house(voice.hello, property);
    format!("{hello} {}", abilities(sells_rooms, voice))
}

/// What can be done here, when something else was asked.
pub(crate) fn capabilities(property: &Property, sells_rooms: bool, voice: &Voice) -> String {
    let sorry = of_house(voice.off_topic, property);
    format!("{sorry} {}", abilities(sells_rooms, voice))
}

/// What can be done here, when nothing was understood.
pub(crate) fn not_understood(sells_rooms: bool, voice: &Voice) -> String {
    format!("{} {}", voice.not_understood, abilities(sells_rooms, voice))
}

fn of_house(phrase: &str, property: &Property) -> String {
    phrase.replace("{house}", &property.name)
}

/// How to reach the house and where it is, when that is what was asked.
pub(crate) fn whereabouts(property: &Property, question: &str) -> Option<String> {
    let question = question.to_lowercase();
    let asks = |phrases: &[&str]| phrases.iter().any(|phrase| question.contains(phrase));
    match () {
        () if asks(&[
            "your phone",
            "your number",
            "your telephone",
            "call you",
            "reach you by phone",
        ]) =>
        {
            Some(format!("You can call us at {}.", property.phone))
        }
        () if asks(&[
            "your email",
            "your e-mail",
            "your mail address",
            "email you",
            "write to you",
        ]) =>
        {
            Some(format!("You can write to us at {}.", property.email))
        }
        () if property.address.is_told()
            && asks(&[
                "your address",
                "the address",
                "where are you",
                "where is the motel",
                "are you located",
                "your location",
            ]) =>
        {
            Some(format!(
                "You find {} at {}.",
                property.name, property.address
            ))
        }
        () => None,
    }
}

fn abilities(sells_rooms: bool, voice: &Voice) -> String {
    let abilities = match sells_rooms {
        true => {
            "I can find and book a room, say what a stay costs, answer questions about the house, look up or cancel a \
             booking, or bring in a colleague."
        }
        false => {
            "I can answer questions about what we do, take your details for a colleague to get back to you, or bring in a \
             person."
        }
    };
    format!("{abilities} {}", voice.how_can_i_help)
}

/// You're welcome.
pub(crate) fn welcome(voice: &Voice) -> String {
    voice.welcome.to_owned()
}

/// Goodbye.
pub(crate) fn farewell(property: &Property, voice: &Voice) -> String {
    of_house(voice.farewell, property)
}

/// The guest has said who they are, not yet what they want.
pub(crate) fn hello_name(name: Option<&PersonName>) -> String {
    let thanks = name.map_or_else(
        || "Thank you, noted.".to_owned(),
        |name| format!("Thank you, {}.", name.given()),
    );
    format!(
        "{thanks} What can I do for you? If you'd like a room, which dates would you like to stay?"
    )
}

/// No rooms are sold here at all.
pub(crate) fn no_rooms(property: &Property) -> String {
    format!(
        "{} has no rooms to book online, but a colleague gladly gets back to you.",
        property.name
    )
}

/// What leaving details is for.
pub(crate) fn lead_asked() -> String {
    "A colleague will gladly get back to you.".to_owned()
}

/// The details are kept.
pub(crate) fn lead_taken(number: &str, name: &PersonName) -> String {
    format!(
        "Thank you, {}. I've noted your details under {number}; a colleague will get back to you.",
        name.given()
    )
}

/// Neither documents nor policies say anything on it.
pub(crate) fn not_known(voice: &Voice) -> String {
    voice.not_known.to_owned()
}

/// Code and e-mail address don't go together, or there is no such booking: the same answer.
pub(crate) fn not_found() -> String {
    "I can't find a booking with that code and that e-mail address. Could you check both and give them once more?".to_owned()
}

/// How a confirmed booking can be changed.
pub(crate) fn explain_change(voice: &Voice) -> String {
    voice.no_change.to_owned()
}

/// To somebody who gave the number of a card.
pub(crate) fn no_card_numbers() -> String {
    "Please don't give card numbers here: I have neither read nor kept it. Once a room is booked I send you a link to a page \
     where you can pay safely."
        .to_owned()
}

/// Where to pay.
pub(crate) fn payment_link(url: &str, amount: &str) -> String {
    format!("You can pay {amount} safely here: {url}")
}
