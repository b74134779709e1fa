use super::fonts::Fonts;
use super::mark::Style;

/// A text in lines no wider than `width`, broken between words, and within a word only where it does not fit a line.
/// There is always a line.
pub(super) fn wrap(text: &str, width: i32, style: Style, fonts: &Fonts) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text
        .split([' ', '\n', '\r', '\t'])
        .filter(|word| !word.is_empty())
    {
        for piece in pieces(word, width, style, fonts) {
            put(&mut lines, piece, width, style, fonts);
        }
    }
    lines
}

/// Puts a word behind the others, or onto a line of its own.
fn put(lines: &mut Vec<String>, word: &str, width: i32, style: Style, fonts: &Fonts) {
    match lines.last_mut() {
        Some(line) if line.is_empty() => line.push_str(word),
        Some(line) if fonts.width(&format!("{line} {word}"), style) <= width => {
            line.push(' ');
            line.push_str(word);
        }
        _ => lines.push(word.to_owned()),
    }
}

/// A word, cut where it becomes wider than a line.
fn pieces<'a>(word: &'a str, width: i32, style: Style, fonts: &Fonts) -> Vec<&'a str> {
    let mut pieces = Vec::new();
    let mut rest = word;
    while fonts.width(rest, style) > width {
        let cuts = rest.char_indices().map(|(at, _)| at).skip(1);
        let fits = |at: &usize| {
            rest.get(..*at)
                .is_some_and(|head| fonts.width(head, style) <= width)
        };
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let cut = cuts.take_while(fits).last().unwrap_or(first);
        let Some((head, tail)) = rest
            .split_at_checked(cut)
            .filter(|(head, _)| !head.is_empty())
        else {
            break;
        };
        pieces.push(head);
        rest = tail;
    }
    if !rest.is_empty() {
        pieces.push(rest);
    }
    pieces
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    fn lines(text: &str, width: i32) -> Vec<String> {
        wrap(text, width, Style::BODY, Fonts::get().unwrap())
    }

    #[test]
    fn words_stay_whole_where_they_fit() {
        let text = "Dinner for two\nwith a bottle";
        assert_eq!(lines(text, i32::MAX), ["Dinner for two with a bottle"]);
        let short = Fonts::get().unwrap().width("two with a", Style::BODY);
        assert_eq!(lines(text, short), ["Dinner for", "two with a", "bottle"]);
        assert_eq!(lines("", 1_000), [""]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_no_line_is_too_wide(text in "[a-zA-ZäöüñЖλ0-9 ]{0,120}", width in 20_000..200_000_i32) {
            let fonts = Fonts::get().unwrap();
            let lines = lines(&text, width);
            for line in &lines {
                prop_assert!(fonts.width(line, Style::BODY) <= width);
            }
            let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}
