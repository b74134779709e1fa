use diesel::dsl::now;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures::try_join;
use motel_db::{Standing, TenantTx};
use motel_kernel::ConversationId;

use crate::ConversationError;
use crate::events::TurnRecorded;
use crate::model::{NewTurn, NewTurnRecord, Turn};
use crate::schema::{conversations, turn_records, turns};

/// Records what was said. Locks the conversation until the transaction ends, so turns are numbered in the order in
/// which they are committed.
///
/// # Errors
/// [`ConversationError::NotFound`].
pub async fn record_turn(
    tx: &mut TenantTx,
    id: ConversationId,
    turn: NewTurn,
) -> Result<Turn, ConversationError> {
    let counted = diesel::update(conversations::table.find((tx.tenant(), id)))
        .set((
            conversations::turn_count.eq(conversations::turn_count + 1),
            conversations::last_message_at.eq(now),
        ))
        .returning(conversations::turn_count);
    let seq: Option<i32> = Standing(counted).get_result(tx.conn()).await.optional()?;
    let seq = seq.ok_or(ConversationError::NotFound(id))?;
    note(tx, id, seq, turn).await
}

/// Writes a turn down that has been counted, with the record of how it came about.
pub(super) async fn note(
    tx: &mut TenantTx,
    id: ConversationId,
    seq: i32,
    turn: NewTurn,
) -> Result<Turn, ConversationError> {
    let text: String = turn.text.chars().take(NewTurn::LONGEST).collect();
    let row = (
        turns::tenant_id.eq(tx.tenant()),
        turns::conversation_id.eq(id),
        turns::seq.eq(seq),
        turns::speaker.eq(turn.speaker),
        turns::text.eq(text),
        turns::intent.eq(turn.intent),
        turns::entities.eq(turn.entities),
        turns::actions.eq(serde_json::json!(turn.actions)),
    );
    let recorded = diesel::insert_into(turns::table)
        .values(row)
        .returning(Turn::as_returning());
    // The turn goes first, and what tells of it in the same trip.
    let (recorded, ()) = try_join!(
        async { Ok(Standing(recorded).get_result(&mut tx.reading()).await?) },
        keep_record(tx, id, seq, turn.record),
    )?;
    let said = TurnRecorded {
        conversation_id: id,
        seq,
    };
    motel_jobs::publish(tx, &said).await?;
    Ok(recorded)
}

async fn keep_record(
    tx: &TenantTx,
    id: ConversationId,
    seq: i32,
    record: Option<NewTurnRecord>,
) -> Result<(), ConversationError> {
    let Some(mut record) = record else {
        return Ok(());
    };
    if record.details.to_string().len() > NewTurnRecord::LARGEST {
        record.details = serde_json::json!({ "left_out": "too large" });
    }
    let kept = diesel::insert_into(turn_records::table).values((
        turn_records::tenant_id.eq(tx.tenant()),
        turn_records::conversation_id.eq(id),
        turn_records::seq.eq(seq),
        record,
    ));
    Standing(kept).execute(&mut tx.reading()).await?;
    Ok(())
}
