use diesel::dsl::{IntervalDsl, now};
use diesel::prelude::*;
use diesel::sql_types::Timestamptz;
use diesel_async::RunQueryDsl;
use motel_conversations::{Channel, commands};
use motel_db::TenantTx;
use motel_kernel::{ApiKeyId, ConversationId};

use crate::rules::About;
use crate::schema::{threads, visits};
use crate::{McpError, VisitId};

/// After so many days without a call an assistant has gone without saying so.
const FORGOTTEN_AFTER: i32 = 7;

/// Lets an assistant in. Those of its key that have gone without saying so are struck off.
///
/// # Errors
/// The database failed.
pub async fn begin_visit(tx: &mut TenantTx, key: ApiKeyId) -> Result<VisitId, McpError> {
    let gone = visits::table
        .filter(visits::tenant_id.eq(tx.tenant()))
        .filter(visits::api_key_id.eq(key))
        .filter(visits::used_at.lt(now.into_sql::<Timestamptz>() - FORGOTTEN_AFTER.days()));
    diesel::delete(gone).execute(tx.conn()).await?;
    let id = VisitId::random();
    diesel::insert_into(visits::table)
        .values((
            visits::tenant_id.eq(tx.tenant()),
            visits::id.eq(id),
            visits::api_key_id.eq(key),
        ))
        .execute(tx.conn())
        .await?;
    Ok(id)
}

/// The conversation in which an assistant's calls about somebody are told. It begins with the first of them: who only looks which tools
/// there are leaves none.
///
/// # Errors
/// [`McpError::NoVisit`].
pub async fn conversation_of(
    tx: &mut TenantTx,
    key: ApiKeyId,
    id: VisitId,
    about: &About,
) -> Result<ConversationId, McpError> {
    let own = visits::table
        .find((tx.tenant(), id))
        .filter(visits::api_key_id.eq(key));
    // Holds the visit, so that two first calls at once begin one conversation.
    let here = diesel::update(own)
        .set(visits::used_at.eq(now))
        .execute(tx.conn())
        .await?;
    if here == 0 {
        return Err(McpError::NoVisit);
    }
    let known: Option<ConversationId> = threads::table
        .find((tx.tenant(), id, about.as_bytes()))
        .select(threads::conversation_id)
        .first(tx.conn())
        .await
        .optional()?;
    match known {
        Some(known) => Ok(known),
        None => begin_thread(tx, id, about).await,
    }
}

async fn begin_thread(
    tx: &mut TenantTx,
    id: VisitId,
    about: &About,
) -> Result<ConversationId, McpError> {
    let begun = commands::start(tx, Channel::Mcp).await?.id;
    diesel::insert_into(threads::table)
        .values((
            threads::tenant_id.eq(tx.tenant()),
            threads::visit_id.eq(id),
            threads::about.eq(about.as_bytes()),
            threads::conversation_id.eq(begun),
        ))
        .execute(tx.conn())
        .await?;
    Ok(begun)
}

/// Lets an assistant go. Its conversations are over, unless a person was asked for.
///
/// # Errors
/// [`McpError::NoVisit`].
pub async fn end_visit(tx: &mut TenantTx, key: ApiKeyId, id: VisitId) -> Result<(), McpError> {
    let begun: Vec<ConversationId> = threads::table
        .filter(threads::tenant_id.eq(tx.tenant()))
        .filter(threads::visit_id.eq(id))
        .select(threads::conversation_id)
        .load(tx.conn())
        .await?;
    let own = visits::table
        .find((tx.tenant(), id))
        .filter(visits::api_key_id.eq(key));
    let gone = diesel::delete(own).execute(tx.conn()).await?;
    if gone == 0 {
        return Err(McpError::NoVisit);
    }
    for conversation in begun {
        commands::close(tx, conversation).await?;
    }
    Ok(())
}
