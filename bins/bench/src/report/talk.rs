//! Lines about the concierge.

use super::{Line, judged, plain};
use crate::measure::ratio;
use crate::scenario::chat::Chatting;

pub(super) fn chat_lines(chat: &Chatting) -> [Line; 5] {
    let share = ratio(chat.first.rate, chat.pgbench);
    let (first, later) = (&chat.first, &chat.later);
    [
        plain(
            "a first message to the concierge: pgbench",
            format!("{:.0}/s, {} statements each", chat.pgbench, chat.statements),
        ),
        plain(
            "a first message over HTTP",
            format!(
                "{:.0}/s = {share:.2} × pgbench, p50 {:.2} ms, p99 {:.2} ms",
                first.rate, first.p50_ms, first.p99_ms
            ),
        ),
        judged(
            "a later message over HTTP",
            format!("{:.0}/s", later.rate),
            "≥ 1,500/s",
            later.rate >= 1_500.0 && later.bad == 0,
        ),
        judged(
            "a later message: p50",
            format!("{:.2} ms", later.p50_ms),
            "< 8 ms",
            later.p50_ms < 8.0,
        ),
        judged(
            "a later message: p99",
            format!("{:.2} ms", later.p99_ms),
            "< 25 ms",
            later.p99_ms < 25.0,
        ),
    ]
}
