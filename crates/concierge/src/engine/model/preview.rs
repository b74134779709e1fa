use chrono::{DateTime, Utc};
use motel_db::TenantTx;
use motel_prompts::{PromptKind, render, vet};
use motel_tenancy::Property;

use super::prompt::between_the_rules;
use super::{facts, told};
use crate::ConciergeError;

/// What a model would be told now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromptPreview {
    /// What the template says with the property's values.
    pub said: String,
    /// The same with the rules of the house around it: all that a model is told of itself.
    pub told: String,
}

/// Renders a template with the values that a property has at this moment. No model is asked.
///
/// # Errors
/// The template may not be kept, says too much with these values, or the database failed.
pub async fn preview(
    tx: &mut TenantTx,
    property: &Property,
    (kind, text): (PromptKind, &str),
    channel: &'static str,
    now: DateTime<Utc>,
) -> Result<PromptPreview, ConciergeError> {
    vet(kind, text)?;
    let groups = motel_inventory::queries::unit_groups(tx, property.id).await?;
    let services = motel_appointments::queries::services(tx, property.id, false).await?;
    let today = told::today(now.with_timezone(&property.timezone).date_naive());
    let house = facts::house(property, &groups, &services).to_string();
    let values = told::variables(property, channel, today, house);
    let said = render(text, &values)?;
    Ok(PromptPreview {
        told: between_the_rules(&said),
        said,
    })
}
