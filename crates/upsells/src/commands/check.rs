use motel_db::TenantTx;
use motel_kernel::PropertyId;
use motel_rates::PackageEffect;

use crate::{Offered, RuleDetails, UpsellError};

/// Refuses a rule that names what the property does not have, or offers what is no extra.
pub(super) async fn check(
    tx: &mut TenantTx,
    property: PropertyId,
    details: &RuleDetails,
) -> Result<(), UpsellError> {
    if let Offered::Package(code) = &details.offered {
        check_package(tx, property, code).await?;
    }
    check_rooms(tx, property, details).await?;
    match &details.conditions.season {
        Some(code) => check_season(tx, property, code).await,
        None => Ok(()),
    }
}

async fn check_package(tx: &TenantTx, property: PropertyId, code: &str) -> Result<(), UpsellError> {
    let packages = motel_rates::queries::packages(tx, property).await?;
    let package = packages.iter().find(|it| it.details.code == code);
    let code = code.to_owned();
    match package.map(|it| it.details.effect) {
        Some(PackageEffect::Extra { .. }) => Ok(()),
        Some(PackageEffect::Discount { .. }) => Err(UpsellError::TakesOff { code }),
        None => Err(UpsellError::UnknownPackage { code }),
    }
}

async fn check_rooms(
    tx: &mut TenantTx,
    property: PropertyId,
    details: &RuleDetails,
) -> Result<(), UpsellError> {
    let offered = match &details.offered {
        Offered::Room(code) => Some(("offer", code)),
        Offered::Package(_) => None,
    };
    let asked_for = details.conditions.room_types.iter();
    let mut named = offered
        .into_iter()
        .chain(asked_for.map(|code| ("conditions.room_types", code)))
        .peekable();
    if named.peek().is_none() {
        return Ok(());
    }
    let groups = motel_inventory::queries::unit_groups(tx, property).await?;
    let unknown = named.find(|(_, code)| !groups.iter().any(|group| group.code == **code));
    match unknown {
        Some((field, code)) => Err(UpsellError::UnknownRoomType {
            field,
            code: code.clone(),
        }),
        None => Ok(()),
    }
}

async fn check_season(tx: &TenantTx, property: PropertyId, code: &str) -> Result<(), UpsellError> {
    let seasons = motel_rates::queries::seasons(tx, property).await?;
    match seasons.iter().any(|season| season.details.code == code) {
        true => Ok(()),
        false => Err(UpsellError::UnknownSeason {
            code: code.to_owned(),
        }),
    }
}
