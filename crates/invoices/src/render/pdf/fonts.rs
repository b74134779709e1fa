use std::sync::LazyLock;

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, GlyphId, MetadataProvider};

use super::mark::{Face, Style};
use crate::InvoiceError;

/// The letters documents are written with: DejaVu Sans Condensed, which has Latin, Greek and Cyrillic.
pub(super) struct Fonts {
    regular: Typeface,
    bold: Typeface,
}

/// One face, and how wide its letters are.
pub(super) struct Typeface {
    pub(super) bytes: &'static [u8],
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    /// Font units of which one size of the text is made.
    pub(super) units: i32,
}

/// A letter of a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letter {
    pub(super) id: u32,
    /// In font units.
    pub(super) advance: i32,
}

static FONTS: LazyLock<Option<Fonts>> = LazyLock::new(|| {
    Some(Fonts {
        regular: Typeface::read(dejavu::sans_condensed::regular())?,
        bold: Typeface::read(dejavu::sans_condensed::bold())?,
    })
});

impl Fonts {
    /// The fonts, read once.
    pub(super) fn get() -> Result<&'static Self, InvoiceError> {
        let fonts = FONTS.as_ref();
        fonts.ok_or_else(|| InvoiceError::fault("the fonts can't be read"))
    }

    pub(super) fn face(&self, face: Face) -> &Typeface {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
        }
    }

    /// How wide a text is.
    pub(super) fn width(&self, text: &str, style: Style) -> i32 {
        let face = self.face(style.face);
        let units = text
            .chars()
            .fold(0_i64, |sum, c| sum + i64::from(face.letter(c).advance));
        let width = units * i64::from(style.size) / i64::from(face.units);
        i32::try_from(width).unwrap_or(i32::MAX)
    }
}

impl Typeface {
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let font = FontRef::new(bytes).ok()?;
        let metrics = font.metrics(Size::unscaled(), LocationRef::default());
        Some(Self {
            bytes,
            charmap: font.charmap(),
            metrics: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
            units: i32::from(metrics.units_per_em).max(1),
        })
    }

    /// The letter for a character; one that the face does not have is a question mark.
    pub(super) fn letter(&self, character: char) -> Letter {
        let id = self.charmap.map(character);
        let id = id.or_else(|| self.charmap.map('?'));
        let id = id.unwrap_or(GlyphId::NOTDEF);
        self.measured(id)
    }

    fn measured(&self, id: GlyphId) -> Letter {
        let advance = self.metrics.advance_width(id).unwrap_or_default();
        Letter {
            id: id.to_u32(),
            // A whole number in every font that is not scaled.
            advance: advance as i32,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn digits_are_of_one_width_and_every_script_of_ours_has_letters() {
        let fonts = Fonts::get().unwrap();
        let face = fonts.face(Face::Regular);
        let widths: Vec<i32> = "0123456789"
            .chars()
            .map(|c| face.letter(c).advance)
            .collect();
        assert!(widths.iter().all(|width| *width == widths[0] && *width > 0));
        let unknown = face.letter('?').id;
        for c in "ÄöüßñçéœŠłőșŽΩλЖйђ№€£¥–’\u{a0}".chars() {
            assert_ne!(face.letter(c).id, unknown, "{c}");
        }
        assert_eq!(face.letter('漢').id, unknown);
    }

    #[test]
    fn a_text_is_as_wide_as_its_letters() {
        let fonts = Fonts::get().unwrap();
        let width = |text| fonts.width(text, Style::BODY);
        assert_eq!(width(""), 0);
        assert!((width("Total") - width("To") - width("tal")).abs() <= 1);
        let bold = Style {
            face: Face::Bold,
            ..Style::BODY
        };
        assert!(fonts.width("Total", bold) > width("Total"));
    }
}
