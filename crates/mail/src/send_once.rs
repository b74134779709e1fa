use std::time::Duration;

use diesel::dsl::{IntervalDsl, now};
use diesel::prelude::*;
use diesel::query_dsl::methods::FilterDsl;
use diesel::sql_types::Timestamptz;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;
use motel_db::Db;
use motel_kernel::TenantId;

use crate::schema::outbox;
use crate::silence::is_silent;
use crate::{Mail, MailError, MailKey, Mailer};

/// How long a claim keeps others away.
const CLAIM_SECONDS: i32 = 60;

/// How long sending may take; well within the claim.
const SEND_WITHIN: Duration = Duration::from_secs(40);

motel_db::text_enum! {
    /// Where a mail stands.
    enum Status {
        /// Somebody claimed it.
        Sending = "sending",
        /// The mail server, or the mailbox, has it.
        Sent = "sent",
    }
}

/// What [`send_once`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sending {
    /// It was sent now.
    Sent,
    /// It had been sent before; nothing was done.
    AlreadySent,
    /// The business writes to nobody for now. It is not sent later either: most letters are wrong by then.
    Withheld,
}

enum Claim {
    /// Which attempt it is.
    Ours(i32),
    Sent,
    Others,
}

/// Sends a mail unless one of its key was sent before. No connection is held while the mail server is waited for.
///
/// The mail is claimed in one transaction, sent, and marked as sent in another. Run twice in a row or at once, it is sent
/// once. One window remains: the process dies, or the answer is lost, after the server took the mail and before the mark.
/// The mail is then sent again after the claim has run out, with the same Message-ID, by which mail programs and
/// people recognise it. With [`crate::FileMailbox`] there is no such window: the second file takes the place of the first.
///
/// # Errors
/// [`MailError::InFlight`] while another sender has claimed it; whatever the mailer says; the database failed. After any of
/// them the caller may try again.
pub async fn send_once(
    db: &Db,
    tenant: TenantId,
    mailer: &dyn Mailer,
    mail: &Mail,
) -> Result<Sending, MailError> {
    if is_silent(db, tenant).await? {
        // Handlers have done what they could; whoever looks for the letter finds this.
        tracing::warn!(%tenant, key = %mail.key, "a letter is withheld: its business is silenced");
        return Ok(Sending::Withheld);
    }
    send_regardless(db, tenant, mailer, mail).await
}

/// The same also while the business is [silenced](crate::silence()): for letters about the account itself, to its own people, and for what
/// somebody paid for and would not get otherwise.
///
/// # Errors
/// As for [`send_once`].
pub async fn send_regardless(
    db: &Db,
    tenant: TenantId,
    mailer: &dyn Mailer,
    mail: &Mail,
) -> Result<Sending, MailError> {
    let attempt = match claim(db, tenant, &mail.key).await? {
        Claim::Sent => return Ok(Sending::AlreadySent),
        Claim::Others => return Err(MailError::InFlight),
        Claim::Ours(attempt) => attempt,
    };
    let outcome = tokio::time::timeout(SEND_WITHIN, mailer.send(mail))
        .await
        .unwrap_or(Err(MailError::Timeout));
    match outcome {
        Ok(()) => {
            mark_sent(db, tenant, &mail.key).await?;
            Ok(Sending::Sent)
        }
        Err(error) => {
            release(db, tenant, &mail.key, attempt).await?;
            Err(error)
        }
    }
}

async fn claim(db: &Db, tenant: TenantId, key: &MailKey) -> Result<Claim, MailError> {
    let mut tx = db.tenant(tenant).await?;
    let until = now.into_sql::<Timestamptz>() + CLAIM_SECONDS.seconds();
    let abandoned = outbox::status
        .eq(Status::Sending)
        .and(outbox::claimed_until.le(now.into_sql::<Timestamptz>()));
    let insert_or_take_over = diesel::insert_into(outbox::table)
        .values((
            outbox::tenant_id.eq(tenant),
            outbox::key.eq(key),
            outbox::status.eq(Status::Sending),
            outbox::claimed_until.eq(until),
        ))
        .on_conflict((outbox::tenant_id, outbox::key))
        .do_update()
        .set((
            outbox::claimed_until.eq(excluded(outbox::claimed_until)),
            outbox::attempts.eq(outbox::attempts + 1),
        ));
    let attempt = FilterDsl::filter(insert_or_take_over, abandoned)
        .returning(outbox::attempts)
        .get_result(tx.conn())
        .await
        .optional()?;
    let claim = match attempt {
        Some(attempt) => Claim::Ours(attempt),
        None => others_claim(&mut tx, key).await?,
    };
    tx.commit().await?;
    Ok(claim)
}

async fn others_claim(tx: &mut motel_db::TenantTx, key: &MailKey) -> Result<Claim, MailError> {
    let status: Status = outbox::table
        .find((tx.tenant(), key))
        .select(outbox::status)
        .first(tx.conn())
        .await?;
    Ok(match status {
        Status::Sent => Claim::Sent,
        Status::Sending => Claim::Others,
    })
}

async fn mark_sent(db: &Db, tenant: TenantId, key: &MailKey) -> Result<(), MailError> {
    let mut tx = db.tenant(tenant).await?;
    diesel::update(outbox::table.find((tenant, key)))
        .set((
            outbox::status.eq(Status::Sent),
            outbox::sent_at.eq(now.into_sql::<Timestamptz>().nullable()),
        ))
        .execute(tx.conn())
        .await?;
    Ok(tx.commit().await?)
}

/// It was not sent, so the next try need not wait; unless another has taken the mail over by now.
async fn release(db: &Db, tenant: TenantId, key: &MailKey, attempt: i32) -> Result<(), MailError> {
    let mut tx = db.tenant(tenant).await?;
    diesel::update(outbox::table.find((tenant, key)))
        .filter(outbox::status.eq(Status::Sending))
        .filter(outbox::attempts.eq(attempt))
        .set(outbox::claimed_until.eq(now.into_sql::<Timestamptz>()))
        .execute(tx.conn())
        .await?;
    Ok(tx.commit().await?)
}
