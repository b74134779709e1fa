use super::fonts::Fonts;
use super::mark::{Ink, Mark, Run, Style};
use super::wrap::wrap;

/// A4.
pub(super) const WIDTH: i32 = 595_276;
pub(super) const HEIGHT: i32 = 841_890;
/// Where text begins and ends, and between which lines.
pub(super) const LEFT: i32 = 56_000;
pub(super) const RIGHT: i32 = WIDTH - LEFT;
pub(super) const TOP: i32 = 52_000;
pub(super) const BOTTOM: i32 = HEIGHT - 76_000;

/// Pages on which something is put from the top down.
pub(super) struct Paper<'a> {
    pub(super) fonts: &'a Fonts,
    pages: Vec<Vec<Mark>>,
    /// Where the next thing goes.
    pub(super) y: i32,
    /// What stands at the top of every page but the first, to the left and to the right.
    running: (String, String),
}

impl<'a> Paper<'a> {
    pub(super) fn new(fonts: &'a Fonts, running: (String, String)) -> Self {
        Self {
            fonts,
            pages: vec![Vec::new()],
            y: TOP,
            running,
        }
    }

    /// Makes sure that so much fits below; true when that took a new page.
    pub(super) fn make_room(&mut self, height: i32) -> bool {
        if self.y + height <= BOTTOM {
            return false;
        }
        self.pages.push(Vec::new());
        let (left, right) = self.running.clone();
        self.y = TOP;
        self.left(LEFT, self.y, &left, Style::SMALL);
        let right = cut(&right, (RIGHT - LEFT) / 2, Style::SMALL, self.fonts);
        self.right(RIGHT, self.y, &right, Style::SMALL);
        self.y += 18_000;
        true
    }

    pub(super) fn left(&mut self, x: i32, y: i32, text: &str, style: Style) {
        let text = text.to_owned();
        self.put(Mark::Text(Run { x, y, style, text }));
    }

    /// Text that ends at `x`.
    pub(super) fn right(&mut self, x: i32, y: i32, text: &str, style: Style) {
        let begins = x - self.fonts.width(text, style);
        self.left(begins, y, text, style);
    }

    /// Text in lines of at most `width`, the first at `y`; answers where the next line would stand.
    pub(super) fn block(
        &mut self,
        (x, y): (i32, i32),
        width: i32,
        text: &str,
        style: Style,
    ) -> i32 {
        let mut y = y;
        for line in wrap(text, width, style, self.fonts) {
            self.left(x, y, &line, style);
            y += style.leading();
        }
        y
    }

    pub(super) fn fill(&mut self, area: [i32; 4], ink: Ink) {
        self.put(Mark::Box(area, ink));
    }

    /// A line across the page, so thick.
    pub(super) fn rule(&mut self, y: i32, thickness: i32, ink: Ink) {
        self.fill([LEFT, y, RIGHT, y + thickness], ink);
    }

    fn put(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    /// The pages, each with a foot: something to the left, and what `number` makes of its number and how many there are.
    pub(super) fn finish(
        self,
        foot: &str,
        number: impl Fn(usize, usize) -> String,
    ) -> Vec<Vec<Mark>> {
        let (fonts, of, style) = (self.fonts, self.pages.len(), Style::SMALL);
        let numbered = self.pages.into_iter().zip(1..);
        let finished = numbered.map(|(mut page, at)| {
            let (line, y) = (HEIGHT - 58_000, HEIGHT - 44_000);
            page.push(Mark::Box([LEFT, line, RIGHT, line + 500], Ink::Line));
            let number = number(at, of);
            let begins = RIGHT - fonts.width(&number, style);
            let foot = cut(foot, begins - LEFT - 12_000, style, fonts);
            for (x, text) in [(LEFT, foot), (begins, number)] {
                page.push(Mark::Text(Run { x, y, style, text }));
            }
            page
        });
        finished.collect()
    }
}

/// As many words as fit one line.
fn cut(text: &str, width: i32, style: Style, fonts: &Fonts) -> String {
    let lines = wrap(text, width, style, fonts);
    lines.into_iter().next().unwrap_or_default()
}
