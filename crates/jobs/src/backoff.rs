use std::time::Duration;

/// How often a delivery is tried before it is given up.
pub const MOST_ATTEMPTS: u32 = 8;

/// How long to wait after the given failed attempt (from 1): 1, 2, 4 … 64 s; `None` when it was the last.
pub(crate) fn pause_after(attempt: u32) -> Option<Duration> {
    (attempt < MOST_ATTEMPTS).then(|| Duration::from_secs(1 << attempt.saturating_sub(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pause_is_twice_the_one_before_and_the_last_attempt_has_none() {
        let pauses: Vec<_> = (1..=MOST_ATTEMPTS)
            .map(|attempt| pause_after(attempt).map(|pause| pause.as_secs()))
            .collect();
        let seconds = [1, 2, 4, 8, 16, 32, 64].map(Some);
        assert_eq!(pauses, [&seconds[..], &[None]].concat());
    }
}
