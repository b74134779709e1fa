use chrono::SecondsFormat;
use chrono_tz::Tz;
use motel_audit::{Action, Entry, Filter, Verdict};
use motel_tenancy::{ApiKey, Staff};
use motel_web::words;
use serde_json::{Map, Value};

use crate::input::RawLook;
use crate::view::{AuditRow, ChainVerdict, ChangeRow, LookForm};

/// The page.
pub(crate) const AUDIT_PATH: &str = "/console/audit";

/// The most characters of a value that are shown.
const LONGEST: usize = 120;

/// Kinds of those who act, in the words of entries and of people.
const KINDS: [(&str, &str); 8] = [
    ("staff", "Anybody of the team"),
    ("api_key", "Programs with a key"),
    ("guest", "Guests"),
    ("concierge", "The concierge"),
    ("visitor", "Somebody not signed in"),
    ("system", "The house by itself"),
    ("operator", "The operator of this installation"),
    ("database", "Somebody in the database itself"),
];

/// Who can be known by name.
pub(crate) struct People<'a> {
    pub(crate) members: &'a [Staff],
    pub(crate) keys: &'a [ApiKey],
}

impl People<'_> {
    /// Whoever an entry names, in words.
    fn name(&self, actor: &str) -> String {
        let (kind, rest) = actor.split_once(':').unwrap_or((actor, ""));
        match kind {
            "staff" => {
                let known = self.members.iter().find(|it| it.id.to_string() == rest);
                known.map_or_else(
                    || "a former member".to_owned(),
                    |it| it.display_name.clone(),
                )
            }
            "api_key" => {
                let known = self.keys.iter().find(|it| it.id.to_string() == rest);
                known.map_or_else(
                    || "a program with a key".to_owned(),
                    |it| format!("the program “{}”", it.name),
                )
            }
            "guest" => "a guest".to_owned(),
            "concierge" => "the concierge".to_owned(),
            "visitor" => "somebody not signed in".to_owned(),
            "operator" => "the operator".to_owned(),
            "system" if rest.is_empty() => "the house".to_owned(),
            "system" => format!("the house ({rest})"),
            "database" => format!("{rest}, in the database itself"),
            other => other.to_owned(),
        }
    }

    /// Everybody who can be looked for.
    fn choices(&self) -> Vec<(String, String)> {
        let anybody = [(String::new(), "Anybody".to_owned())];
        let kinds = KINDS.map(|(word, name)| (word.to_owned(), name.to_owned()));
        let members = self.members.iter();
        let members = members.map(|it| (format!("staff:{}", it.id), it.display_name.clone()));
        let keys = self.keys.iter();
        let keys = keys.map(|it| {
            (
                format!("api_key:{}", it.id),
                format!("Program: {}", it.name),
            )
        });
        anybody
            .into_iter()
            .chain(kinds)
            .chain(members)
            .chain(keys)
            .collect()
    }
}

/// The form as it was filled in.
pub(crate) fn look_form(raw: &RawLook, people: &People<'_>) -> LookForm {
    let mut choices = people.choices();
    if !choices.iter().any(|(word, _)| *word == raw.actor) {
        choices.push((raw.actor.clone(), people.name(&raw.actor)));
    }
    LookForm {
        people: choices,
        actor: raw.actor.clone(),
        thing: raw.thing.clone(),
        key: raw.key.clone(),
        from: raw.from.clone(),
        until: raw.until.clone(),
        request: raw.request.clone(),
        is_narrow: !pairs(raw).is_empty(),
    }
}

fn pairs(raw: &RawLook) -> Vec<(&'static str, &str)> {
    let all = [
        ("actor", raw.actor.as_str()),
        ("thing", raw.thing.as_str()),
        ("key", raw.key.as_str()),
        ("from", raw.from.as_str()),
        ("until", raw.until.as_str()),
        ("request", raw.request.as_str()),
    ];
    all.into_iter()
        .filter(|(_, text)| !text.is_empty())
        .collect()
}

/// The page's address with the same looked for, and something more.
pub(crate) fn look_address(raw: &RawLook, more: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs(raw)).extend_pairs(more);
    format!("{AUDIT_PATH}?{}", query.finish())
}

/// Where the same entries are as a table.
pub(crate) fn export_address(filter: &Filter) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (field, word) in [
        ("actor", &filter.actor),
        ("thing", &filter.thing),
        ("key", &filter.key),
    ] {
        if let Some(word) = word {
            query.append_pair(field, word.as_str());
        }
    }
    for (field, moment) in [("from", filter.from), ("until", filter.until)] {
        if let Some(at) = moment {
            query.append_pair(field, &at.to_rfc3339_opts(SecondsFormat::Secs, true));
        }
    }
    if let Some(request) = filter.request {
        query.append_pair("request", &request.to_string());
    }
    format!("/api/v1/audit/export?{}", query.finish())
}

/// Entries in plain words.
pub(crate) fn audit_rows(entries: &[Entry], people: &People<'_>, zone: Tz) -> Vec<AuditRow> {
    entries
        .iter()
        .map(|entry| row(entry, people, zone))
        .collect()
}

