//! What is put on a page. Places are thousandths of a point from the upper left corner.

/// Text in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// Where it begins.
    pub(super) x: i32,
    /// Where its letters stand.
    pub(super) y: i32,
    pub(super) style: Style,
    pub(super) text: String,
}

/// Something that is put on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    Text(Run),
    /// A filled box: left, top, right, bottom.
    Box([i32; 4], Ink),
}

/// How text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) face: Face,
    pub(super) size: i32,
    pub(super) ink: Ink,
}

/// Which letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    Regular,
    Bold,
}

/// Which colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Dark,
    Quiet,
    Accent,
    Line,
    Panel,
}

impl Style {
    pub(super) const BODY: Self = Self::new(Face::Regular, 9_500, Ink::Dark);
    pub(super) const SMALL: Self = Self::new(Face::Regular, 8_500, Ink::Quiet);
    pub(super) const HEAD: Self = Self::new(Face::Bold, 8_500, Ink::Dark);
    pub(super) const NAME: Self = Self::new(Face::Bold, 16_000, Ink::Accent);
    pub(super) const TITLE: Self = Self::new(Face::Bold, 20_000, Ink::Dark);
    pub(super) const TOTAL: Self = Self::new(Face::Bold, 11_500, Ink::Dark);

    const fn new(face: Face, size: i32, ink: Ink) -> Self {
        Self { face, size, ink }
    }

    /// From one line of it to the next.
    pub(super) fn leading(self) -> i32 {
        self.size * 13 / 10
    }
}

impl Ink {
    pub(super) fn rgb(self) -> [u8; 3] {
        match self {
            Self::Dark => [0x2a, 0x24, 0x31],
            Self::Quiet => [0x6b, 0x64, 0x72],
            Self::Accent => [0x5b, 0x2a, 0x6b],
            Self::Line => [0xdd, 0xd6, 0xe2],
            Self::Panel => [0xf3, 0xef, 0xf6],
        }
    }
}
