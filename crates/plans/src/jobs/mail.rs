use std::sync::Arc;

use askama::Template;
use async_trait::async_trait;
use motel_db::{Db, TenantTx};
use motel_jobs::{Delivery, Handler, HandlerError};
use motel_kernel::TenantId;
use motel_mail::{Correspondent, Mail, MailKey, Mailer, send_regardless};

use super::letter::{Letter, LetterHtml, LetterText, about_budget, about_statement};
use crate::{BudgetReached, PlansError, Stage, StatementDue, queries};

/// Writes to owners about their statements and budgets, once about each thing however often the job runs. The letters go to the
/// address of their first property.
#[derive(Clone)]
pub struct Letters {
    mailer: Arc<dyn Mailer>,
    from: Arc<Correspondent>,
    url: Arc<str>,
}

impl Letters {
    /// A writer on behalf of the operator. `url` is the page where owners can do something about it.
    pub fn new(mailer: Arc<dyn Mailer>, from: Correspondent, url: &str) -> Self {
        Self {
            mailer,
            from: Arc::new(from),
            url: url.into(),
        }
    }

    async fn of_statement(
        &self,
        tx: &mut TenantTx,
        event: &StatementDue,
    ) -> Result<Option<Letter>, PlansError> {
        let statement = queries::statement(tx, event.statement_id).await?;
        // Paid between the event and now.
        if statement.paid_at.is_some() && event.stage != Stage::Issued {
            return Ok(None);
        }
        Ok(Some(about_statement(&statement, event.stage, &self.url)))
    }

    async fn send(
        &self,
        db: &Db,
        tenant: TenantId,
        key: &str,
        letter: &Letter,
    ) -> Result<(), HandlerError> {
        let mut tx = db.tenant(tenant).await?;
        let property = motel_tenancy::queries::default_property(&mut tx).await?;
        tx.commit().await?;
        let mail = Mail {
            key: MailKey::parse(key)?,
            from: Correspondent::clone(&self.from),
            to: Correspondent {
                name: property.name,
                email: property.email,
            },
            subject: letter.subject.clone(),
            text: LetterText(letter).render()?,
            html: LetterHtml(letter).render()?,
            attachments: Vec::new(),
        };
        send_regardless(db, tenant, self.mailer.as_ref(), &mail).await?;
        Ok(())
    }
}

#[async_trait]
impl Handler<StatementDue> for Letters {
    async fn handle(&self, db: &Db, delivery: &Delivery<StatementDue>) -> Result<(), HandlerError> {
        let event = &delivery.event;
        let mut tx = db.tenant(delivery.tenant).await?;
        let letter = self.of_statement(&mut tx, event).await?;
        tx.commit().await?;
        let Some(letter) = letter else {
            return Ok(());
        };
        let key = format!("statement-{}-{}", event.statement_id, event.stage);
        self.send(db, delivery.tenant, &key, &letter).await
    }
}

#[async_trait]
impl Handler<BudgetReached> for Letters {
    async fn handle(
        &self,
        db: &Db,
        delivery: &Delivery<BudgetReached>,
    ) -> Result<(), HandlerError> {
        let event = &delivery.event;
        let mut tx = db.tenant(delivery.tenant).await?;
        let budget = queries::budget(&mut tx).await?;
        tx.commit().await?;
        let hard_stop = budget.is_some_and(|budget| budget.hard_stop);
        let letter = about_budget(event, hard_stop, &self.url);
        let key = format!("budget-{}", delivery.event_id);
        self.send(db, delivery.tenant, &key, &letter).await
    }
}
