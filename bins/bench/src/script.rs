//! From what a server sent once to what pgbench sends again and again.

use std::collections::BTreeMap;

use anyhow::ensure;
use chrono::NaiveDate;

use crate::wire::Statement;

/// The marker in a sample request, in its guest's address or its event's name; wherever it stands, each transaction of the
/// script has a number of its own.
pub const GUEST: &str = "7777777";

/// Choosing a tenant and a day, in a scattered order in which none comes twice before all have come. Needs `tenants`, `first`
/// (day), `days` and `base` to be set.
pub const TENANT_AND_DAY: [&str; 5] = [
    "\\set n :n + 1",
    "\\set unique :base + :n * 1000 + :client_id",
    "\\set slot permute(:n * :clients + :client_id + :base, :tenants * (:days / 2), 1)",
    "\\set tenant 1 + :slot % :tenants",
    "\\set day 2 * (:slot / :tenants)",
];

/// How many days around the sample's arrival still move along with it.
const NEARBY_DAYS: i64 = 60;

/// What was asked for when the sample was taken.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The sample's tenant, as `SET LOCAL app.tenant_id` has it.
    pub tenant: String,
    /// Its day of arrival, when days near it move along with `day`; otherwise days stay as they are.
    pub arrival: Option<NaiveDate>,
    /// Ids that are the same for every tenant, such as those of unit groups: they stay as they are.
    pub known: Vec<String>,
    /// What else is another one in every transaction, and the SQL that names it there.
    pub moving: Vec<(String, String)>,
    /// The first lines of the script. They choose what a transaction is about and set `tenant` and `unique`.
    pub choosing: Vec<String>,
}

/// A script for pgbench and the values of its fixed parameters.
#[derive(Debug, Clone, Default)]
pub struct Script {
    /// The file's text.
    pub text: String,
    /// Variables that hold the parameters that do not change, for `pgbench --define`.
    pub fixed: Vec<(String, String)>,
}

/// The SQL that names tenant `number` of a town.
pub fn tenant_expression(number: &str) -> String {
    format!("('00000000-0000-7000-8000-' || lpad(to_hex(({number})::bigint), 12, '0'))::uuid")
}

/// Makes a script that does what `sent` did, for what it chooses first each time, with new ids where `sent` had new ids.
///
/// # Errors
/// A statement has a form that pgbench could not repeat.
pub fn script(sent: &[Statement], sample: &Sample) -> anyhow::Result<Script> {
    let mut writer = Writer {
        sample,
        script: Script::default(),
        fresh: BTreeMap::new(),
    };
    for line in &sample.choosing {
        writer.line(line);
    }
    for statement in sent {
        writer.statement(statement)?;
    }
    Ok(writer.script)
}

struct Writer<'a> {
    sample: &'a Sample,
    script: Script,
    /// Ids that the server made, in the order in which they turned up.
    fresh: BTreeMap<String, usize>,
}

