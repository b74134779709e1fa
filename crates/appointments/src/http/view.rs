use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use motel_db::TenantTx;
use motel_kernel::{AppointmentId, GuestId};
use motel_tenancy::Property;
use motel_web::MoneyView;
use serde::Serialize;
use utoipa::ToSchema;

use crate::rules::{Action, allowed_actions};
use crate::{
    Appointment, AppointmentError, AppointmentPrice, AppointmentStatus, Destination, LineKind,
    Service, Station, WantedAddOn, queries,
};

/// One slot sold.
#[derive(Debug, Serialize, ToSchema)]
pub struct AppointmentView {
    #[schema(value_type = Uuid)]
    id: AppointmentId,
    /// What the guest quotes, `RM-7K3F9Q`.
    code: String,
    /// `held`, `booked`, `completed`, `cancelled`, `no_show` or `expired`.
    #[schema(value_type = String)]
    status: AppointmentStatus,
    /// The service's code.
    service: String,
    /// What the service is called.
    service_name: String,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    /// Whose wall clock the next two are of.
    timezone: &'static str,
    local_date: NaiveDate,
    /// `18:00`.
    local_time: String,
    guests: u32,
    add_ons: Vec<WantedAddOn>,
    /// How far away, for a service that is paid by distance.
    #[schema(required)]
    miles: Option<u32>,
    /// Where, for a service that is paid by area.
    #[schema(required)]
    postcode: Option<String>,
    /// Codes of those who perform it; none once it was called off.
    stations: Vec<String>,
    /// The guest's own words.
    notes: String,
    price: AppointmentPriceView,
    /// What calling off costs from when on. Before the first step it is free; of those that have begun the largest counts.
    cancellation: Vec<AppointmentStepView>,
    /// What not coming costs.
    no_show_fee: MoneyView,
    /// Until when the place is kept, while it is only held.
    #[schema(required)]
    hold_expires_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    #[schema(required)]
    cancelled_at: Option<DateTime<Utc>>,
    /// What calling off, or not coming, cost.
    #[schema(required)]
    fee: Option<MoneyView>,
    guest: BookedByView,
    /// What can be done now, and if not, why.
    allowed_actions: Vec<AllowedView>,
    /// Grows by one with every change; the `ETag`.
    version: i32,
}

/// Who booked.
#[derive(Debug, Serialize, ToSchema)]
pub struct BookedByView {
    #[schema(value_type = Uuid)]
    id: GuestId,
    full_name: String,
    email: String,
    /// E.164, if given.
    #[schema(required)]
    phone: Option<String>,
}

/// What it costs.
#[derive(Debug, Serialize, ToSchema)]
pub struct AppointmentPriceView {
    /// Every component.
    lines: Vec<AppointmentPriceLineView>,
    subtotal: MoneyView,
    tax: AppointmentTaxView,
    total: MoneyView,
    /// How much of the total reserves it.
    deposit: MoneyView,
}

/// One component of the price.
#[derive(Debug, Serialize, ToSchema)]
pub struct AppointmentPriceLineView {
    /// `service`, `add_on`, `minimum_spend` or `travel`.
    #[schema(value_type = String)]
    kind: LineKind,
    code: String,
    description: String,
    unit: MoneyView,
    quantity: u32,
    amount: MoneyView,
}

/// The tax within the price.
#[derive(Debug, Serialize, ToSchema)]
pub struct AppointmentTaxView {
    name: String,
    /// In hundredths of a percent.
    basis_points: i32,
    /// True when the lines hold it already.
    included: bool,
    amount: MoneyView,
}

/// From a moment on, calling off costs so much.
#[derive(Debug, Serialize, ToSchema)]
pub struct AppointmentStepView {
    from: DateTime<Utc>,
    fee: MoneyView,
}

/// Something that can be done, or not.
#[derive(Debug, Serialize, ToSchema)]
pub struct AllowedView {
    /// `confirm`, `reschedule`, `cancel`, `complete` or `no-show`.
    action: &'static str,
    allowed: bool,
    /// Why not.
    #[schema(required)]
    reason: Option<&'static str>,
}

