use crate::view::Notice;

/// What was just done, by its word in the address; `None` for a word that somebody made up.
pub(crate) fn notice(news: &str) -> Option<Notice> {
    done(news)
        .map(|text| Notice { tone: "good", text })
        .or_else(|| refused(news).map(|text| Notice { tone: "bad", text }))
}

fn done(news: &str) -> Option<&'static str> {
    let text = match news {
        "checked_in" => "Checked in. Have a good stay!",
        "checked_out" => "Checked out. What the stay costs is being posted.",
        "no_show" => "Noted: nobody came. The nights ahead are free again.",
        "undone" => "The last step is taken back.",
        "paid" => "The payment is posted.",
        "allowed" => "It is taken off the folio.",
        "revoked" => "The payment link is withdrawn. A new one can be made.",
        "charge_revoked" => {
            "The charge is withdrawn. Its gateway is being asked whether the card was charged; another way to pay opens in a few minutes."
        }
        "card_removed" => "The card is removed. It is charged no more.",
        "replayed" => "The event is taken.",
        "refunded" => "The refund is on its way through its gateway.",
        "asked_aside" => {
            "It is asked for. Send the guests the address below, or look again in a moment."
        }
        "taking_aside" => "It is being taken. Look again in a moment.",
        "letting_go" => "It is let go.",
        "voucher_used" => "The gift card or coupon is posted on the folio.",
        "signed_out_there" => "You are signed out there.",
        "signed_out_elsewhere" => "You are signed out everywhere else.",
        "issued" => "The document is issued.",
        "hand_over_set" => "The rules are set. They hold from the next message on.",
        "invited" => "The invitation is on its way.",
        "withdrawn" => "The invitation is taken back. Its link works no more.",
        "activated" => "They may sign in again.",
        "deactivated" => "They are signed out everywhere and may not sign in any more.",
        "member_erased" => {
            "Nobody knows any more who they were. What they did stays, by a former member."
        }
        "handed_over" => "The business is handed over. You are a manager now.",
        "support_let_in" => "Support may come in.",
        "support_out" => "Support is out.",
        "limited" => "It is said for which properties they work. It holds from now on.",
        "role_made" => "The role is made. You can give it to members and invite into it.",
        "role_changed" => "The role is changed, for everybody who has it, from now on.",
        "role_removed" => "The role is removed.",
        "role_set" => "The role is set.",
        "new_password" => "Your new password is in force. Please sign in with it.",
        "code_over" => "This sign-in took too long. Please sign in again.",
        "renamed" => "Your name is changed.",
        "email_asked" => {
            "A mail with a link is on its way to the new address. It takes effect when the link is used."
        }
        "email_changed" => "You sign in with the new address from now on.",
        "factor_off" => "Your authenticator is off.",
        "factor_taken_off" => {
            "The second factor is taken off. They are signed out everywhere and told by mail."
        }
        "factor_required" => "From now on everybody must have a second factor.",
        "factor_not_required" => "A second factor is everybody's own choice again.",
        "device_forgotten" => "The device is forgotten. Signing in there takes a code again.",
        "passkey_added" => "The passkey is added. It signs you in from now on.",
        "passkey_renamed" => "The passkey has another name.",
        "passkey_removed" => "The passkey is removed. It signs nobody in any more.",
        "joined" => "Welcome to the team! Please sign in.",
        "credential_set" => "It is set, and used from now on.",
        "credential_removed" => "It is removed, and not used any more.",
        "audit_kept" => "It is set. What is older is removed within the hour.",
        "credited" => "The credit note is issued.",
        "prompt_active" => "It is active. Models are told it from the next message on.",
        "prompt_rolled_back" => "The version before it is active again, from the next message on.",
        "model_set" => "It is set, and counts from the next message on.",
        "told" => "Guests are told it from now on.",
        "document_removed" => "The document is removed. Guests are told nothing of it any more.",
        "share_set" => "It is set, from the next message on.",
        "dismissed" => "The question is put aside.",
        "upsell_kept" => "The rule is kept.",
        "upsell_on" => "The rule is on. Guests are offered it from now on.",
        "upsell_off" => "The rule is off.",
        "upsell_moved" => "The rule is looked at earlier.",
        "upsell_removed" => "The rule is removed, and its figures with it.",
        _ => return None,
    };
    Some(text)
}

fn refused(news: &str) -> Option<&'static str> {
    let text = match news {
        "wrong_status" | "already_cancelled" => "That cannot be done with this stay as it stands.",
        "before_arrival" => "The guest is not expected yet.",
        "stay_over" => "The stay is over.",
        "nights_left" => "Nights of the stay are still to come; let it end earlier first.",
        "no_unit" => "No room is assigned yet.",
        "unit_occupied" => "Somebody else is still in the room.",
        "unit_not_ready" => "The room is not made up.",
        "folio_not_even" => "The guests still owe something. Nobody was checked out.",
        "nothing_before" => "No version was active before this one.",
        "nothing_to_undo" => "There is nothing to take back.",
        "day_closed" => "The day on which that could be taken back is closed.",
        "changed_meanwhile" => {
            "Somebody changed it meanwhile. Please look again; nothing was done."
        }
        "above_paid" => "That is more than is left of this payment. Nothing was given back.",
        "aside_over" => {
            "Nothing is set aside any more: it was taken, let go or has lapsed, or one of these is under way."
        }
        "above_aside" => "That is more than is set aside. Nothing was taken.",
        "no_card_kept" => "The guests left no card, or it was removed.",
        "link_over" => "This link was paid or is over, so there is nothing to withdraw.",
        "failed_again" => "It failed once more. Nothing was posted.",
        "voucher_not_usable" => {
            "This code can't be used: unknown, used up, or its time is over. Nothing was posted."
        }
        "coupon_not_for_this" => "This coupon is not for this booking. Nothing was posted.",
        "nothing_due" => "Nothing is due, and nothing was posted.",
        "nothing_to_invoice" => {
            "Nothing is posted that is not on a document yet. Nights are posted by the night audit."
        }
        "being_charged" => {
            "A card is being charged. Please look again in a few minutes; nothing was posted."
        }
        "beyond_role" => "Your role does not allow this.",
        "not_confirmed" => "Tick the box to erase somebody. Nothing was done.",
        "not_proven" => "Password or code is not right. Nothing was done.",
        "too_many_attempts" => "Too many attempts. Please wait a while; nothing was done.",
        "own_account" => "Your own second factor is turned off under Your account.",
        "set_up_over" => "Setting up took too long or was begun elsewhere. Please begin again.",
        "owner_unlimited" => "An owner works for the whole business.",
        "no_property" => "Tick at least one property, or the whole business. Nothing was done.",
        "role_in_use" => {
            "Somebody has this role, or is asked to join in it. Choose which one they get instead."
        }
        "last_owner" => "The last owner stays an owner and stays active.",
        "invitation_over" => "This invitation was accepted or withdrawn.",
        "already_credited" => "This is credited already.",
        "question_closed" => "Somebody has answered this question or put it aside.",
        "upsell_too_many" => "There are as many rules as there can be. Remove some first.",
        "upsell_unfit" => {
            "This rule names something that you do not sell any more. Open it and choose another."
        }
        "folio_closed" => "The folio is closed, and nothing was posted.",
        _ => return None,
    };
    Some(text)
}
