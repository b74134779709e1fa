//! A reply as it is spoken: a voice must not read out web addresses, signs or codes in one breath.

use motel_kernel::BookingCode;

/// What a caller can see meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Screen {
    /// A page that shows links.
    Shown,
    /// A telephone.
    None,
}

/// The reply's words for a voice: codes are spelled out, signs of lists and emphasis left out, lines become sentences,
/// and a web address becomes a word about where the link is.
pub(crate) fn spoken(text: &str, screen: Screen) -> String {
    let lines = text.lines().map(plain_line).filter(|line| !line.is_empty());
    let sentences = lines.map(|line| spoken_line(&line, screen));
    sentences.collect::<Vec<_>>().join(" ")
}

/// A line without Markdown, as a sentence.
fn plain_line(line: &str) -> String {
    let bare = line
        .trim()
        .trim_start_matches(['-', '*', '•', '#', '>', ' ']);
    let mut line: String = bare
        .chars()
        .filter(|c| !matches!(c, '*' | '`' | '#' | '•'))
        .collect();
    line.truncate(line.trim_end().len());
    if line.ends_with(|c: char| c.is_alphanumeric()) && !line.contains("://") {
        line.push('.');
    }
    line
}

fn spoken_line(line: &str, screen: Screen) -> String {
    line.split_whitespace()
        .map(|word| spoken_word(word, screen))
        .collect::<Vec<_>>()
        .join(" ")
}

fn spoken_word(word: &str, screen: Screen) -> String {
    let core = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '/');
    if is_web_address(core) {
        return match screen {
            Screen::Shown => "the link on your screen.",
            Screen::None => "the link in your confirmation e-mail.",
        }
        .to_owned();
    }
    if is_code(core) {
        word.replace(core, &spelled(core))
    } else {
        word.to_owned()
    }
}

/// Also one that is glued to the word before it.
fn is_web_address(word: &str) -> bool {
    word.contains("://") || word.to_ascii_lowercase().starts_with("www.")
}

/// `RM-7K3F9Q` or `LD00001`.
fn is_code(word: &str) -> bool {
    let is_lead = word
        .strip_prefix("LD")
        .is_some_and(|rest| rest.len() >= 5 && rest.bytes().all(|b| b.is_ascii_digit()));
    is_lead || BookingCode::parse(word).is_ok_and(|code| code.as_str() == word)
}

/// One letter or digit at a time, with a pause after each.
fn spelled(code: &str) -> String {
    let signs = code
        .chars()
        .filter(|c| c.is_alphanumeric())
        .map(String::from);
    signs.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn on_the_phone(text: &str) -> String {
        spoken(text, Screen::None)
    }

    #[test]
    fn codes_are_spelled_out() {
        assert_eq!(
            on_the_phone("You're booked: RM-7K3F9Q, $268.80 in total."),
            "You're booked: R, M, 7, K, 3, F, 9, Q, $268.80 in total."
        );
        assert_eq!(
            on_the_phone("Your request is LD00001."),
            "Your request is L, D, 0, 0, 0, 0, 1."
        );
        assert_eq!(on_the_phone("Queens or Suites?"), "Queens or Suites?");
    }

    #[test]
    fn lists_become_sentences() {
        assert_eq!(
            on_the_phone(
                "We have:\n- **Standard Queen** at $120\n* King Suite at $180\n\nWhich one?"
            ),
            "We have: Standard Queen at $120. King Suite at $180. Which one?"
        );
    }

    #[test]
    fn web_addresses_are_not_read_out() {
        let text = "Please pay here: https://motel.example/pay/7f3a?x=1";
        assert_eq!(
            on_the_phone(text),
            "Please pay here: the link in your confirmation e-mail."
        );
        assert_eq!(
            spoken(text, Screen::Shown),
            "Please pay here: the link on your screen."
        );
        assert_eq!(
            on_the_phone("(https://motel.example/pay)."),
            "the link in your confirmation e-mail."
        );
    }

    proptest! {
        #[test]
        fn no_text_gets_an_address_through(before in "[a-z .:(]{0,12}", path in "[a-z0-9/?=&.-]{0,20}", after in "[a-z .)]{0,12}") {
            let said = on_the_phone(&format!("{before}HTTPS://motel.example/{path}{after}"));
            prop_assert!(!said.contains("://"), "{}", said);
        }

        #[test]
        fn speaking_never_panics(text in any::<String>()) {
            let _ = on_the_phone(&text);
        }
    }
}
