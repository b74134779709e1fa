use std::net::IpAddr;

use motel_kernel::{StaffId, network_of};
use sha2::{Digest, Sha256};

/// Whose failures are counted together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Subject {
    digest: [u8; 32],
    /// How many failures lead to a wait.
    free: i32,
}

impl Subject {
    /// The account of an e-mail address, whether there is one or not.
    pub(crate) fn account(email: &str) -> Self {
        let email = email.trim().to_lowercase();
        Self::of("account", &email, 5)
    }

    /// The same account from an address from where somebody got into it lately: whoever guesses elsewhere does not make them wait.
    pub(crate) fn account_from(email: &str, address: IpAddr) -> Self {
        let email = email.trim().to_lowercase();
        Self::of(
            "account-from",
            &format!("{email}\n{}", network_of(address)),
            5,
        )
    }

    /// Everybody at an internet address. More are free, since a whole house may share one.
    pub(crate) fn visitor(address: IpAddr) -> Self {
        Self::of("visitor", &network_of(address).to_string(), 20)
    }

    /// A program that says it has a certain key, at an internet address.
    pub(crate) fn client_from(id: &str, address: IpAddr) -> Self {
        Self::of("client-from", &format!("{id}\n{}", network_of(address)), 5)
    }

    /// Everybody at an internet address, asking for mails.
    pub(crate) fn asker(address: IpAddr) -> Self {
        Self::of("asker", &network_of(address).to_string(), 10)
    }

    /// A member who must show the password that they have.
    pub(crate) fn member(staff: StaffId) -> Self {
        Self::of("member", &staff.to_string(), 5)
    }

    /// A member who must show a code of their second factor. It is counted apart, so that neither who knows the password empties
    /// this count, nor who guesses codes keeps the member from changing it.
    pub(crate) fn code_of(staff: StaffId) -> Self {
        Self::of("code-of", &staff.to_string(), 5)
    }

    /// A member whose passkeys are shown. It is counted apart: who shows wrong ones keeps the member from no code.
    pub(crate) fn passkey_of(staff: StaffId) -> Self {
        Self::of("passkey-of", &staff.to_string(), 5)
    }

    /// A member who has mails sent to addresses that may be others'.
    pub(crate) fn address_of(staff: StaffId) -> Self {
        Self::of("address-of", &staff.to_string(), 3)
    }

    fn of(kind: &str, name: &str, free: i32) -> Self {
        Self {
            digest: Sha256::digest(format!("{kind}:{name}").as_bytes()).into(),
            free,
        }
    }

    pub(super) fn digest(&self) -> &[u8] {
        &self.digest
    }

    pub(super) fn free(&self) -> i32 {
        self.free
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_account_is_one_however_it_is_spelt() {
        let dana = Subject::account("dana@motel.example");
        assert_eq!(Subject::account(" Dana@Motel.example "), dana);
        assert_ne!(Subject::account("dina@motel.example"), dana);
    }

    #[test]
    fn a_network_of_version_six_is_one_visitor() {
        let visitor = |address: &str| Subject::visitor(address.parse().unwrap());
        assert_eq!(visitor("2001:db8:1:2::7"), visitor("2001:db8:1:2:ffff::1"));
        assert_ne!(visitor("2001:db8:1:2::7"), visitor("2001:db8:1:3::7"));
        assert_eq!(visitor("::ffff:192.0.2.7"), visitor("192.0.2.7"));
        assert_ne!(visitor("192.0.2.7"), visitor("192.0.2.8"));
        let address = "192.0.2.7".parse().unwrap();
        assert_ne!(Subject::visitor(address), Subject::asker(address));
    }
}
