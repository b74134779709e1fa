use chrono::{Datelike, NaiveDate};
use motel_rates::DateWindow;
use motel_tenancy::PolicyTopic;
use motel_web::{FieldErrors, Input};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::UpsellConditionsBody;
use crate::{Offered, Rule, RuleDetails, Trigger, Words};

/// A rule as it is described.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpsellRuleBody {
    /// What the staff call it.
    #[schema(min_length = 1, max_length = 80)]
    pub name: String,
    /// Whether it is on. A rule that is added is off unless this says so.
    #[serde(default)]
    pub enabled: bool,
    /// `rooms_offered`, `read_back`, `booked`, `looked_up` or `asked_about`.
    #[schema(value_type = String)]
    pub trigger: Trigger,
    /// For `asked_about`, and only for that: one of the topics of the house's policies, such as `breakfast`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub topic: Option<PolicyTopic>,
    /// What has to be true of the stay.
    #[serde(default)]
    pub conditions: UpsellConditionsBody,
    /// What is offered.
    pub offer: UpsellOfferBody,
    /// What the guest reads: one question, in which `{offer}`, `{price}`, `{total}` and `{nights}` are filled in. It holds `{price}`, and no
    /// figure of its own.
    #[schema(min_length = 1, max_length = 300)]
    pub words: String,
    /// The first date, at the property, on which it is said, of the years 2000 to 2199.
    #[serde(default)]
    pub from: Option<NaiveDate>,
    /// The first date no more.
    #[serde(default)]
    pub until: Option<NaiveDate>,
}

/// What a rule offers.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum UpsellOfferBody {
    /// A package that comes to the price.
    Package {
        /// The package's code.
        #[schema(min_length = 1, max_length = 40)]
        package: String,
    },
    /// Another room type.
    Room {
        /// The room type's code.
        #[schema(min_length = 1, max_length = 40)]
        room_type: String,
    },
}

/// A rule of the property.
#[derive(Debug, Serialize, ToSchema)]
pub struct UpsellRuleView {
    /// Which rule.
    id: Uuid,
    /// Its place among the rules, the lowest first.
    position: i32,
    /// Goes up with every change: the `ETag`.
    version: i32,
    /// What it says.
    #[serde(flatten)]
    rule: UpsellRuleBody,
}

/// The same, parsed. What it names is looked for where it is kept.
#[derive(Debug)]
pub struct UpsellRuleInput {
    /// As it came in, trimmed.
    pub body: UpsellRuleBody,
    /// What it means.
    pub details: RuleDetails,
}

impl Input for UpsellRuleInput {
    type Raw = UpsellRuleBody;

    fn parse(body: UpsellRuleBody) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let name = errors.text("name", &body.name, 1..=80);
        let words = errors.check("words", Words::parse(&body.words));
        // Words go to guests: what no text may hold, these may not either.
        errors.text("words", &body.words, 0..=usize::MAX);
        if (body.trigger == Trigger::AskedAbout) != body.topic.is_some() {
            errors.push("topic", "is for asked_about, and only for that");
        }
        let conditions = body.conditions.clone().parse(&mut errors);
        let days = days(body.from, body.until, &mut errors);
        let offered = body.offer.parse(&mut errors);
        let parsed = || {
            Some(RuleDetails {
                name: name?,
                enabled: body.enabled,
                trigger: body.trigger,
                topic: body.topic,
                conditions: conditions?,
                days,
                offered: offered?,
                words: words?,
            })
        };
        match parsed() {
            Some(details) if errors.is_empty() => Ok(Self { body, details }),
            _ => Err(errors),
        }
    }
}

fn days(from: Option<NaiveDate>, until: Option<NaiveDate>, errors: &mut FieldErrors) -> DateWindow {
    for (field, day) in [("from", from), ("until", until)] {
        if day.is_some_and(|day| !(2000..=2199).contains(&day.year())) {
            errors.push(field, "must lie in the years 2000 to 2199");
        }
    }
    if from.zip(until).is_some_and(|(from, until)| from >= until) {
        errors.push("until", "must be after the beginning");
    }
    DateWindow { from, until }
}

impl UpsellOfferBody {
    fn parse(&self, errors: &mut FieldErrors) -> Option<Offered> {
        let (field, code) = match self {
            Self::Package { package } => ("offer.package", package),
            Self::Room { room_type } => ("offer.room_type", room_type),
        };
        let code = errors.text(field, code, 1..=40)?;
        Some(match self {
            Self::Package { .. } => Offered::Package(code),
            Self::Room { .. } => Offered::Room(code),
        })
    }
}

impl From<Offered> for UpsellOfferBody {
    fn from(offered: Offered) -> Self {
        match offered {
            Offered::Package(package) => Self::Package { package },
            Offered::Room(room_type) => Self::Room { room_type },
        }
    }
}

impl From<RuleDetails> for UpsellRuleBody {
    fn from(details: RuleDetails) -> Self {
        Self {
            name: details.name,
            enabled: details.enabled,
            trigger: details.trigger,
            topic: details.topic,
            conditions: details.conditions.into(),
            offer: details.offered.into(),
            words: details.words.as_str().to_owned(),
            from: details.days.from,
            until: details.days.until,
        }
    }
}

impl From<Rule> for UpsellRuleView {
    fn from(rule: Rule) -> Self {
        Self {
            id: rule.id.as_uuid(),
            position: rule.position,
            version: rule.version,
            rule: rule.details.into(),
        }
    }
}
