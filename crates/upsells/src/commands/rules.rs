use diesel::dsl::{count_star, max};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::PropertyId;

use super::check::check;
use crate::model::RuleRow;
use crate::schema::rules;
use crate::{Rule, RuleDetails, RuleId, UpsellError, queries};

/// The most rules a property may have.
pub const MOST_RULES: usize = 50;

/// Adds a rule behind the others.
///
/// # Errors
/// [`UpsellError::TooMany`]; what the rule names and the property does not have.
pub async fn create_rule(
    tx: &mut TenantTx,
    property: PropertyId,
    details: RuleDetails,
) -> Result<Rule, UpsellError> {
    check(tx, property, &details).await?;
    let (count, last): (i64, Option<i32>) = rules::table
        .filter(rules::tenant_id.eq(tx.tenant()))
        .filter(rules::property_id.eq(property))
        .select((count_star(), max(rules::position)))
        .first(tx.conn())
        .await?;
    if usize::try_from(count).unwrap_or(usize::MAX) >= MOST_RULES {
        return Err(UpsellError::TooMany { most: MOST_RULES });
    }
    let rule = Rule {
        id: RuleId::new(),
        property_id: property,
        position: last.map_or(0, |last| last.saturating_add(1)),
        details,
        version: 1,
    };
    diesel::insert_into(rules::table)
        .values(RuleRow::new(tx.tenant(), &rule))
        .execute(tx.conn())
        .await?;
    Ok(rule)
}

/// Makes a rule say something else. With `expected` only if that is still its version.
///
/// # Errors
/// [`UpsellError::NotFound`], [`UpsellError::Stale`]; what the rule names and the property does not have.
pub async fn change_rule(
    tx: &mut TenantTx,
    property: PropertyId,
    id: RuleId,
    details: RuleDetails,
    expected: Option<i32>,
) -> Result<Rule, UpsellError> {
    check(tx, property, &details).await?;
    let known = locked(tx, property, id, expected).await?;
    keep(tx, Rule { details, ..known }).await
}

/// Switches a rule on or off, whatever it says.
///
/// # Errors
/// [`UpsellError::NotFound`]; when it is switched on, what it names and the property does not have any more.
pub async fn switch_rule(
    tx: &mut TenantTx,
    property: PropertyId,
    id: RuleId,
    enabled: bool,
) -> Result<Rule, UpsellError> {
    let mut rule = locked(tx, property, id, None).await?;
    if rule.details.enabled == enabled {
        return Ok(rule);
    }
    if enabled {
        check(tx, property, &rule.details).await?;
    }
    rule.details.enabled = enabled;
    keep(tx, rule).await
}

/// Removes a rule, and with it what is known of its take-up.
///
/// # Errors
/// [`UpsellError::NotFound`], [`UpsellError::Stale`]
pub async fn remove_rule(
    tx: &mut TenantTx,
    property: PropertyId,
    id: RuleId,
    expected: Option<i32>,
) -> Result<(), UpsellError> {
    locked(tx, property, id, expected).await?;
    diesel::delete(rules::table)
        .filter(rules::tenant_id.eq(tx.tenant()))
        .filter(rules::id.eq(id))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Puts the rules in this order.
///
/// # Errors
/// [`UpsellError::NotAll`] unless every rule of the property is named once.
pub async fn order_rules(
    tx: &mut TenantTx,
    property: PropertyId,
    order: &[RuleId],
) -> Result<Vec<Rule>, UpsellError> {
    let mut known: Vec<RuleId> = rules::table
        .filter(rules::tenant_id.eq(tx.tenant()))
        .filter(rules::property_id.eq(property))
        .order(rules::id)
        .for_update()
        .select(rules::id)
        .load(tx.conn())
        .await?;
    let mut named = order.to_vec();
    named.sort_unstable();
    known.sort_unstable();
    if named != known {
        return Err(UpsellError::NotAll);
    }
    for (position, id) in (0_i32..).zip(order) {
        diesel::update(rules::table)
            .filter(rules::tenant_id.eq(tx.tenant()))
            .filter(rules::id.eq(id))
            .filter(rules::position.ne(position))
            .set((
                rules::position.eq(position),
                rules::version.eq(rules::version + 1),
            ))
            .execute(tx.conn())
            .await?;
    }
    queries::rules(tx, property).await
}

/// The rule, locked; refused when it is not the one that was read.
async fn locked(
    tx: &mut TenantTx,
    property: PropertyId,
    id: RuleId,
    expected: Option<i32>,
) -> Result<Rule, UpsellError> {
    let row: Option<RuleRow> = rules::table
        .filter(rules::tenant_id.eq(tx.tenant()))
        .filter(rules::property_id.eq(property))
        .filter(rules::id.eq(id))
        .for_update()
        .select(RuleRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    let rule = Rule::try_from(row.ok_or(UpsellError::NotFound)?)?;
    match expected {
        Some(expected) if expected != rule.version => Err(UpsellError::Stale {
            current: rule.version,
        }),
        _ => Ok(rule),
    }
}

async fn keep(tx: &mut TenantTx, rule: Rule) -> Result<Rule, UpsellError> {
    let rule = Rule {
        version: rule.version.saturating_add(1),
        ..rule
    };
    diesel::update(rules::table)
        .filter(rules::tenant_id.eq(tx.tenant()))
        .filter(rules::id.eq(rule.id))
        .set(RuleRow::new(tx.tenant(), &rule))
        .execute(tx.conn())
        .await?;
    Ok(rule)
}
