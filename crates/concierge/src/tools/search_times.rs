use chrono::NaiveDate;
use motel_appointments::rules::{Ask, price_appointment};
use motel_appointments::{
    AppointmentError, AppointmentPrice, Closed, Destination, Service, Slot, Wishes, queries,
};
use motel_db::TenantTx;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Desk, Tool, ToolError};

/// Looks for the times at which a service can be had on a day.
pub struct SearchTimes;

/// What is wanted, and when.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SearchTimesInput {
    /// The code of the service.
    pub service: String,
    /// The day, on the calendar of the house.
    pub day: NaiveDate,
    /// How many come.
    pub guests: u32,
    /// Where it is to take place, for a service that travels.
    #[schema(value_type = Option<Object>)]
    pub destination: Option<Destination>,
}

/// The times of a day, and what one costs.
#[derive(Debug, Clone)]
pub struct TimesFound {
    /// The service.
    pub service: Service,
    /// The open ones, in order.
    pub open: Vec<Slot>,
    /// Why there is none, where there is none and a reason.
    pub closed: Option<Closed>,
    /// What it costs at any of them.
    pub price: AppointmentPrice,
}

/// What is wanted of a service by a guest of the concierge: no add-ons, and whoever is free.
pub(crate) fn wishes(guests: u32, destination: Option<Destination>) -> Wishes {
    Wishes {
        destination,
        ..Wishes::for_guests(guests)
    }
}

impl Tool for SearchTimes {
    type Input = SearchTimesInput;
    type Output = TimesFound;
    const NAME: &'static str = "search_times";
    const DESCRIPTION: &'static str = "Finds the times at which a service can be had on a day, with the price. Only an \
        open time can be booked.";

    async fn run(
        tx: &mut TenantTx,
        desk: &Desk<'_>,
        input: Self::Input,
    ) -> Result<TimesFound, ToolError> {
        let service = queries::service_by_code(tx, desk.property.id, &input.service).await?;
        let service = service
            .filter(|service| service.details.active)
            .ok_or(AppointmentError::NotFound("service"))?;
        let wishes = wishes(input.guests, input.destination);
        let price = price_appointment(&service, &wishes, &desk.property.tax)?;
        let diary = queries::diary(
            tx,
            desk.property,
            service.clone(),
            input.day,
            input.day,
            desk.now,
        )
        .await?;
        let ask = Ask {
            guests: input.guests,
            station: None,
            now: desk.now,
            any_notice: false,
        };
        let (open, closed): (Vec<Slot>, Vec<Slot>) = diary
            .slots_on(input.day, &ask)
            .into_iter()
            .partition(|slot| slot.places.is_ok());
        let closed = closed.into_iter().find_map(|slot| slot.places.err());
        Ok(TimesFound {
            service,
            open,
            closed,
            price,
        })
    }

    fn outcome(found: &TimesFound) -> String {
        format!("{} open", found.open.len())
    }
}
