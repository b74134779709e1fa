use std::sync::LazyLock;

use chrono::Weekday;
use regex::{Captures, Regex};

use super::clock;
use super::figure::{DateSaid, Figure};
use super::number_words::in_figures;

/// A figure with the words it stands in.
pub(super) struct Found {
    pub(super) figure: Figure,
    pub(super) said: String,
}

/// Every figure of a text. What one pattern has read, the next does not see: a date is no number, and a telephone number no price.
pub(super) fn figures(text: &str) -> Vec<Found> {
    let mut text = without_list_numbers(&in_figures(text));
    let mut found = Vec::new();
    for pattern in PATTERNS.iter() {
        text = pattern.take(&text, &mut found);
    }
    found
}

/// The text without the numbers of a list. They count up from 1 over two lines at least; "95. That is the price." is no list.
fn without_list_numbers(text: &str) -> String {
    let mut next = 1_u32;
    let numbered = |line: &str, next: u32| {
        let line = line.trim_start();
        let rest = line.strip_prefix(&next.to_string())?;
        rest.strip_prefix(". ")
            .or_else(|| rest.strip_prefix(") "))
            .map(str::to_owned)
    };
    let lines: Vec<(String, Option<String>)> = text
        .lines()
        .map(|line| {
            let item = numbered(line, next);
            next += u32::from(item.is_some());
            (line.to_owned(), item)
        })
        .collect();
    let is_list = next > 2;
    let kept = lines
        .into_iter()
        .map(|(line, item)| item.filter(|_| is_list).unwrap_or(line));
    kept.collect::<Vec<_>>().join("\n")
}

