use actix_web::{HttpResponse, delete, get, put, web};
use chrono::{DateTime, Utc};
use motel_db::{Db, TenantTx};
use motel_llm::Address;
use motel_tenancy::http::{
    Answer, CurrentClock, StaffAccess, StaffWrite, VersionedWriteParams, WriteParams,
};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ValidJson, etag};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{ConciergeError, ModelApi, ModelChoice, ModelDesk, ModelSettings, commands, queries};

/// Which language model is to answer guests, as it comes in.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConciergeModelInput)]
pub struct RawModel {
    /// False leaves the answers to the built-in engine.
    pub enabled: bool,
    /// The address up to and including the version, such as `https://api.openai.com/v1`. It lies in the public internet.
    #[schema(min_length = 1, max_length = 300)]
    pub base_url: String,
    /// `chat_completions`, which nearly every service speaks, or `responses`.
    #[serde(default = "chat_completions")]
    pub api: String,
    /// The model's name: 1 to 120 characters.
    #[schema(min_length = 1, max_length = 120)]
    pub model: String,
    /// In hundredths; the service's own without.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 200)]
    pub temperature: Option<i16>,
    /// How long one call may take, in seconds.
    #[serde(default = "call_seconds")]
    #[schema(minimum = 1, maximum = 60)]
    pub call_seconds: i16,
    /// How long all calls for one answer may take, in seconds: no less than one.
    #[serde(default = "turn_seconds")]
    #[schema(minimum = 1, maximum = 120)]
    pub turn_seconds: i16,
    /// How many tokens may be used a day at the property; the built-in engine answers then. Calls that fail, and services that do not say
    /// what was used, are estimated by their letters.
    #[serde(default = "tokens_a_day")]
    #[schema(minimum = 1, maximum = 1000000000)]
    pub tokens_a_day: i32,
    /// What a million tokens read cost, in millionths of the currency that the service bills in.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 1000000000)]
    pub read_price_micros: i64,
    /// What a million tokens written cost.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 1000000000)]
    pub written_price_micros: i64,
    /// What may be spent a day, in millionths; no end without.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 1000000000000_i64)]
    pub cost_micros_a_day: Option<i64>,
}

fn chat_completions() -> String {
    ModelApi::ChatCompletions.to_string()
}

fn call_seconds() -> i16 {
    8
}

fn turn_seconds() -> i16 {
    15
}

fn tokens_a_day() -> i32 {
    1_000_000
}

/// The same, parsed. Whether the address may be called is looked at where it is known how far out one may call.
pub(crate) struct ModelInput {
    raw: RawModel,
    api: ModelApi,
}

const LARGEST_PRICE: i64 = 1_000_000_000;
const LARGEST_COST: i64 = 1_000_000_000_000;

impl Input for ModelInput {
    type Raw = RawModel;

    fn parse(raw: RawModel) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let api = errors.check("api", raw.api.parse::<ModelApi>());
        let mut between = |field, value: i64, least: i64, most: i64| {
            let lies = (least..=most).contains(&value);
            let reason = || format!("must lie between {least} and {most}");
            errors.check(field, lies.then_some(()).ok_or_else(reason));
        };
        let temperature = raw.temperature.unwrap_or(0);
        between("temperature", temperature.into(), 0, 200);
        between("call_seconds", raw.call_seconds.into(), 1, 60);
        between("tokens_a_day", raw.tokens_a_day.into(), 1, 1_000_000_000);
        between("read_price_micros", raw.read_price_micros, 0, LARGEST_PRICE);
        between(
            "written_price_micros",
            raw.written_price_micros,
            0,
            LARGEST_PRICE,
        );
        between(
            "cost_micros_a_day",
            raw.cost_micros_a_day.unwrap_or(1),
            1,
            LARGEST_COST,
        );
        between(
            "turn_seconds",
            raw.turn_seconds.into(),
            raw.call_seconds.into(),
            120,
        );
        let length = raw.model.trim().chars().count();
        let plain = (1..=120).contains(&length) && !raw.model.chars().any(char::is_control);
        errors.check(
            "model",
            plain.then_some(()).ok_or("must have 1 to 120 characters"),
        );
        match api {
            Some(api) if errors.is_empty() => Ok(Self { raw, api }),
            _ => Err(errors),
        }
    }
}

