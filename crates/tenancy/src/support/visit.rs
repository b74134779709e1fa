use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Email, StaffId};
use secrecy::{ExposeSecret, SecretString};

use super::access::held_access;
use super::{NewVisit, SupportVisit};
use crate::commands::create_staff;
use crate::links::{LinkFor, NewLink, told_link, write_link};
use crate::schema::{staff, support_visits};
use crate::{LinkPurpose, NewStaff, Role, Staff, TenancyError, rules};

/// Makes somebody of support a member of the team for as long as the business lets them in, with the rights of the front desk. Answers
/// the word of a link that signs them in, once and within a quarter of an hour.
///
/// # Errors
/// [`TenancyError::NotFound`] where support is not let in.
pub async fn visit(
    tx: &mut TenantTx,
    new: &NewVisit,
    now: DateTime<Utc>,
) -> Result<(SupportVisit, SecretString), TenancyError> {
    let access = held_access(tx).await?;
    let access = access.ok_or(TenancyError::NotFound("access for support"))?;
    let visitor = take_in(tx, new, now).await?;
    let row = (
        support_visits::tenant_id.eq(tx.tenant()),
        support_visits::staff_id.eq(visitor.id),
        support_visits::access_id.eq(access.id),
        support_visits::reason.eq(&new.reason),
        support_visits::ends_at.eq(access.ends_at),
    );
    let visited_at = diesel::insert_into(support_visits::table)
        .values(row)
        .returning(support_visits::visited_at)
        .get_result(tx.conn())
        .await?;
    let link = NewLink {
        subject: LinkFor::Support(visitor.id),
        email: &visitor.email,
    };
    let link = write_link(tx, &link, now).await?;
    let told = told_link(tx, link, now).await?;
    let (_, word) = told.ok_or(TenancyError::LinkGone)?;
    let visit = SupportVisit {
        staff_id: visitor.id,
        visitor: visitor.display_name,
        reason: new.reason.clone(),
        visited_at,
        ends_at: access.ends_at,
    };
    Ok((visit, word))
}

/// The address to open, below the installation's own.
pub fn support_link(public_url: &str, word: &SecretString) -> String {
    let (url, path) = (
        public_url.trim_end_matches('/'),
        LinkPurpose::Support.path(),
    );
    format!("{url}{path}?link={}", word.expose_secret())
}

/// A member whose password nobody knows. Links are their only way in, so a business that asks everybody for a second factor does not ask
/// them.
async fn take_in(
    tx: &mut TenantTx,
    new: &NewVisit,
    now: DateTime<Utc>,
) -> Result<Staff, TenancyError> {
    let (password, _) = rules::mint_token();
    let name = StaffId::new().as_uuid().simple().to_string();
    let email = format!("support-{name}@support.invalid");
    let email = Email::parse(&email).map_err(|_| TenancyError::EmailTaken)?;
    let new = NewStaff {
        email,
        password,
        display_name: format!("Support: {}", new.visitor.as_str()),
        role: Role::FrontDesk,
    };
    let member = create_staff(tx, &new).await?;
    Ok(diesel::update(staff::table.find((tx.tenant(), member.id)))
        .set(staff::second_factor_at.eq(now))
        .returning(Staff::as_returning())
        .get_result(tx.conn())
        .await?)
}
