use std::sync::Arc;

use askama::Template;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use diesel_derive_newtype::DieselNewType;
use motel_db::{Db, TenantTx};
use motel_jobs::{Delivery, Handler, HandlerError};
use motel_kernel::{Email, StaffId, TenantId};
use motel_mail::{Correspondent, Mail, MailKey, Mailer, send_regardless};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::events::NoticeDue;
use crate::schema::notices;
use crate::{TenancyError, queries};

/// Which notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, DieselNewType)]
#[serde(transparent)]
pub struct NoticeId(Uuid);

motel_db::text_enum! {
    /// What somebody is told about an account.
    pub(crate) enum NoticeKind {
        /// Somebody who leads them took their second factor off.
        SecondFactorTakenOff = "second_factor_taken_off",
        /// Another address was asked for: said to the one that is in force.
        EmailAsked = "email_asked",
        /// Another account wants an address that has one.
        EmailInUse = "email_in_use",
        /// A passkey was added.
        PasskeyAdded = "passkey_added",
    }
}

impl NoticeKind {
    fn subject(self, place: &str) -> String {
        match self {
            Self::SecondFactorTakenOff => format!("Your second factor at {place} was taken off"),
            Self::EmailAsked => format!("Another e-mail address for your account at {place}"),
            Self::EmailInUse => "Your e-mail address was asked for".to_owned(),
            Self::PasskeyAdded => format!("A passkey was added to your account at {place}"),
        }
    }

    fn text(self, place: &str) -> String {
        match self {
            Self::SecondFactorTakenOff => format!(
                "Somebody who leads your team at {place} took the second factor off your account, and you are signed out \
                 everywhere. Your password alone signs you in now. Please set a second factor up again under Your account. If \
                 you did not ask for this, speak to the owner."
            ),
            Self::EmailAsked => format!(
                "Somebody who is signed in to your account at {place} and knows your password asked for another e-mail \
                 address to sign in with. It takes effect when the link that went to the new address is used. If it was not \
                 you, change your password now: then the link works no more."
            ),
            Self::EmailInUse => format!(
                "Somebody at {place} wants to sign in with this address, and it signs in to an account already. Nothing was \
                 changed. If it was you, choose another address for one of the two accounts."
            ),
            Self::PasskeyAdded => format!(
                "Somebody who is signed in to your account at {place} and knows your password added a passkey, which signs in \
                 without it. If it was not you, change your password and remove the passkey under Your account, Passkeys: a \
                 new password alone does not end it."
            ),
        }
    }
}

/// A notice to be.
pub(crate) struct NewNotice<'a> {
    /// Whose account it is about.
    pub(crate) member: StaffId,
    pub(crate) kind: NoticeKind,
    /// Where it goes.
    pub(crate) email: &'a Email,
}

/// Has a notice mailed once the transaction is committed.
pub(crate) async fn make_notice(
    tx: &mut TenantTx,
    new: &NewNotice<'_>,
    now: DateTime<Utc>,
) -> Result<(), TenancyError> {
    let notice_id = NoticeId(Uuid::now_v7());
    let row = (
        notices::tenant_id.eq(tx.tenant()),
        notices::id.eq(notice_id),
        notices::staff_id.eq(new.member),
        notices::kind.eq(new.kind),
        notices::email.eq(new.email),
        notices::created_at.eq(now),
    );
    diesel::insert_into(notices::table)
        .values(row)
        .execute(tx.conn())
        .await?;
    motel_jobs::publish(tx, &NoticeDue { notice_id }).await?;
    Ok(())
}

/// Mails notices, each once however often the job runs.
#[derive(Clone)]
pub struct MailNotices(Arc<dyn Mailer>);

impl MailNotices {
    /// Through this mailer.
    pub fn new(mailer: Arc<dyn Mailer>) -> Self {
        Self(mailer)
    }
}

#[derive(Template)]
#[template(path = "notice.html")]
struct NoticeHtml<'a> {
    text: &'a str,
    place: &'a str,
}

#[async_trait]
impl Handler<NoticeDue> for MailNotices {
    async fn handle(&self, db: &Db, delivery: &Delivery<NoticeDue>) -> Result<(), HandlerError> {
        let Some((kind, to, place, from)) =
            read(db, delivery.tenant, delivery.event.notice_id).await?
        else {
            return Ok(());
        };
        let text = kind.text(&place);
        let html = NoticeHtml {
            text: &text,
            place: &place,
        };
        let mail = Mail {
            key: MailKey::parse(&format!("notice-{}", delivery.event_id))?,
            html: html.render()?,
            text: format!("Hello,\n\n{text}\n\n{place}\n"),
            subject: kind.subject(&place),
            to: Correspondent {
                name: String::new(),
                email: to,
            },
            from: Correspondent {
                name: place,
                email: from,
            },
            attachments: Vec::new(),
        };
        send_regardless(db, delivery.tenant, self.0.as_ref(), &mail).await?;
        Ok(())
    }
}

/// What to say, to whom, and from where; `None` for what is not there any more.
async fn read(
    db: &Db,
    tenant: TenantId,
    id: NoticeId,
) -> Result<Option<(NoticeKind, Email, String, Email)>, TenancyError> {
    let mut tx = db.tenant(tenant).await?;
    let found: Option<(NoticeKind, Email)> = notices::table
        .find((tenant, id))
        .select((notices::kind, notices::email))
        .first(tx.conn())
        .await
        .optional()?;
    let Some((kind, to)) = found else {
        return Ok(None);
    };
    let property = queries::default_property(&mut tx).await?;
    tx.commit().await?;
    Ok(Some((kind, to, property.name, property.email)))
}
