//! Who keeps something on members of a team, beside their account itself. Elsewhere only their id stands, as the author of what they did.

use async_trait::async_trait;
use motel_db::TenantTx;
use motel_tenancy::team::{MemberFault, MemberKeeper, MemberKeepers, Traces};
use serde_json::{Value, json};

/// All of them.
pub(super) fn member_keepers() -> MemberKeepers {
    MemberKeepers::none()
        .and(GuestNotes)
        .and(motel_passkeys::PasskeyKeeper)
}

/// What they noted on guests. The notes are the house's and stay, by somebody of whom nothing but an id is known.
struct GuestNotes;

#[async_trait]
impl MemberKeeper for GuestNotes {
    fn name(&self) -> &'static str {
        "guest_notes"
    }

    async fn kept(&self, tx: &mut TenantTx, member: &Traces) -> Result<Value, MemberFault> {
        let notes = motel_guests::queries::notes_by(tx, member.actor()).await?;
        let note = notes
            .iter()
            .map(|note| json!({ "at": note.at, "text": note.text }));
        Ok(note.collect())
    }
}
