//! `remotemotel`: the front desk in one binary.

use clap::{Parser, Subcommand};
use motel_db::Acting;
use remotemotel::{
    api_key, audit, doctor, eval, flags, ingest, keys, migrate, payments, plans, rehearse, replay,
    seed, serve, settings::Settings, telemetry, tenants,
};

/// An AI front desk and property-management system for small hospitality businesses.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answers guests and staff over HTTP, and does the work that follows.
    Serve,
    /// Brings the database up to the schema of this version.
    Migrate,
    /// Puts businesses described by folders of TOML and documents into the database; again changes nothing.
    Seed(seed::SeedOptions),
    /// Makes a folder of documents the knowledge of a business; unchanged files are skipped.
    Ingest(ingest::IngestOptions),
    /// Makes keys by which programs act for a business.
    ApiKey(api_key::ApiKeyOptions),
    /// Makes and lists the master keys that secrets are kept under, and puts secrets under another.
    Keys(keys::KeysOptions),
    /// Shows what payment gateways told, and tries again what could not be taken.
    Payments(payments::PaymentsOptions),
    /// Shows what businesses can subscribe to, and keeps what carriers take.
    Plans(plans::PlansOptions),
    /// Lists, suspends, restores, deletes and purges businesses.
    Tenants(tenants::TenantsOptions),
    /// Shows and sets what is switched on for which businesses.
    Flags(flags::FlagsOptions),
    /// Says whether logs of changes are as they were written.
    Audit(audit::AuditOptions),
    /// Makes the bookings of two real hotels again, from a file, and compares the sums.
    Replay(replay::ReplayOptions),
    /// Answers saved conversations once more, by another model or the built-in engine of this version, and prints what changes.
    Rehearse(rehearse::RehearseOptions),
    /// Measures the built-in understanding on public data, and prints a table.
    Eval(eval::EvalOptions),
    /// Says what is set up, what is missing, and what each missing thing turns off.
    Doctor,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    // Two TLS libraries are in the tree; without a choice the first connection would panic.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let settings = Settings::load()?;
    telemetry::init(&settings)?;
    // Whatever is changed from here was changed by whoever may use the command line. Requests and jobs say for themselves whose they are.
    Acting::as_operator()
        .scope(run(cli.command, settings))
        .await
}

async fn run(command: Command, settings: Settings) -> anyhow::Result<()> {
    match command {
        Command::Serve => serve::serve(settings).await,
        Command::Migrate => migrate::migrate(&settings).await,
        Command::Seed(options) => seed::seed(&settings, &options).await,
        Command::Ingest(options) => ingest::ingest(&settings, &options).await,
        Command::ApiKey(options) => api_key::api_key(&settings, &options).await,
        Command::Keys(options) => keys::keys(&settings, &options).await,
        Command::Payments(options) => payments::payments(&settings, &options).await,
        Command::Plans(options) => plans::plans(&settings, &options).await,
        Command::Tenants(options) => tenants::tenants(&settings, &options).await,
        Command::Flags(options) => flags::flags(&settings, &options).await,
        Command::Audit(options) => audit::audit(&settings, &options).await,
        Command::Replay(options) => replay::replay(&settings, &options).await,
        Command::Rehearse(options) => rehearse::rehearse(&settings, &options).await,
        Command::Eval(options) => eval::eval(&settings, &options).await,
        Command::Doctor => doctor::doctor(&settings).await,
    }
}
