//! Writes every guest page with example data as HTML files into the folder given, to look at.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::Path;

use askama::Template;
use motel_site::view::*;
use motel_web::{Entry, FieldErrors, Page, Theme};

fn main() {
    let folder = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "preview".to_owned());
    std::fs::create_dir_all(&folder).unwrap();
    let motel = motel();
    let home = |results, full| HomePage {
        place: motel.clone(),
        scene: Scene {
            name: motel.name.clone(),
            full,
        },
        search: search(),
        notice: None,
        results,
    };
    let showcase = rooms()
        .into_iter()
        .map(|mut room| {
            room.offer = None;
            room.from_price = Some("$120".into());
            room
        })
        .collect();
    write(
        &folder,
        "home",
        Entry::Site,
        &home(Results::Showcase(showcase), false),
    );
    let offers = Offers {
        stay: "Fri, Mar 12 to Mon, Mar 15".into(),
        party: "2 adults, 1 pet".into(),
        rooms: rooms(),
    };
    write(
        &folder,
        "offers",
        Entry::Site,
        &home(Results::Offers(offers), false),
    );
    let mut full = home(
        Results::Nothing(Nothing {
            stay: "Fri, Mar 12 to Mon, Mar 15".into(),
            reason: "Every room that sleeps four is taken on Saturday, March 13.".into(),
            alternatives: vec![
                Alternative {
                    label: "Mar 14 to Mar 17".into(),
                    href: "/?check_in=2027-03-14".into(),
                },
                Alternative {
                    label: "Mar 9 to Mar 12".into(),
                    href: "/?check_in=2027-03-09".into(),
                },
            ],
        }),
        true,
    );
    full.search.errors.push(SearchError {
        field: "check_out".into(),
        reason: "must be after check-in".into(),
    });
    write(&folder, "full", Entry::Site, &full);
    let errors = FieldErrors::of("email", "is not an e-mail address");
    let guest = GuestForm {
        full_name: Field::required("full_name", "Full name").with("Ada Lovelace"),
        email: Field::required("email", "E-mail")
            .with("ada@")
            .refused_in(&errors),
        phone: Field::optional("phone", "Mobile phone (optional)"),
        hidden: vec![("room_type", "king_suite".into())],
    };
    let book = BookPage {
        place: motel.clone(),
        stay: stay(),
        form: guest,
        notice: None,
        back_href: "/".into(),
        cancellation: CANCELLATION.into(),
    };
    write(&folder, "book", Entry::Site, &book);
    write(
        &folder,
        "booking",
        Entry::Site,
        &BookingPage {
            place: motel.clone(),
            stay: stay(),
            booking: booking(),
            notice: None,
        },
    );
    let cancel = CancelPage {
        place: motel.clone(),
        stay: stay(),
        booking: booking(),
        terms: CANCELLATION.into(),
        fee: "$0.00".into(),
        outcome_label: "You get back",
        outcome: "$710.08".into(),
    };
    write(&folder, "cancel", Entry::Site, &cancel);
    let lookup = LookupPage {
        place: motel.clone(),
        code: Field::required("code", "Booking code"),
        email: Field::required("email", "E-mail"),
        notice: Some(Notice {
            tone: "bad",
            heading: "No booking found".into(),
            text: "Code and e-mail do not belong together.".into(),
        }),
    };
    write(&folder, "lookup", Entry::Site, &lookup);
    write(
        &folder,
        "phone",
        Entry::Phone,
        &PhonePage {
            place: motel.clone(),
            voice: "/voice/simulate/calls".into(),
            keys: &Key::PAD,
        },
    );
    let form = EnquiryForm {
        full_name: Field::required("full_name", "Full name"),
        email: Field::required("email", "E-mail"),
        phone: Field::required("phone", "Phone"),
        date: Field::optional("date", "Day, if you know it"),
        guests: Field::optional("guests", "How many people"),
        notes: Field::optional("notes", "What should we know?"),
    };
    write(
        &folder,
        "enquiry",
        Entry::Site,
        &EnquiryPage {
            place: caterer(),
            chefs: vec![
                (
                    "Noor Castellan".into(),
                    "Market cooking of the Pacific coast".into(),
                ),
                ("Wren Takagi".into(), "Japanese home cooking".into()),
            ],
            form,
            notice: None,
        },
    );
}

const CANCELLATION: &str = "You can cancel free of charge until 24 hours before check-in (3 pm the day before you arrive).";

fn write(folder: &str, name: &str, entry: Entry, body: &impl Template) {
    for theme in [Theme::Light, Theme::Dark] {
        let html = Page::plain(entry, theme, name).html(body).unwrap();
        std::fs::write(
            Path::new(folder).join(format!("{name}-{}.html", theme.name())),
            html,
        )
        .unwrap();
    }
}

fn fact(icon: &'static str, heading: &'static str, text: &str) -> Fact {
    Fact {
        icon,
        heading,
        text: text.to_owned(),
    }
}

