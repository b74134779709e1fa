use askama::Template;

use super::Sheet;
use crate::{InvoiceError, Snapshot};

#[derive(Template)]
#[template(path = "document.html")]
struct Document {
    sheet: Sheet,
}

/// The document as a page of its own that loads nothing. Its style stands in it.
///
/// # Errors
/// [`InvoiceError::Fault`], which is ours.
pub fn html(snapshot: &Snapshot) -> Result<String, InvoiceError> {
    let document = Document {
        sheet: Sheet::of(snapshot),
    };
    document.render().map_err(InvoiceError::fault)
}
