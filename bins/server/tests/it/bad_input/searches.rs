use chrono::Days;

use super::{Refusing, refused};
use crate::desk::day;

#[tokio::test(flavor = "multi_thread")]
async fn searches_that_make_no_sense() {
    let desk = Refusing::open().await;
    let dates = format!("check_in={}&check_out={}", day(5), day(7));
    let cases = [
        (
            format!("check_in={}&check_out={}", day(0) - Days::new(2), day(1)),
            "check_in",
        ),
        (
            format!("check_in={}&check_out={}", day(7), day(5)),
            "check_out",
        ),
        (
            format!("check_in={}&check_out={}", day(5), day(5)),
            "check_out",
        ),
        (
            format!("check_in={}&check_out={}", day(5), day(10_005)),
            "check_out",
        ),
        ("check_in=soon&check_out=later".to_owned(), "check_in"),
        (String::new(), "check_in"),
        (format!("{dates}&adults=0"), "adults"),
        (format!("{dates}&adults=-1"), "adults"),
        (format!("{dates}&children=-1"), "children"),
        (format!("{dates}&pets=x"), "pets"),
        (format!("{dates}&room_type=penthouse"), "room_type"),
        (format!("{dates}&room_type=%00"), "room_type"),
        (
            format!("{dates}&room_type=%27%3B%20DROP%20TABLE%20x"),
            "room_type",
        ),
        (format!("{dates}&room_type=%F0%9F%9B%8F"), "room_type"),
        (
            format!("{dates}&room_type={}", "x".repeat(5_000)),
            "room_type",
        ),
        (format!("{dates}&adults=1&adults=2"), "adults"),
    ];
    for (query, field) in cases {
        let answer = desk.caller().get(&format!("/availability?{query}")).await;
        refused(&answer, 422, "invalid_input", field);
    }
    desk.nothing_happened().await;
}
