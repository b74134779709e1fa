//! What was found, for people and for programs.

mod apart;
mod books;
mod talk;

use std::fmt::Write as _;
use std::path::Path;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::machine::Machine;
use crate::measure::ratio;
use crate::options::Plan;
use crate::scenario::booking::Booking;
use crate::scenario::chat::Chatting;
use crate::scenario::door::Door;
use crate::scenario::invoice::Invoice;
use crate::scenario::last_room::LastRoom;
use crate::scenario::memory::Memory;
use crate::scenario::postings::Postings;
use crate::scenario::search::Searching;
use crate::scenario::statements::Statements;
use crate::scenario::walls::Walls;
use crate::scenario::webhooks::Webhooks;

/// A run's results.
#[derive(Debug, Serialize)]
pub struct Report {
    /// When it ended.
    pub at: DateTime<Utc>,
    /// What was measured.
    pub commit: String,
    /// A quick run is no result.
    pub quick: bool,
    /// What it was measured on.
    pub machine: Machine,
    /// Connections of every load.
    pub connections: u32,
    /// Runs of every scenario.
    pub runs: u32,
    /// Properties of the small and the large database.
    pub properties: (u32, u32),
    /// Searching.
    pub search: Option<Searching>,
    /// Booking.
    pub booking: Option<Booking>,
    /// Writing to the concierge.
    pub chat: Option<Chatting>,
    /// The last room.
    pub last_room: Option<LastRoom>,
    /// Memory.
    pub memory: Option<Memory>,
    /// Posting on folios.
    pub postings: Option<Postings>,
    /// Hearing of payments.
    pub webhooks: Option<Webhooks>,
    /// An invoice as PDF.
    pub invoice: Option<Invoice>,
    /// The operator's statements of a month.
    pub statements: Option<Statements>,
    /// What keeps businesses apart.
    pub walls: Option<Walls>,
    /// Sessions and sign-ins.
    pub door: Option<Door>,
}

struct Line {
    what: String,
    reached: String,
    target: &'static str,
    met: bool,
}

impl Report {
    /// A report without results.
    pub fn new(machine: Machine, plan: Plan, commit: &str, quick: bool) -> Self {
        Self {
            at: Utc::now(),
            commit: commit.to_owned(),
            quick,
            machine,
            connections: plan.connections,
            runs: plan.runs,
            properties: (plan.few, plan.many),
            search: None,
            booking: None,
            chat: None,
            last_room: None,
            memory: None,
            postings: None,
            webhooks: None,
            invoice: None,
            statements: None,
            walls: None,
            door: None,
        }
    }

    /// Writes `latest.json`, `latest.md` and what pgbench ran; a quick run writes `quick.*` instead.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn write(&self, folder: &Path) -> anyhow::Result<()> {
        std::fs::create_dir_all(folder)?;
        let name = if self.quick { "quick" } else { "latest" };
        let json = serde_json::to_string_pretty(self)?;
        std::fs::write(folder.join(format!("{name}.json")), json + "\n")?;
        std::fs::write(folder.join(format!("{name}.md")), self.table())?;
        for (scenario, sql) in [
            ("search", self.search.as_ref().map(|search| &search.sql)),
            ("booking", self.booking.as_ref().map(|booking| &booking.sql)),
            ("chat", self.chat.as_ref().map(|chat| &chat.sql)),
            ("postings", self.postings.as_ref().map(|posted| &posted.sql)),
            ("webhooks", self.webhooks.as_ref().map(|told| &told.sql)),
        ] {
            if let Some(sql) = sql {
                std::fs::write(folder.join(format!("{name}.{scenario}.pgbench")), sql)?;
            }
        }
        Ok(())
    }

    /// The results as Markdown.
    pub fn table(&self) -> String {
        let mut text = format!(
            "{}, commit {}: {}, {} threads, {} MiB, Linux {}; {}. {} connections, medians of {} runs, {} and {} properties; load \
             generator, server and PostgreSQL on the same machine.\n\n| scenario | reached | target | |\n|---|---|---|---|\n",
            self.at.format("%Y-%m-%d %H:%M UTC"),
            self.commit,
            self.machine.processor,
            self.machine.threads,
            self.machine.memory_mib,
            self.machine.kernel,
            self.machine.postgres,
            self.connections,
            self.runs,
            self.properties.0,
            self.properties.1,
        );
        for line in self.lines() {
            let mark = match (line.target, line.met) {
                ("", _) => "",
                (_, true) => "met",
                (_, false) => "**missed**",
            };
            let _ = writeln!(
                text,
                "| {} | {} | {} | {mark} |",
                line.what, line.reached, line.target
            );
        }
        text
    }

    fn lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        lines.extend(self.search.iter().flat_map(search_lines));
        lines.extend(self.booking.iter().flat_map(booking_lines));
        lines.extend(self.chat.iter().flat_map(talk::chat_lines));
        lines.extend(self.last_room.iter().map(last_room_line));
        lines.extend(self.memory.iter().flat_map(memory_lines));
        lines.extend(self.postings.iter().flat_map(books::postings_lines));
        lines.extend(self.webhooks.iter().flat_map(books::webhooks_lines));
        lines.extend(self.invoice.iter().map(books::invoice_line));
        lines.extend(self.statements.iter().flat_map(books::statements_lines));
        lines.extend(self.walls.iter().flat_map(apart::walls_lines));
        lines.extend(self.door.iter().flat_map(apart::door_lines));
        lines
    }
}

