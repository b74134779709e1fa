#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
use chrono::Weekday;

use super::{Aspect, Wanted, wishes};

fn read(text: &str, asked: &[Aspect]) -> Vec<(Aspect, Wanted)> {
    let found = wishes(text, asked);
    found
        .into_iter()
        .map(|wish| (wish.aspect, wish.wanted))
        .collect()
}

#[test]
fn wishes_are_read_with_what_does_not_matter() {
    use Aspect::{
        Area, Budget, Day, Internet, Kind, Nights, Parking, People, Pets, Rating, Rooms, Stars,
    };
    use Wanted::{Any, Count, Tenths, Word, Yes};
    type Case = (&'static str, &'static [Aspect], &'static [(Aspect, Wanted)]);
    let cases: &[Case] = &[
        (
            "a cheap guest house up north with parking",
            &[],
            &[
                (Budget, Word("cheap")),
                (Kind, Word("guesthouse")),
                (Area, Word("north")),
                (Parking, Yes),
            ],
        ),
        ("we don't need parking", &[], &[(Parking, Any)]),
        ("the area doesn't matter", &[], &[(Area, Any)]),
        (
            "I don't care about the price but it needs wifi",
            &[],
            &[(Internet, Yes), (Budget, Any)],
        ),
        ("no preference", &[Area], &[(Area, Any)]),
        ("no preference", &[], &[]),
        (
            "nope, but four stars please",
            &[Budget],
            &[(Stars, Count(4)), (Budget, Any)],
        ),
        (
            "for 3 people and 2 nights from Friday",
            &[],
            &[
                (People, Count(3)),
                (Nights, Count(2)),
                (Day, Wanted::Day(Weekday::Fri)),
            ],
        ),
        ("there are five of us", &[], &[(People, Count(5))]),
        (
            "it's just me, two rooms though",
            &[],
            &[(People, Count(1)), (Rooms, Count(2))],
        ),
        ("4", &[People], &[(People, Count(4))]),
        ("4", &[], &[]),
        ("yes", &[Parking], &[(Parking, Yes)]),
        (
            "rated 4.3 or better. And my dog comes too",
            &[],
            &[(Rating, Tenths(43)), (Pets, Yes)],
        ),
        ("until Friday", &[], &[]),
        ("make it a hotel", &[Kind], &[(Kind, Word("hotel"))]),
        (
            "somewhere cheap. No, rather expensive",
            &[],
            &[(Budget, Word("expensive"))],
        ),
        ("", &[Area], &[]),
    ];
    for (text, asked, expected) in cases {
        assert_eq!(read(text, asked), *expected, "{text}");
    }
}

#[test]
fn a_wish_stands_where_it_is_said() {
    let text = "Élan: 2 rooms";
    let found = wishes(text, &[]);
    assert_eq!(&text[found[0].span.clone()], "2");
}
