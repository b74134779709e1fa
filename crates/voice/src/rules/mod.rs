//! What is said on the telephone, as pure functions.

mod script;
mod spoken;

pub(crate) use script::{
    MOST_REPROMPTS, call_over, greeting, hand_over, no_answer, reprompt, silence,
};
pub(crate) use spoken::{Screen, spoken};
