use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How many answers in a row have to fail before a model is left alone.
const TOO_MANY: u32 = 5;
/// For how long then.
const REST: Duration = Duration::from_secs(30);

/// Leaves a model alone that keeps failing, so that guests do not wait for it in vain; after a rest one request tries it again.
#[derive(Debug, Default)]
pub struct Breaker {
    state: Mutex<State>,
}

#[derive(Debug, Default, Clone, Copy)]
struct State {
    failed: u32,
    open_until: Option<Instant>,
}

impl Breaker {
    /// Whether it may be asked now. After a rest the first who asks may; the others wait for what comes of it.
    pub fn lets_through(&self, now: Instant) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match state.open_until {
            None => true,
            Some(until) if now < until => false,
            Some(_) => {
                state.open_until = Some(now + REST);
                true
            }
        }
    }

    /// It answered.
    pub fn succeeded(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        *state = State::default();
    }

    /// It did not.
    pub fn failed(&self, now: Instant) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.failed = state.failed.saturating_add(1);
        if state.failed >= TOO_MANY {
            state.open_until = Some(now + REST);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_fails_five_times_in_a_row_is_left_alone_and_tried_again_by_one() {
        let breaker = Breaker::default();
        let now = Instant::now();
        for _ in 0..4 {
            breaker.failed(now);
            assert!(breaker.lets_through(now));
        }
        breaker.succeeded();
        for _ in 0..5 {
            assert!(breaker.lets_through(now));
            breaker.failed(now);
        }
        assert!(!breaker.lets_through(now + REST - Duration::from_millis(1)));
        let later = now + REST;
        assert!(breaker.lets_through(later));
        assert!(!breaker.lets_through(later), "only one tries");
        breaker.failed(later);
        assert!(!breaker.lets_through(later + Duration::from_secs(1)));
        breaker.succeeded();
        assert!(breaker.lets_through(later));
    }
}
