use chrono_tz::Tz;
use motel_conversations::{
    ActionTaken, Channel, Conversation, EngineKind, HandOver, Speaker, Turn, TurnRecord,
};
use motel_web::words;

use crate::view::{Head, RecordView, TranscriptPage, TurnView};

/// What was said in one conversation.
pub(crate) fn transcript(
    head: Head,
    conversation: &Conversation,
    turns: &[Turn],
    records: &[TurnRecord],
    hand_overs: &[HandOver],
    zone: Tz,
) -> TranscriptPage {
    let heading = match conversation.channel {
        Channel::Phone => "Call",
        Channel::Web => "Chat",
        Channel::Mcp => "Assistant",
        Channel::Sms | Channel::Whatsapp | Channel::Email => "Messages",
    };
    TranscriptPage {
        head,
        heading: heading.to_owned(),
        began: words::moment(conversation.created_at, zone),
        hand_overs: super::hand_over_cards(hand_overs, zone),
        turns: recorded(self::turns(turns, zone), turns, records),
    }
}

/// The same without what stands around it.
pub(crate) fn turns(turns: &[Turn], zone: Tz) -> Vec<TurnView> {
    turns.iter().map(|turn| turn_view(turn, zone)).collect()
}

/// The turns, with how those of the front desk came about.
fn recorded(views: Vec<TurnView>, turns: &[Turn], records: &[TurnRecord]) -> Vec<TurnView> {
    let record = |turn: &Turn| records.iter().find(|record| record.seq == turn.seq);
    let pairs = views.into_iter().zip(turns);
    let with_record = pairs.map(|(view, turn)| TurnView {
        record: record(turn).map(record_view),
        ..view
    });
    with_record.collect()
}

fn record_view(record: &TurnRecord) -> RecordView {
    let told = &record.told;
    let engine = match told.engine {
        EngineKind::BuiltIn => "Built in".to_owned(),
        EngineKind::Model => format!("Model {}", told.version),
    };
    let summary = match &told.fallback {
        Some(why) => format!(
            "{engine}, in the place of a model ({})",
            why.replace('_', " ")
        ),
        None => engine,
    };
    let tokens = i64::from(told.tokens_read) + i64::from(told.tokens_written);
    let cost = match tokens {
        0 => format!("{} ms", told.took_ms),
        _ => format!("{} ms, {tokens} tokens", told.took_ms),
    };
    RecordView {
        summary,
        cost,
        tools: record.tools().iter().map(tool).collect(),
        withheld: record.withheld(),
    }
}

fn tool(used: &ActionTaken) -> String {
    format!(
        "{}: {}",
        used.tool.replace('_', " "),
        used.outcome.replace('_', " ")
    )
}

fn turn_view(turn: &Turn, zone: Tz) -> TurnView {
    let speaker = match turn.speaker {
        Speaker::Guest => "Guest",
        Speaker::Concierge => "Front desk",
        Speaker::Staff => "Staff",
    };
    TurnView {
        guest: turn.speaker == Speaker::Guest,
        speaker: speaker.to_owned(),
        text: turn.text.clone(),
        when: words::time(turn.created_at.with_timezone(&zone).time()),
        intent: turn.intent.clone(),
        record: None,
    }
}
