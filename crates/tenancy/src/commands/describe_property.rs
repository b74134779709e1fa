use chrono::NaiveTime;
use chrono_tz::Tz;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Currency, Phone, PropertyId};

use crate::model::PropertyRow;
use crate::schema::properties;
use crate::{Address, Policies, Property, Tax, TenancyError};

/// What a business says of one of its properties. Its e-mail address is not among it: mails to guests are sent from there, so it stays
/// the one that somebody proved to be theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PropertyDescription {
    /// What guests call it: 1 to 120 characters.
    pub name: String,
    /// One line about it, at most 200 characters; may be empty.
    pub tagline: String,
    /// Where it is.
    pub address: Address,
    /// The number guests call.
    pub phone: Phone,
    /// Whose calendar decides what "today" is.
    pub timezone: Tz,
    /// What every price of it is in. What was priced before keeps its figures, so who calls sees to it that nothing was.
    pub currency: Currency,
    /// From when on guests may come.
    pub check_in: NaiveTime,
    /// Until when they have to leave.
    pub check_out: NaiveTime,
    /// The tax on what it sells.
    pub tax: Tax,
}

/// Makes a property be as described; its clock, its policies and what else it has stay.
///
/// # Errors
/// [`TenancyError::NotFound`]; the database refused a value as too long.
pub async fn describe_property(
    tx: &mut TenantTx,
    id: PropertyId,
    described: &PropertyDescription,
) -> Result<Property, TenancyError> {
    let known = hold_property(tx, id).await?;
    let PropertyDescription {
        name,
        tagline,
        address,
        phone,
        timezone,
        currency,
        check_in,
        check_out,
        tax,
    } = described.clone();
    let property = Property {
        name,
        tagline,
        address,
        phone,
        timezone,
        currency,
        check_in,
        check_out,
        tax,
        ..known
    };
    write(tx, property).await
}

/// Gives a property other rules to run by, made of it as it is: two who change different ones at once lose neither's.
///
/// # Errors
/// As for [`describe_property`].
pub async fn change_policies(
    tx: &mut TenantTx,
    id: PropertyId,
    change: impl FnOnce(&Property) -> Policies,
) -> Result<Property, TenancyError> {
    let known = hold_property(tx, id).await?;
    let policies = change(&known);
    write(tx, Property { policies, ..known }).await
}

/// The property as it is now, which nobody else changes or holds until the transaction is over: who looks first and makes something of it
/// then takes turns with others who do.
///
/// # Errors
/// [`TenancyError::NotFound`].
pub async fn hold_property(tx: &mut TenantTx, id: PropertyId) -> Result<Property, TenancyError> {
    let row = properties::table
        .find((tx.tenant(), id))
        .select(PropertyRow::as_select())
        .for_no_key_update()
        .first(tx.conn())
        .await
        .optional()?;
    row.ok_or(TenancyError::NotFound("property"))?.try_into()
}

async fn write(tx: &mut TenantTx, property: Property) -> Result<Property, TenancyError> {
    let row = PropertyRow::try_from(&property)?;
    diesel::update(properties::table.find((tx.tenant(), property.id)))
        .set((row, properties::updated_at.eq(diesel::dsl::now)))
        .execute(tx.conn())
        .await?;
    Ok(property)
}
