//! What a run is told, and how long everything takes.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Parser, ValueEnum};

/// Measures the front desk. `scripts/bench` fills these in.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Options {
    /// The server's binary, an optimised build.
    #[arg(long)]
    pub server: PathBuf,
    /// A superuser's address of a PostgreSQL server that belongs to this run alone, without a database's name.
    #[arg(long)]
    pub postgres: String,
    /// The log of that PostgreSQL server.
    #[arg(long)]
    pub postgres_log: PathBuf,
    /// pgbench of the same version.
    #[arg(long)]
    pub pgbench: PathBuf,
    /// Where the result goes.
    #[arg(long)]
    pub out: PathBuf,
    /// The commit that is measured.
    #[arg(long, default_value = "unknown")]
    pub commit: String,
    /// A smaller town and one short run of each: to see that it works, not to quote.
    #[arg(long)]
    pub quick: bool,
    /// Properties of the large database.
    #[arg(long)]
    pub properties: Option<u32>,
    /// Measure this alone and print it; nothing is written. May be given several times.
    #[arg(long, value_enum)]
    pub only: Vec<Scenario>,
}

/// What can be measured alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Scenario {
    /// Searching for a room.
    Search,
    /// Booking one.
    Booking,
    /// Writing to the concierge.
    Chat,
    /// Everybody wants the last one.
    LastRoom,
    /// What the server holds in memory.
    Memory,
    /// Posting on folios.
    Postings,
    /// Hearing of payments.
    Webhooks,
    /// Typesetting an invoice.
    Invoice,
    /// Billing every business for its month.
    Statements,
    /// What keeps businesses apart in the database.
    Walls,
    /// Sessions, and a flood of people who want to sign in.
    Door,
}

/// The sizes of a run.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Properties of the small database.
    pub few: u32,
    /// Properties of the large one.
    pub many: u32,
    /// How often everything is measured.
    pub runs: u32,
    /// How long one search load lasts.
    pub search: Duration,
    /// How long one booking load lasts.
    pub booking: Duration,
    /// How long a load runs before it is measured.
    pub warm_up: Duration,
    /// Connections of every load.
    pub connections: u32,
    /// Guests who want the last room.
    pub guests: u32,
    /// Stays, and so folios, of each motel whose books are measured.
    pub stays: u32,
    /// How long one load of postings lasts.
    pub postings: Duration,
    /// How long one invoice is asked for again and again.
    pub invoice: Duration,
}

impl Options {
    /// Whether a scenario is to be measured.
    pub fn wants(&self, scenario: Scenario) -> bool {
        self.only.is_empty() || self.only.contains(&scenario)
    }

    /// How much is measured and for how long.
    pub fn plan(&self) -> Plan {
        let full = Plan {
            few: 10,
            many: self.properties.unwrap_or(10_000),
            runs: 3,
            search: Duration::from_secs(8),
            booking: Duration::from_secs(10),
            warm_up: Duration::from_secs(4),
            connections: 32,
            guests: 500,
            stays: 600,
            postings: Duration::from_secs(10),
            invoice: Duration::from_secs(5),
        };
        if !self.quick {
            return full;
        }
        Plan {
            many: self.properties.unwrap_or(500),
            runs: 1,
            search: Duration::from_secs(3),
            booking: Duration::from_secs(4),
            warm_up: Duration::from_secs(3),
            stays: 100,
            postings: Duration::from_secs(4),
            invoice: Duration::from_secs(2),
            ..full
        }
    }
}