/// Why something can't be had.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefusalView {
    /// A stable word.
    pub(super) code: &'static str,
    /// A sentence.
    pub(super) reason: String,
}

/// What appointments refer to, looked up once for a whole list.
pub(super) struct Names {
    timezone: Tz,
    services: Vec<Service>,
    stations: Vec<Station>,
    now: DateTime<Utc>,
}

impl Names {
    pub(super) async fn of(
        tx: &mut TenantTx,
        property: &Property,
        now: DateTime<Utc>,
    ) -> Result<Self, AppointmentError> {
        Ok(Self {
            timezone: property.timezone,
            services: queries::services(tx, property.id, true).await?,
            stations: queries::stations(tx, property.id).await?,
            now,
        })
    }

    pub(super) fn view(&self, of: &Appointment) -> AppointmentView {
        let service = self.services.iter().find(|one| one.id == of.service);
        let (code, name) = service.map_or_else(Default::default, |service| {
            let details = &service.details;
            (details.code.clone(), details.name.clone())
        });
        let stations = self.stations.iter();
        let local = of.starts_at.with_timezone(&self.timezone);
        let (miles, postcode) = match &of.wishes.destination {
            Some(Destination::Miles(miles)) => (Some(*miles), None),
            Some(Destination::Postcode(code)) => (None, Some(code.clone())),
            None => (None, None),
        };
        AppointmentView {
            id: of.id,
            code: of.code.to_string(),
            status: of.status,
            service: code,
            service_name: name,
            starts_at: of.starts_at,
            ends_at: of.ends_at,
            timezone: self.timezone.name(),
            local_date: local.date_naive(),
            local_time: local.format("%H:%M").to_string(),
            guests: of.wishes.guests,
            add_ons: of.wishes.add_ons.clone(),
            miles,
            postcode,
            stations: stations
                .filter(|station| of.stations.contains(&station.id))
                .map(|station| station.details.code.clone())
                .collect(),
            notes: of.notes.clone(),
            price: AppointmentPriceView::new(&of.price),
            cancellation: steps(of),
            no_show_fee: of.terms.no_show_fee.into(),
            hold_expires_at: of.hold_expires_at,
            created_at: of.created_at,
            cancelled_at: of.cancelled_at,
            fee: of.fee.map(MoneyView::from),
            guest: BookedByView {
                id: of.booker.guest,
                full_name: of.booker.name.to_string(),
                email: of.booker.email.to_string(),
                phone: of.booker.phone.as_ref().map(ToString::to_string),
            },
            allowed_actions: actions(of, self.now),
            version: of.version,
        }
    }
}

fn steps(of: &Appointment) -> Vec<AppointmentStepView> {
    let steps = of.terms.cancellation.iter();
    steps
        .map(|step| AppointmentStepView {
            from: step.from,
            fee: step.fee.into(),
        })
        .collect()
}

fn actions(of: &Appointment, now: DateTime<Utc>) -> Vec<AllowedView> {
    let judged = allowed_actions(of, now).into_iter();
    judged
        .map(|judged| AllowedView {
            action: Action::as_str(judged.action),
            allowed: judged.refusal.is_none(),
            reason: judged.refusal,
        })
        .collect()
}

impl AppointmentPriceView {
    pub(super) fn new(price: &AppointmentPrice) -> Self {
        let lines = price.lines.iter().map(|line| AppointmentPriceLineView {
            kind: line.kind,
            code: line.code.clone(),
            description: line.description.clone(),
            unit: line.unit.into(),
            quantity: line.quantity,
            amount: line.amount.into(),
        });
        Self {
            lines: lines.collect(),
            subtotal: price.subtotal.into(),
            tax: AppointmentTaxView {
                name: price.tax.name.clone(),
                basis_points: price.tax.rate.value(),
                included: price.tax.included,
                amount: price.tax.amount.into(),
            },
            total: price.total.into(),
            deposit: price.deposit.into(),
        }
    }
}
