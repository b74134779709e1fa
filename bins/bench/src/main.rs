//! `bench`: runs every scenario and writes what it found.

use clap::Parser;
use motel_bench::options::Options;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    motel_bench::run::run(&Options::parse()).await
}
