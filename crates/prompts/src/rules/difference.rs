use similar::{ChangeTag, TextDiff};

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineFate {
    /// It stands in both.
    Same,
    /// It stands in the first one only.
    Removed,
    /// It stands in the second one only.
    Added,
}

/// A line of one text or of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffLine {
    /// What became of it.
    pub fate: LineFate,
    /// The line, without its end.
    pub text: String,
}

/// How one text becomes another, line by line.
pub fn difference(before: &str, after: &str) -> Vec<DiffLine> {
    // A last line is the same with an end and without.
    let (before, after) = (format!("{before}\n"), format!("{after}\n"));
    let lines = TextDiff::from_lines(&before, &after);
    let changes = lines.iter_all_changes().map(|change| DiffLine {
        fate: match change.tag() {
            ChangeTag::Equal => LineFate::Same,
            ChangeTag::Delete => LineFate::Removed,
            ChangeTag::Insert => LineFate::Added,
        },
        text: change.value().trim_end_matches('\n').to_owned(),
    });
    changes.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(before: &str, after: &str) -> Vec<String> {
        let sign = |line: &DiffLine| match line.fate {
            LineFate::Same => ' ',
            LineFate::Removed => '-',
            LineFate::Added => '+',
        };
        let lines = difference(before, after).into_iter();
        lines
            .map(|it| format!("{}{}", sign(&it), it.text))
            .collect()
    }

    #[test]
    fn lines_come_and_go() {
        assert_eq!(
            said("a\nb\nc", "a\nB\nc\nd"),
            [" a", "-b", "+B", " c", "+d"]
        );
        assert_eq!(said("a", "a"), [" a"]);
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_from_it(before in "([a-c]{0,2}\n){0,8}[a-c]{0,2}", after in "([a-c]{0,2}\n){0,8}[a-c]{0,2}") {
            let lines = difference(&before, &after);
            let without = |fate| {
                let kept = lines.iter().filter(|it| it.fate != fate).map(|it| it.text.as_str());
                kept.collect::<Vec<_>>().join("\n")
            };
            prop_assert_eq!(without(LineFate::Added), before);
            prop_assert_eq!(without(LineFate::Removed), after);
        }
    }
}