impl Writer<'_> {
    fn line(&mut self, line: &str) {
        self.script.text.push_str(line);
        self.script.text.push('\n');
    }

    fn statement(&mut self, statement: &Statement) -> anyhow::Result<()> {
        if statement.sql.starts_with("BEGIN") || statement.sql.starts_with("SET LOCAL") {
            return self.settings(&statement.sql);
        }
        let mut sql = statement.sql.clone();
        ensure!(
            !sql.contains(';') || statement.parameters.is_empty(),
            "several statements in one: {sql}"
        );
        // From the last one on, so that $1 does not hit $12.
        for (index, value) in statement.parameters.iter().enumerate().rev() {
            let place = format!("${}", index + 1);
            let expression = match value {
                None => "NULL".to_owned(),
                Some(value) => self.expression(value),
            };
            sql = sql.replace(&place, &expression);
        }
        self.line(&format!("{sql};"));
        Ok(())
    }

    /// `BEGIN` and for whom, or as whom. One trip for the server, so one trip here.
    fn settings(&mut self, sql: &str) -> anyhow::Result<()> {
        self.line("\\startpipeline");
        for setting in sql.split(';').map(str::trim) {
            match setting.strip_prefix("SET LOCAL app.tenant_id = ") {
                Some(tenant) => {
                    let ours = tenant.trim_matches('\'') == self.sample.tenant;
                    ensure!(ours, "another tenant's transaction");
                    let tenant = tenant_expression(":tenant");
                    self.line(&format!(
                        "SELECT set_config('app.tenant_id', {tenant}::text, true);"
                    ));
                }
                None => self.line(&format!("{setting};")),
            }
        }
        self.line("\\endpipeline");
        Ok(())
    }

    fn expression(&mut self, value: &str) -> String {
        if let Some(items) = value
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
            && let Some(list) = self.list(items)
        {
            return list;
        }
        if let Some(moving) = self.moving(value) {
            return moving;
        }
        self.woven(value).unwrap_or_else(|| self.fixed(value))
    }

    /// A text that holds the marker or an id that is another one in every transaction. What is written as JSON stays as it is.
    fn woven(&mut self, value: &str) -> Option<String> {
        let (before, part, after) = self.varying_part(value)?;
        let part = match part {
            GUEST => ":unique".to_owned(),
            id => self.moving(id)?,
        };
        let before = self.fixed(before);
        let after = self.woven(after).unwrap_or_else(|| self.fixed(after));
        Some(format!("({before}::text || {part}::text || {after}::text)"))
    }

    /// The first one, and what stands before and after it.
    fn varying_part<'v>(&self, value: &'v str) -> Option<(&'v str, &'v str, &'v str)> {
        if value.contains('{') {
            return None;
        }
        let starts_at = |at: usize| {
            let rest = value.get(at..)?;
            let id = rest.get(..ID_LENGTH).filter(|id| is_uuid(id));
            let id = id.filter(|id| !self.is_known(id));
            let found = id.or_else(|| rest.starts_with(GUEST).then_some(GUEST))?;
            Some((value.get(..at)?, found, rest.get(found.len()..)?))
        };
        value.char_indices().map(|(at, _)| at).find_map(starts_at)
    }

    fn is_known(&self, id: &str) -> bool {
        self.sample.known.iter().any(|known| known == id)
    }

    /// An array of ids, of dates, or of plain texts of which one varies.
    fn list(&mut self, items: &str) -> Option<String> {
        let kind = if items.split(',').all(is_uuid) {
            "uuid"
        } else if items.split(',').all(|item| as_date(item).is_some()) {
            "date"
        } else if !items.contains(['"', '\\'])
            && items
                .split(',')
                .any(|item| self.varying_part(item).is_some())
        {
            "text"
        } else {
            return None;
        };
        let items: Vec<String> = items
            .split(',')
            .map(|item| self.expression(item))
            .map(|item| format!("{item}::{kind}"))
            .collect();
        Some(format!("ARRAY[{}]", items.join(", ")))
    }

    /// A value that is another one in every transaction.
    fn moving(&mut self, value: &str) -> Option<String> {
        if value == self.sample.tenant {
            return Some(tenant_expression(":tenant"));
        }
        if let Some((_, expression)) = self
            .sample
            .moving
            .iter()
            .find(|(moving, _)| moving == value)
        {
            return Some(expression.clone());
        }
        if let (Some(date), Some(arrival)) = (as_date(value), self.sample.arrival) {
            let away = (date - arrival).num_days();
            return (away.abs() <= NEARBY_DAYS)
                .then(|| format!("(:first::date + :day::int + ({away}))"));
        }
        if is_uuid(value) && !self.is_known(value) {
            let next = self.fresh.len();
            let number = *self.fresh.entry(value.to_owned()).or_insert(next);
            return Some(format!(
                "lpad(to_hex((:unique)::bigint * 64 + {number}), 32, '0')::uuid"
            ));
        }
        if is_booking_code(value) {
            return Some(
                "('RM-' || translate(upper(lpad(to_hex((:unique)::bigint), 6, '0')), '01', 'GH'))"
                    .to_owned(),
            );
        }
        None
    }

    fn fixed(&mut self, value: &str) -> String {
        // pgbench knows no variable that is empty.
        if value.is_empty() {
            return "''".to_owned();
        }
        let known = self
            .script
            .fixed
            .iter()
            .find(|(_, text)| text == value)
            .map(|(name, _)| name.clone());
        let name = known.unwrap_or_else(|| {
            let name = format!("p{}", self.script.fixed.len());
            self.script.fixed.push((name.clone(), value.to_owned()));
            name
        });
        format!(":{name}")
    }
}

fn as_date(value: &str) -> Option<NaiveDate> {
    (value.len() == 10)
        .then(|| NaiveDate::parse_from_str(value, "%Y-%m-%d").ok())
        .flatten()
}

/// As PostgreSQL writes a UUID.
const ID_LENGTH: usize = 36;

fn is_uuid(value: &str) -> bool {
    value.len() == ID_LENGTH
        && value.char_indices().all(|(index, letter)| match index {
            8 | 13 | 18 | 23 => letter == '-',
            _ => letter.is_ascii_hexdigit(),
        })
}

