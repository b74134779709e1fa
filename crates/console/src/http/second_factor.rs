//! Setting one's second factor up, renewing its recovery codes and turning it off.

use actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use motel_db::Db;
use motel_passkeys::queries::passkeys_of;
use motel_seal::Keyring;
use motel_tenancy::http::{SECOND_FACTOR_PATH, StaffPage};
use motel_tenancy::second_factor::{
    Proof, SetUp, begin_set_up, confirm_set_up, has_authenticator, is_second_factor_required,
    recovery_codes_left, renew_recovery_codes, set_up_begun, turn_off as turn_factor_off,
};
use motel_tenancy::{StaffSession, TenancyError, may};
use motel_web::{Entry, Page, Problem};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::account::unproven;
use super::booking::News;
use super::office::Key;
use super::see_other;
use crate::present;
use crate::view::{RecoveryCodesPage, SecondFactorPage, SetUpPage};

#[derive(Deserialize)]
pub(super) struct RawPassword {
    password: SecretString,
}

#[derive(Deserialize)]
pub(super) struct RawCode {
    #[serde(default)]
    code: SecretString,
}

/// What somebody shows once more.
#[derive(Deserialize)]
pub(super) struct RawProof {
    password: SecretString,
    #[serde(default)]
    code: SecretString,
}

impl RawProof {
    pub(super) fn proof(&self) -> Proof<'_> {
        Proof {
            password: &self.password,
            code: &self.code,
        }
    }
}

/// Whether there is one, and what can be done about it.
pub(super) async fn show(
    request: HttpRequest,
    staff: StaffPage<may::SetUpSecondFactor>,
    key: Key,
    news: web::Query<News>,
) -> Result<HttpResponse, Problem> {
    page(&request, &staff, &key, news.word(), None).await
}

/// Shows the key for a device to who shows their password.
pub(super) async fn begin(
    request: HttpRequest,
    staff: StaffPage<may::SetUpSecondFactor>,
    key: Key,
    db: web::Data<Db>,
    keys: web::Data<Keyring>,
    raw: web::Form<RawPassword>,
) -> Result<HttpResponse, Problem> {
    match begin_set_up(&db, &keys, &staff, &raw.password, key.now()).await {
        Ok(begun) => set_up_page(&request, &staff, &key, &begun, None).await,
        Err(error) => {
            let error = unproven(error)?;
            page(&request, &staff, &key, None, Some(error)).await
        }
    }
}

/// Takes the first code, and shows the recovery codes.
pub(super) async fn confirm(
    request: HttpRequest,
    staff: StaffPage<may::SetUpSecondFactor>,
    key: Key,
    db: web::Data<Db>,
    keys: web::Data<Keyring>,
    raw: web::Form<RawCode>,
) -> Result<HttpResponse, Problem> {
    match confirm_set_up(&db, &keys, &staff, &raw.code, key.now()).await {
        Ok(codes) => codes_page(&request, &staff, &key, codes, true).await,
        Err(TenancyError::NotProven) => {
            let Some(begun) = set_up_begun(&db, &keys, &staff, key.now()).await? else {
                return Ok(back("set_up_over"));
            };
            let wrong = "This code is not right. Is the clock of your device?";
            set_up_page(&request, &staff, &key, &begun, Some(wrong.to_owned())).await
        }
        Err(TenancyError::NotFound(_)) => Ok(back("set_up_over")),
        Err(error) => Err(error.into()),
    }
}

/// Shows ten new recovery codes.
pub(super) async fn renew(
    request: HttpRequest,
    staff: StaffPage<may::BeKnown>,
    key: Key,
    db: web::Data<Db>,
    keys: web::Data<Keyring>,
    raw: web::Form<RawProof>,
) -> Result<HttpResponse, Problem> {
    match renew_recovery_codes(&db, &keys, &staff, raw.proof(), key.now()).await {
        Ok(codes) => codes_page(&request, &staff, &key, codes, false).await,
        Err(error) => {
            let error = unproven(error)?;
            page(&request, &staff, &key, None, Some(error)).await
        }
    }
}

/// Turns it off.
pub(super) async fn turn_off(
    request: HttpRequest,
    staff: StaffPage<may::BeKnown>,
    key: Key,
    db: web::Data<Db>,
    keys: web::Data<Keyring>,
    raw: web::Form<RawProof>,
) -> Result<HttpResponse, Problem> {
    match turn_factor_off(&db, &keys, &staff, raw.proof(), key.now()).await {
        Ok(()) => Ok(back("factor_off")),
        Err(error) => {
            let error = unproven(error)?;
            page(&request, &staff, &key, None, Some(error)).await
        }
    }
}

fn back(news: &str) -> HttpResponse {
    see_other(&format!("{SECOND_FACTOR_PATH}?news={news}"))
}

async fn page(
    request: &HttpRequest,
    staff: &StaffSession,
    key: &Key,
    news: Option<&str>,
    error: Option<String>,
) -> Result<HttpResponse, Problem> {
    let mut office = key.open(staff).await?;
    let codes_left = match has_authenticator(&mut office.tx, staff.staff_id).await? {
        true => Some(recovery_codes_left(&mut office.tx, staff.staff_id).await?),
        false => None,
    };
    let passkeys = passkeys_of(&mut office.tx, staff.staff_id).await?;
    let required = is_second_factor_required(&mut office.tx).await?;
    let status = super::status_of(error.as_ref());
    let title = format!("Your second factor · {}", office.property.name);
    let page = Page::new(request, Entry::Console, title).status(status);
    page.respond(&SecondFactorPage {
        head: office.head(false),
        notice: news.and_then(present::notice),
        error,
        codes_left,
        passkeys: !passkeys.is_empty(),
        required,
    })
}

async fn set_up_page(
    request: &HttpRequest,
    staff: &StaffSession,
    key: &Key,
    begun: &SetUp,
    error: Option<String>,
) -> Result<HttpResponse, Problem> {
    let office = key.open(staff).await?;
    let picture = present::picture(begun.address.expose_secret()).map_err(Problem::internal)?;
    let status = super::status_of(error.as_ref());
    let title = format!("Set up your second factor · {}", office.property.name);
    let page = Page::new(request, Entry::Console, title).status(status);
    let answer = page.respond(&SetUpPage {
        head: office.head(false),
        error,
        key: present::in_fours(begun.key.expose_secret()),
        picture,
    })?;
    Ok(unkept(answer))
}

async fn codes_page(
    request: &HttpRequest,
    staff: &StaffSession,
    key: &Key,
    codes: Vec<SecretString>,
    just_set_up: bool,
) -> Result<HttpResponse, Problem> {
    let office = key.open(staff).await?;
    let codes = codes.iter().map(|code| code.expose_secret().to_owned());
    let title = format!("Your recovery codes · {}", office.property.name);
    let answer = Page::new(request, Entry::Console, title).respond(&RecoveryCodesPage {
        head: office.head(false),
        just_set_up,
        codes: codes.collect(),
    })?;
    Ok(unkept(answer))
}

/// What is shown once is not kept by the browser either.
fn unkept(mut answer: HttpResponse) -> HttpResponse {
    let headers = answer.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}
