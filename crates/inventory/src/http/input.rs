use chrono::NaiveDate;
use motel_web::{FieldErrors, Input};
use serde::Deserialize;
use utoipa::IntoParams;

/// The most nights one answer shows.
const MOST_NIGHTS: i64 = 366;

/// Which nights are wanted, as it comes in.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RawNights {
    /// The first night.
    from: NaiveDate,
    /// The first night that is not wanted any more; at most 366 after `from`.
    to: NaiveDate,
}

/// Nights `[from, to)`, at least one and at most 366.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nights {
    /// The first night.
    pub from: NaiveDate,
    /// The first night that is not wanted any more.
    pub to: NaiveDate,
}

impl Input for Nights {
    type Raw = RawNights;

    fn parse(raw: RawNights) -> Result<Self, FieldErrors> {
        let reason = match (raw.to - raw.from).num_days() {
            ..=0 => "must come after from",
            days if days > MOST_NIGHTS => "must lie at most 366 days after from",
            // PostgreSQL knows no others.
            _ if !(1900..=2999).contains(&chrono::Datelike::year(&raw.from)) => {
                return Err(FieldErrors::of("from", "must lie between 1900 and 2999"));
            }
            _ => {
                return Ok(Self {
                    from: raw.from,
                    to: raw.to,
                });
            }
        };
        Err(FieldErrors::of("to", reason))
    }
}

/// The word programs use for a group.
pub(super) fn code(errors: &mut FieldErrors, raw: &str) -> Option<String> {
    let mut letters = raw.chars();
    let first = letters.next().is_some_and(|c| c.is_ascii_lowercase());
    let rest = letters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if first && rest && raw.len() <= 40 {
        return Some(raw.to_owned());
    }
    errors.push(
        "code",
        "must begin with a letter and have at most 40 small letters, digits and underscores",
    );
    None
}

/// A number within its bounds.
pub(super) fn within<T: TryFrom<i64>>(
    errors: &mut FieldErrors,
    field: &str,
    raw: i64,
    (least, most): (i64, i64),
) -> Option<T> {
    let found = (least..=most).contains(&raw).then(|| T::try_from(raw).ok());
    if found.is_none() {
        errors.push(field, format_args!("must lie between {least} and {most}"));
    }
    found.flatten()
}
