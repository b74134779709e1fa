//! Taking documents in.

mod folder;
mod ingest_folder;
mod take_in;

pub use ingest_folder::ingest_folder;
