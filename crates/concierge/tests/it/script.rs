//! The form of `fixtures/dialogues/*.toml`; described in its README.

use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, NaiveDate};
use motel_rates::PackageEffect;
use motel_upsells::http::UpsellRuleBody;
use serde::Deserialize;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Script {
    pub(crate) name: String,
    #[expect(dead_code, reason = "for people who read the list")]
    pub(crate) kind: String,
    /// The business of the fixtures; the motel where none is named.
    #[serde(default = "motel")]
    pub(crate) tenant: String,
    pub(crate) clock: DateTime<FixedOffset>,
    /// Played by the built-in engine alone: a model's own words carry no offer.
    #[serde(default)]
    pub(crate) without_model: bool,
    #[serde(default)]
    pub(crate) setup: Setup,
    #[serde(rename = "turn")]
    pub(crate) turns: Vec<ScriptTurn>,
    pub(crate) expect: Expect,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Setup {
    #[serde(default)]
    pub(crate) sell_out: Vec<SellOut>,
    pub(crate) booking: Option<SetupBooking>,
    pub(crate) appointment: Option<SetupAppointment>,
    #[serde(default, rename = "package")]
    pub(crate) packages: Vec<SetupPackage>,
    /// As they are posted to `/upsell-rules`.
    #[serde(default, rename = "upsell")]
    pub(crate) upsells: Vec<UpsellRuleBody>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetupPackage {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) effect: PackageEffect,
    pub(crate) stay_until: Option<NaiveDate>,
}

/// What must have become of the offers of a rule.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExpectedUpsell {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) shown: i64,
    #[serde(default)]
    pub(crate) taken: i64,
    #[serde(default)]
    pub(crate) declined: i64,
    #[serde(default)]
    pub(crate) revenue_minor: i64,
}

fn motel() -> String {
    "remotemotel".to_owned()
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetupAppointment {
    pub(crate) service: String,
    pub(crate) starts_at: DateTime<FixedOffset>,
    pub(crate) guests: u32,
    pub(crate) miles: Option<u32>,
    pub(crate) full_name: String,
    pub(crate) email: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SellOut {
    pub(crate) unit_group: String,
    pub(crate) from: NaiveDate,
    pub(crate) to: NaiveDate,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetupBooking {
    pub(crate) unit_group: String,
    pub(crate) check_in: NaiveDate,
    pub(crate) check_out: NaiveDate,
    pub(crate) adults: i64,
    #[serde(default)]
    pub(crate) children: i64,
    #[serde(default)]
    pub(crate) pets: i64,
    pub(crate) full_name: String,
    pub(crate) email: String,
    pub(crate) phone: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScriptTurn {
    pub(crate) guest: String,
    pub(crate) intent: Option<String>,
    #[serde(default)]
    pub(crate) reply_contains: Vec<String>,
    #[serde(default)]
    pub(crate) reply_contains_any: Vec<String>,
    #[serde(default)]
    pub(crate) reply_lacks: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expect {
    pub(crate) bookings: usize,
    pub(crate) cancelled: usize,
    pub(crate) leads: usize,
    /// Appointments that stand.
    #[serde(default)]
    pub(crate) appointments: usize,
    /// Appointments that were called off.
    #[serde(default)]
    pub(crate) called_off: usize,
    /// Whether a person is asked to take over.
    pub(crate) handed_over: Option<bool>,
    pub(crate) booking: Option<toml::Table>,
    pub(crate) appointment: Option<toml::Table>,
    pub(crate) lead: Option<toml::Table>,
    #[serde(default, rename = "upsell")]
    pub(crate) upsells: Vec<ExpectedUpsell>,
}

/// The folder of the repository's fixtures.
pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

/// Every script, by file name; those of the folder `DIALOGUES` when one is named.
pub(crate) fn all() -> Vec<(String, Script)> {
    let folder =
        std::env::var_os("DIALOGUES").map_or_else(|| fixtures().join("dialogues"), PathBuf::from);
    let entries = std::fs::read_dir(folder).expect("the folder of dialogues");
    let mut scripts: Vec<(String, Script)> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| (file_name(&path), read(&path)))
        .collect();
    scripts.sort_by(|a, b| a.0.cmp(&b.0));
    scripts
}

fn file_name(path: &Path) -> String {
    path.file_stem()
        .expect("a name")
        .to_string_lossy()
        .into_owned()
}

fn read(path: &Path) -> Script {
    let text = std::fs::read_to_string(path).expect("a readable script");
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
