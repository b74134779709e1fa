use chrono::{DateTime, Utc};
use motel_web::{FieldErrors, Input};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::Filter;

/// Which entries are wanted, as it comes in.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RawAuditFilter {
    /// By whom: `staff:<id>`, `api_key:<id>`, or all of a kind: `staff`, `api_key`, `guest`, `concierge`, `visitor`, `system`, `operator`.
    #[param(max_length = 300)]
    actor: Option<String>,
    /// On what kind of thing: `rates.seasons`, or all of a part of the house: `rates`.
    #[param(max_length = 300)]
    thing: Option<String>,
    /// On which of them.
    #[param(max_length = 300)]
    key: Option<String>,
    /// From this moment on.
    #[param(value_type = Option<DateTime<Utc>>)]
    from: Option<String>,
    /// Before this moment.
    #[param(value_type = Option<DateTime<Utc>>)]
    until: Option<String>,
    /// In this request, as its answer names it in `x-request-id`.
    #[param(value_type = Option<Uuid>)]
    request: Option<String>,
}

/// The same, parsed.
#[derive(Debug)]
pub struct FilterInput(pub Filter);

impl Input for FilterInput {
    type Raw = RawAuditFilter;

    fn parse(raw: RawAuditFilter) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let mut word = |field, text: Option<String>| {
            let text = text.filter(|text| !text.is_empty())?;
            errors.check(field, text.parse())
        };
        let (actor, thing, key) = (
            word("actor", raw.actor),
            word("thing", raw.thing),
            word("key", raw.key),
        );
        let mut moment = |field, text: Option<String>| -> Option<DateTime<Utc>> {
            let text = text.filter(|text| !text.is_empty())?;
            let said = text
                .parse::<DateTime<Utc>>()
                .map_err(|_| "must be a moment, 2026-12-04T15:00:00Z");
            errors.check(field, said)
        };
        let (from, until) = (moment("from", raw.from), moment("until", raw.until));
        let request = raw.request.filter(|text| !text.is_empty());
        let request = request.and_then(|text| {
            let id = text.trim().parse::<Uuid>();
            errors.check("request", id.map_err(|_| "must be a request's id"))
        });
        errors.into_result()?;
        Ok(Self(Filter {
            actor,
            thing,
            key,
            from,
            until,
            request,
        }))
    }
}
