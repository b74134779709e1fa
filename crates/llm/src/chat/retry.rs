use std::time::Duration;

/// What is waited before the second try; then twice as much each time.
const FIRST: Duration = Duration::from_millis(200);
const LONGEST: Duration = Duration::from_secs(5);

/// How long to wait before trying again after `tried` tries: what the service asked for, or longer each time. `None` when there is
/// no time or try left: a guest waits meanwhile.
pub(super) fn pause(
    tried: u32,
    most: u32,
    told: Option<Duration>,
    left: Duration,
) -> Option<Duration> {
    if tried >= most {
        return None;
    }
    let doubled = FIRST.saturating_mul(1 << tried.saturating_sub(1).min(8));
    let wait = told.unwrap_or(doubled.min(LONGEST));
    (wait < left).then_some(wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEFT: Duration = Duration::from_secs(60);

    #[test]
    fn each_wait_is_longer_and_what_was_asked_for_is_kept() {
        let waits: Vec<_> = (1..4).map(|tried| pause(tried, 4, None, LEFT)).collect();
        let millis = |ms| Some(Duration::from_millis(ms));
        assert_eq!(waits, [millis(200), millis(400), millis(800)]);
        assert_eq!(pause(1, 4, millis(3_000), LEFT), millis(3_000));
    }

    #[test]
    fn nobody_waits_longer_than_there_is_time_or_tries_for_ever() {
        assert_eq!(pause(4, 4, None, LEFT), None);
        assert_eq!(pause(1, 4, Some(LEFT), LEFT), None);
        assert_eq!(pause(1, 4, None, Duration::ZERO), None);
        assert!(pause(u32::MAX - 1, u32::MAX, None, LEFT).is_some_and(|wait| wait <= LONGEST));
    }
}