/// What a pattern is about, and what its groups mean.
pub(super) type Reading = fn(&Captures<'_>) -> Vec<Figure>;

struct Pattern {
    form: Regex,
    read: Reading,
}

impl Pattern {
    /// Reads what it knows, and gives back the text without it.
    fn take(&self, text: &str, found: &mut Vec<Found>) -> String {
        let mut rest = String::with_capacity(text.len());
        let mut end = 0;
        for caught in self.form.captures_iter(text) {
            let Some(whole) = caught.get(0) else { continue };
            let read = (self.read)(&caught);
            if read.is_empty() {
                continue;
            }
            let said = whole.as_str().trim().to_owned();
            found.extend(read.into_iter().map(|figure| Found {
                figure,
                said: said.clone(),
            }));
            rest.push_str(text.get(end..whole.start()).unwrap_or_default());
            rest.push_str(" \u{2}");
            end = whole.end();
        }
        rest.push_str(text.get(end..).unwrap_or_default());
        rest
    }
}

const MONTH: &str = r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?";
const WEEKDAY: &str = r"(?:\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?(?:the\s+)?";
const DAY: &str = r"(\d{1,2})(?:st|nd|rd|th)?";
const UNTIL: &str = r"(?:\s*(?:to|-|–|—|until|till|through|and)\s*(\d{1,2})(?:st|nd|rd|th)?)?";
const YEAR: &str = r"(?:,?\s+(\d{4}))?";
/// What is counted in words to guests: such a number may be the guest's own.
const COUNTED: &str = "nights?|adults?|child(?:ren)?|kids?|guests?|people|persons?|pets?|dogs?|cats?|rooms?|beds?|days?|weeks?|of you";
const NUMBER: &str = r"(\d[\d,]*(?:\.\d+)?)";

#[expect(
    clippy::expect_used,
    reason = "the forms are written here and compiled by a test"
)]
static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let dates: [(String, Reading); 6] = [
        (r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+".to_owned(), |it| {
            vec![Figure::Email(whole(it).to_lowercase())]
        }),
        (
            r"https?://[^\s<>()\x22]+|\b(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[^\s<>()\x22]*)?".to_owned(),
            |it| vec![Figure::Link(link(whole(it)))],
        ),
        (r"\b(\d{4})-(\d{2})-(\d{2})\b".to_owned(), |it| {
            date(part(it, 1), number(it, 2), number(it, 3), None)
        }),
        (
            format!(r"{WEEKDAY}\b{MONTH}\s+{DAY}\b{UNTIL}\b{YEAR}\b"),
            |it| {
                dates(
                    part(it, 5),
                    month(it, 2),
                    [part(it, 3), part(it, 4)],
                    weekday(it, 1),
                )
            },
        ),
        (
            format!(r"{WEEKDAY}\b{DAY}{UNTIL}\s+(?:of\s+)?{MONTH}{YEAR}"),
            |it| {
                dates(
                    part(it, 5),
                    month(it, 4),
                    [part(it, 2), part(it, 3)],
                    weekday(it, 1),
                )
            },
        ),
        (r"\b(\d{1,2})/(\d{1,2})(?:/\d{2,4})?\b".to_owned(), |it| {
            slashed(number(it, 1), number(it, 2))
        }),
    ];
    let others: [(String, Reading); 15] = [
        (
            r"\b(\d{1,2})(?::(\d{2}))?\s*([ap])\.?m\b\.?".to_owned(),
            |it| time(number(it, 1), number(it, 2), part(it, 3)),
        ),
        (r"\b(\d{1,2}):(\d{2})(?::\d{2})?\b".to_owned(), |it| {
            time(number(it, 1), number(it, 2), None)
        }),
        (r"\b(noon|midday|midnight)\b".to_owned(), |it| {
            let hour = if whole(it).starts_with("midn") { 0 } else { 12 };
            vec![Figure::Time(hour, 0)]
        }),
        (format!(r"{NUMBER}\s*(?:%|percent\b|per\s+cent\b)"), |it| {
            vec![Figure::Percent(plain(part(it, 1)))]
        }),
        (
            format!(r"(?:[$€£¥]|\b(?:usd|eur|gbp)\b)\s*{NUMBER}"),
            |it| money(part(it, 1)),
        ),
        (
            format!(
                r"{NUMBER}\s*(?:€|£|\$|(?:dollars?|usd|euros?|eur|pounds?|gbp|bucks|quid|cents?)\b)"
            ),
            |it| money(part(it, 1)),
        ),
        (r"\b\d[\d,]*\.\d{2}\b".to_owned(), |it| {
            money(Some(whole(it)))
        }),
        (
            r"\b(?:free of charge|for free|at no (?:extra )?(?:charge|cost)|no (?:extra )?charge|complimentary|on the house|half[ -]price|half off|half the price|gratis)\b".to_owned(),
            |it| vec![Figure::Gratis(whole(it).to_lowercase())],
        ),
        (r"\b(mon|tues|wednes|thurs|fri|satur|sun)days?\b".to_owned(), |it| {
            let day = part(it, 1).and_then(|day| day.get(..3)).and_then(|day| day.parse().ok());
            day.map(Figure::Weekday).into_iter().collect()
        }),
        (format!(r"\b(\d+)[\s-]+(?:{COUNTED})\b"), |it| {
            vec![Figure::Count(plain(part(it, 1)))]
        }),
        (format!(r"{NUMBER}\s*(?:a|per|each|every|/)\s*(?:night|day|person|guest|stay|room|week|pet|dog)\b"), |it| {
            money(part(it, 1))
        }),
        (format!(r"\b(?:price|prices|cost|costs|rate|total|charge|fee|pay|only)\b[^.\d\n\x02]{{0,20}}\b{NUMBER}"), |it| {
            money(part(it, 1))
        }),
        (r"\b[a-z0-9]+(?:-[a-z0-9]+)*\b".to_owned(), |it| {
            code(whole(it))
        }),
        (r"\+?\(?\d[\d\s().-]{5,}\d".to_owned(), |it| {
            phone(whole(it))
        }),
        (
            r"(\d+(?:\.\d+)?)(st|nd|rd|th)?".to_owned(),
            |it| match part(it, 2) {
                Some(_) => number(it, 1).map(Figure::Day).into_iter().collect(),
                None => vec![Figure::Number(plain(part(it, 1)))],
            },
        ),
    ];
    // Hours after dates: "January 10 in the morning" names no hour.
    let forms = dates.into_iter().chain(clock::forms()).chain(others);
    let compiled = forms.map(|(form, read)| Pattern {
        form: Regex::new(&format!("(?im){form}")).expect("the form of a figure"),
        read,
    });
    compiled.collect()
});

fn whole<'t>(caught: &Captures<'t>) -> &'t str {
    caught.get(0).map_or("", |it| it.as_str())
}

