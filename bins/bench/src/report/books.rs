//! Lines about folios, payments and invoices.

use super::{Line, judged, plain};
use crate::measure::{Measured, ratio};
use crate::scenario::invoice::Invoice;
use crate::scenario::postings::Postings;
use crate::scenario::statements::Statements;
use crate::scenario::webhooks::Webhooks;

pub(super) fn postings_lines(postings: &Postings) -> [Line; 3] {
    rate_lines("folio postings", postings.pgbench, &postings.http, "")
}

pub(super) fn webhooks_lines(webhooks: &Webhooks) -> [Line; 3] {
    let behind = format!(
        ", all posted {:.0} ms after the last answer",
        webhooks.behind_ms
    );
    rate_lines(
        "payment webhooks",
        webhooks.pgbench,
        &webhooks.http,
        &behind,
    )
}

/// What pgbench reached, what was reached over HTTP, and how long that took; `then` is said after the time.
fn rate_lines(what: &str, pgbench: f64, http: &Measured, then: &str) -> [Line; 3] {
    let share = ratio(http.rate, pgbench);
    [
        plain(&format!("{what}: pgbench"), format!("{pgbench:.0}/s")),
        judged(
            &format!("{what} over HTTP"),
            format!("{:.0}/s = {share:.2} × pgbench", http.rate),
            "≥ 0.6 × pgbench",
            share >= 0.6 && http.bad == 0,
        ),
        plain(
            &format!("{what}: p99"),
            format!("{:.2} ms (p50 {:.2} ms){then}", http.p99_ms, http.p50_ms),
        ),
    ]
}

pub(super) fn invoice_line(invoice: &Invoice) -> Line {
    let http = &invoice.http;
    judged(
        "an invoice as PDF, one at a time: p99",
        format!(
            "{:.2} ms (p50 {:.2} ms), {} lines, {} KiB",
            http.p99_ms,
            http.p50_ms,
            invoice.lines,
            invoice.bytes.div_ceil(1024)
        ),
        "< 30 ms",
        http.p99_ms < 30.0 && http.bad == 0,
    )
}

/// Memory counts as flat while ten times as many businesses take a tenth more at most.
const FLAT: f64 = 1.1;

pub(super) fn statements_lines(statements: &Statements) -> [Line; 2] {
    let ((few, many), memory) = (statements.businesses, statements.memory_mib);
    [
        judged(
            &format!("{many} businesses billed for a month"),
            format!("{:.1} s", statements.seconds),
            "< 60 s",
            statements.seconds < 60.0,
        ),
        judged(
            &format!("memory for that, beside {few} businesses"),
            format!("{:.0} MiB, beside {:.0} MiB", memory.1, memory.0),
            "flat",
            ratio(memory.1, memory.0) <= FLAT,
        ),
    ]
}
