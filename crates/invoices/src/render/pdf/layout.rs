//! What goes where: the head of the letter, the lines with their head on every page, sums, taxes, payments.

use super::fonts::Fonts;
use super::mark::{Ink, Mark, Style};
use super::paper::{LEFT, Paper, RIGHT, TOP};
use super::wrap::wrap;
use crate::render::sheet::{Row, Sum};
use crate::render::{Labels, Sheet};

/// From the edge of a table to what stands in it.
const INSET: i32 = 6_000;
/// Where descriptions begin, and how wide they may be.
const DESCRIPTION: i32 = LEFT + 86_000;
const DESCRIPTION_WIDTH: i32 = RIGHT - 104_000 - DESCRIPTION;
/// Where the words before a sum begin.
const SUM: i32 = LEFT + 250_000;
const HEAD_HEIGHT: i32 = 19_000;
const SUM_HEIGHT: i32 = 15_000;
const TOTAL_HEIGHT: i32 = 24_000;

/// The pages of a document.
pub(super) fn lay_out(sheet: &Sheet, labels: &Labels, fonts: &Fonts) -> Vec<Vec<Mark>> {
    let running = format!("{} {}", sheet.title, sheet.number);
    let mut paper = Paper::new(fonts, (running, sheet.issuer.clone()));
    letterhead(&mut paper, sheet);
    whom_and_what(&mut paper, sheet);
    lines(&mut paper, sheet);
    sums(&mut paper, &sheet.sums);
    taxes(&mut paper, sheet);
    payments(&mut paper, sheet);
    sums(&mut paper, &sheet.balance);
    paper.finish(&sheet.contact, |page, of| labels.page(page, of))
}

fn letterhead(paper: &mut Paper<'_>, sheet: &Sheet) {
    let half = (RIGHT - LEFT) * 3 / 5;
    let mut y = paper.block((LEFT, TOP + 12_000), half, &sheet.issuer, Style::NAME);
    y -= 5_000;
    for (text, style) in [
        (&sheet.business, Style::BODY),
        (&sheet.tagline, Style::SMALL),
    ] {
        if !text.is_empty() {
            y = paper.block((LEFT, y), half, text, style);
        }
    }
    let mut beside = TOP + 8_000;
    for line in &sheet.issuer_lines {
        paper.right(RIGHT, beside, line, Style::SMALL);
        beside += Style::SMALL.leading();
    }
    let below = y.max(beside);
    paper.rule(below, 2_000, Ink::Accent);
    paper.y = below + 26_000;
}

/// Whom it is for to the left, what it is to the right, and the title below.
fn whom_and_what(paper: &mut Paper<'_>, sheet: &Sheet) {
    let top = paper.y;
    paper.left(LEFT, top, sheet.addressee_label, Style::SMALL);
    let mut left = top + 15_000;
    for line in &sheet.addressee_lines {
        left = paper.block((LEFT, left), SUM - LEFT - 12_000, line, Style::BODY);
    }
    let mut right = top;
    for (label, fact) in &sheet.facts {
        paper.left(SUM, right, label, Style::SMALL);
        paper.right(RIGHT, right, fact, Style::BODY);
        right += 15_000;
    }
    paper.y = left.max(right) + 26_000;
    paper.left(LEFT, paper.y, sheet.title, Style::TITLE);
    paper.y += 18_000;
    if let Some((label, reason)) = &sheet.reason {
        let said = format!("{label}: {reason}");
        paper.y = paper.block((LEFT, paper.y), RIGHT - LEFT, &said, Style::BODY) + 2_000;
    }
}

fn lines(paper: &mut Paper<'_>, sheet: &Sheet) {
    if sheet.rows.is_empty() {
        return;
    }
    // A head with nothing below it would be no help.
    paper.make_room(HEAD_HEIGHT + 3 * SUM_HEIGHT);
    let head = |paper: &mut Paper<'_>| {
        let [date, description, amount] = &sheet.heads;
        let y = panel(paper);
        paper.left(LEFT + INSET, y, date, Style::HEAD);
        paper.left(DESCRIPTION, y, description, Style::HEAD);
        paper.right(RIGHT - INSET, y, amount, Style::HEAD);
    };
    head(paper);
    for row in &sheet.rows {
        put_row(paper, row, head);
    }
}

/// A row of the lines; on a new page after what `head` puts there.
fn put_row(paper: &mut Paper<'_>, row: &Row, head: impl Fn(&mut Paper<'_>)) {
    let style = Style::BODY;
    let said = wrap(&row.description, DESCRIPTION_WIDTH, style, paper.fonts);
    let lines = i32::try_from(said.len()).unwrap_or(i32::MAX / style.leading());
    let height = lines.saturating_mul(style.leading()) + 6_000;
    if paper.make_room(height) {
        head(paper);
    }
    let mut y = paper.y + 12_500;
    paper.left(LEFT + INSET, y, &row.date, style);
    paper.right(RIGHT - INSET, y, &row.amount, style);
    for line in &said {
        paper.left(DESCRIPTION, y, line, style);
        y += style.leading();
    }
    paper.y += height;
    paper.rule(paper.y, 500, Ink::Line);
    paper.y += 500;
}

fn sums(paper: &mut Paper<'_>, sums: &[Sum]) {
    let height = |sum: &Sum| if sum.strong { TOTAL_HEIGHT } else { SUM_HEIGHT };
    // They stand on one page: a total without what it is of says little.
    let together: i32 = sums.iter().map(height).sum();
    paper.make_room(together + 8_000);
    paper.y += if sums.is_empty() { 0 } else { 8_000 };
    for sum in sums {
        let (style, down) = match sum.strong {
            true => (Style::TOTAL, 16_500),
            false => (Style::BODY, 11_000),
        };
        if sum.strong {
            let top = paper.y + 2_000;
            paper.fill([SUM, top, RIGHT, top + 1_000], Ink::Accent);
        }
        paper.left(SUM + INSET, paper.y + down, &sum.label, style);
        paper.right(RIGHT - INSET, paper.y + down, &sum.amount, style);
        paper.y += height(sum);
    }
}

