use actix_web::{HttpResponse, get, put, web};
use chrono::{DateTime, Utc};
use motel_conversations::{ConversationError, HandOverRules, HandOverSettings, commands, queries};
use motel_db::{Db, TenantTx};
use motel_tenancy::http::{Answer, CurrentClock, StaffAccess, StaffWrite, VersionedWriteParams};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ValidJson, etag};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// When conversations are handed to a person, as it comes in. What is left out is as by default.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = HandOverRulesInput)]
pub(crate) struct RawRules {
    /// Who asks for a person gets one; otherwise details are taken for somebody to come back to them.
    #[serde(default = "on")]
    asked_for_person: bool,
    /// After several answers in a row that helped nobody.
    #[serde(default = "on")]
    repeated_failure: bool,
    /// How many those are.
    #[serde(default = "failures_in_a_row")]
    #[schema(minimum = 2, maximum = 10)]
    failures_in_a_row: i16,
    /// Who is angry.
    #[serde(default = "on")]
    anger: bool,
    /// Where somebody may be in danger. The number to call is said in any case.
    #[serde(default = "on")]
    emergency: bool,
    /// Where much is at stake.
    #[serde(default = "on")]
    high_value: bool,
    /// From this amount on, in the smallest unit of the house's currency; null for none.
    #[serde(default = "high_value_amount_minor")]
    #[schema(minimum = 1, maximum = 1000000000000_i64)]
    high_value_amount_minor: Option<i64>,
    /// From so many nights on, those of all rooms together; null for none.
    #[serde(default = "high_value_nights")]
    #[schema(minimum = 1, maximum = 365)]
    high_value_nights: Option<i16>,
    /// Who asks for an exception from the rules, or haggles.
    #[serde(default = "on")]
    policy_exception: bool,
}

fn on() -> bool {
    true
}

fn failures_in_a_row() -> i16 {
    HandOverRules::default().failures_in_a_row
}

fn high_value_amount_minor() -> Option<i64> {
    HandOverRules::default().high_value_amount_minor
}

fn high_value_nights() -> Option<i16> {
    HandOverRules::default().high_value_nights
}

/// The same, parsed.
pub(crate) struct RulesInput {
    raw: RawRules,
    rules: HandOverRules,
}

impl Input for RulesInput {
    type Raw = RawRules;

    fn parse(raw: RawRules) -> Result<Self, FieldErrors> {
        let rules = HandOverRules {
            asked_for_person: raw.asked_for_person,
            repeated_failure: raw.repeated_failure,
            failures_in_a_row: raw.failures_in_a_row,
            anger: raw.anger,
            emergency: raw.emergency,
            high_value: raw.high_value,
            high_value_amount_minor: raw.high_value_amount_minor,
            high_value_nights: raw.high_value_nights,
            policy_exception: raw.policy_exception,
        };
        let mut errors = FieldErrors::new();
        for wrong in rules.out_of_bounds() {
            let (least, most) = (wrong.least, wrong.most);
            let reason = format!("must lie between {least} and {most}");
            errors.check(wrong.field, Err::<(), _>(reason));
        }
        match errors.is_empty() {
            true => Ok(Self { raw, rules }),
            false => Err(errors),
        }
    }
}

/// When conversations are handed to a person.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HandOverRules)]
pub struct HandOverRulesView {
    /// Who asks for a person gets one.
    asked_for_person: bool,
    /// After several answers in a row that helped nobody.
    repeated_failure: bool,
    /// How many those are.
    failures_in_a_row: i16,
    /// Who is angry.
    anger: bool,
    /// Where somebody may be in danger.
    emergency: bool,
    /// Where much is at stake.
    high_value: bool,
    /// From this amount on, in the smallest unit of the house's currency; null for none.
    high_value_amount_minor: Option<i64>,
    /// From so many nights on, those of all rooms together; null for none.
    high_value_nights: Option<i16>,
    /// Who asks for an exception from the rules, or haggles.
    policy_exception: bool,
    /// Grows with every change; 0 where nobody has set anything and the defaults hold.
    version: i32,
    /// Who set it; null where nobody has.
    set_by: Option<String>,
    /// When.
    set_at: Option<DateTime<Utc>>,
}

impl HandOverRulesView {
    fn of(settings: Option<HandOverSettings>) -> Self {
        let rules = settings.as_ref().map(|it| it.rules).unwrap_or_default();
        Self {
            asked_for_person: rules.asked_for_person,
            repeated_failure: rules.repeated_failure,
            failures_in_a_row: rules.failures_in_a_row,
            anger: rules.anger,
            emergency: rules.emergency,
            high_value: rules.high_value,
            high_value_amount_minor: rules.high_value_amount_minor,
            high_value_nights: rules.high_value_nights,
            policy_exception: rules.policy_exception,
            version: settings.as_ref().map_or(0, |it| it.version),
            set_by: settings.as_ref().map(|it| it.set_by.to_string()),
            set_at: settings.map(|it| it.set_at),
        }
    }
}

/// Shows when conversations are handed to a person.
#[utoipa::path(
    tag = "concierge",
    operation_id = "show_hand_over_rules",
    responses((status = 200, description = "The rules; the defaults where nobody has set any", body = HandOverRulesView))
)]
#[get("/hand-over-rules")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadSettings>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let settings = queries::hand_over_settings(&mut tx)
        .await
        .map_err(problem)?;
    tx.commit().await.map_err(Problem::internal)?;
    let view = HandOverRulesView::of(settings);
    Ok(HttpResponse::Ok()
        .insert_header(etag(view.version))
        .json(view))
}

/// Sets when conversations are handed to a person, from the next message on. `If-Match` is needed only for not overwriting what somebody
/// else set.
#[utoipa::path(
    tag = "concierge",
    operation_id = "put_hand_over_rules",
    params(VersionedWriteParams),
    request_body = RawRules,
    responses((status = 200, description = "The rules as they are now", body = HandOverRulesView))
)]
#[put("/hand-over-rules")]
pub(crate) async fn put(
    write: StaffWrite<may::WriteSettings>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<RulesInput>,
) -> Result<HttpResponse, Problem> {
    let (by, now) = (write.actor, clock.now());
    let putting = async |tx: &mut TenantTx| {
        let set = commands::put_hand_over_rules(tx, write.if_match(), &input.rules, by, now)
            .await
            .map_err(problem)?;
        let version = set.version;
        Ok(Answer::ok(HandOverRulesView::of(Some(set))).version(version))
    };
    write.run(&db, &input.raw, putting).await
}

fn problem(error: ConversationError) -> Problem {
    match error {
        ConversationError::Stale => Problem::version_mismatch(),
        fault => Problem::internal(fault),
    }
}
