//! Pure rules: what follows from a booking and the time.

mod cancellation;

pub use cancellation::fee;
