//! When conversations are handed to a person, and how often that was lately.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::Days;
use motel_conversations::{commands, queries};
use motel_kernel::Actor;
use motel_tenancy::http::StaffPage;
use motel_tenancy::{Permission, StaffSession, may};
use motel_web::{Entry, FieldErrors, Page, Problem};

use super::booking::News;
use super::office::Key;
use super::see_other;
use crate::input::RawHandOver;
use crate::present;
use crate::view::HandOverPage;

const PAGE: &str = "/console/hand-over";

/// How far back hand-overs are counted.
const COUNTED: Days = Days::new(30);

/// What was typed, and why it was refused.
struct Refused {
    raw: RawHandOver,
    error: String,
}

/// The rules.
pub(super) async fn show(
    request: HttpRequest,
    staff: StaffPage<may::ReadSettings>,
    key: Key,
    news: web::Query<News>,
) -> Result<HttpResponse, Problem> {
    page(&request, &staff, &key, news.word(), None).await
}

/// Sets them.
pub(super) async fn set(
    request: HttpRequest,
    staff: StaffPage<may::WriteSettings>,
    key: Key,
    raw: web::Form<RawHandOver>,
) -> Result<HttpResponse, Problem> {
    let mut office = key.open(&staff).await?;
    let rules = match raw.rules(office.property.currency) {
        Ok(rules) => rules,
        Err(errors) => {
            drop(office);
            let refused = Refused {
                raw: raw.into_inner(),
                error: sentence(&errors),
            };
            return page(&request, &staff, &key, None, Some(refused)).await;
        }
    };
    let by = Actor::Staff(staff.staff_id);
    commands::put_hand_over_rules(&mut office.tx, None, &rules, by, key.now())
        .await
        .map_err(Problem::internal)?;
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(see_other(&format!("{PAGE}?news=hand_over_set")))
}

fn sentence(errors: &FieldErrors) -> String {
    let told = errors.as_slice().iter().map(|error| {
        let field = match &*error.field {
            "failures" | "failures_in_a_row" => "The number of answers",
            "nights" | "high_value_nights" => "The number of nights",
            _ => "The amount",
        };
        format!("{field} {}.", error.reason)
    });
    told.collect::<Vec<_>>().join(" ")
}

async fn page(
    request: &HttpRequest,
    staff: &StaffSession,
    key: &Key,
    news: Option<&str>,
    refused: Option<Refused>,
) -> Result<HttpResponse, Problem> {
    let mut office = key.open(staff).await?;
    let kept = queries::rules_of_hand_over(&mut office.tx)
        .await
        .map_err(Problem::internal)?;
    let counted = queries::hand_overs_since(&mut office.tx, office.now - COUNTED)
        .await
        .map_err(Problem::internal)?;
    let status = super::status_of(refused.as_ref());
    let currency = office.property.currency;
    let (raw, rules, error) = match refused {
        Some(refused) => (
            refused.raw.clone(),
            refused.raw.switches(),
            Some(refused.error),
        ),
        None => (RawHandOver::of(&kept, currency), kept, None),
    };
    let title = format!("Hand-over · {}", office.property.name);
    let page = Page::new(request, Entry::Console, title).status(status);
    page.respond(&HandOverPage {
        head: office.head(false),
        notice: news.and_then(present::notice),
        error,
        may_set: staff.may(Permission::WriteSettings),
        rules: present::hand_over_rows(&rules, &counted),
        failures: raw.failures,
        amount: raw.amount,
        nights: raw.nights,
        currency: currency.to_string(),
    })
}
