use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{ConversationId, PropertyId};

use crate::model::RuleRow;
use crate::schema::{rules as table, showings};
use crate::{Outcome, Past, Rule, RuleId, Trigger, UpsellError};

/// The rules of a property in their order.
pub async fn rules(tx: &TenantTx, property: PropertyId) -> Result<Vec<Rule>, UpsellError> {
    let rows: Vec<RuleRow> = table::table
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::property_id.eq(property))
        .order((table::position, table::id))
        .select(RuleRow::as_select())
        .load(&mut tx.reading())
        .await?;
    let rules = rows.into_iter().map(Rule::try_from);
    Ok(rules.collect::<Result<_, _>>()?)
}

/// Those of them that are on and looked at at a moment of a conversation.
pub async fn rules_on(
    tx: &TenantTx,
    property: PropertyId,
    trigger: Trigger,
) -> Result<Vec<Rule>, UpsellError> {
    let rows: Vec<RuleRow> = table::table
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::property_id.eq(property))
        .filter(table::enabled)
        .filter(table::trigger.eq(trigger))
        .order((table::position, table::id))
        .select(RuleRow::as_select())
        .load(&mut tx.reading())
        .await?;
    let rules = rows.into_iter().map(Rule::try_from);
    Ok(rules.collect::<Result<_, _>>()?)
}

/// A rule of a property.
pub async fn rule(
    tx: &TenantTx,
    property: PropertyId,
    id: RuleId,
) -> Result<Option<Rule>, UpsellError> {
    let row: Option<RuleRow> = table::table
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::property_id.eq(property))
        .filter(table::id.eq(id))
        .select(RuleRow::as_select())
        .first(&mut tx.reading())
        .await
        .optional()?;
    Ok(row.map(Rule::try_from).transpose()?)
}

/// What was offered in a conversation before.
pub async fn past(tx: &TenantTx, conversation: ConversationId) -> Result<Past, UpsellError> {
    let rows: Vec<(RuleId, Outcome)> = showings::table
        .filter(showings::tenant_id.eq(tx.tenant()))
        .filter(showings::conversation_id.eq(conversation))
        .select((showings::rule_id, showings::outcome))
        .load(&mut tx.reading())
        .await?;
    Ok(Past {
        refused: rows
            .iter()
            .any(|(_, outcome)| *outcome == Outcome::Declined),
        shown: rows.into_iter().map(|(rule, _)| rule).collect(),
    })
}

/// The codes of the seasons on a night. Without a rule that asks for one nothing is read.
pub async fn seasons_on(
    tx: &TenantTx,
    property: PropertyId,
    rules: &[Rule],
    night: NaiveDate,
) -> Result<Vec<String>, UpsellError> {
    let asks = |rule: &Rule| rule.details.conditions.season.is_some();
    if !rules.iter().any(asks) {
        return Ok(Vec::new());
    }
    let seasons = motel_rates::queries::seasons(tx, property).await?;
    let on = seasons
        .into_iter()
        .filter(|season| season.details.nights.contains(night));
    Ok(on.map(|season| season.details.code).collect())
}
