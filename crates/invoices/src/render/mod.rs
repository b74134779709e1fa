//! What a document looks like. Everything comes from its snapshot: the same snapshot is the same bytes.

mod amounts;
mod html;
mod labels;
mod pdf;
mod sheet;

pub use html::html;
pub use pdf::pdf;

pub(crate) use labels::Labels;
pub(crate) use sheet::Sheet;

use crate::Snapshot;

/// A name for the file of a document, without an ending: `INV-2026-000123`.
pub fn file_stem(snapshot: &Snapshot) -> String {
    snapshot.number.to_string()
}
