//! Whom this program may call when a business says where. Somebody who may name an address could else have the server ask its own
//! neighbours: the database, the cloud's metadata, another tenant's machine.

use std::error::Error;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// How far out addresses have to lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// Public addresses alone, by HTTPS.
    #[default]
    Public,
    /// This machine as well, and without TLS there: the operator runs a model beside the server.
    Loopback,
}

/// An address somebody may be called at: checked by its form, and again each time its name is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(Url);

/// Why an address is not called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAddress {
    /// It is no URL with a host.
    #[error("must be an address such as https://api.example.com/v1")]
    Unreadable,
    /// It would be read on the way.
    #[error("must begin with https://")]
    Unprotected,
    /// It carries what belongs elsewhere.
    #[error("must hold no user, password, query or fragment")]
    Decorated,
    /// It is no address of the public internet.
    #[error("must lie in the public internet")]
    Inside,
    /// Nobody has such an address.
    #[error("can't be longer than {} characters", Address::LONGEST)]
    TooLong,
}

impl Address {
    /// The most characters an address has.
    pub const LONGEST: usize = 300;

    /// Reads an address. A name is only looked up when it is called.
    ///
    /// # Errors
    /// [`InvalidAddress`].
    pub fn parse(text: &str, reach: Reach) -> Result<Self, InvalidAddress> {
        let text = text.trim().trim_end_matches('/');
        if text.chars().count() > Self::LONGEST {
            return Err(InvalidAddress::TooLong);
        }
        let url: Url = text.parse().map_err(|_| InvalidAddress::Unreadable)?;
        let host = url.host_str().ok_or(InvalidAddress::Unreadable)?;
        let bare = host.trim_matches(['[', ']']);
        let number: Option<IpAddr> = bare.parse().ok();
        let here = bare == "localhost" || number.is_some_and(|ip| ip.is_loopback());
        let plain = url.scheme() == "http" && here && reach == Reach::Loopback;
        if url.scheme() != "https" && !plain {
            return Err(InvalidAddress::Unprotected);
        }
        let decorated = !url.username().is_empty()
            || url.password().is_some()
            || url.query().is_some()
            || url.fragment().is_some();
        if decorated {
            return Err(InvalidAddress::Decorated);
        }
        let named_inside = number.is_none() && (!bare.contains('.') || bare.ends_with(".internal"));
        let inside = named_inside || number.is_some_and(|ip| !is_public(ip));
        if inside && !(here && reach == Reach::Loopback) {
            return Err(InvalidAddress::Inside);
        }
        Ok(Self(url))
    }

    /// The address, without a slash at its end.
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }
}

impl Reach {
    /// Whether this very machine or network address may be called.
    pub fn allows(self, ip: IpAddr) -> bool {
        is_public(ip) || self == Self::Loopback && ip.to_canonical().is_loopback()
    }
}

/// Looks names up and gives out only what may be called, so that a name cannot move inside after it was checked.
pub(crate) struct Guarded(pub(crate) Reach);

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> = found.filter(|it| reach.allows(it.ip())).collect();
            if allowed.is_empty() {
                let refused: Box<dyn Error + Send + Sync> = Box::new(InvalidAddress::Inside);
                return Err(refused);
            }
            let addresses: Addrs = Box::new(allowed.into_iter());
            Ok(addresses)
        })
    }
}

fn is_public(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let protocols = (a, b, c) == (192, 0, 0) || (a, b, c) == (192, 88, 99);
    let measuring = a == 198 && (b == 18 || b == 19);
    !(a == 0
        || a >= 224
        || ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || shared
        || protocols
        || measuring)
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, ..] = ip.segments();
    // Of all of IPv6 only 2000::/3 is given out; what carries IPv4 inside could carry a private address in.
    let given_out = first & 0xe000 == 0x2000;
    let tunnels = first == 0x2002 || first == 0x2001 && second < 0x0200;
    let documentation = first == 0x2001 && second == 0x0db8 || first == 0x3fff;
    given_out && !tunnels && !documentation
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_address_of_the_public_internet_by_https_is_called() {
        for good in [
            "https://api.openai.com/v1",
            "https://models.example.com:8443/openai/v1/",
            "https://9.9.9.9/v1",
            "https://[2606:4700::1111]/v1",
        ] {
            let address = Address::parse(good, Reach::Public).unwrap();
            assert!(!address.as_str().ends_with('/'), "{good}");
        }
    }

    #[test]
    fn nothing_inside_is_called_however_it_is_written() {
        for inside in [
            "https://localhost/v1",
            "https://127.0.0.1/v1",
            "https://0177.0.0.1/v1",
            "https://2130706433/v1",
            "https://10.1.2.3/v1",
            "https://169.254.169.254/latest",
            "https://192.168.1.1",
            "https://100.64.0.1",
            "https://0.0.0.0",
            "https://[::1]/v1",
            "https://[::ffff:10.0.0.1]/v1",
            "https://[fd00::1]/v1",
            "https://[fe80::1]/v1",
            "https://[2002:7f00:1::]/v1",
            "https://database/v1",
            "https://metadata.google.internal/v1",
        ] {
            let refused = Address::parse(inside, Reach::Public);
            assert_eq!(refused, Err(InvalidAddress::Inside), "{inside}");
        }
    }

    #[test]
    fn what_is_odd_or_open_is_refused() {
        for (odd, why) in [
            ("http://api.example.com/v1", InvalidAddress::Unprotected),
            ("ftp://api.example.com", InvalidAddress::Unprotected),
            (
                "https://me:secret@api.example.com",
                InvalidAddress::Decorated,
            ),
            (
                "https://api.example.com/v1?key=1",
                InvalidAddress::Decorated,
            ),
            ("not an address", InvalidAddress::Unreadable),
            ("", InvalidAddress::Unreadable),
        ] {
            assert_eq!(Address::parse(odd, Reach::Public), Err(why), "{odd}");
        }
        let long = format!("https://api.example.com/{}", "x".repeat(300));
        assert_eq!(
            Address::parse(&long, Reach::Public),
            Err(InvalidAddress::TooLong)
        );
    }

    #[test]
    fn this_machine_is_called_only_where_the_operator_says_so() {
        assert!(Address::parse("http://127.0.0.1:11434/v1", Reach::Loopback).is_ok());
        assert!(Address::parse("http://localhost:11434/v1", Reach::Loopback).is_ok());
        assert!(Address::parse("https://10.0.0.1/v1", Reach::Loopback).is_err());
        assert!(Address::parse("http://api.example.com/v1", Reach::Loopback).is_err());
        assert!(Reach::Loopback.allows("127.0.0.1".parse().unwrap()));
        assert!(!Reach::Public.allows("127.0.0.1".parse().unwrap()));
        assert!(!Reach::Loopback.allows("10.0.0.1".parse().unwrap()));
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_not_followed() {
        let name: Name = "localhost".parse().unwrap();
        assert!(Guarded(Reach::Public).resolve(name).await.is_err());
        let name: Name = "localhost".parse().unwrap();
        assert!(Guarded(Reach::Loopback).resolve(name).await.is_ok());
    }
}
