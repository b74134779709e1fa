use chrono_tz::Tz;
use motel_conversations::{Channel, Conversation, Speaker, Turn};
use motel_web::words;

use crate::view::{Head, TranscriptPage, TurnView};

/// What was said in one conversation.
pub(crate) fn transcript(
    head: Head,
    conversation: &Conversation,
    turns: &[Turn],
    zone: Tz,
) -> TranscriptPage {
    let heading = match conversation.channel {
        Channel::Phone => "Call",
        Channel::Web => "Chat",
        Channel::Sms | Channel::Whatsapp | Channel::Email => "Messages",
    };
    TranscriptPage {
        head,
        heading: heading.to_owned(),
        began: words::moment(conversation.created_at, zone),
        turns: self::turns(turns, zone),
    }
}

/// The same without what stands around it.
pub(crate) fn turns(turns: &[Turn], zone: Tz) -> Vec<TurnView> {
    turns.iter().map(|turn| turn_view(turn, zone)).collect()
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
    }
}
