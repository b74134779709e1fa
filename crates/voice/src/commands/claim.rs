//! Who answers which turn. A turn is claimed before it is worked on and its answer kept, so that a webhook that comes
//! twice is acted on once.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::CallId;
use serde_json::Value;

use crate::model::{Answer, Call, CallStatus};
use crate::schema::{answers, calls};
use crate::{VoiceError, rules};

/// The turn of the greeting.
const GREETING: i32 = 0;

/// After this long nobody works on a claimed turn any more: the process that claimed it is gone.
const ABANDONED_AFTER: TimeDelta = TimeDelta::seconds(60);

/// What is to be done about a turn.
pub(crate) enum Claim {
    /// The caller of this function has to answer it.
    Ours(i32),
    /// This is the answer.
    Settled(Answer),
}

/// Claims a turn of a locked call.
pub(crate) async fn claim(tx: &mut TenantTx, call: &Call, turn: i32) -> Result<Claim, VoiceError> {
    if turn > call.next_turn {
        return Err(VoiceError::TurnOutOfOrder(turn));
    }
    if turn < call.next_turn {
        return settled(tx, call, turn).await;
    }
    if call.status != CallStatus::InProgress {
        return Ok(Claim::Settled(Answer::hang_up(rules::call_over())));
    }
    let row = (
        answers::tenant_id.eq(tx.tenant()),
        answers::call_id.eq(call.id),
        answers::turn.eq(turn),
    );
    diesel::insert_into(answers::table)
        .values(row)
        .execute(tx.conn())
        .await?;
    diesel::update(calls::table.find((tx.tenant(), call.id)))
        .set(calls::next_turn.eq(turn.saturating_add(1)))
        .execute(tx.conn())
        .await?;
    Ok(Claim::Ours(turn))
}

/// The turn a caller without turn numbers takes: the next one, unless the last one is still being answered.
pub(crate) async fn open_turn(tx: &mut TenantTx, call: &Call) -> Result<i32, VoiceError> {
    let last = call.next_turn.saturating_sub(1);
    let (answer, claimed_at) = kept(tx, call.id, last).await?;
    Ok(if answer.is_none() && !is_abandoned(claimed_at) {
        last
    } else {
        call.next_turn
    })
}

/// A turn that was claimed before: its answer, or word that it is still being worked out.
async fn settled(tx: &mut TenantTx, call: &Call, turn: i32) -> Result<Claim, VoiceError> {
    let (answer, claimed_at) = kept(tx, call.id, turn).await?;
    let answer = match answer {
        Some(answer) => serde_json::from_value(answer)?,
        None if is_abandoned(claimed_at) => Answer::listen(rules::no_answer(), call.next_turn),
        None => Answer::wait(turn),
    };
    Ok(Claim::Settled(answer))
}

fn is_abandoned(claimed_at: DateTime<Utc>) -> bool {
    Utc::now() - claimed_at > ABANDONED_AFTER
}

async fn kept(
    tx: &mut TenantTx,
    call: CallId,
    turn: i32,
) -> Result<(Option<Value>, DateTime<Utc>), VoiceError> {
    answers::table
        .find((tx.tenant(), call, turn))
        .select((answers::answer, answers::claimed_at))
        .first(tx.conn())
        .await
        .optional()?
        .ok_or(VoiceError::TurnOutOfOrder(turn))
}

/// Keeps the answer of a claimed turn.
pub(crate) async fn keep(
    tx: &mut TenantTx,
    call: CallId,
    turn: i32,
    answer: &Answer,
) -> Result<(), VoiceError> {
    diesel::update(answers::table.find((tx.tenant(), call, turn)))
        .set(answers::answer.eq(serde_json::to_value(answer)?))
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn keep_greeting(
    tx: &mut TenantTx,
    call: CallId,
    greeting: &Answer,
) -> Result<(), VoiceError> {
    let row = (
        answers::tenant_id.eq(tx.tenant()),
        answers::call_id.eq(call),
        answers::turn.eq(GREETING),
        answers::answer.eq(serde_json::to_value(greeting)?),
    );
    diesel::insert_into(answers::table)
        .values(row)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn kept_greeting(tx: &mut TenantTx, call: CallId) -> Result<Answer, VoiceError> {
    let (answer, _) = kept(tx, call, GREETING).await?;
    Ok(serde_json::from_value(answer.unwrap_or_default())?)
}
