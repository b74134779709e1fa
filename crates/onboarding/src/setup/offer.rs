use motel_db::TenantTx;
use motel_kernel::PropertyId;
use motel_tenancy::TenantKind;

use crate::OnboardingError;

/// Whether the property has something to sell: rooms where that is the trade, services otherwise.
///
/// # Errors
/// The database failed.
pub async fn has_offer(
    tx: &mut TenantTx,
    property: PropertyId,
    kind: TenantKind,
) -> Result<bool, OnboardingError> {
    match kind {
        TenantKind::Motel => {
            let groups = motel_inventory::queries::unit_groups(tx, property).await?;
            Ok(groups.iter().any(|group| group.archived_at.is_none()))
        }
        TenantKind::PrivateDining | TenantKind::Consulting => {
            let services = motel_appointments::queries::services(tx, property, false).await?;
            Ok(!services.is_empty())
        }
    }
}

/// Whether anything of the property has a price, or had one.
pub(super) async fn has_prices(
    tx: &mut TenantTx,
    property: PropertyId,
) -> Result<bool, OnboardingError> {
    let groups = motel_inventory::queries::unit_groups(tx, property).await?;
    let services = motel_appointments::queries::services(tx, property, true).await?;
    Ok(!groups.is_empty() || !services.is_empty())
}
