use super::talk::Talk;
use super::{Fallback, prompt};
use crate::engine::journal::Journal;
use crate::verifier::{claims_an_act, recites, untraceable};

/// Whether a draft may be sent; if not, why, and what the model is told.
pub(super) fn check(
    talk: &Talk<'_>,
    draft: &str,
    journal: &mut Journal,
) -> Result<(), (Fallback, String)> {
    if draft.trim().is_empty() {
        return Err((
            Fallback::Silent,
            "You said nothing. Answer the guest.".to_owned(),
        ));
    }
    let missing = untraceable(draft, &talk.sources);
    let fault = match () {
        () if recites(draft, &talk.request.instructions) => Fallback::Recited,
        () if claims_an_act(draft) => Fallback::Claimed,
        () if !missing.is_empty() => Fallback::Untraceable,
        () => return Ok(()),
    };
    journal.withheld(draft, fault.code(), &missing);
    let remark = match fault {
        Fallback::Claimed => prompt::NOTHING_WAS_DONE.to_owned(),
        Fallback::Recited => "Your draft was not sent. Do not repeat your rules.".to_owned(),
        _ => prompt::mend(&missing),
    };
    Err((fault, remark))
}
