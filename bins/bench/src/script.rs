//! From what a server sent once to what pgbench sends again and again.

use std::collections::BTreeMap;

use anyhow::{Context, ensure};
use chrono::NaiveDate;

use crate::wire::Statement;

/// The marker in a sample request's guest; wherever it stands, each transaction of the script has a number of its own.
pub const GUEST: &str = "7777777";

/// How many days around the sample's arrival still move along with it.
const NEARBY_DAYS: i64 = 60;

/// What was asked for when the sample was taken.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The sample's tenant, as `SET LOCAL app.tenant_id` has it.
    pub tenant: String,
    /// Its day of arrival.
    pub arrival: NaiveDate,
    /// Ids that are the same for every tenant, such as those of unit groups: they stay as they are.
    pub known: Vec<String>,
}

/// A script for pgbench and the values of its fixed parameters.
#[derive(Debug, Clone, Default)]
pub struct Script {
    /// The file's text. It needs `tenants`, `first` (day), `days` and `base` to be set.
    pub text: String,
    /// Variables that hold the parameters that do not change, for `pgbench --define`.
    pub fixed: Vec<(String, String)>,
}

/// The SQL that names tenant `number` of a town.
pub fn tenant_expression(number: &str) -> String {
    format!("('00000000-0000-7000-8000-' || lpad(to_hex(({number})::bigint), 12, '0'))::uuid")
}

/// Makes a script that does what `sent` did, for tenants and dates in a scattered order in which none comes
/// twice before all have come, with new ids where `sent` had new ids.
///
/// # Errors
/// A statement has a form that pgbench could not repeat.
pub fn script(sent: &[Statement], sample: &Sample) -> anyhow::Result<Script> {
    let mut writer = Writer {
        sample,
        script: Script::default(),
        fresh: BTreeMap::new(),
    };
    for line in [
        "\\set n :n + 1",
        "\\set unique :base + :n * 1000 + :client_id",
        "\\set slot permute(:n * :clients + :client_id + :base, :tenants * (:days / 2), 1)",
        "\\set tenant 1 + :slot % :tenants",
        "\\set day 2 * (:slot / :tenants)",
    ] {
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
        if statement.sql.starts_with("BEGIN") {
            return self.begin(&statement.sql);
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

    /// One trip for the server, so one trip here.
    fn begin(&mut self, sql: &str) -> anyhow::Result<()> {
        let tenant = sql
            .split('\'')
            .nth(1)
            .context("a transaction without a tenant")?;
        ensure!(tenant == self.sample.tenant, "another tenant's transaction");
        let tenant = tenant_expression(":tenant");
        self.line("\\startpipeline");
        self.line("BEGIN;");
        self.line(&format!(
            "SELECT set_config('app.tenant_id', {tenant}::text, true);"
        ));
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
        if let Some((before, after)) = value.split_once(GUEST)
            && !value.contains('{')
        {
            let before = self.fixed(before);
            let after = self.fixed(after);
            return format!("({before}::text || :unique::text || {after}::text)");
        }
        self.fixed(value)
    }

    /// An array of ids or of dates.
    fn list(&mut self, items: &str) -> Option<String> {
        let kind = if items.split(',').all(is_uuid) {
            "uuid"
        } else if items.split(',').all(|item| as_date(item).is_some()) {
            "date"
        } else {
            return None;
        };
        let items: Vec<String> = items
            .split(',')
            .map(|item| self.moving(item).unwrap_or_else(|| self.fixed(item)))
            .map(|item| format!("{item}::{kind}"))
            .collect();
        Some(format!("ARRAY[{}]", items.join(", ")))
    }

    /// A value that is another one in every transaction.
    fn moving(&mut self, value: &str) -> Option<String> {
        if value == self.sample.tenant {
            return Some(tenant_expression(":tenant"));
        }
        if let Some(date) = as_date(value) {
            let away = (date - self.sample.arrival).num_days();
            return (away.abs() <= NEARBY_DAYS)
                .then(|| format!("(:first::date + :day::int + ({away}))"));
        }
        if is_uuid(value) && !self.sample.known.iter().any(|known| known == value) {
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

fn is_uuid(value: &str) -> bool {
    value.len() == 36
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

    fn sample() -> Sample {
        Sample {
            tenant: TENANT.to_owned(),
            arrival: NaiveDate::from_ymd_opt(2027, 3, 9).unwrap(),
            known: vec![GROUP.to_owned()],
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
    fn only_the_samples_own_transaction_can_be_repeated() {
        let ours = Statement::with(&format!("BEGIN; SET LOCAL app.tenant_id = '{TENANT}'"), &[]);
        let text = script(&[ours], &sample()).unwrap().text;
        assert!(text.contains("\\startpipeline\nBEGIN;\nSELECT set_config("));
        let other = Statement::with(&format!("BEGIN; SET LOCAL app.tenant_id = '{NEW}'"), &[]);
        assert!(script(&[other], &sample()).is_err());
    }
}
