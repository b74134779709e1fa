use actix_web::{HttpResponse, delete, get, post, web};
use chrono::{DateTime, Utc};
use motel_db::{Db, TenantTx};
use motel_kernel::ApiKeyId;
use motel_web::{CursorPage, CursorParams, CursorQuery, Problem, ValidJson};
use secrecy::ExposeSecret;
use serde::Serialize;
use utoipa::ToSchema;

use super::api_key_input::{ApiKeyInput, RawApiKey};
use super::sessions::member;
use super::{Answer, StaffAccess, StaffWrite, WriteParams};
use crate::commands::{create_limited_api_key, revoke_api_key};
use crate::{ApiKey, Directory, Permission, may, queries};

/// A key by which a program acts for the business. The key itself is shown only once.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApiKeyView {
    /// Which key.
    #[schema(value_type = Uuid)]
    id: ApiKeyId,
    /// What it is for.
    name: String,
    /// How it begins: `rmk_3fa9c1`.
    hint: String,
    /// Who made it.
    created_by: String,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When it was revoked; `null` while it works.
    #[schema(required)]
    revoked_at: Option<DateTime<Utc>>,
    /// What it may do; `null` for everything.
    #[schema(required)]
    permissions: Option<Vec<&'static str>>,
    /// Until when it works; `null` for good.
    #[schema(required)]
    expires_at: Option<DateTime<Utc>>,
}

/// A key just made.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewApiKeyView {
    /// Send it as `Authorization: Bearer …`. It is shown this once; nobody can look it up later.
    secret: String,
    /// What is kept of it.
    key: ApiKeyView,
}

impl ApiKeyView {
    fn new(key: ApiKey) -> Self {
        Self {
            id: key.id,
            name: key.name,
            hint: key.hint,
            created_by: key.created_by.to_string(),
            created_at: key.created_at,
            revoked_at: key.revoked_at,
            permissions: key.permissions.map(words),
            expires_at: key.expires_at,
        }
    }
}

fn words(permissions: Vec<Permission>) -> Vec<&'static str> {
    permissions.into_iter().map(Permission::as_str).collect()
}

/// Lists the business's keys, the oldest first; revoked ones too.
#[utoipa::path(
    tag = "session",
    operation_id = "list_api_keys",
    params(CursorParams),
    responses((status = 200, description = "A page of keys", body = CursorPage<ApiKeyView>))
)]
#[get("/api-keys")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadApiKeys>,
    page: CursorQuery,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<ApiKeyView>>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let keys = queries::api_keys(&mut tx, page.after()?, page.fetch()).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let page = CursorPage::cut(keys, &page, |key| key.id)?;
    Ok(web::Json(page.map(ApiKeyView::new)))
}

/// Makes a key for a program, for some things or all, for a time or for good. Only somebody who is signed in may; a program
/// cannot give itself another key, and nobody gives a key more than they have.
///
/// The answer holds a secret, so it is not kept for repetition: this route takes no `Idempotency-Key` and no `dry_run`.
#[utoipa::path(
    tag = "session",
    operation_id = "create_api_key",
    request_body = RawApiKey,
    responses(
        (status = 201, description = "Made", body = NewApiKeyView),
        (status = 403, description = "`staff_only`, or `forbidden`: more than its maker may"),
        (status = 409, description = "`too_many_keys`"),
    )
)]
#[post("/api-keys")]
pub(crate) async fn create(
    access: StaffAccess<may::WriteApiKeys>,
    db: web::Data<Db>,
    ValidJson(input): ValidJson<ApiKeyInput>,
) -> Result<HttpResponse, Problem> {
    member(&access)?;
    let terms = input.terms(&access)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let made = create_limited_api_key(&mut tx, &input.name, terms, access.actor).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(HttpResponse::Created().json(NewApiKeyView {
        secret: made.secret.expose_secret().to_owned(),
        key: ApiKeyView::new(made.key),
    }))
}

/// Revokes a key for good. Other nodes of the installation refuse it as soon as they hear of it.
#[utoipa::path(
    tag = "session",
    operation_id = "revoke_api_key",
    params(("id" = Uuid, Path, description = "Which key"), WriteParams),
    responses(
        (status = 204, description = "It works no more"),
        (status = 403, description = "`staff_only`"),
    )
)]
#[delete("/api-keys/{id}")]
pub(crate) async fn revoke(
    write: StaffWrite<may::WriteApiKeys>,
    path: web::Path<String>,
    db: web::Data<Db>,
    directory: web::Data<Directory>,
) -> Result<HttpResponse, Problem> {
    member(&write)?;
    let id: ApiKeyId = path.parse().map_err(|_| Problem::not_found("key"))?;
    let revoked = async |tx: &mut TenantTx| {
        let known = revoke_api_key(tx, id).await?;
        known.ok_or_else(|| Problem::not_found("key"))?;
        Ok(Answer::no_content())
    };
    let answer = write.run(&db, &(), revoked).await?;
    directory.forget(write.tenant);
    Ok(answer)
}
