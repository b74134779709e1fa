use askama::Template;

use super::Place;

/// The simulated telephone.
#[derive(Debug, Template)]
#[template(path = "phone.html")]
pub struct PhonePage {
    /// Whose page it is.
    pub place: Place,
    /// Where the simulated call is made.
    pub voice: String,
    /// The keypad, row by row.
    pub keys: &'static [Key],
}

/// One key of the keypad.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// What it dials.
    pub digit: char,
    /// The letters under it.
    pub letters: &'static str,
}

const fn key(digit: char, letters: &'static str) -> Key {
    Key { digit, letters }
}

impl Key {
    /// The keypad of a telephone.
    pub const PAD: [Self; 12] = [
        key('1', ""),
        key('2', "ABC"),
        key('3', "DEF"),
        key('4', "GHI"),
        key('5', "JKL"),
        key('6', "MNO"),
        key('7', "PQRS"),
        key('8', "TUV"),
        key('9', "WXYZ"),
        key('*', ""),
        key('0', "+"),
        key('#', ""),
    ];
}
