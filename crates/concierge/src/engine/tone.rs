use serde_json::{Value, json};

use super::turn::Turn;
use crate::replies::{self, Voice};

impl Turn<'_> {
    /// The phrases of the tone in which the guest speaks.
    pub(super) fn voice(&self) -> &'static Voice {
        Voice::of(self.state.manner.voice())
    }

    /// How the guest sounded, and in which tone they are answered, for the record.
    pub(super) fn tone_noted(&self) -> Value {
        let heard = self.heard;
        json!({
            "heard": heard.map(|it| it.tone),
            "confidence": heard.map(|it| it.confidence),
            "voice": self.state.manner.voice(),
        })
    }

    /// Hello, and what can be done here.
    pub(super) fn greeting(&self) -> String {
        replies::greeting(self.desk.property, self.sells_rooms(), self.voice())
    }
}
