use super::tags::check_tags;
use super::{RenderFault, TemplateFault, render};
use crate::{PromptKind, Variables};

/// Looks a template through before it is kept: it speaks of known variables only, holds together, and says on each of its channels what
/// every prompt has to say.
///
/// # Errors
/// The first thing that is wrong with it, and in which line.
pub fn vet(kind: PromptKind, text: &str) -> Result<(), TemplateFault> {
    check_tags(text)?;
    let missing = kind.channels().iter().map(|channel| {
        let said = render(text, &Variables::sample(channel)).map_err(malformed)?;
        let required = Variables::ALL.iter().filter(|it| it.required);
        let mut unsaid = required.filter(|it| !said.contains(&Variables::mark(it.name)));
        Ok(unsaid.next().map(|it| (it.name, *channel)))
    });
    let missing: Vec<_> = missing.collect::<Result<_, TemplateFault>>()?;
    let everywhere = missing.iter().all(Option::is_some);
    match missing.into_iter().flatten().next() {
        None => Ok(()),
        Some((name, channel)) => Err(TemplateFault::Missing {
            name,
            channel: (!everywhere).then_some(channel),
        }),
    }
}

fn malformed(fault: RenderFault) -> TemplateFault {
    match fault {
        RenderFault::Template { line, reason } => TemplateFault::Malformed { line, reason },
        RenderFault::TooLong => TemplateFault::Malformed {
            line: 1,
            reason: "it says too much".to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const ALL: &str = "{{ business }} {{ today }} {{ house }}";

    fn refused(text: &str) -> String {
        vet(PromptKind::Writing, text).unwrap_err().to_string()
    }

    #[test]
    fn the_texts_that_come_with_the_program_may_be_kept() {
        for kind in PromptKind::ALL {
            vet(*kind, kind.default_text()).unwrap();
        }
    }

    #[test]
    fn what_a_template_may_do() {
        for more in [
            "",
            "{# a note to oneself {{ nobody }} #}",
            "{% if channel == 'sms' %}Be brief.{% elif not (channel != \"web\") %}Chat.{% else %}Write.{% endif %}",
            "{%- if phone and email or check_in -%} {{- check_out -}} {%- endif -%}",
            "{{ '}}' }} {{ \"%} {{ house\" }} a } b { c",
        ] {
            vet(PromptKind::Writing, &format!("{ALL}\n{more}"))
                .unwrap_or_else(|fault| panic!("{more}: {fault}"));
        }
    }

    #[test]
    fn what_a_template_may_not_do_is_named_with_its_line() {
        for (more, said) in [
            ("{{ rooms }}", "line 2: there is no variable `rooms`"),
            (
                "a\n{{ house }}{{ nobody }}",
                "line 3: there is no variable `nobody`",
            ),
            ("{% if tone %}{% endif %}", "no variable `tone`"),
            (
                "{% for x in house %}{% endfor %}",
                "line 2: `for` cannot stand here",
            ),
            ("{% set a = 1 %}", "`set`"),
            ("{% include 'x' %}", "`include`"),
            ("{% raw %}{{ x }}{% endraw %}", "`raw`"),
            ("{{ house ~ house }}", "`~`"),
            ("{{ 'x' * 99999999999 }}", "`*`"),
            ("{{ house|upper }}", "`|`"),
            ("{{ house.rooms }}", "`.`"),
            ("{{ house[0] }}", "`[`"),
            ("{{ 12 }}", "`1`"),
            ("{{ ünde }}", "`ü`"),
            ("{{ 'a\\x41' }}", "`\\`"),
            ("{{ housé }}", "no variable `housé`"),
            ("{{ house", "line 2: `{{` is not closed"),
            ("{% if house }}", "`}`"),
            ("\n{# house", "line 3: `{#` is not closed"),
            ("{{ 'house }}", "`a text in quotes` is not closed"),
            ("{% if house %}", "line 2"),
            ("{% endif %}", "line 2"),
            ("{{ }}", "line 2"),
            ("{{ house house }}", "line 2"),
        ] {
            let reason = refused(&format!("{ALL}\n{more}"));
            assert!(reason.contains(said), "{more}: {reason}");
        }
    }

    #[test]
    fn what_nests_deeply_is_refused_or_kept_and_breaks_nothing() {
        for (open, close) in [("(", ")"), ("not ", "")] {
            let many = 4_000 / (open.len() + close.len()) - 20;
            let deep = format!("{}house{}", open.repeat(many), close.repeat(many));
            let text = format!("{ALL}{{{{ {deep} }}}}");
            // Which of both it is, is the parser's; that it ends is ours.
            let _ = vet(PromptKind::Writing, &text);
        }
        let nested = "{% if house %}".repeat(300) + &"{% endif %}".repeat(300);
        assert!(refused(&format!("{ALL}{nested}")).starts_with("line 1"));
    }

    #[test]
    fn what_every_prompt_has_to_say_is_said_on_every_channel() {
        assert!(refused("{{ business }} {{ today }}").contains("{{ house }} in every case"));
        assert!(refused(&format!("{{# {ALL} #}}")).contains("in every case"));
        let at_times = format!("{{% if channel == 'web' %}}{ALL}{{% endif %}}");
        assert!(refused(&at_times).contains("also where the channel is sms"));
        assert!(vet(PromptKind::Phone, &at_times).is_err());
        let either = format!("{{% if channel == 'web' %}}{ALL}{{% else %}}{ALL}!{{% endif %}}");
        vet(PromptKind::Writing, &either).unwrap();
    }
}
