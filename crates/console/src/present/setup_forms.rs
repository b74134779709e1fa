//! The fields of the forms by which a business is set up.

use motel_onboarding::COUNTRIES;
use motel_tenancy::Property;
use motel_web::FieldError;

use crate::input::{RawHouseRules, RawPlace, RawRooms, RawService};
use crate::view::{FieldGroup, FieldKind, SetupField};

/// The refusals of a form, to be said at its fields.
#[derive(Clone, Copy)]
pub(crate) struct Refusals<'a>(pub(crate) &'a [FieldError]);

impl Refusals<'_> {
    fn of(self, field: &str) -> Option<String> {
        let found = self.0.iter().find(|error| error.field == field)?;
        let mut letters = found.reason.chars();
        let first = letters.next()?;
        Some(format!("{}{}.", first.to_uppercase(), letters.as_str()))
    }

    fn text(
        self,
        (name, label): (&'static str, &'static str),
        value: &str,
        kind: FieldKind,
    ) -> SetupField {
        SetupField {
            name,
            label,
            value: value.to_owned(),
            hint: "",
            error: self.of(name),
            kind,
        }
    }
}

fn input(input: &'static str, longest: usize, required: bool) -> FieldKind {
    FieldKind::Text {
        input,
        longest,
        required,
        offered: Vec::new(),
    }
}

fn choice(options: &[(&str, &str)]) -> FieldKind {
    let pair = |(word, text): &(&str, &str)| ((*word).to_owned(), (*text).to_owned());
    FieldKind::Choice(options.iter().map(pair).collect())
}

fn hinted(field: SetupField, hint: &'static str) -> SetupField {
    SetupField { hint, ..field }
}

/// What a property is called, where it is, and by what it works.
pub(crate) fn place_fields(
    raw: &RawPlace,
    property: &Property,
    refused: Refusals<'_>,
) -> Vec<FieldGroup> {
    let line = |name, label, value, longest| {
        refused.text((name, label), value, input("text", longest, false))
    };
    let must = |name, label, value, longest| {
        refused.text((name, label), value, input("text", longest, true))
    };
    let name = vec![
        must("name", "Name guests read", &raw.name, 120),
        line("tagline", "One line about it", &raw.tagline, 200),
    ];
    let address = vec![
        must("street", "Street and number", &raw.street, 200),
        must("city", "City", &raw.city, 120),
        line("postal_code", "Postal code", &raw.postal_code, 20),
        line("region", "State or region", &raw.region, 60),
        refused.text(
            ("country", "Country"),
            &raw.country,
            countries(&raw.country),
        ),
    ];
    let phone = refused.text(("phone", "Telephone"), &raw.phone, input("tel", 40, true));
    vec![
        FieldGroup {
            legend: "What it is called",
            fields: name,
        },
        FieldGroup {
            legend: "Where it is",
            fields: address,
        },
        FieldGroup {
            legend: "How guests reach you",
            fields: vec![phone],
        },
        FieldGroup {
            legend: "Clock and money",
            fields: clock_and_money(raw, property, refused),
        },
    ]
}

fn clock_and_money(raw: &RawPlace, property: &Property, refused: Refusals<'_>) -> Vec<SetupField> {
    let zones = FieldKind::Text {
        input: "text",
        longest: 60,
        required: true,
        offered: zones(),
    };
    let included = choice(&[
        ("yes", "Prices hold the tax already"),
        ("no", "Tax comes on top of prices"),
    ]);
    vec![
        refused.text(("timezone", "Time zone"), &raw.timezone, zones),
        hinted(
            refused.text(
                ("currency", "Currency"),
                &raw.currency,
                currencies(property),
            ),
            "It can't be changed once something has a price.",
        ),
        refused.text(
            ("check_in", "Check-in from"),
            &raw.check_in,
            input("time", 5, true),
        ),
        refused.text(
            ("check_out", "Check-out until"),
            &raw.check_out,
            input("time", 5, true),
        ),
        hinted(
            refused.text(
                ("tax_percent", "Tax on what you sell, in percent"),
                &raw.tax_percent,
                input("text", 6, true),
            ),
            "0 where none is due.",
        ),
        refused.text(
            ("tax_included", "Prices and tax"),
            &raw.tax_included,
            included,
        ),
    ]
}

/// Those on the list, and the one that was said before.
fn countries(known: &str) -> FieldKind {
    let listed = COUNTRIES.iter().map(|country| (country.code, country.name));
    let mut options: Vec<_> = listed.collect();
    if !known.is_empty() && !options.iter().any(|(code, _)| *code == known) {
        options.push((known, known));
    }
    choice(&options)
}

fn currencies(property: &Property) -> FieldKind {
    let mut codes: Vec<_> = COUNTRIES
        .iter()
        .map(|country| country.currency().code())
        .chain([property.currency.code()])
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let options: Vec<_> = codes.into_iter().map(|code| (code, code)).collect();
    choice(&options)
}

/// Zones that are named after places.
fn zones() -> Vec<&'static str> {
    let names = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
    names
        .filter(|name| name.contains('/') && !name.starts_with("Etc/"))
        .collect()
}

