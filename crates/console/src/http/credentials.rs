//! What providers gave the business to prove who it is. A secret goes in here and is never shown again.

use actix_web::{HttpRequest, HttpResponse, web};
use motel_credentials::commands::{put_credential, remove_credential};
use motel_credentials::queries::kept_credentials;
use motel_credentials::{Credential, CredentialsError, Provider};
use motel_kernel::Actor;
use motel_seal::Keyring;
use motel_tenancy::http::StaffPage;
use motel_tenancy::{Permission, StaffSession, may, team};
use motel_web::{Entry, Page, Problem};
use secrecy::SecretString;
use serde::Deserialize;

use super::booking::News;
use super::office::Key;
use super::see_other;
use crate::present;
use crate::view::CredentialsPage;

const PAGE: &str = "/console/credentials";

/// The most members that are looked through for who set something.
const MOST: i64 = 200;

#[derive(Deserialize)]
pub(super) struct RawCredential {
    auth_token: SecretString,
}

/// What is set.
pub(super) async fn show(
    request: HttpRequest,
    staff: StaffPage<may::ReadCredentials>,
    key: Key,
    news: web::Query<News>,
) -> Result<HttpResponse, Problem> {
    page(&request, &staff, &key, news.word(), None).await
}

/// Sets one, in the place of the one before.
pub(super) async fn put(
    request: HttpRequest,
    staff: StaffPage<may::WriteCredentials>,
    key: Key,
    keyring: web::Data<Keyring>,
    path: web::Path<String>,
    raw: web::Form<RawCredential>,
) -> Result<HttpResponse, Problem> {
    let credential = match Credential::parse(provider(&path)?, &raw.auth_token) {
        Ok(credential) => credential,
        Err(invalid) => {
            let error = format!("The auth token or key {invalid}.");
            return page(&request, &staff, &key, None, Some(error)).await;
        }
    };
    let by = Actor::Staff(staff.staff_id);
    let mut office = key.open(&staff).await?;
    put_credential(&mut office.tx, &keyring, &credential, by, key.now()).await?;
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(back("credential_set"))
}

/// Forgets one.
pub(super) async fn remove(
    staff: StaffPage<may::WriteCredentials>,
    key: Key,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let provider = provider(&path)?;
    let mut office = key.open(&staff).await?;
    match remove_credential(&mut office.tx, provider).await {
        // Whoever asks twice wanted the same.
        Ok(()) | Err(CredentialsError::NotSet) => {}
        Err(error) => return Err(error.into()),
    }
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(back("credential_removed"))
}

async fn page(
    request: &HttpRequest,
    staff: &StaffSession,
    key: &Key,
    news: Option<&str>,
    error: Option<String>,
) -> Result<HttpResponse, Problem> {
    let mut office = key.open(staff).await?;
    let kept = kept_credentials(&mut office.tx).await?;
    let members = team::members(&mut office.tx, None, MOST).await?;
    let status = super::status_of(error.as_ref());
    let title = format!("Providers · {}", office.property.name);
    let page = Page::new(request, Entry::Console, title).status(status);
    page.respond(&CredentialsPage {
        head: office.head(false),
        notice: news.and_then(present::notice),
        error,
        may_set: staff.may(Permission::WriteCredentials),
        providers: present::credentials(&kept, &members, office.property.timezone),
    })
}

fn provider(path: &str) -> Result<Provider, Problem> {
    path.parse().map_err(|_| Problem::not_found("provider"))
}

fn back(news: &str) -> HttpResponse {
    see_other(&format!("{PAGE}?news={news}"))
}