fn search_lines(search: &Searching) -> [Line; 6] {
    let large = ratio(search.large.rate, search.pgbench);
    let direct = ratio(search.direct.rate, search.pgbench);
    let growth = ratio(search.large.p50_ms, search.small.p50_ms);
    [
        plain(
            "search: pgbench, many properties",
            format!("{:.0}/s", search.pgbench),
        ),
        judged(
            "search over HTTP, many properties",
            format!("{:.0}/s = {large:.2} × pgbench", search.large.rate),
            "≥ 1.0 × pgbench",
            large >= 1.0 && search.large.bad == 0,
        ),
        judged(
            "search: p99",
            format!(
                "{:.2} ms (p50 {:.2} ms)",
                search.large.p99_ms, search.large.p50_ms
            ),
            "< 10 ms",
            search.large.p99_ms < 10.0,
        ),
        judged(
            "search: p50 with many properties",
            format!(
                "{:.2} ms = {growth:.2} × that with few ({:.2} ms, {:.0}/s)",
                search.large.p50_ms, search.small.p50_ms, search.small.rate
            ),
            "≤ 1.5 ×",
            growth <= 1.5,
        ),
        plain(
            "search with nothing in memory",
            format!(
                "{:.0}/s = {direct:.2} × pgbench, p99 {:.2} ms",
                search.direct.rate, search.direct.p99_ms
            ),
        ),
        plain(
            "search: pgbench, few properties",
            format!("{:.0}/s", search.pgbench_small),
        ),
    ]
}

fn booking_lines(booking: &Booking) -> [Line; 3] {
    let share = ratio(booking.http.rate, booking.pgbench);
    [
        plain("booking: pgbench", format!("{:.0}/s", booking.pgbench)),
        judged(
            "booking over HTTP",
            format!("{:.0}/s = {share:.2} × pgbench", booking.http.rate),
            "≥ 0.8 × pgbench",
            share >= 0.8 && booking.http.bad == 0,
        ),
        judged(
            "booking: p99",
            format!(
                "{:.2} ms (p50 {:.2} ms)",
                booking.http.p99_ms, booking.http.p50_ms
            ),
            "< 50 ms",
            booking.http.p99_ms < 50.0,
        ),
    ]
}

fn last_room_line(last_room: &LastRoom) -> Line {
    judged(
        "the last room, everybody at once",
        format!(
            "{} guests, one wins, slowest answer {:.0} ms ({:.0} ms of a server just started)",
            last_room.guests, last_room.slowest_ms, last_room.slowest_cold_ms
        ),
        "one wins, < 1 s",
        last_room.slowest_ms < 1_000.0 && last_room.won.iter().all(|won| *won == 1),
    )
}

fn memory_lines(memory: &Memory) -> [Line; 2] {
    [
        judged(
            "resident memory, idle",
            format!("{:.0} MiB", memory.idle_mib),
            "< 80 MiB",
            memory.idle_mib < 80.0,
        ),
        judged(
            "resident memory, highest under this load",
            format!("{:.0} MiB", memory.busy_mib),
            "< 250 MiB",
            memory.busy_mib < 250.0,
        ),
    ]
}

fn plain(what: &str, reached: String) -> Line {
    judged(what, reached, "", true)
}

fn judged(what: &str, reached: String, target: &'static str, met: bool) -> Line {
    Line {
        what: what.to_owned(),
        reached,
        target,
        met,
    }
}
