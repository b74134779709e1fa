use std::collections::HashMap;

use motel_db::TenantTx;
use motel_inventory::queries::unit_groups;
use motel_kernel::{PropertyId, RatePlanId, UnitGroupId};
use motel_web::Problem;

use crate::queries::rate_plans;
use crate::{RatePlan, RatesError};

/// The codes and ids of a property's groups and plans: bodies speak in codes.
pub(super) struct Names {
    groups: Vec<(UnitGroupId, String)>,
    plans: HashMap<RatePlanId, String>,
}

impl Names {
    pub(super) async fn of(tx: &mut TenantTx, property: PropertyId) -> Result<Self, Problem> {
        let plans = rate_plans(tx, property).await?;
        Self::with(tx, property, &plans).await
    }

    pub(super) async fn with(
        tx: &mut TenantTx,
        property: PropertyId,
        plans: &[RatePlan],
    ) -> Result<Self, Problem> {
        let groups = unit_groups(tx, property).await.map_err(RatesError::from)?;
        let plans = plans
            .iter()
            .map(|plan| (plan.id, plan.details.code.clone()));
        Ok(Self {
            groups: groups
                .into_iter()
                .map(|group| (group.id, group.code))
                .collect(),
            plans: plans.collect(),
        })
    }

    /// The ids of every group.
    pub(super) fn groups(&self) -> Vec<UnitGroupId> {
        self.groups.iter().map(|(id, _)| *id).collect()
    }

    pub(super) fn group(&self, field: &str, code: &str) -> Result<UnitGroupId, Problem> {
        let found = self.groups.iter().find(|(_, known)| known == code);
        found
            .map(|(id, _)| *id)
            .ok_or_else(|| Problem::invalid(field, "is no room type of this property"))
    }

    pub(super) fn plan(&self, field: &str, code: &str) -> Result<RatePlanId, Problem> {
        let found = self.plans.iter().find(|(_, known)| *known == code);
        found
            .map(|(id, _)| *id)
            .ok_or_else(|| Problem::invalid(field, "is no rate plan of this property"))
    }

    pub(super) fn group_code(&self, id: UnitGroupId) -> String {
        let found = self.groups.iter().find(|(known, _)| *known == id);
        found.map_or_else(String::new, |(_, code)| code.clone())
    }

    /// The code of a plan; of one that is gone its id.
    pub(super) fn plan_code(&self, id: RatePlanId) -> String {
        let found = self.plans.get(&id);
        found.map_or_else(|| id.to_string(), String::clone)
    }
}
