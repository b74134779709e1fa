//! What is sold by the slot.

use anyhow::Context;
use motel_appointments::commands::{put_service, put_station};
use motel_db::TenantTx;
use motel_tenancy::Property;

use super::folder::ServicesFile;
use super::planted::Planted;

/// Puts services, then the stations that can do them.
pub(super) async fn plant_slots(
    tx: &mut TenantTx,
    property: &Property,
    file: &ServicesFile,
    planted: &mut Planted,
) -> anyhow::Result<()> {
    for details in &file.services {
        let put = put_service(tx, property, details.clone()).await;
        let put = put.with_context(|| format!("service {:?}", details.code))?;
        planted.services += usize::from(put.changed);
    }
    for details in &file.stations {
        let put = put_station(tx, property, details.clone()).await;
        let put = put.with_context(|| format!("station {:?}", details.code))?;
        planted.stations += usize::from(put.changed);
    }
    Ok(())
}
