use actix_web::HttpRequest;
use motel_tenancy::http::PublicTenant;
use motel_tenancy::{Address, Flag, Flags, PolicyTopic, Property};
use motel_web::words;

use crate::view::{Fact, Place};

/// The policies worth a place on the first page, with their drawing and heading.
const FACTS: [(PolicyTopic, &str, &str); 12] = [
    (PolicyTopic::Cancellation, "undo", "Cancelling"),
    (PolicyTopic::LateArrival, "key", "Arriving late"),
    (PolicyTopic::Pets, "paw", "Pets"),
    (PolicyTopic::Parking, "car", "Parking"),
    (PolicyTopic::Breakfast, "cup", "Breakfast"),
    (PolicyTopic::Wifi, "wifi", "Wi-Fi"),
    (PolicyTopic::Children, "child", "Children"),
    (PolicyTopic::Accessibility, "step-free", "Step-free"),
    (PolicyTopic::Smoking, "smoke-free", "Smoke-free"),
    (PolicyTopic::Guests, "bed", "Your party"),
    (PolicyTopic::Travel, "map", "Where we come"),
    (PolicyTopic::Payment, "card", "Paying"),
];

/// Three full rows of the page's grid.
const MOST_FACTS: usize = 9;

/// The business a request is for. Under `/t/{tenant}` its pages and its API keep that prefix.
pub(crate) fn place(
    request: &HttpRequest,
    tenant: &PublicTenant,
    has_rooms: bool,
    flags: Flags,
) -> Place {
    let property = &tenant.property;
    let prefixed = request.match_info().get("tenant").is_some();
    let prefix = |path: &str| {
        if prefixed {
            format!("{path}/{}", tenant.slug)
        } else {
            String::new()
        }
    };
    Place {
        name: property.name.clone(),
        tagline: if property.tagline.is_empty() {
            property.name.clone()
        } else {
            property.tagline.clone()
        },
        base: prefix("/t"),
        api: prefix("/api/v1/public"),
        address: address(&property.address),
        phone: property.phone.to_string(),
        phone_spaced: words::phone(&property.phone),
        email: property.email.to_string(),
        check_in: words::time(property.check_in),
        check_out: words::time(property.check_out),
        has_rooms,
        facts: facts(property),
        chat: flags.has(Flag::GuestChat),
        greeting: greeting(property, has_rooms),
        chat_hints: chat_hints(property, has_rooms),
    }
}

fn address(address: &Address) -> Vec<String> {
    let region = format!("{} {}", address.region, address.postal_code);
    let town = match region.trim() {
        "" => address.city.clone(),
        region if address.city.is_empty() => region.to_owned(),
        region => format!("{}, {region}", address.city),
    };
    let lines = [address.street.clone(), town];
    let told = lines.into_iter().filter(|line| !line.is_empty());
    told.collect()
}

fn facts(property: &Property) -> Vec<Fact> {
    let known = FACTS.into_iter().filter_map(|(topic, icon, heading)| {
        let answer = property.policies.answer(topic)?;
        Some(Fact {
            icon,
            heading,
            text: answer.text,
        })
    });
    known.take(MOST_FACTS).collect()
}

fn greeting(property: &Property, has_rooms: bool) -> String {
    let offer = if has_rooms {
        "or tell me when you would like to stay"
    } else {
        "or tell me what you are planning"
    };
    format!(
        "Hello, this is {}. Ask me anything, {offer}.",
        property.name
    )
}

fn chat_hints(property: &Property, has_rooms: bool) -> Vec<String> {
    let takes_pets = property
        .policies
        .pets
        .as_ref()
        .is_some_and(|pets| pets.allowed);
    let hints = [
        (has_rooms && takes_pets, "Do you take dogs?"),
        (has_rooms, "A room for two this weekend"),
        (has_rooms, "How late can I arrive?"),
        (!has_rooms, "How far do you travel?"),
        (!has_rooms, "Can you cook for vegetarians?"),
    ];
    hints
        .into_iter()
        .filter(|(fits, _)| *fits)
        .map(|(_, hint)| hint.to_owned())
        .collect()
}
