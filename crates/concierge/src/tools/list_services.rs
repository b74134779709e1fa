use motel_appointments::{Service, queries};
use motel_db::TenantTx;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Desk, Tool, ToolError};

/// Lists what can be had by appointment.
pub struct ListServices;

/// For how many, if that was said.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
pub struct ListServicesInput {
    /// Only services for so many guests.
    #[serde(default)]
    pub guests: Option<u32>,
}

impl Tool for ListServices {
    type Input = ListServicesInput;
    type Output = Vec<Service>;
    const NAME: &'static str = "list_services";
    const DESCRIPTION: &'static str = "Lists the services that can be had by appointment, with how long they take and what they cost.";

    async fn run(
        tx: &mut TenantTx,
        desk: &Desk<'_>,
        input: Self::Input,
    ) -> Result<Vec<Service>, ToolError> {
        let mut found = queries::services(tx, desk.property.id, false).await?;
        if let Some(guests) = input.guests {
            found.retain(|service| {
                (service.details.min_guests..=service.details.max_guests).contains(&guests)
            });
        }
        Ok(found)
    }

    fn outcome(found: &Vec<Service>) -> String {
        format!("{} offered", found.len())
    }
}
