use std::num::NonZeroU32;
use std::time::Duration;

/// How often something may be asked: so many times at once, and then again as fast as the period allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// What is limited; part of every subject, so that what was said in the chat does not count for signing in.
    pub name: &'static str,
    /// How often.
    pub requests: NonZeroU32,
    /// In which time.
    pub period: Duration,
}

impl Limit {
    /// So many in a minute. None at all is no limit.
    pub fn per_minute(name: &'static str, requests: u32) -> Option<Self> {
        let requests = NonZeroU32::new(requests)?;
        Some(Self {
            name,
            requests,
            period: Duration::from_secs(60),
        })
    }

    /// How long it takes until one more may be asked.
    pub(crate) fn step(self) -> Duration {
        self.period / self.requests.get()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn none_is_no_limit_and_each_takes_its_share_of_the_minute() {
        assert_eq!(Limit::per_minute("chat", 0), None);
        let ten = Limit::per_minute("sign-in", 10).unwrap();
        assert_eq!(ten.step(), Duration::from_secs(6));
    }
}
