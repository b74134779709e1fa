//! Pages as a PDF, by krilla.
#![expect(
    clippy::float_arithmetic,
    reason = "places on a page are measures, and krilla takes them as floats"
)]

use chrono::{Datelike, Timelike};
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::fonts::{Fonts, Typeface};
use super::mark::{Face, Ink, Mark, Run};
use super::paper::{HEIGHT, WIDTH};
use crate::{InvoiceError, Snapshot};

/// The faces as krilla wants them.
struct Inks {
    regular: Font,
    bold: Font,
}

pub(super) fn paint(
    pages: &[Vec<Mark>],
    snapshot: &Snapshot,
    fonts: &Fonts,
) -> Result<Vec<u8>, InvoiceError> {
    let inks = Inks {
        regular: embedded(fonts.face(Face::Regular))?,
        bold: embedded(fonts.face(Face::Bold))?,
    };
    let size = PageSettings::from_wh(points(WIDTH), points(HEIGHT));
    let size = size.ok_or_else(|| InvoiceError::fault("a page has no size"))?;
    let mut document = Document::new();
    for marks in pages {
        let mut page = document.start_page_with(size.clone());
        let mut surface = page.surface();
        for mark in marks {
            match mark {
                Mark::Text(run) => write(&mut surface, run, fonts, &inks),
                Mark::Box(area, ink) => fill(&mut surface, *area, *ink),
            }
        }
        surface.finish();
        page.finish();
    }
    document.set_metadata(metadata(snapshot));
    let written = document.finish();
    written.map_err(|error| InvoiceError::fault(error.to_string()))
}

fn embedded(face: &Typeface) -> Result<Font, InvoiceError> {
    let font = Font::new(face.bytes.into(), 0);
    font.ok_or_else(|| InvoiceError::fault("a font can't be embedded"))
}

fn write(surface: &mut Surface<'_>, run: &Run, fonts: &Fonts, inks: &Inks) {
    let face = fonts.face(run.style.face);
    let units = points(face.units * 1_000);
    let glyphs: Vec<KrillaGlyph> = run
        .text
        .char_indices()
        .map(|(at, character)| {
            let letter = face.letter(character);
            let advance = points(letter.advance * 1_000) / units;
            let range = at..at + character.len_utf8();
            KrillaGlyph::new(GlyphId::new(letter.id), advance, 0.0, 0.0, 0.0, range, None)
        })
        .collect();
    let font = match run.style.face {
        Face::Regular => &inks.regular,
        Face::Bold => &inks.bold,
    };
    surface.set_fill(Some(filled(run.style.ink)));
    let start = Point::from_xy(points(run.x), points(run.y));
    let size = points(run.style.size);
    surface.draw_glyphs(start, &glyphs, font.clone(), &run.text, size, false);
}

fn fill(surface: &mut Surface<'_>, area: [i32; 4], ink: Ink) {
    let [left, top, right, bottom] = area.map(points);
    let mut path = PathBuilder::new();
    if let Some(area) = Rect::from_ltrb(left, top, right, bottom) {
        path.push_rect(area);
    }
    if let Some(path) = path.finish() {
        surface.set_fill(Some(filled(ink)));
        surface.draw_path(&path);
    }
}

fn filled(ink: Ink) -> Fill {
    let [red, green, blue] = ink.rgb();
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }
}

/// What programs are told of the document. Its moment is when it was issued, so that it is the same whenever it is written.
fn metadata(snapshot: &Snapshot) -> Metadata {
    let at = snapshot.issued_at;
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    let date = DateTime::new(u16::try_from(at.year()).unwrap_or_default())
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(snapshot.number.to_string())
        .authors(vec![snapshot.issuer.name.clone()])
        .language(snapshot.language.to_string())
        .producer("RemoteMotel".to_owned())
        .document_id(format!("{} {}", snapshot.issuer.name, snapshot.number))
        .creation_date(date)
}

/// Thousandths of a point as points.
fn points(thousandths: i32) -> f32 {
    // No page has so many of them that a float would lose one.
    thousandths as f32 / 1_000.0
}
