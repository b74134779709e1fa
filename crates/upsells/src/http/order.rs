use actix_web::{HttpResponse, put, web};
use motel_db::{Db, TenantTx};
use motel_tenancy::http::{Answer, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::rules::UpsellRules;
use crate::commands::{MOST_RULES, order_rules};

/// In which order rules are looked at.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UpsellRuleOrder {
    /// Every rule of the property once, the first first.
    #[schema(max_items = 50)]
    rules: Vec<Uuid>,
}

impl Input for UpsellRuleOrder {
    type Raw = Self;

    fn parse(raw: Self) -> Result<Self, FieldErrors> {
        match raw.rules.len() {
            0..=MOST_RULES => Ok(raw),
            _ => Err(FieldErrors::of(
                "rules",
                format_args!("must not be more than {MOST_RULES}"),
            )),
        }
    }
}

/// Puts the rules in another order.
#[utoipa::path(
    tag = "upsells",
    operation_id = "order_upsell_rules",
    params(WriteParams),
    request_body = UpsellRuleOrder,
    responses((status = 200, description = "The rules in their order", body = UpsellRules))
)]
#[put("/upsell-rule-order")]
pub(crate) async fn put(
    write: StaffWrite<may::WriteRates>,
    db: web::Data<Db>,
    ValidJson(order): ValidJson<UpsellRuleOrder>,
) -> Result<HttpResponse, Problem> {
    let ids: Vec<_> = order.rules.iter().copied().map(Into::into).collect();
    write
        .run(&db, &order, async |tx: &mut TenantTx| {
            let rules = order_rules(tx, write.property.id, &ids).await?;
            Ok(Answer::ok(UpsellRules::from(rules)))
        })
        .await
}
