use std::sync::Arc;

use askama::Template;
use async_trait::async_trait;
use motel_db::Db;
use motel_jobs::{Delivery, Handler, HandlerError};
use motel_kernel::{Clock, Email, TenantId};
use motel_mail::{Correspondent, Mail, MailKey, Mailer, send_regardless};

use super::letter::{Letter, LetterHtml, LetterText};
use crate::{GiftCardId, GiftCardSent, GiftCardState, VoucherError, commands, queries};

/// Mails gift cards to their recipients, once for each event however often the job runs. The code is made for the mail, so
/// that it stands nowhere else; when the mail has to be sent again, with another code, the last one works.
#[derive(Clone)]
pub struct MailGiftCard {
    mailer: Arc<dyn Mailer>,
    clock: Arc<dyn Clock>,
    public_url: Arc<str>,
}

impl MailGiftCard {
    /// A writer whose links begin with `public_url`.
    pub fn new(mailer: Arc<dyn Mailer>, clock: Arc<dyn Clock>, public_url: &str) -> Self {
        Self {
            mailer,
            clock,
            public_url: public_url.trim_end_matches('/').into(),
        }
    }

    /// The letter, with a code that works from now on; `None` for a card that can't be paid with any more or has no
    /// address, and when the letter has left.
    async fn letter(
        &self,
        db: &Db,
        tenant: TenantId,
        id: GiftCardId,
        key: &MailKey,
    ) -> Result<Option<(Letter, Email)>, VoucherError> {
        let mut tx = db.tenant(tenant).await?;
        // A new code would make the one that was sent worthless.
        if queries::is_mailed(&mut tx, key).await? {
            return Ok(None);
        }
        let card = queries::gift_card(&mut tx, id).await?;
        let property = motel_tenancy::queries::property(&mut tx, card.property).await;
        let property = property.map_err(VoucherError::fault)?;
        let property = property.ok_or(VoucherError::NotFound("property"))?;
        let now = property.now(self.clock.as_ref());
        let Some(email) = card.recipient.email.clone() else {
            return Ok(None);
        };
        if card.state(now) != GiftCardState::Active {
            return Ok(None);
        }
        let (card, code) = commands::tell_code(&mut tx, id, now).await?;
        tx.commit().await?;
        let letter = Letter {
            code: code.in_groups(),
            site_url: self.public_url.to_string(),
            property,
            card,
        };
        Ok(Some((letter, email)))
    }
}

#[async_trait]
impl Handler<GiftCardSent> for MailGiftCard {
    async fn handle(&self, db: &Db, delivery: &Delivery<GiftCardSent>) -> Result<(), HandlerError> {
        let key = MailKey::parse(&format!("gift-card-{}", delivery.event_id))?;
        let id = delivery.event.gift_card_id;
        let Some((letter, email)) = self.letter(db, delivery.tenant, id, &key).await? else {
            return Ok(());
        };
        let mail = Mail {
            key,
            from: Correspondent {
                name: letter.property.name.clone(),
                email: letter.property.email.clone(),
            },
            to: Correspondent {
                name: letter.card.recipient.name.clone().unwrap_or_default(),
                email,
            },
            subject: letter.subject(),
            text: LetterText(&letter).render()?,
            html: LetterHtml(&letter).render()?,
            attachments: Vec::new(),
        };
        send_regardless(db, delivery.tenant, self.mailer.as_ref(), &mail).await?;
        Ok(())
    }
}
