use actix_web::{HttpResponse, web};
use chrono::{Days, NaiveDate};
use motel_inventory::UnitGroup;
use motel_kernel::{Money, Party, StayDates};
use motel_rates::{Reason, SearchRequest, SearchResult, queries};
use motel_web::{Entry, FieldError, Page, Problem};
use serde::Deserialize;

use super::contact;
use super::visit::{Door, Visit};
use crate::input::{self, RawStay};
use crate::present;
use crate::view::{HomePage, Notice, Results, Scene, Search};

/// How many other dates are offered when nothing is free.
const MOST_ALTERNATIVES: usize = 4;
/// How far ahead the date fields let a guest choose.
const CHOOSABLE_DAYS: u64 = 365;
/// Nights looked at for "from $120".
const NIGHTS_FOR_LOWEST: u32 = 14;

/// What earlier pages have to say here.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct News {
    /// The room the guest chose was taken meanwhile.
    pub(super) gone: Option<String>,
    /// The number of the lead just made.
    pub(super) sent: Option<String>,
}

pub(super) async fn home(
    door: Door,
    raw: web::Query<RawStay>,
    news: web::Query<News>,
) -> Result<HttpResponse, Problem> {
    let mut visit = door.open().await?;
    if visit.groups.is_empty() {
        return contact::page(&door, visit.place, &news);
    }
    let found = look(&door, &mut visit, &raw).await?;
    let mut status = actix_web::http::StatusCode::OK;
    if !found.errors.is_empty() {
        status = actix_web::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    let place = visit.commit().await?;
    let title = format!("{}: {}", place.name, place.tagline);
    let page = Page::new(&door.request, Entry::Site, title)
        .description(&place.tagline)
        .status(status);
    page.respond(&HomePage {
        scene: Scene {
            name: place.name.clone(),
            full: found.full,
        },
        search: search_form(&raw, door.today(), found.errors),
        results: found.results,
        notice: news.gone.as_ref().map(|_| gone()),
        place,
    })
}

struct Found {
    results: Results,
    full: bool,
    errors: Vec<FieldError>,
}

async fn look(door: &Door, visit: &mut Visit, raw: &RawStay) -> Result<Found, Problem> {
    if raw.is_dateless() {
        return showcase(door, visit, Vec::new()).await;
    }
    let request = match input::stay(raw) {
        Ok(request) => request,
        Err(errors) => return showcase(door, visit, errors.as_slice().to_vec()).await,
    };
    match search(door, visit, &request).await {
        Ok(found) => Ok(found),
        // Dates the property cannot sell at all are told at the form like any other wrong field.
        Err(problem) if !problem.errors.is_empty() => showcase(door, visit, problem.errors).await,
        Err(problem) => Err(problem),
    }
}

async fn search(door: &Door, visit: &mut Visit, request: &SearchRequest) -> Result<Found, Problem> {
    let (property, now) = (&door.tenant.property, door.now);
    let found = queries::search(&visit.tx, property, request, now).await?;
    if !found.offers.is_empty() {
        let offers = present::offers(request, &found, &visit.place.base, property);
        return Ok(Found {
            results: Results::Offers(offers),
            full: false,
            errors: Vec::new(),
        });
    }
    let others = queries::other_dates(&visit.tx, property, request, now, MOST_ALTERNATIVES).await?;
    let nothing = present::nothing(request, &found, &others, visit.place.home());
    Ok(Found {
        results: Results::Nothing(nothing),
        full: is_full(&found),
        errors: Vec::new(),
    })
}

/// The sign says so only when rooms are missing, not when the party fits none.
fn is_full(found: &SearchResult) -> bool {
    found
        .unavailable
        .iter()
        .any(|refused| matches!(refused.reason, Reason::SoldOut { .. }))
}

async fn showcase(
    door: &Door,
    visit: &mut Visit,
    errors: Vec<FieldError>,
) -> Result<Found, Problem> {
    let soon =
        StayDates::from_nights(door.today(), NIGHTS_FOR_LOWEST).map_err(Problem::internal)?;
    let market = queries::market(&visit.tx, &door.tenant.property, soon).await?;
    let anybody = Party::new(1, 0, 0).map_err(Problem::internal)?;
    let night = StayDates::from_nights(door.today(), 1).map_err(Problem::internal)?;
    let lowest = |group: &UnitGroup| -> Option<Money> {
        let request = SearchRequest {
            unit_group: Some(group.code.clone()),
            ..SearchRequest::new(night, anybody)
        };
        let days = market.calendar(soon.nights(), &request, door.now).ok()?;
        let prices = days.into_iter().filter_map(|day| Some(day.lowest?.night));
        prices.min_by_key(|price| price.minor())
    };
    let rooms = present::showcase(&visit.groups, lowest);
    Ok(Found {
        results: Results::Showcase(rooms),
        full: false,
        errors,
    })
}

fn search_form(raw: &RawStay, today: NaiveDate, errors: Vec<FieldError>) -> Search {
    let dateless = raw.is_dateless();
    let date = |text: &str, days: u64| {
        if dateless {
            (today + Days::new(days)).to_string()
        } else {
            text.to_owned()
        }
    };
    let number = |text: &str, left_out: u8| text.trim().parse().unwrap_or(left_out);
    Search {
        check_in: date(&raw.check_in, 0),
        check_out: date(&raw.check_out, 1),
        earliest: today.to_string(),
        latest: (today + Days::new(CHOOSABLE_DAYS)).to_string(),
        adults: number(&raw.adults, 2),
        children: number(&raw.children, 0),
        pets: number(&raw.pets, 0),
        errors: errors.into_iter().map(Into::into).collect(),
    }
}

fn gone() -> Notice {
    Notice {
        tone: "warn",
        heading: "Somebody was quicker".to_owned(),
        text: "The room you chose has just been taken. This is what is free now.".to_owned(),
    }
}