/// A room type, how many of it, and its price.
pub(crate) fn room_fields(
    raw: &RawRooms,
    currency: &str,
    refused: Refusals<'_>,
) -> Vec<FieldGroup> {
    let price = refused.text(
        ("price", "Price a night"),
        &raw.price,
        input("text", 14, true),
    );
    let mut price = hinted(price, "Before tax that comes on top.");
    if let Some(error) = &mut price.error {
        *error = format!("{error} The currency is {currency}.");
    }
    vec![FieldGroup {
        legend: "A room type",
        fields: vec![
            hinted(
                refused.text(
                    ("name", "What guests call it"),
                    &raw.name,
                    input("text", 80, true),
                ),
                "Such as: Standard Queen",
            ),
            hinted(
                refused.text(("beds", "Beds"), &raw.beds, input("text", 120, false)),
                "Such as: one queen bed",
            ),
            refused.text(
                ("count", "How many rooms of it"),
                &raw.count,
                input("number", 3, true),
            ),
            refused.text(
                ("sleeps", "How many sleep in one"),
                &raw.sleeps,
                input("number", 2, true),
            ),
            price,
        ],
    }]
}

/// A service, when it is offered, and its price.
pub(crate) fn service_fields(raw: &RawService, refused: Refusals<'_>) -> Vec<FieldGroup> {
    let basis = choice(&[
        ("per_session", "For all of them together"),
        ("per_guest", "For each guest"),
    ]);
    let days = choice(&[
        ("workdays", "Monday to Friday"),
        ("weekends", "Saturday and Sunday"),
        ("every", "Every day"),
    ]);
    let what = vec![
        refused.text(
            ("name", "What guests call it"),
            &raw.name,
            input("text", 120, true),
        ),
        refused.text(
            ("minutes", "How long it takes, in minutes"),
            &raw.minutes,
            input("number", 3, true),
        ),
        refused.text(("price", "Price"), &raw.price, input("text", 14, true)),
        refused.text(("basis", "The price is"), &raw.basis, basis),
        refused.text(
            ("guests", "The most guests at a time"),
            &raw.guests,
            input("number", 3, true),
        ),
    ];
    let when = vec![
        refused.text(("days", "Days"), &raw.days, days),
        refused.text(
            ("station", "Who does it, or where"),
            &raw.station,
            input("text", 120, true),
        ),
        refused.text(("from", "From"), &raw.from, input("time", 5, true)),
        refused.text(("until", "Until"), &raw.until, input("time", 5, true)),
    ];
    vec![
        FieldGroup {
            legend: "What it is",
            fields: what,
        },
        FieldGroup {
            legend: "When, and by whom",
            fields: when,
        },
    ]
}

/// What guests ask.
pub(crate) fn house_rule_fields(raw: &RawHouseRules, refused: Refusals<'_>) -> Vec<FieldGroup> {
    let ask = |name, label, value: &str, options: &[(&str, &str)]| {
        let all: Vec<_> = [("", "Say nothing yet")]
            .iter()
            .chain(options)
            .copied()
            .collect();
        refused.text((name, label), value, choice(&all))
    };
    let fee =
        |name, label, value: &str| refused.text((name, label), value, input("text", 14, false));
    let booking = vec![
        ask(
            "cancellation",
            "Until when can guests cancel for free?",
            &raw.cancellation,
            &[
                ("free", "At any time"),
                ("24", "24 hours before; then the first night is due"),
                ("48", "48 hours before; then the first night is due"),
                ("168", "A week before; then the first night is due"),
            ],
        ),
        ask(
            "children",
            "Are children welcome?",
            &raw.children,
            &[("welcome", "Yes"), ("none", "No, adults only")],
        ),
    ];
    let house = vec![
        ask(
            "breakfast",
            "Is there breakfast?",
            &raw.breakfast,
            &[("included", "Yes, the price holds it"), ("none", "No")],
        ),
        ask(
            "wifi",
            "Is there Wi-Fi?",
            &raw.wifi,
            &[("free", "Yes, for free"), ("none", "No")],
        ),
        ask(
            "parking",
            "Can guests park?",
            &raw.parking,
            &[
                ("free", "Yes, for free"),
                ("paid", "Yes, for a fee"),
                ("none", "No"),
            ],
        ),
        fee(
            "parking_fee",
            "Parking fee a night, if there is one",
            &raw.parking_fee,
        ),
        ask(
            "pets",
            "Can pets come?",
            &raw.pets,
            &[
                ("free", "Yes, for free"),
                ("paid", "Yes, for a fee"),
                ("none", "No"),
            ],
        ),
        fee(
            "pets_fee",
            "Pet fee a night, if there is one",
            &raw.pets_fee,
        ),
        ask(
            "smoking",
            "May guests smoke in their rooms?",
            &raw.smoking,
            &[("outside", "No"), ("allowed", "Yes")],
        ),
    ];
    vec![
        FieldGroup {
            legend: "Booking",
            fields: booking,
        },
        FieldGroup {
            legend: "At the house",
            fields: house,
        },
    ]
}
