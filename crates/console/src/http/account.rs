//! One's own account.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use motel_kernel::PersonName;
use motel_tenancy::http::StaffPage;
use motel_tenancy::{StaffSession, TenancyError, account, may};
use motel_web::{Entry, Page, Problem};
use serde::Deserialize;

use super::booking::News;
use super::office::Key;
use super::see_other;
use crate::present;
use crate::view::AccountPage;

#[derive(Deserialize)]
pub(super) struct RawName {
    name: String,
}

/// What there is to know and to change.
pub(super) async fn show(
    request: HttpRequest,
    staff: StaffPage<may::BeKnown>,
    key: Key,
    news: web::Query<News>,
) -> Result<HttpResponse, Problem> {
    page(&request, &staff, &key, news.word(), None).await
}

/// Lets the console greet them by another name.
pub(super) async fn rename(
    request: HttpRequest,
    staff: StaffPage<may::BeKnown>,
    key: Key,
    raw: web::Form<RawName>,
) -> Result<HttpResponse, Problem> {
    let typed = raw.into_inner().name;
    let name = match PersonName::parse(&typed) {
        Ok(name) => name,
        Err(invalid) => {
            let refused = (typed, invalid.to_string());
            return page(&request, &staff, &key, None, Some(refused)).await;
        }
    };
    let mut office = key.open(&staff).await?;
    account::rename(&mut office.tx, staff.staff_id, &name).await?;
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(see_other("/console/account?news=renamed"))
}

async fn page(
    request: &HttpRequest,
    staff: &StaffSession,
    key: &Key,
    news: Option<&str>,
    refused: Option<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let mut office = key.open(staff).await?;
    let member = account::own_account(&mut office.tx, staff.staff_id).await?;
    let (name, error, status) = match refused {
        Some((typed, why)) => (typed, Some(why), StatusCode::UNPROCESSABLE_ENTITY),
        None => (member.display_name, None, StatusCode::OK),
    };
    let title = format!("Your account · {}", office.property.name);
    let page = Page::new(request, Entry::Console, title).status(status);
    page.respond(&AccountPage {
        head: office.head(false),
        notice: news.and_then(present::notice),
        error,
        name,
        email: member.email.to_string(),
        second_factor: member.second_factor_at.is_some(),
    })
}

/// What is said on the page where somebody did not prove that it is them; anything else is no answer to what they typed.
pub(super) fn unproven(error: TenancyError) -> Result<String, Problem> {
    match error {
        TenancyError::NotProven => Ok("Password or code is not right.".to_owned()),
        other => Err(other.into()),
    }
}