fn row(entry: &Entry, people: &People<'_>, zone: Tz) -> AuditRow {
    let (action, tone) = match entry.action {
        Action::Insert => ("Made", "good"),
        Action::Update => ("Changed", "accent"),
        Action::Delete => ("Removed", "bad"),
        Action::Cut => ("Cut", "warn"),
    };
    let from = entry
        .address
        .iter()
        .map(|address| format!("from {address}"));
    let request = entry.request.iter().map(|id| format!("request {id}"));
    let this = RawLook {
        thing: entry.thing.clone(),
        key: entry.row_key.clone(),
        ..RawLook::default()
    };
    AuditRow {
        when: when(entry, zone),
        who: people.name(&entry.actor),
        origin: from.chain(request).collect(),
        action,
        tone,
        thing: in_words(&entry.thing),
        history: look_address(&this, &[]),
        place: entry.seq,
        changes: changes(entry),
    }
}

/// With the year: logs are read long afterwards.
fn when(entry: &Entry, zone: Tz) -> String {
    let year = entry.at.with_timezone(&zone).format("%Y");
    format!("{} {year}", words::moment(entry.at, zone))
}

/// `night_audit.schedules` is "night audit: schedules".
fn in_words(thing: &str) -> String {
    thing.replacen('.', ": ", 1).replace('_', " ")
}

fn changes(entry: &Entry) -> Vec<ChangeRow> {
    let read = |text: &Option<String>| -> Option<Map<String, Value>> {
        serde_json::from_str(text.as_deref()?).ok()
    };
    let (was, becomes) = (read(&entry.was), read(&entry.becomes));
    let fields = becomes.as_ref().or(was.as_ref());
    let fields = fields.into_iter().flat_map(Map::keys);
    fields
        .filter(|field| was.is_some() && becomes.is_some() || says_something(field, &was, &becomes))
        .map(|field| ChangeRow {
            field: field.replace('_', " "),
            before: was.as_ref().map(|it| shown(it.get(field))),
            after: becomes.as_ref().map(|it| shown(it.get(field))),
        })
        .collect()
}

/// Of what is new or gone, what was left empty is not worth a line.
fn says_something(
    field: &str,
    was: &Option<Map<String, Value>>,
    becomes: &Option<Map<String, Value>>,
) -> bool {
    let either = becomes.as_ref().or(was.as_ref());
    let value = either.and_then(|it| it.get(field));
    value.is_some_and(|value| !value.is_null())
}

fn shown(value: Option<&Value>) -> String {
    let text = match value {
        None | Some(Value::Null) => return "nothing".to_owned(),
        Some(Value::String(text)) if text == "…" => return "(not shown)".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Bool(true)) => "yes".to_owned(),
        Some(Value::Bool(false)) => "no".to_owned(),
        Some(other) => other.to_string(),
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// What came of walking the chain.
pub(crate) fn chain_verdict(verdict: &Verdict) -> ChainVerdict {
    match verdict.flaw {
        None => ChainVerdict {
            tone: "good",
            text: format!(
                "The log is as it was written, up to entry {}.",
                verdict.sound_until
            ),
            more: format!(
                "Its hash is {}. Kept elsewhere, it proves later that nothing before it was rewritten.",
                verdict.hash
            ),
        },
        Some(flaw) => ChainVerdict {
            tone: "bad",
            text: format!("The log cannot be trusted: {flaw}."),
            more: format!(
                "Up to entry {} it holds. Ask whoever runs this installation.",
                verdict.sound_until
            ),
        },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use chrono::DateTime;
    use motel_kernel::TenantId;

    use super::*;

    fn entry(was: Option<&str>, becomes: Option<&str>) -> Entry {
        Entry {
            tenant_id: TenantId::new(),
            id: 1,
            at: DateTime::UNIX_EPOCH,
            actor: "system:tenancy.purge".to_owned(),
            request: None,
            address: None,
            thing: "night_audit.schedules".to_owned(),
            row_key: "a b".to_owned(),
            action: Action::Update,
            was: was.map(str::to_owned),
            becomes: becomes.map(str::to_owned),
            seq: None,
            hash: None,
        }
    }

    #[test]
    fn a_change_is_told_field_by_field() {
        let changed = entry(
            Some(r#"{"valid_from":null,"email":"…"}"#),
            Some(r#"{"valid_from":"2026-12-04","email":"…"}"#),
        );
        let told = changes(&changed);
        assert_eq!(told.len(), 2);
        let date = told.iter().find(|it| it.field == "valid from").unwrap();
        assert_eq!(date.before.as_deref(), Some("nothing"));
        assert_eq!(date.after.as_deref(), Some("2026-12-04"));
        let email = told.iter().find(|it| it.field == "email").unwrap();
        assert_eq!(email.after.as_deref(), Some("(not shown)"));
        let made = changes(&entry(None, Some(r#"{"name":"A","note":null}"#)));
        assert_eq!((made.len(), &made[0].before), (1, &None));
        let long = format!(r#"{{"text":"{}"}}"#, "é".repeat(500));
        let cut = changes(&entry(None, Some(&long)));
        assert_eq!(cut[0].after.as_ref().unwrap().chars().count(), LONGEST + 1);
    }

    #[test]
    fn things_and_addresses_are_in_words() {
        let people = People {
            members: &[],
            keys: &[],
        };
        let row = row(&entry(None, Some("{}")), &people, chrono_tz::UTC);
        assert_eq!(row.thing, "night audit: schedules");
        assert_eq!(row.who, "the house (tenancy.purge)");
        assert_eq!(
            row.history,
            "/console/audit?thing=night_audit.schedules&key=a+b"
        );
        assert_eq!(people.name("staff:x"), "a former member");
        assert_eq!(people.name("database:root"), "root, in the database itself");
    }
}
