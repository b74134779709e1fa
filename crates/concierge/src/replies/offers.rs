use motel_inventory::UnitGroup;
use motel_kernel::{Party, StayDates};
use motel_rates::{Alternative, Offer, PackageOffer, Reason, SearchResult};

use super::figures::{money, party, stay};
use super::voices::Voice;

/// One room with its price, and with the package that was taken.
pub(crate) fn priced(
    offer: &Offer,
    with: Option<&PackageOffer>,
    dates: StayDates,
    who: Party,
) -> String {
    let package = with
        .map(|with| format!(" with {}", with.name))
        .unwrap_or_default();
    format!(
        "{}{package} for {}, {}: {} in total with tax.",
        offer.unit_group.name,
        stay(dates),
        party(who),
        money(with.map_or(offer.total(), PackageOffer::total))
    )
}

/// Every room with its price.
pub(crate) fn list(offers: &[Offer], dates: StayDates, voice: &Voice) -> String {
    let lines = offers.iter().map(line).collect::<Vec<_>>().join("\n");
    let offer = voice.offer.replace("{stay}", &stay(dates));
    format!("{offer}\n{lines}")
}

fn line(offer: &Offer) -> String {
    let group = &offer.unit_group;
    let (name, total) = (&group.name, money(offer.total()));
    match group.beds.is_empty() {
        true => format!("• {name}: {total}"),
        false => format!("• {name} ({}): {total}", group.beds),
    }
}

/// The room types in a line each, when that is what was asked.
pub(crate) fn rooms_described(groups: &[UnitGroup], question: &str) -> Option<String> {
    const ASKS: &[&str] = &[
        "difference between",
        "kind of room",
        "kinds of room",
        "type of room",
        "types of room",
        "room types",
        "tell me about the room",
        "tell me about your room",
        "describe the room",
        "compare the",
        "what rooms do you have",
    ];
    let question = question.to_lowercase();
    let asked = ASKS.iter().any(|phrase| question.contains(phrase)) && !groups.is_empty();
    asked.then(|| groups.iter().map(described).collect::<Vec<_>>().join("\n"))
}

fn described(group: &UnitGroup) -> String {
    let size = group
        .size_sqft
        .map(|size| format!(", {size} sq ft"))
        .unwrap_or_default();
    let pets = if group.pets_allowed {
        ", pets welcome"
    } else {
        ""
    };
    format!(
        "• {}: {}, sleeps {}{size}{pets}",
        group.name, group.beds, group.max_guests
    )
}

/// Why the room that was wanted is not among the offers.
pub(crate) fn not_offered(name: &str, reason: Option<Reason>) -> String {
    let why = reason
        .map(|reason| format!(" {reason}"))
        .unwrap_or_default();
    format!("I can't offer the {name} for that stay.{why}")
}

/// Why there is no offer at all.
pub(crate) fn nothing_free(
    result: &SearchResult,
    dates: StayDates,
    who: Party,
    voice: &Voice,
) -> String {
    let same = same_reason(result);
    let why = same.or_else(|| result.why_nothing()).unwrap_or_default();
    let nothing = voice.nothing_free.replace("{party}", &party(who));
    format!("{} {why}", nothing.replace("{stay}", &stay(dates)))
}

/// One sentence when one night stands in the way of every room.
fn same_reason(result: &SearchResult) -> Option<String> {
    let first = result.unavailable.first()?.reason;
    let all = result
        .unavailable
        .iter()
        .all(|refused| refused.reason == first);
    all.then(|| match first {
        Reason::SoldOut { night } => format!(
            "We are sold out on the night of {}.",
            night.format("%A, %B %-d, %Y")
        ),
        other => other.to_string().replace("It ", "Each of our rooms "),
    })
}

/// Other dates that work.
pub(crate) fn alternatives(others: &[Alternative]) -> Option<String> {
    let lines: Vec<String> = others
        .iter()
        .filter_map(|other| {
            let cheapest = other
                .offers
                .iter()
                .min_by_key(|offer| offer.total().minor())?;
            let total = money(cheapest.total());
            Some(format!(
                "• {}: {} for {total} in total",
                stay(other.stay),
                cheapest.unit_group.name
            ))
        })
        .collect();
    (!lines.is_empty()).then(|| format!("These dates near by would work:\n{}", lines.join("\n")))
}
