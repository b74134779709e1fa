//! A long text takes as much longer as it is longer, and not its square.

use std::hint::black_box;
use std::time::{Duration, Instant};

use motel_understanding::{
    Asked, Context, DateOrder, business, facets, houses, moments, named, people, places,
    understand, wishes,
};

const SHORT: usize = 1_000;
const LONG: usize = 10_000;
/// Ten times the text may take this many times as long: more than ten for what is noise, far less than a hundred.
const MOST: u32 = 40;

/// Texts of which every word could begin something.
const PIECES: &[&str] = &[
    "from jan 3 to jan 5 ",
    "two adults and a child and ",
    "twenty twenty twenty ",
    "my name is Ana ",
    "call 555 0100 or a@b.c ",
    "I don't care about the area, ",
    "Rio de la Casa de ",
    "no, not the, ",
    "1/2/3/4-5:6.7 ",
    "((((((((((",
    "aaaaaaaaaa",
];

fn of_length(piece: &str, length: usize) -> String {
    piece.chars().cycle().take(length).collect()
}

/// The best of a few: what else the machine does only ever makes it longer.
fn quickest(read: &dyn Fn(&str), text: &str) -> Duration {
    let once = || {
        let start = Instant::now();
        read(black_box(text));
        start.elapsed()
    };
    (0..5).map(|_| once()).min().unwrap()
}

/// What it is called, and what reads a text.
type Reader<'a> = (&'a str, &'a dyn Fn(&str));

#[test]
fn ten_times_the_text_takes_about_ten_times_as_long() {
    let today = "2026-12-01".parse().unwrap();
    let asked = Asked {
        today,
        order: DateOrder::MonthFirst,
        time: true,
        date: true,
    };
    let known = [
        "Harbour Guest House".to_owned(),
        "The Grand Sailor Hotel".to_owned(),
    ];
    let readers: &[Reader] = &[
        ("understand", &|text| {
            drop(black_box(understand(text, &Context::fresh(today, &[]))))
        }),
        ("moments", &|text| drop(black_box(moments(text, asked)))),
        ("facets", &|text| drop(black_box(facets(text)))),
        ("people", &|text| drop(black_box(people(text, true, &[])))),
        ("named", &|text| drop(black_box(named(text, true)))),
        ("wishes", &|text| drop(black_box(wishes(text, &[])))),
        ("houses", &|text| drop(black_box(houses(text, &known)))),
        ("places", &|text| drop(black_box(places(text, true)))),
        ("business", &|text| {
            black_box(business(text));
        }),
    ];
    for (name, read) in readers {
        for piece in PIECES {
            let short = quickest(read, &of_length(piece, SHORT)).max(Duration::from_micros(50));
            let long = quickest(read, &of_length(piece, LONG));
            assert!(
                long < short * MOST,
                "{name} of {piece:?}: {short:?}, then {long:?}"
            );
        }
    }
}
