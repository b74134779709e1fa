use chrono::{DateTime, Duration, SubsecRound, Utc};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_guests::GuestDetails;
use motel_kernel::{AppointmentId, BookingCode, Money};
use motel_tenancy::Property;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::places::{Found, Wanted, lock, look, take};
use super::record::record;
use super::timers::set_timers;
use crate::model::AppointmentRow;
use crate::rules::{price_appointment, terms};
use crate::schema::appointments;
use crate::{
    Appointment, AppointmentBooked, AppointmentError, AppointmentStatus, Booker, By, EventKind,
    Service, Wishes, queries,
};

diesel::define_sql_function! {
    /// Held until the transaction ends.
    fn pg_advisory_xact_lock(key: BigInt);
}

/// Everything that makes an appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookRequest {
    /// The service's code.
    pub service: String,
    /// When it begins: one of its slots.
    pub starts_at: DateTime<Utc>,
    /// What is wanted of it.
    pub wishes: Wishes,
    /// Who books.
    pub guest: GuestDetails,
    /// The guest's own words; at most 2,000 characters.
    pub notes: String,
    /// Only keeps the place, for so long, until it is confirmed.
    pub hold: Option<Duration>,
    /// The total the guest agreed to, when one was shown: another price is refused, not charged.
    pub agreed: Option<Money>,
    /// For staff: neither short notice nor the horizon matters.
    pub any_notice: bool,
}

/// An appointment, and whether this request made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booked {
    /// The appointment.
    pub appointment: Appointment,
    /// True when an earlier request with the same key had made it.
    pub replayed: bool,
}

/// Prices a slot and books it, or holds it. With a key, repeating the same request answers the same appointment.
///
/// # Errors
/// [`AppointmentError::Closed`] when the slot can't be had, [`AppointmentError::Refused`] when the service can't be had in
/// this way; an [`AppointmentError::Invalid`] `Idempotency-Key` when it was used for another request.
pub async fn book(
    tx: &mut TenantTx,
    property: &Property,
    request: &BookRequest,
    key: Option<&str>,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Booked, AppointmentError> {
    // The database keeps microseconds; what is answered now must be what is read later.
    let now = now.trunc_subsecs(6);
    let digest = hex::encode(Sha256::digest(format!("{request:?}")));
    if let Some(key) = key
        && let Some(earlier) = earlier_answer(tx, key, &digest).await?
    {
        return Ok(earlier);
    }
    let service = queries::service_by_code(tx, property.id, &request.service).await?;
    let service = service
        .filter(|service| service.details.active)
        .ok_or(AppointmentError::NotFound("service"))?;
    let price = price_appointment(&service, &request.wishes, &property.tax)?;
    if let Some(agreed) = request.agreed.filter(|agreed| *agreed != price.total) {
        let now = price.total;
        return Err(AppointmentError::PriceChanged { agreed, now });
    }
    let wanted = Wanted {
        service: &service,
        starts_at: request.starts_at,
        wishes: &request.wishes,
        any_notice: request.any_notice,
        moved: None,
    };
    look(tx, property, &wanted, now).await?;
    lock(tx, &wanted, &[], now).await?;
    let found = look(tx, property, &wanted, now).await?;

    let guest = motel_guests::commands::upsert(tx, &request.guest).await?;
    let terms = terms(&service.details.fees, found.slot.starts_at, price.total)?;
    let appointment = Appointment {
        id: AppointmentId::new(),
        code: BookingCode::random(),
        property: property.id,
        service: service.id,
        status: AppointmentStatus::Booked,
        booker: Booker {
            guest: guest.id,
            name: guest.name,
            email: guest.email,
            phone: guest.phone,
        },
        starts_at: found.slot.starts_at,
        ends_at: found.slot.ends_at,
        local_day: found.slot.local_day,
        wishes: request.wishes.clone(),
        notes: request.notes.clone(),
        price,
        terms,
        stations: found.places.iter().map(|place| place.station).collect(),
        hold_expires_at: None,
        created_at: now,
        cancelled_at: None,
        fee: None,
        version: 1,
    };
    let mut appointment = match request.hold {
        None => appointment,
        Some(time) => Appointment {
            status: AppointmentStatus::Held,
            hold_expires_at: Some(now + time),
            ..appointment
        },
    };
    while !insert(tx, &appointment).await? {
        appointment.code = BookingCode::random();
    }
    tell(tx, &service, &appointment, &found, by, now).await?;
    if let Some(key) = key {
        name_request(tx, appointment.id, key, &digest).await?;
    }
    Ok(Booked {
        appointment,
        replayed: false,
    })
}

/// False when the business has an appointment with that code.
async fn insert(tx: &mut TenantTx, appointment: &Appointment) -> Result<bool, AppointmentError> {
    let row = AppointmentRow::of(appointment)?;
    let written = diesel::insert_into(appointments::table)
        .values((appointments::tenant_id.eq(tx.tenant()), row))
        .on_conflict((appointments::tenant_id, appointments::code))
        .do_nothing()
        .execute(tx.conn())
        .await?;
    Ok(written == 1)
}

/// Takes the places of an appointment that is written, and notes and tells what comes of it.
async fn tell(
    tx: &mut TenantTx,
    service: &Service,
    appointment: &Appointment,
    found: &Found,
    by: &By,
    now: DateTime<Utc>,
) -> Result<(), AppointmentError> {
    take(tx, appointment.id, found).await?;
    set_timers(tx, appointment, &service.details.reminder_hours, now).await?;
    let change = json!({ "starts_at": appointment.starts_at, "total": appointment.price.total });
    let kind = match appointment.status {
        AppointmentStatus::Held => EventKind::Held,
        _ => EventKind::Booked,
    };
    record(tx, appointment.id, kind, by, change, now).await?;
    if kind == EventKind::Booked {
        motel_jobs::publish(tx, &AppointmentBooked::from(appointment)).await?;
    }
    Ok(())
}

/// What an earlier request of the same name made. Two at once take turns here.
async fn earlier_answer(
    tx: &mut TenantTx,
    key: &str,
    digest: &str,
) -> Result<Option<Booked>, AppointmentError> {
    let name = format!("appointments {} {key}", tx.tenant());
    let mut number = [0_u8; 8];
    number
        .iter_mut()
        .zip(Sha256::digest(name))
        .for_each(|(byte, from)| *byte = from);
    diesel::select(pg_advisory_xact_lock(i64::from_be_bytes(number)))
        .execute(tx.conn())
        .await?;
    match queries::by_request(tx, key).await? {
        None => Ok(None),
        Some((appointment, said)) if said.as_deref() == Some(digest) => Ok(Some(Booked {
            appointment,
            replayed: true,
        })),
        Some(_) => Err(AppointmentError::Invalid(vec![(
            "Idempotency-Key".to_owned(),
            "was used for a different request".to_owned(),
        )])),
    }
}

async fn name_request(
    tx: &mut TenantTx,
    id: AppointmentId,
    key: &str,
    digest: &str,
) -> Result<(), AppointmentError> {
    diesel::update(appointments::table.find((tx.tenant(), id)))
        .set((
            appointments::request_key.eq(key),
            appointments::request_digest.eq(digest),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}