fn is_booking_code(value: &str) -> bool {
    value.len() == 9 && value.starts_with("RM-")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const TENANT: &str = "00000000-0000-7000-8000-000000000001";
    const GROUP: &str = "01900000-0000-7000-8000-00000000000a";
    const NEW: &str = "01900000-0000-7000-8000-00000000000b";
    const FOLIO: &str = "01900000-0000-7000-8000-00000000000c";

    fn sample() -> Sample {
        Sample {
            tenant: TENANT.to_owned(),
            arrival: NaiveDate::from_ymd_opt(2027, 3, 9),
            known: vec![GROUP.to_owned()],
            moving: vec![(FOLIO.to_owned(), ":folio".to_owned())],
            choosing: Vec::new(),
        }
    }

    fn written(statement: Statement) -> (String, Vec<(String, String)>) {
        let script = script(&[statement], &sample()).unwrap();
        let last = script.text.lines().last().unwrap().to_owned();
        (last, script.fixed)
    }

    #[test]
    fn what_varies_varies_and_the_rest_is_handed_in() {
        let (line, fixed) = written(Statement::with(
            "SELECT $1, $2, $3, $4, $5, $6 LIMIT $7",
            &[
                Some("2027-03-11"),
                Some(GROUP),
                Some(NEW),
                Some("bench-7777777@example.com"),
                None,
                Some("2026-11-21"),
                Some("1"),
            ],
        ));
        assert_eq!(
            line,
            "SELECT (:first::date + :day::int + (2)), :p4, lpad(to_hex((:unique)::bigint * 64 + 0), 32, '0')::uuid, \
             (:p2::text || :unique::text || :p3::text), NULL, :p1 LIMIT :p0;"
        );
        let values: Vec<_> = fixed.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(values, ["1", "2026-11-21", "bench-", "@example.com", GROUP]);
    }

    #[test]
    fn arrays_move_item_by_item() {
        let (line, _) = written(Statement::with(
            "SELECT ANY($1)",
            &[Some("{2027-03-09,2027-03-10}")],
        ));
        assert_eq!(
            line,
            "SELECT ANY(ARRAY[(:first::date + :day::int + (0))::date, (:first::date + :day::int + (1))::date]);"
        );
    }

    #[test]
    fn a_text_with_an_id_in_it_varies_too() {
        let (line, fixed) = written(Statement::with(
            "SELECT $1, $2, $3, ANY($4)",
            &[
                Some(&format!("desk:{NEW}")),
                Some(FOLIO),
                Some(&format!("in:{GROUP}")),
                Some(&format!("{{plain,payment:cs_7777777,{FOLIO}/{NEW}}}")),
            ],
        ));
        let new = "lpad(to_hex((:unique)::bigint * 64 + 0), 32, '0')::uuid";
        assert_eq!(
            line,
            format!(
                "SELECT (:p4::text || {new}::text || ''::text), :folio, :p3, \
                 ANY(ARRAY[:p0::text, (:p1::text || :unique::text || ''::text)::text, \
                 (''::text || :folio::text || (:p2::text || {new}::text || ''::text)::text)::text]);"
            )
        );
        let values: Vec<_> = fixed.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(
            values,
            ["plain", "payment:cs_", "/", &format!("in:{GROUP}"), "desk:"]
        );
    }

    #[test]
    fn what_is_done_across_tenants_goes_on_as_one() {
        let sent = [
            "BEGIN; SET LOCAL ROLE motel_platform",
            &format!("SET LOCAL ROLE motel_app; SET LOCAL app.tenant_id = '{TENANT}'"),
            "COMMIT",
        ];
        let sent = sent.map(|sql| Statement::with(sql, &[]));
        let tenant = tenant_expression(":tenant");
        assert_eq!(
            script(&sent, &sample()).unwrap().text,
            format!(
                "\\startpipeline\nBEGIN;\nSET LOCAL ROLE motel_platform;\n\\endpipeline\n\
                 \\startpipeline\nSET LOCAL ROLE motel_app;\nSELECT set_config('app.tenant_id', {tenant}::text, true);\n\
                 \\endpipeline\nCOMMIT;\n"
            )
        );
    }

    #[test]
    fn only_the_samples_own_transaction_can_be_repeated() {
        let ours = Statement::with(&format!("BEGIN; SET LOCAL app.tenant_id = '{TENANT}'"), &[]);
        let text = script(&[ours], &sample()).unwrap().text;
        assert!(text.contains("\\startpipeline\nBEGIN;\nSELECT set_config("));
        let other = Statement::with(&format!("BEGIN; SET LOCAL app.tenant_id = '{NEW}'"), &[]);
        assert!(script(&[other], &sample()).is_err());
    }
}
