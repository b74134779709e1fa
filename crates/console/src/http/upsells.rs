//! What guests are offered besides what they asked for.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::Days;
use motel_tenancy::http::StaffPage;
use motel_tenancy::{Permission, StaffSession, may};
use motel_upsells::{RuleDetails, RuleId, UpsellError, commands, queries, starts};
use motel_web::{Entry, FieldErrors, Input, Page, Problem, words};
use uuid::Uuid;

use super::booking::News;
use super::office::{Key, Office};
use super::see_other;
use crate::input::{RawUpsell, UpsellForm, filled};
use crate::present::{self, OnOffer};
use crate::view::{UpsellPage, UpsellsPage};

const PAGE: &str = "/console/upsells";

/// Over how many days the figures are.
const DAYS: u64 = 30;

/// The rules, and what became of what they offered.
pub(super) async fn show(
    request: HttpRequest,
    staff: StaffPage<may::ReadRates>,
    key: Key,
    news: web::Query<News>,
) -> Result<HttpResponse, Problem> {
    let mut office = key.open(&staff).await?;
    let house = on_offer(&mut office).await?;
    let (property, today) = (office.property.clone(), office.today());
    let rules = queries::rules(&office.tx, property.id).await?;
    let from = today - Days::new(DAYS - 1);
    let until = today + Days::new(1);
    let counted = queries::take_up(&office.tx, &property, from, until).await?;
    let mut rows = Vec::with_capacity(rules.len());
    for rule in &rules {
        let now = office.now;
        let example = queries::preview(&mut office.tx, &property, &rule.details, now).await?;
        let has_earlier = !rows.is_empty();
        rows.push(present::upsell_row(rule, &counted, example, has_earlier));
    }
    let starts = starts(&house.packages, &house.groups);
    let title = format!("Upselling · {}", property.name);
    Page::new(&request, Entry::Console, title).respond(&UpsellsPage {
        head: office.head(false),
        notice: news.word().and_then(present::notice),
        may_write: staff.may(Permission::WriteRates),
        days: words::short_day(from),
        rules: rows,
        starts: present::upsell_starts(&starts, &rules),
    })
}

/// An empty form.
pub(super) async fn begin(
    request: HttpRequest,
    staff: StaffPage<may::WriteRates>,
    key: Key,
) -> Result<HttpResponse, Problem> {
    let raw = [
        ("trigger", "read_back"),
        ("words", "Would you like {offer} with it, for {price} more?"),
    ];
    let raw = raw.map(|(name, value)| (name.to_owned(), value.to_owned()));
    form(&request, &staff, &key, None, raw.into(), None).await
}

/// A rule in its form.
pub(super) async fn edit(
    request: HttpRequest,
    staff: StaffPage<may::WriteRates>,
    key: Key,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let office = key.open(&staff).await?;
    let rule = queries::rule(&office.tx, office.property.id, id).await?;
    drop(office);
    let rule = rule.ok_or_else(|| Problem::not_found("rule"))?;
    let raw = filled(&rule.details, Some(rule.version));
    form(&request, &staff, &key, Some(id), raw, None).await
}

/// Adds a rule.
pub(super) async fn create(
    request: HttpRequest,
    staff: StaffPage<may::WriteRates>,
    key: Key,
    raw: web::Form<RawUpsell>,
) -> Result<HttpResponse, Problem> {
    let raw = raw.into_inner();
    let error = match UpsellForm::parse(raw.clone()) {
        Err(invalid) => said(&invalid),
        Ok(form) => {
            let mut office = key.open(&staff).await?;
            let property = office.property.id;
            match commands::create_rule(&mut office.tx, property, form.details).await {
                Ok(_) => return kept(office, "upsell_kept").await,
                Err(error) => refused(error)?,
            }
        }
    };
    form(&request, &staff, &key, None, raw, Some(error)).await
}

/// Describes a rule anew.
pub(super) async fn change(
    request: HttpRequest,
    staff: StaffPage<may::WriteRates>,
    key: Key,
    path: web::Path<String>,
    raw: web::Form<RawUpsell>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let raw = raw.into_inner();
    let error = match UpsellForm::parse(raw.clone()) {
        Err(invalid) => said(&invalid),
        Ok(UpsellForm { details, version }) => {
            let mut office = key.open(&staff).await?;
            let property = office.property.id;
            match commands::change_rule(&mut office.tx, property, id, details, version).await {
                Ok(_) => return kept(office, "upsell_kept").await,
                Err(UpsellError::Stale { .. }) => return Ok(back("changed_meanwhile")),
                Err(error) => refused(error)?,
            }
        }
    };
    form(&request, &staff, &key, Some(id), raw, Some(error)).await
}