impl ModelInput {
    fn choice(&self, desk: &ModelDesk) -> Result<ModelChoice, FieldErrors> {
        let raw = &self.raw;
        let address = Address::parse(&raw.base_url, desk.reach());
        let address = address.map_err(|invalid| FieldErrors::of("base_url", invalid))?;
        Ok(ModelChoice {
            enabled: raw.enabled,
            base_url: address.as_str().to_owned(),
            api: self.api,
            model: raw.model.trim().to_owned(),
            temperature: raw.temperature,
            call_seconds: raw.call_seconds,
            turn_seconds: raw.turn_seconds,
            tokens_a_day: raw.tokens_a_day,
            read_price_micros: raw.read_price_micros,
            written_price_micros: raw.written_price_micros,
            cost_micros_a_day: raw.cost_micros_a_day,
        })
    }
}

/// The model that was asked for, as far as it may be chosen.
///
/// # Errors
/// Every field that was refused.
pub fn choose_model(raw: RawModel, desk: &ModelDesk) -> Result<ModelChoice, FieldErrors> {
    ModelInput::parse(raw)?.choice(desk)
}

/// Which language model answers guests. Its key is among the credentials.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ConciergeModel)]
pub struct ModelView {
    /// False leaves the answers to the built-in engine.
    enabled: bool,
    /// Where it is asked.
    base_url: String,
    /// `chat_completions` or `responses`.
    api: &'static str,
    /// The model's name.
    model: String,
    /// In hundredths; the service's own when null.
    temperature: Option<i16>,
    /// How long one call may take, in seconds.
    call_seconds: i16,
    /// How long all calls for one answer may take, in seconds.
    turn_seconds: i16,
    /// How many tokens may be used a day at the property.
    tokens_a_day: i32,
    /// What a million tokens read cost, in millionths of the currency that the service bills in.
    read_price_micros: i64,
    /// What a million tokens written cost.
    written_price_micros: i64,
    /// What may be spent a day, in millionths; no end when null.
    cost_micros_a_day: Option<i64>,
    /// Grows with every change.
    version: i32,
    /// Who set it.
    set_by: String,
    /// When.
    set_at: DateTime<Utc>,
}

impl From<ModelSettings> for ModelView {
    fn from(settings: ModelSettings) -> Self {
        let choice = settings.choice;
        Self {
            enabled: choice.enabled,
            base_url: choice.base_url,
            api: choice.api.as_str(),
            model: choice.model,
            temperature: choice.temperature,
            call_seconds: choice.call_seconds,
            turn_seconds: choice.turn_seconds,
            tokens_a_day: choice.tokens_a_day,
            read_price_micros: choice.read_price_micros,
            written_price_micros: choice.written_price_micros,
            cost_micros_a_day: choice.cost_micros_a_day,
            version: settings.version,
            set_by: settings.set_by.to_string(),
            set_at: settings.set_at,
        }
    }
}

/// Shows which language model answers guests.
#[utoipa::path(
    tag = "concierge",
    operation_id = "show_concierge_model",
    responses(
        (status = 200, description = "The model", body = ModelView),
        (status = 404, description = "None was chosen: the built-in engine answers"),
    )
)]
#[get("/concierge/model")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadSettings>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let settings = queries::model_settings(&tx).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let settings = settings.ok_or(ConciergeError::NoModel)?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(settings.version))
        .json(ModelView::from(settings)))
}

/// Chooses the language model that answers guests, from the next message on. `If-Match` is needed only for not overwriting what somebody
/// else set.
///
/// Who says where the key is sent could as well read it, so this needs the permission to set it.
#[utoipa::path(
    tag = "concierge",
    operation_id = "put_concierge_model",
    params(VersionedWriteParams),
    request_body = RawModel,
    responses((status = 200, description = "The model as it is now", body = ModelView))
)]
#[put("/concierge/model")]
pub(crate) async fn put(
    write: StaffWrite<may::WriteCredentials>,
    db: web::Data<Db>,
    desk: web::Data<ModelDesk>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<ModelInput>,
) -> Result<HttpResponse, Problem> {
    let choice = input.choice(&desk)?;
    let (by, now) = (write.actor, clock.now());
    let putting = async |tx: &mut TenantTx| {
        let set = commands::put_model(tx, write.if_match(), &choice, by, now).await?;
        let version = set.version;
        Ok(Answer::ok(ModelView::from(set)).version(version))
    };
    write.run(&db, &input.raw, putting).await
}

/// Leaves all answers to the built-in engine again. The key stays until it is removed among the credentials.
#[utoipa::path(
    tag = "concierge",
    operation_id = "remove_concierge_model",
    params(WriteParams),
    responses(
        (status = 204, description = "The built-in engine answers"),
        (status = 404, description = "None was chosen"),
    )
)]
#[delete("/concierge/model")]
pub(crate) async fn remove(
    write: StaffWrite<may::WriteCredentials>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let removing = async |tx: &mut TenantTx| {
        commands::remove_model(tx).await?;
        Ok(Answer::no_content())
    };
    write.run(&db, &(), removing).await
}
