use actix_web::{HttpResponse, get, post, web};
use motel_db::{Db, TenantTx};
use motel_tenancy::http::{Answer, CurrentClock, StaffAccess, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{
    CursorPage, CursorParams, CursorQuery, FieldErrors, Input, Problem, ValidJson, ValidQuery,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::path::{kind, version_at};
use super::view::{PromptDiffView, PromptVersionView};
use crate::{
    LONGEST_NOTE, LONGEST_TEXT, NewVersion, PromptKind, PromptsError, VersionNumber, commands,
    difference, queries,
};

/// A version to be, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PromptVersionInput)]
pub(crate) struct RawVersion {
    /// The template: 1 to 4,000 characters.
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
    /// What is different about it, in at most 200 characters.
    #[serde(default)]
    #[schema(max_length = 200)]
    note: String,
}

/// The same, with its lengths looked at. What the template says hangs on the kind, which stands in the path.
#[derive(Debug, Serialize)]
pub(crate) struct VersionInput {
    text: String,
    note: String,
}

impl Input for VersionInput {
    type Raw = RawVersion;

    fn parse(raw: RawVersion) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let text = errors.text("text", &raw.text, 1..=LONGEST_TEXT);
        let note = errors.text("note", &raw.note, 0..=LONGEST_NOTE);
        text.zip(note)
            .map(|(text, note)| Self { text, note })
            .ok_or(errors)
    }
}

/// With which version another one is compared.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct RawAgainst {
    /// The number of a version; the active one without.
    #[param(minimum = 0)]
    against: Option<i32>,
}

/// The same, parsed.
pub(crate) struct Against(Option<VersionNumber>);

impl Input for Against {
    type Raw = RawAgainst;

    fn parse(raw: RawAgainst) -> Result<Self, FieldErrors> {
        let number = raw.against.map(VersionNumber::try_from).transpose();
        number
            .map(Self)
            .map_err(|invalid| FieldErrors::of("against", invalid))
    }
}

/// Lists the versions of a prompt that were saved, the newest first.
#[utoipa::path(
    tag = "prompts",
    operation_id = "list_prompt_versions",
    params(("kind" = String, Path, description = "`writing` or `phone`"), CursorParams),
    responses(
        (status = 200, description = "A page of versions", body = CursorPage<PromptVersionView>),
        (status = 404, description = "There is no such prompt"),
    )
)]
#[get("/prompts/{kind}/versions")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadSettings>,
    path: web::Path<String>,
    page: CursorQuery,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<PromptVersionView>>, Problem> {
    let kind = kind(&path)?;
    let before = page.after()?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let found = queries::saved_versions(&mut tx, kind, before, page.fetch()).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let found = CursorPage::cut(found, &page, |version| version.number)?;
    Ok(web::Json(found.map(PromptVersionView::from)))
}

/// Shows a version of a prompt. Number 0 is the text that comes with the program.
#[utoipa::path(
    tag = "prompts",
    operation_id = "show_prompt_version",
    params(
        ("kind" = String, Path, description = "`writing` or `phone`"),
        ("number" = i32, Path, description = "The version"),
    ),
    responses(
        (status = 200, description = "The version", body = PromptVersionView),
        (status = 404, description = "There is no such version"),
    )
)]
#[get("/prompts/{kind}/versions/{number}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadSettings>,
    path: web::Path<(String, String)>,
    db: web::Data<Db>,
) -> Result<web::Json<PromptVersionView>, Problem> {
    let (kind, number) = version_at(&path)?;
    if number == VersionNumber::DEFAULT {
        return Ok(web::Json(PromptVersionView::default_of(kind)));
    }
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let saved = queries::saved_version(&mut tx, kind, number).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(saved.into()))
}

/// Saves a version of a prompt under the next number. It is not active by that. A template that may not be kept is refused with the line and the reason.
#[utoipa::path(
    tag = "prompts",
    operation_id = "save_prompt_version",
    params(("kind" = String, Path, description = "`writing` or `phone`"), WriteParams),
    request_body = RawVersion,
    responses(
        (status = 201, description = "The version", body = PromptVersionView),
        (status = 404, description = "There is no such prompt"),
        (status = 409, description = "`too_many_versions`: a thousand are there"),
    )
)]
#[post("/prompts/{kind}/versions")]
pub(crate) async fn save(
    write: StaffWrite<may::WriteCredentials>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<VersionInput>,
) -> Result<HttpResponse, Problem> {
    let new = NewVersion::parse(kind(&path)?, &input.text, &input.note);
    let new = new.map_err(PromptsError::from)?;
    let (by, now) = (write.actor, clock.now());
    let saving = async |tx: &mut TenantTx| {
        let saved = commands::save(tx, &new, by, now).await?;
        let path = format!("/api/v1/prompts/{}/versions/{}", saved.kind, saved.number);
        Ok(Answer::created(PromptVersionView::from(saved)).location(path))
    };
    write.run(&db, &input, saving).await
}

/// Compares a version with another one, line by line.
#[utoipa::path(
    tag = "prompts",
    operation_id = "compare_prompt_versions",
    params(
        ("kind" = String, Path, description = "`writing` or `phone`"),
        ("number" = i32, Path, description = "The version that is looked at"),
        RawAgainst,
    ),
    responses(
        (status = 200, description = "What differs", body = PromptDiffView),
        (status = 404, description = "There is no such version"),
    )
)]
#[get("/prompts/{kind}/versions/{number}/diff")]
pub(crate) async fn diff(
    access: StaffAccess<may::ReadSettings>,
    path: web::Path<(String, String)>,
    ValidQuery(Against(against)): ValidQuery<Against>,
    db: web::Data<Db>,
) -> Result<web::Json<PromptDiffView>, Problem> {
    let (kind, number) = version_at(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let view = compare(&mut tx, kind, number, against).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(view))
}

async fn compare(
    tx: &mut TenantTx,
    kind: PromptKind,
    number: VersionNumber,
    against: Option<VersionNumber>,
) -> Result<PromptDiffView, PromptsError> {
    let before = match against {
        Some(number) => queries::version(tx, kind, number).await?,
        None => queries::active(tx, kind).await?,
    };
    let after = queries::version(tx, kind, number).await?;
    let lines = difference(&before.text, &after.text);
    Ok(PromptDiffView {
        from: before.number.get(),
        to: after.number.get(),
        lines: lines.into_iter().map(Into::into).collect(),
    })
}
