use chrono::NaiveDate;
use motel_db::TenantTx;
use motel_rates::{Package, queries};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Desk, Tool, ToolError};

/// Looks for packages and special offers.
pub struct ListPackages;

/// For which night, if one was named.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
pub struct ListPackagesInput {
    /// Only packages for this night.
    #[serde(default)]
    pub night: Option<NaiveDate>,
}

impl Tool for ListPackages {
    type Input = ListPackagesInput;
    type Output = Vec<Package>;
    const NAME: &'static str = "list_packages";
    const DESCRIPTION: &'static str = "Lists the packages and special offers that can be booked today; what is over is \
        not among them.";

    async fn run(
        tx: &mut TenantTx,
        desk: &Desk<'_>,
        input: Self::Input,
    ) -> Result<Vec<Package>, ToolError> {
        let mut found = queries::valid_packages(tx, desk.property.id, desk.today()).await?;
        if let Some(night) = input.night {
            found.retain(|package| package.details.stay.contains(night));
        }
        Ok(found)
    }

    fn outcome(found: &Vec<Package>) -> String {
        match found.len() {
            0 => "none".to_owned(),
            count => format!("{count} valid"),
        }
    }
}
