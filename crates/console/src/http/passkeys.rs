//! One's own passkeys. They are added by a script, which calls the interface; the rest works without.

use actix_web::{HttpRequest, HttpResponse, web};
use motel_db::Db;
use motel_passkeys::commands::{remove_passkey, rename_passkey};
use motel_passkeys::queries::passkeys_of;
use motel_passkeys::{PasskeyError, PasskeyId, PasskeyName, RelyingParty};
use motel_seal::Keyring;
use motel_tenancy::http::StaffPage;
use motel_tenancy::second_factor::has_authenticator;
use motel_tenancy::{StaffSession, account, may};
use motel_web::{Entry, Page, Problem};
use serde::Deserialize;

use super::account::unproven;
use super::booking::News;
use super::office::Key;
use super::second_factor::RawProof;
use super::see_other;
use crate::present;
use crate::view::PasskeysPage;

const PAGE: &str = "/console/passkeys";

#[derive(Deserialize)]
pub(super) struct RawName {
    name: String,
}

/// Which there are, and a form for another one.
pub(super) async fn show(
    request: HttpRequest,
    staff: StaffPage<may::SetUpSecondFactor>,
    key: Key,
    news: web::Query<News>,
) -> Result<HttpResponse, Problem> {
    page(&request, &staff, &key, news.word(), None).await
}

/// Calls one something else.
pub(super) async fn rename(
    request: HttpRequest,
    staff: StaffPage<may::BeKnown>,
    key: Key,
    path: web::Path<String>,
    raw: web::Form<RawName>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let name = match PasskeyName::parse(&raw.name) {
        Ok(name) => name,
        Err(invalid) => {
            let error = Some(invalid.to_string());
            return page(&request, &staff, &key, None, error).await;
        }
    };
    let mut office = key.open(&staff).await?;
    rename_passkey(&mut office.tx, staff.staff_id, id, &name).await?;
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(see_other("/console/passkeys?news=passkey_renamed"))
}

/// Removes one, for who proves once more that it is them.
pub(super) async fn remove(
    request: HttpRequest,
    staff: StaffPage<may::BeKnown>,
    key: Key,
    db: web::Data<Db>,
    keys: web::Data<Keyring>,
    path: web::Path<String>,
    raw: web::Form<RawProof>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let error = match remove_passkey(&db, &keys, &staff, id, raw.proof(), key.now()).await {
        Ok(()) => return Ok(see_other(&format!("{PAGE}?news=passkey_removed"))),
        Err(PasskeyError::LastFactor) => LAST.to_owned(),
        Err(PasskeyError::Tenancy(error)) => unproven(error)?,
        Err(error) => return Err(error.into()),
    };
    page(&request, &staff, &key, None, Some(error)).await
}

const LAST: &str = "Everybody here must have a second factor, and this is your only one. Set up another one first.";

fn id(path: &str) -> Result<PasskeyId, Problem> {
    path.parse().map_err(|_| Problem::not_found("passkey"))
}

async fn page(
    request: &HttpRequest,
    staff: &StaffSession,
    key: &Key,
    news: Option<&str>,
    error: Option<String>,
) -> Result<HttpResponse, Problem> {
    let mut office = key.open(staff).await?;
    let kept = passkeys_of(&mut office.tx, staff.staff_id).await?;
    let member = account::own_account(&mut office.tx, staff.staff_id).await?;
    let authenticator = has_authenticator(&mut office.tx, staff.staff_id).await?;
    let status = super::status_of(error.as_ref());
    let title = format!("Your passkeys · {}", office.property.name);
    let page = Page::new(request, Entry::Console, title).status(status);
    page.respond(&PasskeysPage {
        head: office.head(false),
        notice: news.and_then(present::notice),
        error,
        passkeys: present::passkeys(kept, office.property.timezone),
        second_factor: member.second_factor_at.is_some(),
        authenticator,
        available: are_there(request),
    })
}

/// Whether the installation's address is one for which browsers make passkeys.
pub(super) fn are_there(request: &HttpRequest) -> bool {
    let party = request.app_data::<web::Data<RelyingParty>>();
    party.is_some_and(|party| party.is_there())
}
