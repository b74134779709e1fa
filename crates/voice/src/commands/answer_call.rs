use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_conversations::{Channel, NewTurn, Speaker};
use motel_db::TenantTx;
use motel_kernel::{CallId, ConversationId};
use motel_tenancy::Property;

use super::claim;
use crate::events::CallStarted;
use crate::model::{Answer, Call, IncomingCall};
use crate::schema::calls;
use crate::{CallDesk, VoiceError, queries, rules};

/// A call that was answered, and the greeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The call.
    pub call: Call,
    /// What the caller hears first.
    pub greeting: Answer,
}

/// The most characters of a caller's number that are kept.
const LONGEST_NUMBER: usize = 64;

/// Picks up: begins the call and its conversation, and greets. A call that rings twice (the carrier repeats itself) is
/// one call, with the same greeting.
///
/// # Errors
/// A database fault.
pub async fn answer_call(
    desk: &CallDesk,
    property: &Property,
    incoming: &IncomingCall,
) -> Result<Answered, VoiceError> {
    let mut tx = desk.db.tenant(property.tenant_id).await?;
    let conversation = motel_conversations::commands::start(&mut tx, Channel::Phone)
        .await?
        .id;
    let Some(call) = insert(&mut tx, incoming, conversation).await? else {
        // It was answered before: what this transaction began is rolled back.
        drop(tx);
        return answered_before(desk, property, incoming).await;
    };
    let greeting = Answer::listen(rules::greeting(&property.name), call.next_turn);
    let said = NewTurn::said(Speaker::Concierge, greeting.text.clone());
    motel_conversations::commands::record_turn(&mut tx, conversation, said).await?;
    claim::keep_greeting(&mut tx, call.id, &greeting).await?;
    motel_jobs::publish(&mut tx, &CallStarted::from(&call)).await?;
    tx.commit().await?;
    Ok(Answered { call, greeting })
}

/// The new call, or nothing when the carrier's name for it is known already.
async fn insert(
    tx: &mut TenantTx,
    incoming: &IncomingCall,
    conversation: ConversationId,
) -> Result<Option<Call>, VoiceError> {
    let kept = |number: &Option<String>| -> Option<String> {
        number
            .as_ref()
            .map(|number| number.chars().take(LONGEST_NUMBER).collect())
    };
    let row = (
        calls::tenant_id.eq(tx.tenant()),
        calls::id.eq(CallId::new()),
        calls::provider.eq(incoming.provider),
        calls::provider_call_id.eq(incoming.provider_call_id.as_str()),
        calls::conversation_id.eq(conversation),
        calls::from_number.eq(kept(&incoming.from_number)),
        calls::to_number.eq(kept(&incoming.to_number)),
    );
    let inserted = diesel::insert_into(calls::table)
        .values(row)
        .on_conflict((calls::tenant_id, calls::provider, calls::provider_call_id))
        .do_nothing()
        .returning(Call::as_returning())
        .get_result(tx.conn())
        .await
        .optional()?;
    Ok(inserted)
}

async fn answered_before(
    desk: &CallDesk,
    property: &Property,
    incoming: &IncomingCall,
) -> Result<Answered, VoiceError> {
    let mut tx = desk.db.tenant(property.tenant_id).await?;
    let call = queries::find_by_provider_id(&mut tx, incoming.provider, &incoming.provider_call_id)
        .await?;
    let greeting = claim::kept_greeting(&mut tx, call.id).await?;
    Ok(Answered { call, greeting })
}
