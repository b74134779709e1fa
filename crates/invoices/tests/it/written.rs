//! What stands in a PDF, read by a program that knows nothing of ours: each text with its place.

use std::fmt::Write;

use motel_invoices::{Snapshot, render};
use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform, output_doc};

/// A text on a page. Places are points from the upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Written {
    pub(crate) page: u32,
    pub(crate) left: f64,
    pub(crate) y: f64,
    pub(crate) text: String,
}

#[derive(Default)]
struct Reader {
    page: u32,
    height: f64,
    found: Vec<Written>,
}

impl OutputDev for Reader {
    fn begin_page(
        &mut self,
        page: u32,
        media: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        (self.page, self.height) = (page, media.ury - media.lly);
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        _: f64,
        _: f64,
        _: f64,
        character: &str,
    ) -> Result<(), OutputError> {
        let (x, y) = (place.m31, self.height - place.m32);
        // This reader finds no widths in fonts of ours, so all letters of a text begin where it begins.
        match self.found.last_mut() {
            Some(last)
                if last.page == self.page
                    && (last.y - y).abs() < 0.1
                    && (last.left - x).abs() < 0.1 =>
            {
                last.text.push_str(character);
            }
            _ => self.found.push(Written {
                page: self.page,
                left: x,
                y,
                text: character.to_owned(),
            }),
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

/// What is written on the pages of a document.
pub(crate) fn written(snapshot: &Snapshot) -> Vec<Written> {
    let pdf = render::pdf(snapshot).unwrap();
    let mut reader = Reader::default();
    let document = Document::load_mem(&pdf).unwrap();
    output_doc(&document, &mut reader).unwrap();
    reader.found
}

/// The same as lines of text, from the top down: page, height, size, then each text behind where it begins.
pub(crate) fn printed(written: &[Written]) -> String {
    let mut sorted: Vec<&Written> = written.iter().collect();
    let place = |it: &Written| (it.page, (it.y * 10.0) as i64, (it.left * 10.0) as i64);
    sorted.sort_by_key(|it| place(it));
    let mut printed = String::new();
    let mut last = (0, 0);
    for it in sorted {
        let here = (it.page, place(it).1);
        if here != last {
            write!(printed, "\n{}/{:.1}", it.page, it.y).unwrap();
            last = here;
        }
        write!(printed, " | {:.1} {}", it.left, it.text).unwrap();
    }
    printed.trim_start().to_owned() + "\n"
}
