//! What is sold: rooms, or services.

use actix_web::{HttpRequest, HttpResponse, web};
use motel_onboarding::setup::{Step, offer_rooms, offer_service};
use motel_tenancy::http::StaffPage;
use motel_tenancy::{StaffSession, may};
use motel_web::Problem;

use super::super::office::Key;
use super::super::see_other;
use super::{FormWords, Refused, Site, show_form};
use crate::input::{RawRooms, RawService};
use crate::present::{self, Refusals};

const ROOMS: FormWords = FormWords {
    step: Step::Offer,
    heading: "Rooms and prices",
    intro: "Rooms that a guest takes for each other are one type. They can be booked at once, for two years ahead; prices by season or \
            weekday can come later.",
    submit: "Add these rooms",
};

const SERVICES: FormWords = FormWords {
    step: Step::Offer,
    heading: "Services and prices",
    intro: "What guests book by the slot: a dinner, an hour of advice. It can be booked at once.",
    submit: "Add this service",
};

pub(in super::super) async fn rooms(
    request: HttpRequest,
    staff: StaffPage<may::WriteSettings>,
    key: Key,
) -> Result<HttpResponse, Problem> {
    let mut site = Site::open(&key, &staff).await?;
    let raw = RawRooms {
        count: "1".to_owned(),
        sleeps: "2".to_owned(),
        ..RawRooms::default()
    };
    rooms_page(&request, &mut site, &raw, None).await
}

/// Makes a room type with its rooms and their price.
pub(in super::super) async fn take_rooms(
    request: HttpRequest,
    staff: StaffPage<may::WriteSettings>,
    key: Key,
    raw: web::Form<RawRooms>,
) -> Result<HttpResponse, Problem> {
    may_sell_rooms(&staff)?;
    let mut site = Site::open(&key, &staff).await?;
    let refused = match raw.offer(site.office.property.currency) {
        Err(errors) => Refused::fields(errors),
        Ok(offer) => {
            let today = site.office.today();
            let (tx, property) = (&mut site.office.tx, &site.office.property);
            match offer_rooms(tx, property, &offer, today).await {
                Ok(_) => return stay(site).await,
                Err(error) => Refused::of(error.into())?,
            }
        }
    };
    rooms_page(&request, &mut site, &raw, Some(&refused)).await
}

pub(in super::super) async fn services(
    request: HttpRequest,
    staff: StaffPage<may::WriteSettings>,
    key: Key,
) -> Result<HttpResponse, Problem> {
    let mut site = Site::open(&key, &staff).await?;
    let raw = RawService {
        minutes: "60".to_owned(),
        basis: "per_session".to_owned(),
        guests: "4".to_owned(),
        days: "workdays".to_owned(),
        from: "09:00".to_owned(),
        until: "18:00".to_owned(),
        station: staff.display_name.clone(),
        ..RawService::default()
    };
    services_page(&request, &mut site, &raw, None).await
}

/// Makes a service, and who does it.
pub(in super::super) async fn take_service(
    request: HttpRequest,
    staff: StaffPage<may::WriteSettings>,
    key: Key,
    raw: web::Form<RawService>,
) -> Result<HttpResponse, Problem> {
    require(&staff, motel_tenancy::Permission::WriteServices)?;
    let mut site = Site::open(&key, &staff).await?;
    let refused = match raw.offer(site.office.property.currency) {
        Err(errors) => Refused::fields(errors),
        Ok(offer) => {
            let (tx, property) = (&mut site.office.tx, &site.office.property);
            match offer_service(tx, property, &offer).await {
                Ok(_) => return stay(site).await,
                Err(error) => Refused::of(error.into())?,
            }
        }
    };
    services_page(&request, &mut site, &raw, Some(&refused)).await
}

/// There may be more to add, so the step shows what is there instead of going on.
async fn stay(site: Site) -> Result<HttpResponse, Problem> {
    let here = present::step_address(Step::Offer, site.tenant.kind);
    site.office.tx.commit().await.map_err(Problem::internal)?;
    Ok(see_other(&here))
}

fn may_sell_rooms(staff: &StaffSession) -> Result<(), Problem> {
    require(staff, motel_tenancy::Permission::WriteRooms)?;
    require(staff, motel_tenancy::Permission::WriteRates)
}

fn require(staff: &StaffSession, permission: motel_tenancy::Permission) -> Result<(), Problem> {
    let meaning = permission.meaning();
    match staff.may(permission) {
        true => Ok(()),
        false => Err(Problem::forbidden(
            "forbidden",
            format!("This needs the permission {permission}: to {meaning}."),
        )),
    }
}

async fn rooms_page(
    request: &HttpRequest,
    site: &mut Site,
    raw: &RawRooms,
    refused: Option<&Refused>,
) -> Result<HttpResponse, Problem> {
    let property = site.office.property.id;
    let tx = &mut site.office.tx;
    let groups = motel_inventory::queries::unit_groups(tx, property).await?;
    let mut there = Vec::new();
    for group in groups.iter().filter(|group| group.archived_at.is_none()) {
        let units = motel_inventory::queries::units_of(tx, group.id).await?;
        there.push(present::rooms_there(group, &units));
    }
    let fields = refused.map_or(&[][..], |refused| refused.fields.as_slice());
    let currency = site.office.property.currency.code();
    let groups = present::room_fields(raw, currency, Refusals(fields));
    show_form(request, site, &ROOMS, there, groups, refused)
}

async fn services_page(
    request: &HttpRequest,
    site: &mut Site,
    raw: &RawService,
    refused: Option<&Refused>,
) -> Result<HttpResponse, Problem> {
    let property = site.office.property.id;
    let tx = &mut site.office.tx;
    let services = motel_appointments::queries::services(tx, property, false).await?;
    let there = services.iter().map(present::service_there).collect();
    let fields = refused.map_or(&[][..], |refused| refused.fields.as_slice());
    let groups = present::service_fields(raw, Refusals(fields));
    show_form(request, site, &SERVICES, there, groups, refused)
}
