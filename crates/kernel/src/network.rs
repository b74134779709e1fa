use std::net::{IpAddr, Ipv6Addr};

/// Everybody who can be told apart from others by an internet address: an address of version 4, or the network of 2⁶⁴ that whoever
/// has one address of version 6 has all of. An address of version 4 that is written as one of version 6 is the former.
pub fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let host = u128::from(u64::MAX);
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !host))
        }
        version4 @ IpAddr::V4(_) => version4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_version_6_the_first_half_counts_and_of_version_4_all() {
        for (address, network) in [
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
        ] {
            let found = address.parse().map(network_of);
            assert_eq!(found, network.parse(), "{address}");
        }
    }
}
