use std::sync::Arc;

use askama::Template;
use async_trait::async_trait;
use diesel::sql_query;
use diesel::sql_types::{Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use motel_db::{Db, TenantTx};
use motel_jobs::{Delivery, Handler, HandlerError};
use motel_kernel::{Clock, Email, TenantId};
use motel_mail::{Correspondent, Mail, MailKey, Mailer, send_regardless};
use secrecy::ExposeSecret;

use super::letter::{Letter, LetterHtml, LetterText};
use super::{LinkId, told_link};
use crate::events::LinkDue;
use crate::{TenancyError, queries};

const SENT: &str = "SELECT FROM mail.outbox WHERE tenant_id = $1 AND key = $2 AND status = 'sent'";

/// Mails links, each once however often the job runs. The word in the link is made for the mail, so that it stands nowhere
/// else; when the mail has to be sent again, with another word, the last one works.
#[derive(Clone)]
pub struct MailLinks {
    mailer: Arc<dyn Mailer>,
    clock: Arc<dyn Clock>,
    public_url: Arc<str>,
}

impl MailLinks {
    /// A writer whose links begin with `public_url`.
    pub fn new(mailer: Arc<dyn Mailer>, clock: Arc<dyn Clock>, public_url: &str) -> Self {
        Self {
            mailer,
            clock,
            public_url: public_url.trim_end_matches('/').into(),
        }
    }

    /// The letter, who it is from and who gets it; `None` when it has left or its link is good for nothing any more.
    async fn letter(
        &self,
        db: &Db,
        tenant: TenantId,
        id: LinkId,
        key: &MailKey,
    ) -> Result<Option<(Letter, Email, Email)>, TenancyError> {
        let mut tx = db.tenant(tenant).await?;
        // A new word would make the one that was sent worthless.
        if is_mailed(&mut tx, key).await? {
            return Ok(None);
        }
        let Some((link, word)) = told_link(&mut tx, id, self.clock.now()).await? else {
            return Ok(None);
        };
        let property = queries::default_property(&mut tx).await?;
        tx.commit().await?;
        let letter = Letter {
            purpose: link.purpose,
            url: format!(
                "{}{}?link={}",
                self.public_url,
                link.purpose.path(),
                word.expose_secret()
            ),
            place: property.name,
        };
        Ok(Some((letter, property.email, link.email)))
    }
}

#[async_trait]
impl Handler<LinkDue> for MailLinks {
    async fn handle(&self, db: &Db, delivery: &Delivery<LinkDue>) -> Result<(), HandlerError> {
        let key = MailKey::parse(&format!("link-{}", delivery.event_id))?;
        let (tenant, id) = (delivery.tenant, delivery.event.link_id);
        let Some((letter, from, to)) = self.letter(db, tenant, id, &key).await? else {
            return Ok(());
        };
        let mail = Mail {
            key,
            from: Correspondent {
                name: letter.place.clone(),
                email: from,
            },
            to: Correspondent {
                name: String::new(),
                email: to,
            },
            subject: letter.subject(),
            text: LetterText(&letter).render()?,
            html: LetterHtml(&letter).render()?,
            attachments: Vec::new(),
        };
        send_regardless(db, tenant, self.mailer.as_ref(), &mail).await?;
        Ok(())
    }
}

/// Whether the mail of this key has left.
async fn is_mailed(tx: &mut TenantTx, key: &MailKey) -> Result<bool, TenancyError> {
    let tenant = tx.tenant();
    let found = sql_query(SENT)
        .bind::<SqlUuid, _>(tenant)
        .bind::<Text, _>(key.as_str())
        .execute(tx.conn())
        .await?;
    Ok(found > 0)
}
