//! The document as PDF. What goes where is reckoned in whole thousandths of a point, so it is the same on every machine.

mod fonts;
mod layout;
mod mark;
mod paint;
mod paper;
mod wrap;

use super::{Labels, Sheet};
use crate::{InvoiceError, Snapshot};

use fonts::Fonts;

/// The document as PDF on A4, with its fonts in it.
///
/// # Errors
/// [`InvoiceError::Fault`], which is ours.
pub fn pdf(snapshot: &Snapshot) -> Result<Vec<u8>, InvoiceError> {
    let fonts = Fonts::get()?;
    let sheet = Sheet::of(snapshot);
    let pages = layout::lay_out(&sheet, Labels::of(snapshot.language), fonts);
    paint::paint(&pages, snapshot, fonts)
}
