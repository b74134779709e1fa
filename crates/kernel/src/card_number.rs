use std::borrow::Cow;
use std::ops::Range;

/// What stands where a card number was.
const HIDDEN: &str = "[card number]";

/// How many bytes after a number its expiry and security code are looked for in.
const CLOSE: usize = 48;

/// The text without the payment card numbers in it, nor the figures that follow one closely (expiry, security code).
///
/// A number may be written together or in groups, in any of the digits people use, or said: `four two four two …`,
/// `double four`. It is one when it has a length that its issuer gives out and its check digit is right (ISO/IEC 7812), so that
/// telephone numbers, dates, booking codes and ids (UUIDs) stay. Nothing that stores or logs what people write should do so without this.
pub fn hide_card_numbers(text: &str) -> Cow<'_, str> {
    let figures = figures(text);
    let mut shown = String::new();
    let mut from = 0;
    let mut next = 0;
    while let Some(card) = first_card(&figures, next) {
        let end = end_of_what_follows(&figures, card.end);
        let (Some(first), Some(last)) = (figures.get(card.start), figures.get(end - 1)) else {
            break;
        };
        shown.push_str(text.get(from..first.place.start).unwrap_or_default());
        shown.push_str(HIDDEN);
        from = last.place.end;
        next = end;
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(shown)
}

/// Digits that stand together in a text, or a word for one.
struct Figure {
    digits: Vec<u8>,
    place: Range<usize>,
    /// Nothing but spaces and dashes lies between this one and the one before.
    goes_on: bool,
    /// A quote or a brace lies between this one and the one before: what follows is another field of a record.
    apart: bool,
}

fn figures(text: &str) -> Vec<Figure> {
    let mut figures: Vec<Figure> = Vec::new();
    let mut repeated = None;
    let mut end = 0;
    let mut unbroken = false;
    let mut apart = false;
    let ids = ids(text);
    for place in words(text) {
        if ids.iter().any(|id| id.contains(&place.start)) {
            (end, unbroken, repeated) = (place.end, false, None);
            continue;
        }
        let between = text.get(end..place.start).unwrap_or_default();
        unbroken &= between
            .chars()
            .all(|c| c.is_whitespace() || "-–.·_".contains(c));
        apart |= between.contains(['"', '{', '}']);
        end = place.end;
        let word = text.get(place.clone()).unwrap_or_default();
        if let Some(times) = repetition(word) {
            repeated = Some((times, place.start));
            continue;
        }
        let (times, start) = repeated.take().unwrap_or((1, place.start));
        match digits_of(word) {
            Some(digits) => {
                let digits = digits.repeat(times);
                figures.push(Figure {
                    digits,
                    place: start..end,
                    goes_on: unbroken,
                    apart,
                });
                apart = false;
                unbroken = true;
            }
            None => unbroken = false,
        }
    }
    figures
}

/// How long a UUID is, written with its dashes.
const ID: usize = 36;

/// Where UUIDs stand. One in a few hundred has digits that would pass for a card's.
fn ids(text: &str) -> Vec<Range<usize>> {
    let mut ids: Vec<Range<usize>> = Vec::new();
    for (dash, _) in text.match_indices('-') {
        let Some(start) = dash.checked_sub(8) else {
            continue;
        };
        let place = start..start + ID;
        let after_the_last = ids.last().is_none_or(|id| id.end <= start);
        let is_one = text.get(place.clone()).is_some_and(is_id);
        if after_the_last && is_one && stands_alone(text, &place) {
            ids.push(place);
        }
    }
    ids
}

fn is_id(text: &str) -> bool {
    text.len() == ID && uuid::Uuid::try_parse(text).is_ok()
}

fn stands_alone(text: &str, place: &Range<usize>) -> bool {
    let before = text
        .get(..place.start)
        .and_then(|it| it.chars().next_back());
    let after = text.get(place.end..).and_then(|it| it.chars().next());
    ![before, after]
        .into_iter()
        .flatten()
        .any(char::is_alphanumeric)
}

