use actix_web::{post, web};
use motel_db::Db;
use motel_prompts::http::kind;
use motel_prompts::{LONGEST_TEXT, PromptKind};
use motel_tenancy::http::{CurrentClock, StaffAccess};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{PromptPreview, preview};

/// A template to be looked at, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PromptPreviewInput)]
pub(crate) struct RawPreview {
    /// The template: 1 to 4,000 characters.
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
    /// How the guest is to have reached the house: `web`, `sms`, `whatsapp` or `email` in writing, `phone` on the telephone; the first of
    /// its kind without.
    #[serde(default)]
    channel: Option<String>,
}

/// The same, with its length looked at. Which channels there are hangs on the kind, which stands in the path.
#[derive(Debug)]
pub(crate) struct PreviewInput {
    text: String,
    channel: Option<String>,
}

impl Input for PreviewInput {
    type Raw = RawPreview;

    fn parse(raw: RawPreview) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let channel = raw.channel;
        errors
            .text("text", &raw.text, 1..=LONGEST_TEXT)
            .map(|text| Self {
                text: text.replace('\r', ""),
                channel,
            })
            .ok_or(errors)
    }
}

impl PreviewInput {
    fn channel(&self, kind: PromptKind) -> Result<&'static str, FieldErrors> {
        let channels = kind.channels();
        let wanted = self.channel.as_deref().or(channels.first().copied());
        let found = channels.iter().find(|it| Some(**it) == wanted);
        found.copied().ok_or_else(|| {
            FieldErrors::of(
                "channel",
                format_args!("is none of {}", channels.join(", ")),
            )
        })
    }
}

/// What a model would be told.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PromptPreview)]
pub struct PreviewView {
    /// What the template says with the values of the property at this moment.
    said: String,
    /// The same with the rules of the house around it: all that a model is told of itself.
    told: String,
}

impl From<PromptPreview> for PreviewView {
    fn from(shown: PromptPreview) -> Self {
        Self {
            said: shown.said,
            told: shown.told,
        }
    }
}

/// Shows what a template says with the property's own values. Nothing is saved and no model is asked.
#[utoipa::path(
    tag = "prompts",
    operation_id = "preview_prompt",
    params(("kind" = String, Path, description = "`writing` or `phone`")),
    request_body = RawPreview,
    responses(
        (status = 200, description = "What a model would be told", body = PreviewView),
        (status = 404, description = "There is no such prompt"),
    )
)]
#[post("/prompts/{kind}/preview")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadSettings>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<PreviewInput>,
) -> Result<web::Json<PreviewView>, Problem> {
    let kind = kind(&path)?;
    let channel = input.channel(kind)?;
    let property = &access.property;
    let now = property.now(&*clock);
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let shown = preview(&mut tx, property, (kind, &input.text), channel, now).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(shown.into()))
}
