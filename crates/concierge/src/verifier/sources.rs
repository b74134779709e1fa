use std::collections::HashSet;

use super::figure::{DateSaid, Figure};
use super::patterns;

/// What figures may come from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sources {
    /// Of tools, of passages, of the house, and of answers that were checked before.
    told: HashSet<Figure>,
    /// Of the guest.
    heard: HashSet<Figure>,
    /// What the house said, in small letters: names of rooms stand in it.
    words: String,
}

impl Sources {
    /// Takes in what a tool, a passage or the house says.
    pub(crate) fn trust(&mut self, text: &str) {
        // In JSON a new line is written, and would stick to the word after it.
        let text = text.replace("\\n", "\n");
        self.told.extend(figures(&text));
        self.words.push_str(&text.to_lowercase());
        self.words.push('\n');
    }

    /// Takes in what the guest said. A price, a share, a link and a telephone number that a guest names are none of ours.
    pub(crate) fn hear(&mut self, text: &str) {
        self.heard.extend(figures(text));
    }

    /// Whether the house has a room of that name.
    pub(super) fn tell_of(&self, room: &str) -> bool {
        self.words.contains(room)
    }

    /// Whether a figure comes from somewhere.
    pub(super) fn hold(&self, figure: &Figure) -> bool {
        match figure {
            Figure::Money(_) | Figure::Percent(_) | Figure::Link(_) => self.told.contains(figure),
            Figure::Date(said) => self.dates().any(|told| said.follows_from(told)),
            Figure::Slashed(a, b) => {
                self.knows(figure) || self.has_day(*a, *b) || self.has_day(*b, *a)
            }
            Figure::Day(day) => self.knows(figure) || self.dates().any(|told| told.day == *day),
            Figure::Gratis(words) => self.words.contains(words.as_str()),
            Figure::Weekday(day) => {
                self.knows(figure) || self.dates().any(|told| told.falls_on(*day))
            }
            Figure::Count(number) => {
                self.knows(figure) || self.knows(&Figure::Number(number.clone()))
            }
            // A guest's bare number may be a price that the guest would like.
            Figure::Number(number) => {
                let counted = Figure::Count(number.clone());
                self.told.contains(figure) || self.told.contains(&counted) || self.is_year(number)
            }
            Figure::Phone(said) => self.phones().any(|told| same_line(told, said)),
            Figure::Time(hour, minute) => {
                self.knows(figure) || self.knows(&Figure::Clock(hour % 12, *minute))
            }
            Figure::Clock(hour, minute) => {
                let halves = [*hour, hour + 12];
                self.knows(figure)
                    || halves
                        .iter()
                        .any(|it| self.knows(&Figure::Time(*it, *minute)))
            }
            Figure::Code(_) | Figure::Email(_) => self.knows(figure),
        }
    }

    fn knows(&self, figure: &Figure) -> bool {
        self.told.contains(figure) || self.heard.contains(figure)
    }

    fn all(&self) -> impl Iterator<Item = &Figure> {
        self.told.iter().chain(&self.heard)
    }

    fn dates(&self) -> impl Iterator<Item = DateSaid> {
        self.all().filter_map(|it| match it {
            Figure::Date(date) => Some(*date),
            _ => None,
        })
    }

    fn has_day(&self, month: u32, day: u32) -> bool {
        self.dates()
            .any(|told| (told.month, told.day) == (month, day))
    }

    fn is_year(&self, number: &str) -> bool {
        let year: Option<i32> = number.parse().ok();
        year.is_some() && self.dates().any(|told| told.year == year)
    }

    fn phones(&self) -> impl Iterator<Item = &str> {
        self.told.iter().filter_map(|it| match it {
            Figure::Phone(figures) => Some(figures.as_str()),
            _ => None,
        })
    }
}

fn figures(text: &str) -> impl Iterator<Item = Figure> {
    patterns::figures(text)
        .into_iter()
        .map(|found| found.figure)
}

/// The same line with and without what is dialled from abroad.
fn same_line(told: &str, said: &str) -> bool {
    let said = said.trim_start_matches('0');
    said.len() >= 7 && (told.ends_with(said) || said.ends_with(told))
}