/// Where letters stand together, or digits.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut was_digit = false;
    for (at, letter) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        let end = at + letter.len_utf8();
        let is_digit = digit(letter).is_some();
        match words.last_mut() {
            Some(word) if word.end == at && is_digit == was_digit => word.end = end,
            _ => words.push(at..end),
        }
        was_digit = is_digit;
    }
    words
}

fn repetition(word: &str) -> Option<usize> {
    match word.to_ascii_lowercase().as_str() {
        "double" => Some(2),
        "triple" => Some(3),
        _ => None,
    }
}

fn digits_of(word: &str) -> Option<Vec<u8>> {
    const SAID: [&str; 10] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    let lower = word.to_ascii_lowercase();
    if lower == "oh" {
        return Some(vec![0]);
    }
    match (0_u8..).zip(SAID).find(|(_, said)| *said == lower) {
        Some((digit, _)) => Some(vec![digit]),
        None => word.chars().map(digit).collect(),
    }
}

/// The value of a digit: also of a full-width, an Arabic or a Persian one.
fn digit(c: char) -> Option<u8> {
    let zeros = ['0', '\u{ff10}', '\u{660}', '\u{6f0}'];
    let value = zeros
        .iter()
        .find_map(|zero| (c as u32).checked_sub(*zero as u32).filter(|it| *it < 10))?;
    u8::try_from(value).ok()
}

/// The figures of the first card number from `next` on.
fn first_card(figures: &[Figure], next: usize) -> Option<Range<usize>> {
    (next..figures.len()).find_map(|start| Some(start..card_from(figures, start)?))
}

/// Past which figure a card number ends that begins with the figure `start`; it may end within that figure.
fn card_from(figures: &[Figure], start: usize) -> Option<usize> {
    let mut digits: Vec<u8> = Vec::new();
    let run = figures.get(start..)?.iter().enumerate();
    for (index, figure) in run.take_while(|(index, it)| *index == 0 || it.goes_on) {
        let before = digits.len();
        digits.extend(&figure.digits);
        let lengths = lengths_of(&digits).iter();
        let ends_here = lengths.copied().filter(|length| *length > before);
        let mut numbers = ends_here.filter_map(|length| digits.get(..length));
        if numbers.any(checks) {
            return Some(start + index + 1);
        }
        if digits.len() > LONGEST {
            return None;
        }
    }
    None
}

/// The most digits a card number has.
const LONGEST: usize = 19;

/// How many digits the cards of an issuer have, by the digits its numbers begin with.
fn lengths_of(digits: &[u8]) -> &'static [usize] {
    let begin = |count: usize| {
        digits
            .iter()
            .take(count)
            .fold(0_u32, |sum, digit| sum * 10 + u32::from(*digit))
    };
    match (begin(1), begin(2), begin(3), begin(4)) {
        // Nobody gives out thirteen any more, and German telephones have as many, with a four in front.
        (4, ..) => &[16, 19],
        (_, 51..=55, ..) | (.., 2221..=2720) => &[16],
        (_, 34 | 37, ..) => &[15],
        (_, 36 | 38 | 39, ..) | (_, _, 300..=305, _) => &[14, 16, 19],
        (.., 3528..=3589) => &[16, 19],
        (_, 50 | 56..=69, ..) => &[16, 17, 18, 19],
        _ => &[],
    }
}

/// Whether the last digit is the one that follows from the others (Luhn).
fn checks(number: &[u8]) -> bool {
    let sum: u32 = number
        .iter()
        .rev()
        .zip([1_u32, 2].into_iter().cycle())
        .map(|(digit, weight)| u32::from(*digit) * weight)
        .map(|product| product / 10 + product % 10)
        .sum();
    sum.is_multiple_of(10) && number.iter().any(|digit| *digit != 0)
}

