use motel_kernel::hide_card_numbers;

/// So many digits in one word are a telephone number, a booking's or a document's, and nothing that an answer depends on.
const LONG: usize = 6;
const LENGTH: usize = 500;

/// A guest's question without what says who asked: numbers of cards, addresses of mail, long numbers. Names stay, as nothing tells them
/// from other words. None where nothing is left.
pub(crate) fn bare(question: &str) -> Option<String> {
    let shown = hide_card_numbers(question);
    let words: Vec<&str> = shown.split_whitespace().map(bare_word).collect();
    let text: String = words.join(" ").chars().take(LENGTH).collect();
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    text.chars().any(char::is_alphabetic).then_some(text)
}

fn bare_word(word: &str) -> &str {
    if word.contains('@') {
        "[e-mail]"
    } else if is_code(word) {
        "[code]"
    } else if word.chars().filter(char::is_ascii_digit).count() >= LONG {
        "[number]"
    } else {
        word
    }
}

/// A booking's code, as it is told: `RM-` and more.
fn is_code(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    bare.get(..3)
        .is_some_and(|start| start.eq_ignore_ascii_case("rm-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asked_is_not_kept() {
        let question =
            "do you have\n a sauna? dana@example.com, +49-171-2345678 or 4242 4242 4242 4242";
        assert_eq!(
            bare(question).as_deref(),
            Some("do you have a sauna? [e-mail] [number] or [card number]")
        );
        assert_eq!(
            bare("on 24.12.26 at 7?").as_deref(),
            Some("on [number] at 7?")
        );
        assert_eq!(
            bare("is (rm-7K3F9Q) paid").as_deref(),
            Some("is [code] paid")
        );
        assert_eq!(bare(" 12 ?! "), None);
    }
}
