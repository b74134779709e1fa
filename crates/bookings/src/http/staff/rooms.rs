use std::collections::HashMap;

use motel_db::TenantTx;
use motel_inventory::queries::{unit_groups, units_of_property};
use motel_kernel::{PropertyId, UnitGroupId, UnitId};
use motel_web::Problem;

/// What the room types and rooms of a property are called.
pub(super) struct Rooms {
    groups: HashMap<UnitGroupId, String>,
    units: HashMap<UnitId, String>,
}

impl Rooms {
    pub(super) async fn of(tx: &mut TenantTx, property: PropertyId) -> Result<Self, Problem> {
        let groups = unit_groups(tx, property).await.map_err(Problem::internal)?;
        let units = units_of_property(tx, property)
            .await
            .map_err(Problem::internal)?;
        Ok(Self {
            groups: groups.into_iter().map(|it| (it.id, it.code)).collect(),
            units: units.into_iter().map(|it| (it.id, it.number)).collect(),
        })
    }

    pub(super) fn code(&self, group: UnitGroupId) -> String {
        self.groups.get(&group).cloned().unwrap_or_default()
    }

    pub(super) fn number(&self, unit: UnitId) -> Option<String> {
        self.units.get(&unit).cloned()
    }
}
