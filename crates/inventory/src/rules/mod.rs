//! What the counters allow, without a database.

mod admission;

pub(crate) use admission::{can_give_back, can_take};