pub(super) fn part<'t>(caught: &Captures<'t>, group: usize) -> Option<&'t str> {
    caught.get(group).map(|it| it.as_str())
}

pub(super) fn number(caught: &Captures<'_>, group: usize) -> Option<u32> {
    part(caught, group)?.parse().ok()
}

fn plain(number: Option<&str>) -> String {
    let number = number.unwrap_or_default().replace(',', "");
    match number.split_once('.') {
        Some((whole, part)) if part.chars().all(|it| it == '0') => whole.to_owned(),
        _ => number,
    }
}

fn money(amount: Option<&str>) -> Vec<Figure> {
    let amount = amount.unwrap_or_default().replace(',', "");
    let (whole, cents) = amount.split_once('.').unwrap_or((&amount, "0"));
    let cents: String = format!("{cents}00").chars().take(2).collect();
    let minor = format!("{whole}{cents}").parse();
    minor.map(Figure::Money).into_iter().collect()
}

fn date(
    year: Option<&str>,
    month: Option<u32>,
    day: Option<u32>,
    weekday: Option<Weekday>,
) -> Vec<Figure> {
    let (Some(month), Some(day)) = (month, day) else {
        return Vec::new();
    };
    let year = year.and_then(|year| year.parse().ok());
    vec![Figure::Date(DateSaid {
        year,
        month,
        day,
        weekday,
    })]
}

/// One day of a month, or two.
fn dates(
    year: Option<&str>,
    month: Option<u32>,
    days: [Option<&str>; 2],
    weekday: Option<Weekday>,
) -> Vec<Figure> {
    let [first, second] = days.map(|day| day.and_then(|day| day.parse().ok()));
    let mut found = date(year, month, first, weekday);
    if second.is_some() {
        found.extend(date(year, month, second, None));
    }
    found
}

fn month(caught: &Captures<'_>, group: usize) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let name = part(caught, group)?.to_lowercase();
    let place = MONTHS.iter().position(|month| name.starts_with(month))?;
    u32::try_from(place + 1).ok()
}

fn weekday(caught: &Captures<'_>, group: usize) -> Option<Weekday> {
    part(caught, group)?.parse().ok()
}

fn slashed(first: Option<u32>, second: Option<u32>) -> Vec<Figure> {
    match (first, second) {
        (Some(first), Some(second)) => vec![Figure::Slashed(first, second)],
        _ => Vec::new(),
    }
}

pub(super) fn time(hour: Option<u32>, minute: Option<u32>, half: Option<&str>) -> Vec<Figure> {
    let Some(hour) = hour.filter(|hour| *hour < 25) else {
        return Vec::new();
    };
    let hour = match half.map(str::to_lowercase).as_deref() {
        Some("p") if hour < 12 => hour + 12,
        Some("a") if hour == 12 => 0,
        _ => hour,
    };
    vec![Figure::Time(hour, minute.unwrap_or(0))]
}

/// A word of letters and digits together is a code; plain words, plain numbers, "2nd", "3-night" and "15km" are none.
fn code(word: &str) -> Vec<Figure> {
    let letters = word.chars().any(|it| it.is_ascii_alphabetic());
    let digits = word.chars().any(|it| it.is_ascii_digit());
    let unit = word.trim_start_matches(|it: char| it.is_ascii_digit());
    let unit = unit.strip_prefix('-').unwrap_or(unit);
    let counts = unit.len() < word.len() && unit.chars().all(|it| it.is_ascii_alphabetic());
    let head = word.get(..3).unwrap_or_default();
    let is_booking = head.eq_ignore_ascii_case("rm-") && word.len() > 5;
    match letters && (digits || is_booking) && !counts {
        true => vec![Figure::Code(word.to_uppercase())],
        false => Vec::new(),
    }
}

fn link(link: &str) -> String {
    link.trim_end_matches(['.', ',', '!', '?', ';', ':', '\'', '*', ')'])
        .to_owned()
}

/// Fewer than seven figures are no telephone number.
fn phone(said: &str) -> Vec<Figure> {
    let figures: String = said.chars().filter(char::is_ascii_digit).collect();
    match figures.len() {
        7.. => vec![Figure::Phone(figures)],
        _ => Vec::new(),
    }
}
