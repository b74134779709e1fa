use motel_web::{FieldErrors, Input};
use serde::Deserialize;

/// How many conversations who is tried out gets, as it comes in.
#[derive(Deserialize)]
pub(crate) struct RawShare {
    share: String,
    /// Sent where it is ticked.
    silent: Option<String>,
    version: i32,
}

/// The same, parsed.
pub(crate) struct ShareForm {
    pub(crate) share: i16,
    pub(crate) silent: bool,
    /// What was looked at.
    pub(crate) version: i32,
}

impl Input for ShareForm {
    type Raw = RawShare;

    fn parse(raw: RawShare) -> Result<Self, FieldErrors> {
        let share = raw.share.trim().parse::<i16>().ok();
        let share = share.filter(|share| (0..=100).contains(share));
        let share =
            share.ok_or_else(|| FieldErrors::of("share", "must be a number from 0 to 100"))?;
        Ok(Self {
            share,
            silent: raw.silent.is_some(),
            version: raw.version,
        })
    }
}
