use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::result::Error as SqlError;
use motel_conversations::Channel;
use motel_kernel::{PropertyId, TenantId};
use motel_rates::{DateWindow, Weekdays};
use motel_tenancy::PolicyTopic;

use super::{Conditions, Offered, Rule, RuleDetails, RuleId, Span, Trigger, Words};
use crate::schema::rules;

/// A rule as PostgreSQL keeps it.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = rules, treat_none_as_null = true, check_for_backend(diesel::pg::Pg))]
pub(crate) struct RuleRow {
    tenant_id: TenantId,
    id: RuleId,
    property_id: PropertyId,
    name: String,
    enabled: bool,
    position: i32,
    trigger: Trigger,
    topic: Option<PolicyTopic>,
    nights_from: Option<i16>,
    nights_to: Option<i16>,
    ahead_from: Option<i16>,
    ahead_to: Option<i16>,
    weekdays: Option<Weekdays>,
    adults_from: Option<i16>,
    adults_to: Option<i16>,
    children: Option<bool>,
    pets: Option<bool>,
    room_types: Vec<String>,
    season: Option<String>,
    channels: Vec<Channel>,
    said_from: Option<NaiveDate>,
    said_until: Option<NaiveDate>,
    package: Option<String>,
    room_type: Option<String>,
    words: String,
    version: i32,
}

impl RuleRow {
    pub(crate) fn new(tenant_id: TenantId, rule: &Rule) -> Self {
        let details = rule.details.clone();
        let Conditions {
            nights,
            days_ahead,
            weekdays,
            adults,
            children,
            pets,
            room_types,
            season,
            channels,
        } = details.conditions;
        let (package, room_type) = match details.offered {
            Offered::Package(code) => (Some(code), None),
            Offered::Room(code) => (None, Some(code)),
        };
        Self {
            tenant_id,
            id: rule.id,
            property_id: rule.property_id,
            name: details.name,
            enabled: details.enabled,
            position: rule.position,
            trigger: details.trigger,
            topic: details.topic,
            nights_from: nights.from,
            nights_to: nights.to,
            ahead_from: days_ahead.from,
            ahead_to: days_ahead.to,
            weekdays,
            adults_from: adults.from,
            adults_to: adults.to,
            children,
            pets,
            room_types,
            season,
            channels,
            said_from: details.days.from,
            said_until: details.days.until,
            package,
            room_type,
            words: details.words.as_str().to_owned(),
            version: rule.version,
        }
    }

    fn conditions(&self) -> Conditions {
        let span = |from, to| Span { from, to };
        Conditions {
            nights: span(self.nights_from, self.nights_to),
            days_ahead: span(self.ahead_from, self.ahead_to),
            weekdays: self.weekdays,
            adults: span(self.adults_from, self.adults_to),
            children: self.children,
            pets: self.pets,
            room_types: self.room_types.clone(),
            season: self.season.clone(),
            channels: self.channels.clone(),
        }
    }
}

impl TryFrom<RuleRow> for Rule {
    type Error = SqlError;

    fn try_from(row: RuleRow) -> Result<Self, SqlError> {
        let conditions = row.conditions();
        let offered = match (row.package, row.room_type) {
            (Some(code), _) => Offered::Package(code),
            (None, Some(code)) => Offered::Room(code),
            (None, None) => return Err(unreadable("a rule that offers nothing")),
        };
        Ok(Self {
            id: row.id,
            property_id: row.property_id,
            position: row.position,
            details: RuleDetails {
                name: row.name,
                enabled: row.enabled,
                trigger: row.trigger,
                topic: row.topic,
                conditions,
                days: DateWindow {
                    from: row.said_from,
                    until: row.said_until,
                },
                offered,
                words: Words::parse(&row.words).map_err(unreadable)?,
            },
            version: row.version,
        })
    }
}

fn unreadable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> SqlError {
    SqlError::DeserializationError(error.into())
}
