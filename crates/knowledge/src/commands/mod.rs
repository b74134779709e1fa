//! Taking documents in.

mod folder;
mod ingest_folder;

pub use ingest_folder::ingest_folder;
