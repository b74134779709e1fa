//! Writes every staff page with example data as HTML files into the folder given, to look at.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::Path;

use askama::Template;
use motel_console::view::*;
use motel_web::{Entry, Page, Theme};

fn main() {
    let folder = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "preview".to_owned());
    std::fs::create_dir_all(&folder).unwrap();
    let head = |live| Head {
        place: "RemoteMotel".into(),
        who: "Dana at the desk".into(),
        live,
    };
    write(
        &folder,
        "desk",
        &DeskPage {
            head: head(true),
            desk: desk(),
        },
    );
    let empty = Desk {
        movements: movements(false),
        bookings: vec![],
        leads: vec![],
        conversations: vec![],
        calls: vec![],
        ..desk()
    };
    write(
        &folder,
        "desk-empty",
        &DeskPage {
            head: head(true),
            desk: empty,
        },
    );
    write(
        &folder,
        "sign-in",
        &SignInPage {
            email: "clerk@remotemotel.example".into(),
            error: Some("E-mail and password do not belong together."),
        },
    );
    write(
        &folder,
        "desk-booking",
        &BookingPage {
            head: head(false),
            booking: booking(),
        },
    );
    let turn = |guest, text: &str| TurnView {
        guest,
        speaker: if guest { "Guest" } else { "Front desk" }.into(),
        text: text.into(),
        when: "10:41 AM".into(),
        intent: guest.then(|| "book".into()),
    };
    let turns = vec![
        turn(true, "do you take dogs?"),
        turn(
            false,
            "Yes. Dogs and cats are welcome in our pet-friendly rooms for $20 a night per room, up to two pets.",
        ),
        turn(true, "great, 12 to 15 March for two and the dog"),
        turn(
            false,
            "The Pet-Friendly Room is free from Friday, March 12 to Monday, March 15.\nThree nights come to $606.59 with all taxes. Shall I book it?",
        ),
    ];
    write(
        &folder,
        "transcript",
        &TranscriptPage {
            head: head(false),
            heading: "Chat".into(),
            began: "Nov 21, 10:40 AM".into(),
            turns,
        },
    );
}

fn write(folder: &str, name: &str, body: &impl Template) {
    for theme in [Theme::Light, Theme::Dark] {
        let html = Page::plain(Entry::Console, theme, name).html(body).unwrap();
        std::fs::write(
            Path::new(folder).join(format!("{name}-{}.html", theme.name())),
            html,
        )
        .unwrap();
    }
}

fn movements(some: bool) -> Vec<Movements> {
    let stay = |code: &str, guest: &str, room: &str, balance: &str| StayRow {
        code: code.into(),
        guest: guest.into(),
        party: "2 adults, 1 pet".into(),
        room: room.into(),
        nights: 3,
        balance: balance.into(),
    };
    let arrivals = vec![
        stay("RM-7K3F9Q", "Ada Lovelace", "King Suite 203", "$752.64"),
        stay("RM-8M2T4X", "Grace Hopper", "Pet-Friendly 105", "$0.00"),
    ];
    vec![
        Movements {
            id: "arrivals",
            heading: "Arriving today",
            nothing: "Nobody arrives today.",
            stays: if some { arrivals } else { vec![] },
        },
        Movements {
            id: "departures",
            heading: "Leaving today",
            nothing: "Nobody leaves today.",
            stays: vec![],
        },
    ]
}

fn desk() -> Desk {
    let tile = |figure: &str, label| Tile {
        figure: figure.into(),
        label,
    };
    let row = |code: &str, guest: &str, status, tone| BookingRow {
        code: code.into(),
        guest: guest.into(),
        room: "King Suite".into(),
        stay: "Mar 12 – Mar 15".into(),
        status,
        tone,
        total: "$752.64".into(),
        when: "today, 10:41 AM".into(),
    };
    Desk {
        today: "Saturday, November 21".into(),
        place: "RemoteMotel".into(),
        has_rooms: true,
        tiles: vec![
            tile("2", "arriving"),
            tile("0", "leaving"),
            tile("7", "in house"),
            tile("3", "rooms free tonight"),
        ],
        movements: movements(true),
        bookings: vec![
            row("RM-7K3F9Q", "Ada Lovelace", "Confirmed", "good"),
            row("RM-8M2T4X", "Grace Hopper", "Confirmed", "good"),
            row("RM-3XH7PA", "Alan Turing", "Cancelled", "bad"),
        ],
        leads: vec![LeadRow {
            number: "LD00001".into(),
            name: "Katherine Johnson".into(),
            contact: "kj@example.com · +15185550199".into(),
            wants: "Apr 2 – Apr 9, 4 adults".into(),
            status: "new".into(),
        }],
        conversations: vec![ConversationRow {
            id: "1".into(),
            words: "great, 12 to 15 March for two and the dog please".into(),
            channel: "web".into(),
            when: "10:41 AM".into(),
        }],
        calls: vec![CallRow {
            id: "1".into(),
            from: "+15185550123".into(),
            status: "completed".into(),
            tone: "good",
            when: "10:12 AM".into(),
            transcript: Some("/console/conversations/1".into()),
        }],
    }
}

fn booking() -> BookingView {
    let line = |what: &str, amount: &str| (what.to_owned(), amount.to_owned());
    let posting = |what: &str, kind: &str, amount: &str| PostingRow {
        when: "Nov 21, 10:41 AM".into(),
        what: what.into(),
        kind: kind.into(),
        amount: amount.into(),
    };
    BookingView {
        code: "RM-7K3F9Q".into(),
        guest: "Ada Lovelace".into(),
        status: "Confirmed",
        tone: "good",
        facts: vec![
            ("Room", "King Suite".into()),
            ("Check-in", "Friday, March 12".into()),
            ("Check-out", "Monday, March 15".into()),
            ("Guests", "2 adults, 1 pet".into()),
            ("E-mail", "ada@example.com".into()),
        ],
        lines: vec![
            line("Friday, Mar 12", "$216.00"),
            line("Saturday, Mar 13", "$216.00"),
        ],
        total: "$752.64".into(),
        postings: vec![
            posting("Room, 3 nights", "charge", "$672.00"),
            posting("State and county room tax", "tax", "$80.64"),
            posting("Card payment", "payment", "-$752.64"),
        ],
        balance: "$0.00".into(),
    }
}