fn motel() -> Place {
    Place {
        name: "RemoteMotel".into(),
        tagline: "Ten quiet rooms at the edge of Alder Falls".into(),
        base: String::new(),
        api: String::new(),
        address: vec!["48 Old Mill Road".into(), "Alder Falls, NY 12000".into()],
        phone: "+15185550142".into(),
        email: "stay@remotemotel.example".into(),
        check_in: "3:00 PM".into(),
        check_out: "11:00 AM".into(),
        has_rooms: true,
        facts: vec![
            fact("undo", "Free cancellation", CANCELLATION),
            fact("paw", "Pets", "Dogs and cats are welcome in our pet-friendly rooms for $20 a night per room, up to two pets."),
            fact("car", "Parking", "Parking is free, outdoors and right by the rooms. One space per room is always yours."),
            fact("wifi", "Wi-Fi", "Wi-Fi is free in every room and in the lobby, at about 200 Mbps."),
            fact("cup", "Breakfast", "A light breakfast is included, in the lobby from 7 to 10 am: coffee, tea, fruit, yogurt and bagels."),
            fact("key", "Late arrival", "You can arrive at any hour. After 8 pm your key waits in the lit key box beside the office door."),
        ],
        greeting: "Hello, you have reached RemoteMotel. Ask me anything about the motel, or tell me when you would like to stay.".into(),
        chat_hints: vec!["Do you take dogs?".into(), "A room for two this weekend".into(), "How late can I arrive?".into()],
    }
}

fn caterer() -> Place {
    Place {
        name: "Harvest Table Private Dining".into(),
        tagline: "Three chefs, your dining room, one long evening".into(),
        base: "/t/harvest-table".into(),
        api: "/api/v1/public/harvest-table".into(),
        has_rooms: false,
        phone: "+15035550116".into(),
        email: "hello@harvest-table.example".into(),
        address: vec![
            "310 Cannery Row Lane".into(),
            "Port Sorrel, OR 97000".into(),
        ],
        ..motel()
    }
}

fn search() -> Search {
    Search {
        check_in: "2027-03-12".into(),
        check_out: "2027-03-15".into(),
        earliest: "2026-11-21".into(),
        latest: "2027-11-21".into(),
        adults: 2,
        children: 0,
        pets: 1,
        errors: vec![],
    }
}

fn lines() -> Vec<Line> {
    [
        ("Friday, Mar 12", "$216.00"),
        ("Saturday, Mar 13", "$216.00"),
        ("Sunday, Mar 14", "$180.00"),
        ("Pet fee, 3 nights", "$60.00"),
        ("State and county room tax", "$80.64"),
    ]
    .map(|(label, amount)| Line {
        label: label.into(),
        amount: amount.into(),
    })
    .into()
}

fn rooms() -> Vec<Room> {
    let room = |code: &str,
                name: &str,
                beds: &str,
                sleeps,
                size,
                description: &str,
                left: Option<&str>| Room {
        code: code.into(),
        name: name.into(),
        description: description.into(),
        beds: beds.into(),
        sleeps,
        size_sqft: Some(size),
        amenities: ["Wi-Fi", "TV", "Coffee maker", "Mini fridge", "Desk"]
            .map(str::to_owned)
            .into(),
        from_price: None,
        offer: Some(OfferView {
            few_left: left.map(str::to_owned),
            for_nights: "for 3 nights".into(),
            lines: lines(),
            total: "$752.64".into(),
            book_href: "/book".into(),
        }),
    };
    vec![
        room(
            "standard_queen",
            "Standard Queen",
            "one queen bed",
            2,
            250,
            "A calm, bright room for one or two. The queen bed faces the window, the reading lamps are where your hands expect them, and there is a proper desk for the laptop you promised not to open.",
            None,
        ),
        room(
            "king_suite",
            "King Suite",
            "one king bed and a sofa bed",
            4,
            400,
            "The big one. A king bed behind a half wall, a sitting corner whose sofa opens for two children, and room enough to leave every suitcase open on the floor.",
            Some("Only 1 left"),
        ),
        room(
            "pet_friendly",
            "Pet-Friendly Room",
            "one queen bed and a sofa bed",
            4,
            300,
            "Made for travellers with four legs and their people. Easy-clean floors, a pet bed and two bowls waiting, hooks for wet leashes, and the fenced meadow a minute from the door.",
            Some("Only 2 left"),
        ),
    ]
}

fn stay() -> StayView {
    StayView {
        room_code: "king_suite".into(),
        room_name: "King Suite".into(),
        arrive: "Fri, March 12, 3:00 PM".into(),
        leave: "Mon, March 15, 11:00 AM".into(),
        party: "2 adults, 1 pet".into(),
        lines: lines(),
        total: "$752.64".into(),
    }
}

fn booking() -> BookingView {
    BookingView {
        code: "RM-7K3F9Q".into(),
        just_booked: true,
        status: "Confirmed",
        status_tone: "good",
        given_name: "Ada".into(),
        guest: "Ada Lovelace".into(),
        email: "ada@example.com".into(),
        arrive_short: "Friday, March 12".into(),
        due_label: "Total",
        due: "$752.64".into(),
        paid: "$0.00".into(),
        balance_label: "Still to pay",
        balance: "$752.64".into(),
        can_pay: true,
        can_cancel: true,
        cancel_terms: CANCELLATION.into(),
    }
}