/// Past which figure what belongs to the card ends: figures of two to six digits close behind it.
fn end_of_what_follows(figures: &[Figure], end: usize) -> usize {
    let Some(card) = figures.get(end - 1) else {
        return end;
    };
    let near = card.place.end + CLOSE;
    let rest = figures.get(end..).unwrap_or_default().iter();
    end + rest
        .take_while(|it| !it.apart && it.place.start < near && it.digits.len() <= 6)
        .count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hidden(text: &str) -> String {
        hide_card_numbers(text).into_owned()
    }

    #[test]
    fn test_numbers_of_the_vendors_are_hidden_however_they_are_written() {
        for number in [
            "4242424242424242",
            "4242 4242 4242 4242",
            "4242-4242-4242-4242",
            "5555.5555.5555.4444",
            "2223003122003222",
            "378282246310005",
            "3782 822463 10005",
            "6011111111111117",
            "3566002020360505",
            "30569309025904",
            "6205500000000000004",
            "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢",
            "４２４２ ４２４２ ４２４２ ４２４２",
            "four two four two four two four two four two four two four two four two",
            "double five double five double five double five double five double five double four double four",
        ] {
            assert_eq!(
                hidden(&format!("my card is {number}, thanks")),
                "my card is [card number], thanks",
                "{number}"
            );
        }
    }

    #[test]
    fn letters_that_touch_a_number_do_not_save_it() {
        assert_eq!(hidden("visa4242424242424242"), "visa[card number]");
        assert_eq!(hidden("4242424242424242exp12/27"), "[card number]");
        assert_eq!(hidden("卡号4242424242424242"), "卡号[card number]");
        assert_eq!(hidden(r"\n4242424242424242"), r"\n[card number]");
    }

    #[test]
    fn expiry_and_security_code_go_with_it() {
        assert_eq!(
            hidden("4242424242424242 12/27 cvc 123 please"),
            "[card number] please"
        );
        assert_eq!(hidden("424242424242424212 27 123"), "[card number]");
        assert_eq!(
            hidden(r#"{"body":"4242424242424242","status":500}"#),
            r#"{"body":"[card number]","status":500}"#
        );
        assert_eq!(
            hidden("4000056655665556 and 5105105105105100"),
            "[card number] and [card number]"
        );
    }

    #[test]
    fn an_id_hides_no_number_beside_it() {
        let id = "01a20384-c394-7006-9905-131ac4556973";
        assert_eq!(
            hidden(&format!("{id} 4242424242424242 {id}")),
            format!("{id} [card number] {id}")
        );
        assert_eq!(hidden("4242-4242-4242-4242"), "[card number]");
    }

    #[test]
    fn other_numbers_stay() {
        for text in [
            "call me on +1 518 555 0142, or 0044 20 7946 0123",
            "meine Nummer ist +49 1512 3456787",
            "4242424242424241",
            "from 2026-12-04 to 2026-12-06, 2 adults and 1 child",
            "RM-7K2M9Q, RT-77100-000001",
            "order 1234567890123456",
            "0000000000000000",
            "request 01a20384-c394-7006-9905-131ac4556973 was answered",
            r#"{"request_id":"01a20384-c394-7006-9905-131ac4556973"}"#,
            "",
        ] {
            assert!(
                matches!(hide_card_numbers(text), Cow::Borrowed(_)),
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_stumble_and_once_is_enough(text in "\\PC{0,80}") {
            let once = hidden(&text);
            prop_assert_eq!(hidden(&once), once);
        }

        // Of letters that make no word for a digit: one close behind a card goes with it.
        #[test]
        fn a_card_is_hidden_whatever_stands_around_it(before in "[a-dk-np-s ,]{0,20}", after in "[a-dk-np-s ,]{0,20}") {
            let text = format!("{before}|4242 4242 4242 4242|{after}");
            prop_assert_eq!(hidden(&text), format!("{before}|[card number]|{after}"));
        }
    }
}