fn taxes(paper: &mut Paper<'_>, sheet: &Sheet) {
    let Some(taxes) = &sheet.taxes else { return };
    let (rate, amount) = (RIGHT - 110_000, RIGHT - INSET);
    let [name_head, rate_head, amount_head] = taxes.heads;
    paper.y += 14_000;
    let head = |paper: &mut Paper<'_>| {
        let y = panel(paper);
        paper.left(LEFT + INSET, y, name_head, Style::HEAD);
        paper.right(rate, y, rate_head, Style::HEAD);
        paper.right(amount, y, amount_head, Style::HEAD);
    };
    paper.make_room(HEAD_HEIGHT + SUM_HEIGHT);
    head(paper);
    for [name, share, tax] in &taxes.rows {
        if paper.make_room(SUM_HEIGHT + 3_000) {
            head(paper);
        }
        let y = paper.y + 12_500;
        let most = rate - 60_000 - LEFT;
        let below = paper.block((LEFT + INSET, y), most, name, Style::BODY);
        paper.right(rate, y, share, Style::BODY);
        paper.right(amount, y, tax, Style::BODY);
        paper.y = below - Style::BODY.leading() + 6_000;
        paper.rule(paper.y, 500, Ink::Line);
        paper.y += 500;
    }
}

fn payments(paper: &mut Paper<'_>, sheet: &Sheet) {
    let Some(payments) = &sheet.payments else {
        return;
    };
    paper.y += 14_000;
    paper.make_room(HEAD_HEIGHT + SUM_HEIGHT);
    let head = |paper: &mut Paper<'_>| {
        let y = panel(paper);
        paper.left(LEFT + INSET, y, payments.title, Style::HEAD);
    };
    head(paper);
    for row in &payments.rows {
        put_row(paper, row, head);
    }
}

/// The ground for the head of a table; answers where its words stand.
fn panel(paper: &mut Paper<'_>) -> i32 {
    let top = paper.y;
    paper.fill([LEFT, top, RIGHT, top + HEAD_HEIGHT], Ink::Panel);
    paper.y += HEAD_HEIGHT;
    top + 12_500
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::mark::Run;
    use super::super::paper::BOTTOM;
    use super::*;
    use crate::Language;

    fn row(amount: &str) -> Row {
        Row {
            date: "Dec 4, 2026".to_owned(),
            description: "word ".repeat(60),
            amount: amount.to_owned(),
        }
    }

    fn sheet(rows: usize) -> Sheet {
        let sum = |amount: &str, strong| Sum {
            label: "Sum".to_owned(),
            amount: amount.to_owned(),
            strong,
        };
        Sheet {
            language: "en",
            title: "Invoice",
            number: "INV-2026-000001".to_owned(),
            issuer: "A house with a name that goes on and on ".repeat(3),
            business: String::new(),
            tagline: String::new(),
            issuer_lines: vec!["1 Test Road".to_owned()],
            contact: "A contact that is much too long for the foot of a page ".repeat(4),
            addressee_label: "For",
            addressee_lines: vec!["Ana ".repeat(40)],
            facts: vec![("Number", "INV-2026-000001".to_owned())],
            reason: None,
            heads: ["Date", "Description", "Amount"].map(str::to_owned),
            rows: vec![row("99.90"); rows],
            sums: vec![sum("1.00", false), sum("USD 1,234.50", true)],
            taxes: None,
            payments: None,
            balance: Vec::new(),
        }
    }

    fn texts(marks: &[Mark]) -> impl Iterator<Item = &Run> {
        marks.iter().filter_map(|mark| match mark {
            Mark::Text(run) => Some(run),
            Mark::Box(..) => None,
        })
    }

    #[test]
    fn amounts_end_on_one_line_and_no_text_leaves_the_paper() {
        let fonts = Fonts::get().unwrap();
        let pages = lay_out(&sheet(40), Labels::of(Language::En), fonts);
        assert!(pages.len() > 2, "{} pages", pages.len());
        let mut amounts = 0;
        for run in pages.iter().flat_map(|page| texts(page)) {
            let right = run.x + fonts.width(&run.text, run.style);
            assert!(run.x >= LEFT && right <= RIGHT, "{run:?}");
            if ["99.90", "1.00", "USD 1,234.50", "Amount"].contains(&run.text.as_str()) {
                assert!((right - (RIGHT - INSET)).abs() <= 1, "{run:?}");
                amounts += 1;
            }
        }
        assert_eq!(amounts, 40 + 2 + pages.len());
    }

    #[test]
    fn every_page_with_lines_has_their_head_above_them_and_ends_above_its_foot() {
        let fonts = Fonts::get().unwrap();
        for rows in 1..30 {
            for page in lay_out(&sheet(rows), Labels::of(Language::En), fonts) {
                let head = texts(&page).find(|run| run.text == "Description");
                let first = texts(&page).find(|run| run.text == "99.90");
                if let Some(first) = first {
                    assert!(head.is_some_and(|head| head.y < first.y), "{rows}");
                }
                let body = texts(&page).filter(|run| run.style != Style::SMALL);
                assert!(body.map(|run| run.y).max() <= Some(BOTTOM), "{rows}");
            }
        }
    }
}
