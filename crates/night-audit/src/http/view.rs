use chrono::{DateTime, NaiveDate, Utc};
use motel_kernel::{Actor, BookingCode, NightAuditId, ReservationId};
use motel_web::MoneyView;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{ChargedNight, Finding, FindingKind, NightAudit, RolledNoShow, Statistics};

/// A day that was closed.
#[derive(Debug, Serialize, ToSchema)]
pub struct NightAuditView {
    /// The id.
    #[schema(value_type = Uuid)]
    id: NightAuditId,
    /// The day.
    business_date: NaiveDate,
    /// When it was closed, by the property's clock.
    closed_at: DateTime<Utc>,
    /// On whose word: `staff:<id>`, `api_key:<id>`, or `system` when it happened by itself.
    #[schema(value_type = String)]
    actor: Actor,
    /// The day in figures.
    statistics: StatisticsView,
    /// What somebody should look into; none of it stops the audit.
    findings: Vec<FindingView>,
    /// The nights that were charged.
    charged_nights: Vec<ChargedNightView>,
    /// The guests who did not come.
    no_shows: Vec<NoShowView>,
    /// How many holds were over and were released.
    #[schema(minimum = 0)]
    holds_released: u32,
}

/// A day in figures. Occupancy and RevPAR go by the units that could be sold; room revenue is net of taxes and fees.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatisticsView {
    /// The units of the property.
    #[schema(minimum = 0)]
    units: u32,
    /// Of these, the ones out of order.
    #[schema(minimum = 0)]
    out_of_order: u32,
    /// The units that guests slept in.
    #[schema(minimum = 0)]
    sold: u32,
    /// Sold of what could be sold, in hundredths of a percent: 6667 is 66.67 %.
    #[schema(minimum = 0)]
    occupancy_basis_points: i64,
    /// What the night brought for the rooms alone.
    room_revenue: MoneyView,
    /// ADR: room revenue for each unit sold.
    average_daily_rate: MoneyView,
    /// RevPAR: room revenue for each unit that could be sold.
    revenue_per_available_unit: MoneyView,
}

/// Something about a reservation that somebody should look into.
#[derive(Debug, Serialize, ToSchema)]
pub struct FindingView {
    /// `due_out`: should have left; `unassigned_arrival`: comes on the next day and has no unit; `never_arrived`: the stay
    /// is over and nobody said whether anybody came.
    #[schema(value_type = String)]
    kind: FindingKind,
    /// In which booking.
    #[schema(value_type = String)]
    booking_code: BookingCode,
    /// Which reservation.
    #[schema(value_type = Uuid)]
    reservation_id: ReservationId,
    /// Who booked.
    guest: String,
}

/// A night that was charged.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChargedNightView {
    /// In which booking.
    #[schema(value_type = String)]
    booking_code: BookingCode,
    /// Of which reservation.
    #[schema(value_type = Uuid)]
    reservation_id: ReservationId,
    /// The night.
    night: NaiveDate,
    /// With its fees and taxes.
    amount: MoneyView,
}

/// A guest who did not come.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoShowView {
    /// In which booking.
    #[schema(value_type = String)]
    booking_code: BookingCode,
    /// Which reservation.
    #[schema(value_type = Uuid)]
    reservation_id: ReservationId,
    /// Who booked.
    guest: String,
    /// What it costs.
    fee: MoneyView,
}

impl From<NightAudit> for NightAuditView {
    fn from(audit: NightAudit) -> Self {
        let report = audit.report;
        Self {
            id: audit.id,
            business_date: audit.business_date,
            closed_at: audit.closed_at,
            actor: audit.actor,
            statistics: audit.statistics.into(),
            findings: report.findings.into_iter().map(FindingView::from).collect(),
            charged_nights: report
                .charged
                .into_iter()
                .map(ChargedNightView::from)
                .collect(),
            no_shows: report.no_shows.into_iter().map(NoShowView::from).collect(),
            holds_released: report.holds_released,
        }
    }
}

impl From<Statistics> for StatisticsView {
    fn from(figures: Statistics) -> Self {
        Self {
            units: figures.units,
            out_of_order: figures.out_of_order,
            sold: figures.sold,
            occupancy_basis_points: figures.occupancy_basis_points(),
            room_revenue: figures.room_revenue.into(),
            average_daily_rate: figures.average_daily_rate().into(),
            revenue_per_available_unit: figures.revenue_per_available_unit().into(),
        }
    }
}

impl From<Finding> for FindingView {
    fn from(finding: Finding) -> Self {
        Self {
            kind: finding.kind,
            booking_code: finding.booking_code,
            reservation_id: finding.reservation_id,
            guest: finding.guest,
        }
    }
}

impl From<ChargedNight> for ChargedNightView {
    fn from(night: ChargedNight) -> Self {
        Self {
            booking_code: night.booking_code,
            reservation_id: night.reservation_id,
            night: night.night,
            amount: night.amount.into(),
        }
    }
}

impl From<RolledNoShow> for NoShowView {
    fn from(rolled: RolledNoShow) -> Self {
        Self {
            booking_code: rolled.booking_code,
            reservation_id: rolled.reservation_id,
            guest: rolled.guest,
            fee: rolled.fee.into(),
        }
    }
}
