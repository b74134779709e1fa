//! The front desk, put together: reads the settings, builds the pool and the adapters, mounts each domain, runs.
//!
//! Nothing of a domain is decided here. `docs/ARCHITECTURE.md` shows the house.

pub mod api_key;
pub mod app;
pub mod audit;
pub mod doctor;
pub mod eval;
pub mod flags;
pub mod ingest;
pub mod keyring;
pub mod keys;
pub mod migrate;
pub mod openapi;
pub mod payments;
pub mod plans;
mod progress;
pub mod rehearse;
pub mod replay;
pub mod seed;
pub mod serve;
pub mod settings;
pub mod telemetry;
pub mod tenants;

/// The examples of the project's README are compiled and run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct ReadmeExamples;