/// Takes up a rule to start from, switched off.
pub(super) async fn start(
    staff: StaffPage<may::WriteRates>,
    key: Key,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let mut office = key.open(&staff).await?;
    let house = on_offer(&mut office).await?;
    let mut starts = starts(&house.packages, &house.groups).into_iter();
    let number: Option<usize> = path.parse().ok();
    let details = number.and_then(|number| starts.nth(number));
    let details: RuleDetails = details.ok_or_else(|| Problem::not_found("rule"))?;
    let property = office.property.id;
    match commands::create_rule(&mut office.tx, property, details).await {
        Ok(made) => {
            office.tx.commit().await.map_err(Problem::internal)?;
            Ok(see_other(&format!("{PAGE}/{}", made.id.as_uuid())))
        }
        Err(UpsellError::TooMany { .. }) => Ok(back("upsell_too_many")),
        Err(error) => Err(error.into()),
    }
}

/// What one button does.
pub(super) async fn act(
    staff: StaffPage<may::WriteRates>,
    key: Key,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (id_in_path, action) = path.into_inner();
    let id = id(&id_in_path)?;
    let mut office = key.open(&staff).await?;
    let property = office.property.id;
    let done = match action.as_str() {
        "on" | "off" => {
            let on = action == "on";
            let switched = commands::switch_rule(&mut office.tx, property, id, on).await;
            switched.map(|_| if on { "upsell_on" } else { "upsell_off" })
        }
        "earlier" => earlier(&mut office, id).await.map(|()| "upsell_moved"),
        "remove" => match commands::remove_rule(&mut office.tx, property, id, None).await {
            // Whoever asks twice wanted the same.
            Ok(()) | Err(UpsellError::NotFound) => Ok("upsell_removed"),
            Err(error) => Err(error),
        },
        _ => return Err(Problem::not_found("action")),
    };
    match done {
        Ok(news) => kept(office, news).await,
        Err(UpsellError::NotFound) => Err(Problem::not_found("rule")),
        // It names what the house has no more.
        Err(error) if error.code().starts_with("unknown_") || error.code() == "takes_off" => {
            Ok(back("upsell_unfit"))
        }
        Err(error) => Err(error.into()),
    }
}

/// Puts a rule one place forward.
async fn earlier(office: &mut Office, id: RuleId) -> Result<(), UpsellError> {
    let property = office.property.id;
    let rules = queries::rules(&office.tx, property).await?;
    let mut order: Vec<RuleId> = rules.iter().map(|rule| rule.id).collect();
    let place = order.iter().position(|it| *it == id);
    let place = place.ok_or(UpsellError::NotFound)?;
    order.swap(place, place.saturating_sub(1));
    commands::order_rules(&mut office.tx, property, &order).await?;
    Ok(())
}

async fn on_offer(office: &mut Office) -> Result<OnOffer, Problem> {
    let property = office.property.id;
    Ok(OnOffer {
        packages: motel_rates::queries::packages(&office.tx, property).await?,
        seasons: motel_rates::queries::seasons(&office.tx, property).await?,
        groups: motel_inventory::queries::unit_groups(&mut office.tx, property)
            .await
            .map_err(Problem::internal)?,
    })
}

async fn form(
    request: &HttpRequest,
    staff: &StaffSession,
    key: &Key,
    id: Option<RuleId>,
    raw: RawUpsell,
    error: Option<String>,
) -> Result<HttpResponse, Problem> {
    let mut office = key.open(staff).await?;
    let house = on_offer(&mut office).await?;
    let (property, now) = (office.property.clone(), office.now);
    let kept = match id {
        Some(id) => queries::rule(&office.tx, property.id, id).await?,
        None => None,
    };
    let example = match &kept {
        Some(rule) => Some(queries::preview(&mut office.tx, &property, &rule.details, now).await?),
        None => None,
    };
    let action = match id {
        Some(id) => format!("{PAGE}/{}", id.as_uuid()),
        None => PAGE.to_owned(),
    };
    let status = super::status_of(error.as_ref());
    let title = format!("Upselling · {}", property.name);
    Page::new(request, Entry::Console, title)
        .status(status)
        .respond(&UpsellPage {
            head: office.head(false),
            heading: if id.is_some() { "A rule" } else { "A new rule" },
            action,
            error,
            example: example.map(present::example_words),
            form: present::upsell_fields(&raw, &house),
        })
}

async fn kept(office: Office, news: &str) -> Result<HttpResponse, Problem> {
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(back(news))
}

/// What the house says no to, in words; what broke is no refusal.
fn refused(error: UpsellError) -> Result<String, Problem> {
    match error.code() {
        "internal" => Err(error.into()),
        "not_found" => Err(Problem::not_found("rule")),
        _ => Ok(present::sentence(&error.to_string())),
    }
}

/// Every refused field in a sentence.
fn said(invalid: &FieldErrors) -> String {
    let sentences: Vec<String> = invalid
        .as_slice()
        .iter()
        .map(|error| {
            let field = error.field.rsplit('.').next().unwrap_or_default();
            format!("{} {}", field.replace('_', " "), error.reason)
        })
        .map(|clause| present::sentence(&clause))
        .collect();
    sentences.join(" ")
}

fn id(path: &str) -> Result<RuleId, Problem> {
    let id = path.parse::<Uuid>();
    id.map(RuleId::from).map_err(|_| Problem::not_found("rule"))
}

fn back(news: &str) -> HttpResponse {
    see_other(&format!("{PAGE}?news={news}"))
}
