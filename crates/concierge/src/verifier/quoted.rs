use motel_shadow::FigureSaid;

use super::figure::Figure;
use super::patterns::{Found, figures};
use super::rooms;

/// What a text quotes: prices, shares, dates, times, codes and rooms, each with what it means, so that the same in other words is the same.
///
/// How many and how long is left out, since it is put in many ways, and lines with a link, which is never twice the same.
pub(crate) fn quoted(text: &str) -> Vec<FigureSaid> {
    let lines = text.lines().filter(|line| !line.contains("://"));
    let text = lines.collect::<Vec<_>>().join("\n");
    let figures = figures(&text).into_iter().filter_map(meant);
    let rooms = rooms::named(&text).into_iter().map(|name| FigureSaid {
        figure: format!("room {}", name.to_lowercase()),
        said: name,
    });
    figures.chain(rooms).collect()
}

fn meant(found: Found) -> Option<FigureSaid> {
    let figure = match found.figure {
        Figure::Money(hundredths) => format!("money {hundredths}"),
        Figure::Percent(share) => format!("percent {share}"),
        Figure::Date(date) => format!("date {}-{}", date.month, date.day),
        Figure::Slashed(one, other) => format!("date {one}-{other}"),
        Figure::Time(hour, minute) | Figure::Clock(hour, minute) => {
            format!("time {hour}:{minute:02}")
        }
        Figure::Code(code) => format!("code {code}"),
        Figure::Gratis(_) => "gratis".to_owned(),
        Figure::Day(_)
        | Figure::Link(_)
        | Figure::Email(_)
        | Figure::Phone(_)
        | Figure::Weekday(_)
        | Figure::Count(_)
        | Figure::Number(_) => return None,
    };
    Some(FigureSaid {
        figure,
        said: found.said,
    })
}
