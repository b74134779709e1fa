//! Lines about what keeps businesses apart, and strangers out.

use super::{Line, judged};
use crate::measure::ratio;
use crate::scenario::door::Door;
use crate::scenario::walls::{Walls, WithAndWithout};

pub(super) fn walls_lines(walls: &Walls) -> [Line; 2] {
    [
        wall_line("one statement", &walls.one),
        wall_line("what a search reads", &walls.search),
    ]
}

#[expect(clippy::float_arithmetic, reason = "a share of a rate")]
fn wall_line(what: &str, rates: &WithAndWithout) -> Line {
    let dearer = (ratio(rates.without, rates.with) - 1.0) * 100.0;
    judged(
        &format!("tenant transaction and row-level security: {what}"),
        format!(
            "{dearer:.1} % dearer ({:.0}/s, without {:.0}/s)",
            rates.with, rates.without
        ),
        "< 15 %",
        dearer < 15.0,
    )
}

#[expect(clippy::float_arithmetic, reason = "a difference of times")]
pub(super) fn door_lines(door: &Door) -> [Line; 2] {
    let check = door.member.p50_ms - door.stranger.p50_ms;
    [
        judged(
            "session check",
            format!(
                "{check:.2} ms (p50 of a request with a session {:.2} ms, without {:.2} ms)",
                door.member.p50_ms, door.stranger.p50_ms
            ),
            "p50 < 0.2 ms",
            check < 0.2 && door.member.bad == 0,
        ),
        judged(
            "searches while 200 a second want to sign in: p99",
            format!(
                "{:.2} ms (alone {:.2} ms); {} passwords compared, {} sent away",
                door.flooded.p99_ms, door.quiet.p99_ms, door.flood.good, door.flood.bad
            ),
            "< 50 ms",
            door.flooded.p99_ms < 50.0 && door.flooded.bad == 0,
        ),
    ]
}
