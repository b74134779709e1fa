use std::net::IpAddr;

use motel_kernel::network_of;
use sha2::{Digest, Sha256};

use crate::Limit;

/// Who is counted, for what. It is kept as a digest: what is counted is nobody's to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject(Vec<u8>);

impl Subject {
    /// Everybody at an internet address, asking one business. Whoever has one address of version 6 has its whole network of 2⁶⁴, so that
    /// is counted as one.
    pub fn address(limit: Limit, business: &str, address: IpAddr) -> Self {
        Self::of(limit, business, &network_of(address).to_string())
    }

    /// Somebody who is known by a name, such as a number that calls, at one business.
    pub fn named(limit: Limit, business: &str, name: &str) -> Self {
        Self::of(limit, business, name)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    fn of(limit: Limit, business: &str, who: &str) -> Self {
        // None of them can hold a line break, so no two make the same text.
        let text = format!("{}\n{business}\n{who}", limit.name);
        Self(Sha256::digest(text.as_bytes()).to_vec())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn of(name: &'static str, business: &str, address: &str) -> Subject {
        let limit = Limit::per_minute(name, 1).unwrap();
        Subject::address(limit, business, address.parse().unwrap())
    }

    #[test]
    fn one_network_of_version_6_is_one_and_everything_else_is_apart() {
        let one = of("chat", "sunrise", "2001:db8::1");
        assert_eq!(one, of("chat", "sunrise", "2001:db8::ffff:1:2"));
        assert_ne!(one, of("chat", "sunrise", "2001:db8:0:1::1"));
        assert_ne!(one, of("chat", "moonset", "2001:db8::1"));
        assert_ne!(one, of("sign-in", "sunrise", "2001:db8::1"));
        let four = of("chat", "sunrise", "192.0.2.1");
        assert_eq!(four, of("chat", "sunrise", "::ffff:192.0.2.1"));
        assert_ne!(four, of("chat", "sunrise", "192.0.2.2"));
    }
}
