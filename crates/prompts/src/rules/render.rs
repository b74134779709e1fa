use std::io;

use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};

use crate::Variables;

/// More than any house has to say of itself, in bytes.
const MOST_OUTPUT: usize = 200_000;
/// More steps than a template of the greatest length takes.
const MOST_STEPS: u64 = 20_000;

/// Why a template says nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderFault {
    /// It is no template, or speaks of what there is not.
    #[error("line {line}: {reason}")]
    Template {
        /// In which line.
        line: usize,
        /// Why.
        reason: String,
    },
    /// It says more than a model is told.
    #[error("it says too much")]
    TooLong,
}

/// What a template says with these values. A variable that there is not is a fault, and so is a text without end.
///
/// # Errors
/// The template is none, or says too much.
pub fn render(text: &str, variables: &Variables) -> Result<String, RenderFault> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(MOST_STEPS));
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    let template = environment.template_from_str(text).map_err(fault)?;
    let mut said = Bounded(Vec::new());
    template
        .render_captured_to(variables, &mut said)
        .map_err(fault)?;
    String::from_utf8(said.0).map_err(|_| RenderFault::TooLong)
}

fn fault(error: Error) -> RenderFault {
    match error.kind() {
        ErrorKind::WriteFailure | ErrorKind::OutOfFuel => RenderFault::TooLong,
        kind => RenderFault::Template {
            line: error.line().unwrap_or(1),
            reason: error
                .detail()
                .map_or_else(|| kind.to_string(), str::to_owned),
        },
    }
}

/// Takes so much and no more.
struct Bounded(Vec<u8>);

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MOST_OUTPUT {
            return Err(io::ErrorKind::WriteZero.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::PromptKind;

    fn variables() -> Variables {
        Variables {
            business: "Tom & Ada's <Inn>".to_owned(),
            house: "{{ today }} {% if %}".to_owned(),
            ..Variables::sample("web")
        }
    }

    #[test]
    fn values_are_said_as_they_are_and_are_no_template() {
        let said = render("{{ business }}: {{ house }}", &variables()).unwrap();
        assert_eq!(said, "Tom & Ada's <Inn>: {{ today }} {% if %}");
    }

    #[test]
    fn tags_on_a_line_of_their_own_leave_no_empty_line() {
        let text = "a\n{% if channel == 'web' %}\nb\n{% endif %}\nc";
        assert_eq!(render(text, &variables()).unwrap(), "a\nb\nc");
    }

    #[test]
    fn what_came_past_the_border_still_ends() {
        let unknown = render("a\n{{ nobody }}", &variables());
        assert!(
            matches!(unknown, Err(RenderFault::Template { line: 2, .. })),
            "{unknown:?}"
        );
        let endless = "{% for a in 'x' * 9999 %}{% endfor %}";
        assert!(render(endless, &variables()).is_err());
        let large = Variables {
            house: "x".repeat(MOST_OUTPUT / 2),
            ..variables()
        };
        let thrice = render("{{ house }}{{ house }}{{ house }}", &large);
        assert_eq!(thrice, Err(RenderFault::TooLong));
    }

    #[test]
    fn the_phone_is_told_how_it_sounds() {
        let said = |kind: PromptKind, channel| {
            render(kind.default_text(), &Variables::sample(channel)).unwrap()
        };
        assert!(said(PromptKind::Phone, "phone").contains("on the telephone"));
        assert!(!said(PromptKind::Writing, "web").contains("on the telephone"));
    }
}
