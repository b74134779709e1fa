use std::fmt::Write;

use fast_qr::qr::QRCodeError;
use fast_qr::{ECL, QRBuilder};

use crate::view::Picture;

/// How many light squares have to be around it.
const MARGIN: usize = 4;

/// A text as a QR code.
///
/// # Errors
/// The text is longer than such a code holds.
pub(crate) fn picture(text: &str) -> Result<Picture, QRCodeError> {
    let code = QRBuilder::new(text).ecl(ECL::M).build()?;
    let mut path = String::new();
    for (place, square) in code.data.iter().take(code.size * code.size).enumerate() {
        if square.value() {
            let (x, y) = (place % code.size + MARGIN, place / code.size + MARGIN);
            // Writing into a string does not fail.
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    Ok(Picture {
        size: code.size + 2 * MARGIN,
        path,
    })
}

/// A text in groups of four, to be read aloud or typed.
pub(crate) fn in_fours(text: &str) -> String {
    let letters = text.chars().enumerate();
    letters.fold(String::new(), |mut grouped, (place, letter)| {
        if place > 0 && place % 4 == 0 {
            grouped.push(' ');
        }
        grouped.push(letter);
        grouped
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_picture_has_its_three_eyes_and_a_margin() {
        let picture =
            picture("otpauth://totp/Motel:dana%40motel.example?secret=GEZDGNBVGY3TQOJQ").unwrap();
        let last = picture.size - MARGIN - 1;
        for (x, y) in [(MARGIN, MARGIN), (last, MARGIN), (MARGIN, last)] {
            assert!(
                picture.path.contains(&format!("M{x} {y}h1v1h-1z")),
                "{x} {y}"
            );
        }
        let beyond = format!("M{} ", last + 1);
        assert!(!picture.path.contains(&beyond) && !picture.path.contains("M3 "));
    }

    #[test]
    fn a_key_is_shown_in_fours() {
        assert_eq!(in_fours("GEZDGNBVGY"), "GEZD GNBV GY");
    }

    #[test]
    fn the_longest_address_makes_one() {
        let name = "%E3%81%82".repeat(30);
        let account = "%C3%A9".repeat(127);
        let key = "A".repeat(32);
        let text = format!("otpauth://totp/{name}:{account}?secret={key}&issuer={name}");
        assert!(picture(&text).is_ok());
    }

    #[test]
    fn too_long_a_text_makes_none() {
        assert!(picture(&"x".repeat(10_000)).is_err());
    }
}
