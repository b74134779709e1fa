//! The desk's own lines.

use motel_kernel::Phone;

/// How often a silent caller is asked again before the call ends.
pub(crate) const MOST_REPROMPTS: i16 = 2;

pub(crate) fn greeting(property: &str) -> String {
    format!(
        "Thank you for calling {property}. This is the automated front desk. \
         Press 0 at any time to ask for a person. How can I help you?"
    )
}

pub(crate) fn reprompt() -> &'static str {
    "I didn't hear anything. You can ask about rooms and prices, or press 0 to ask for a person."
}

pub(crate) fn silence() -> &'static str {
    "I still can't hear you, so I'll hang up now. Please call again. Goodbye."
}

pub(crate) fn hand_over(caller: Option<&str>) -> &'static str {
    if caller.is_some_and(|number| Phone::parse(number).is_ok()) {
        "I've told the front desk that you'd like to talk to a person. They have your number and will call you back. Goodbye."
    } else {
        "I've told the front desk that you'd like to talk to a person, but I can't see your number. \
         Please call again and tell me how to reach you. Goodbye."
    }
}

pub(crate) fn no_answer() -> &'static str {
    "I'm sorry, something went wrong on my side. Please say that again, or press 0 to ask for a person."
}

pub(crate) fn call_over() -> &'static str {
    "This call is over. Please call again. Goodbye."
}
