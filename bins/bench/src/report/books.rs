//! Lines about folios, payments and invoices.

use super::{Line, judged, plain};
use crate::measure::ratio;
use crate::scenario::invoice::Invoice;
use crate::scenario::postings::Postings;
use crate::scenario::statements::Statements;
use crate::scenario::webhooks::Webhooks;

pub(super) fn postings_lines(postings: &Postings) -> [Line; 3] {
    let http = &postings.http;
    let share = ratio(http.rate, postings.pgbench);
    [
        plain(
            "folio postings: pgbench",
            format!("{:.0}/s", postings.pgbench),
        ),
        judged(
            "folio postings over HTTP",
            format!("{:.0}/s = {share:.2} × pgbench", http.rate),
            "≥ 0.6 × pgbench",
            share >= 0.6 && http.bad == 0,
        ),
        plain(
            "folio postings: p99",
            format!("{:.2} ms (p50 {:.2} ms)", http.p99_ms, http.p50_ms),
        ),
    ]
}

pub(super) fn webhooks_lines(webhooks: &Webhooks) -> [Line; 3] {
    let http = &webhooks.http;
    let share = ratio(http.rate, webhooks.pgbench);
    [
        plain(
            "payment webhooks: pgbench",
            format!("{:.0}/s", webhooks.pgbench),
        ),
        judged(
            "payment webhooks over HTTP",
            format!("{:.0}/s = {share:.2} × pgbench", http.rate),
            "≥ 0.6 × pgbench",
            share >= 0.6 && http.bad == 0,
        ),
        plain(
            "payment webhooks: p99",
            format!(
                "{:.2} ms (p50 {:.2} ms), all posted {:.0} ms after the last answer",
                http.p99_ms, http.p50_ms, webhooks.behind_ms
            ),
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
