use actix_web::{HttpResponse, delete, get, put, web};
use chrono::{DateTime, Utc};
use motel_db::{Db, TenantTx};
use motel_seal::Keyring;
use motel_tenancy::http::{Answer, CurrentClock, StaffAccess, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{DryRun, FieldErrors, Input, Problem, ValidJson};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::secret_text;
use crate::{Credential, CredentialsError, KeptCredential, Provider, commands, queries};

/// What a provider gave out, as it comes in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCredential {
    /// The auth token of an account with Twilio, the key of one with a language model: 16 to 200 visible characters.
    #[schema(value_type = String, min_length = 16, max_length = 200)]
    auth_token: SecretString,
}

/// The same, parsed.
pub(crate) struct CredentialInput(SecretString);

impl Input for CredentialInput {
    type Raw = RawCredential;

    fn parse(raw: RawCredential) -> Result<Self, FieldErrors> {
        let secret = secret_text(&raw.auth_token);
        secret
            .map(Self)
            .map_err(|invalid| FieldErrors::of("auth_token", invalid))
    }
}

/// What is known of a credential: never the secret itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct CredentialView {
    /// `twilio` or `openai`.
    provider: &'static str,
    /// How the secret ends.
    last_four: String,
    /// Who set it.
    set_by: String,
    /// When.
    set_at: DateTime<Utc>,
}

/// What is set.
#[derive(Debug, Serialize, ToSchema)]
pub struct CredentialsView {
    /// Whose services a credential can be set for.
    providers: Vec<&'static str>,
    /// Those that are set.
    credentials: Vec<CredentialView>,
}

impl From<KeptCredential> for CredentialView {
    fn from(kept: KeptCredential) -> Self {
        Self {
            provider: kept.provider.as_str(),
            last_four: kept.last_four,
            set_by: kept.set_by.to_string(),
            set_at: kept.set_at,
        }
    }
}

fn provider(path: &str) -> Result<Provider, Problem> {
    path.parse().map_err(|_| Problem::not_found("provider"))
}

/// Shows for which providers the business has set a credential of its own, and for which it could.
#[utoipa::path(
    tag = "credentials",
    operation_id = "list_credentials",
    responses((status = 200, description = "Those that are set", body = CredentialsView))
)]
#[get("/credentials")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadCredentials>,
    db: web::Data<Db>,
) -> Result<web::Json<CredentialsView>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let kept = queries::kept_credentials(&mut tx).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(CredentialsView {
        providers: Provider::ALL.iter().map(|it| it.as_str()).collect(),
        credentials: kept.into_iter().map(CredentialView::from).collect(),
    }))
}

/// Shows who set a credential, when, and how it ends.
#[utoipa::path(
    tag = "credentials",
    operation_id = "show_credential",
    params(("provider" = String, Path, description = "`twilio` or `openai`")),
    responses(
        (status = 200, description = "What is known of it", body = CredentialView),
        (status = 404, description = "None is set, or there is no such provider"),
    )
)]
#[get("/credentials/{provider}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadCredentials>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<web::Json<CredentialView>, Problem> {
    let provider = provider(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let kept = queries::kept_credential(&mut tx, provider).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let kept = kept.ok_or(CredentialsError::NotSet)?;
    Ok(web::Json(kept.into()))
}

/// Sets a credential, in the place of the one before. Nobody can read it again.
///
/// Twice is the same as once, so this route takes no `Idempotency-Key`: not even a digest of a secret is kept for repetition.
/// It cannot be tried: `dry_run=true` is refused.
#[utoipa::path(
    tag = "credentials",
    operation_id = "put_credential",
    params(("provider" = String, Path, description = "`twilio` or `openai`")),
    request_body = RawCredential,
    responses(
        (status = 200, description = "What is known of it now", body = CredentialView),
        (status = 404, description = "There is no such provider"),
    )
)]
#[put("/credentials/{provider}")]
pub(crate) async fn put(
    access: StaffAccess<may::WriteCredentials>,
    path: web::Path<String>,
    db: web::Data<Db>,
    keyring: web::Data<Keyring>,
    clock: CurrentClock,
    DryRun(tried): DryRun,
    ValidJson(input): ValidJson<CredentialInput>,
) -> Result<web::Json<CredentialView>, Problem> {
    // Whoever means to try would lose the one before, which nobody can read to put it back.
    if tried {
        return Err(Problem::invalid(
            "dry_run",
            "Setting a credential cannot be tried.",
        ));
    }
    let parsed = Credential::parse(provider(&path)?, &input.0);
    let credential = parsed.map_err(|invalid| FieldErrors::of("auth_token", invalid))?;
    let (by, now) = (access.actor, clock.now());
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let kept = commands::put_credential(&mut tx, &keyring, &credential, by, now).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(kept.into()))
}

/// Forgets a credential. Whatever the installation has of its own is used again.
#[utoipa::path(
    tag = "credentials",
    operation_id = "remove_credential",
    params(("provider" = String, Path, description = "`twilio` or `openai`"), WriteParams),
    responses(
        (status = 204, description = "None is set any more"),
        (status = 404, description = "None was set, or there is no such provider"),
    )
)]
#[delete("/credentials/{provider}")]
pub(crate) async fn remove(
    write: StaffWrite<may::WriteCredentials>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let provider = provider(&path)?;
    let removing = async |tx: &mut TenantTx| {
        commands::remove_credential(tx, provider).await?;
        Ok(Answer::no_content())
    };
    write.run(&db, &(), removing).await
}
