use motel_kernel::PersonName;
use motel_tenancy::Property;

/// Hello, and what can be done here.
pub(crate) fn greeting(property: &Property, sells_rooms: bool) -> String {
    format!(
        "Hello, this is the front desk of {}. {}",
        property.name,
        abilities(sells_rooms)
    )
}

/// What can be done here, when something else was asked.
pub(crate) fn capabilities(property: &Property, sells_rooms: bool) -> String {
    format!(
        "I'm afraid I can't help with that; I only know {}. {}",
        property.name,
        abilities(sells_rooms)
    )
}

/// What can be done here, when nothing was understood.
pub(crate) fn not_understood(sells_rooms: bool) -> String {
    format!(
        "I'm sorry, I didn't understand that. {}",
        abilities(sells_rooms)
    )
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

fn abilities(sells_rooms: bool) -> &'static str {
    match sells_rooms {
        true => {
            "I can find and book a room, say what a stay costs, answer questions about the house, look up or cancel a \
             booking, or bring in a colleague. How can I help?"
        }
        false => {
            "I can answer questions about what we do, take your details for a colleague to get back to you, or bring in a \
             person. How can I help?"
        }
    }
}

/// You're welcome.
pub(crate) fn welcome() -> String {
    "You're welcome!".to_owned()
}

/// Goodbye.
pub(crate) fn farewell(property: &Property) -> String {
    format!(
        "Thank you for getting in touch with {}. Goodbye!",
        property.name
    )
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

/// A person was brought in.
pub(crate) fn handed_over() -> String {
    "I've let my colleagues know that you'd like to talk to a person.".to_owned()
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
pub(crate) fn not_known() -> String {
    "I don't have an answer to that in my notes. If you like, I'll bring in a colleague: just say \"a person, please\".".to_owned()
}

/// Code and e-mail address don't go together, or there is no such booking: the same answer.
pub(crate) fn not_found() -> String {
    "I can't find a booking with that code and that e-mail address. Could you check both and give them once more?".to_owned()
}

/// How a confirmed booking can be changed.
pub(crate) fn explain_change() -> String {
    "I can't change a confirmed booking myself. I can cancel it and book you anew, or bring in a colleague to change it. \
     Which would you like?"
        .to_owned()
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
