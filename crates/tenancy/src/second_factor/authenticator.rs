use chrono::{DateTime, Utc};
use motel_kernel::{Email, StaffId, TenantId};
use motel_seal::{Keyring, Sealed};
use rand::RngExt;
use secrecy::SecretString;
use totp_rs::{Algorithm, Builder, Totp};

use crate::TenancyError;

/// What RFC 4226 recommends for a key.
const KEY_BYTES: usize = 20;
/// How much of a business's name an authenticator is told, in characters.
const LONGEST_NAME: usize = 30;

/// The codes of an authenticator, as RFC 6238 makes them: six digits of an HMAC-SHA-1, another every 30 seconds. A clock may be
/// one step off either way.
pub(crate) struct Authenticator(Totp);

impl Authenticator {
    /// One with a key that was never given out.
    pub(crate) fn mint() -> Result<Self, TenancyError> {
        let key: [u8; KEY_BYTES] = rand::rng().random();
        Self::of(&key)
    }

    /// The one that shares this key.
    pub(crate) fn of(key: &[u8]) -> Result<Self, TenancyError> {
        let totp = builder(key).build().map_err(TenancyError::unreadable)?;
        Ok(Self(totp))
    }

    /// Opens the one that was sealed for a member.
    pub(crate) fn open(
        keys: &Keyring,
        (tenant, member): (TenantId, StaffId),
        sealed: &[u8],
    ) -> Result<Self, TenancyError> {
        let sealed = Sealed::from_bytes(sealed).map_err(TenancyError::unreadable)?;
        let key = keys.open(&context(tenant, member), &sealed);
        Self::of(&key.map_err(TenancyError::unreadable)?)
    }

    /// Its key, sealed for a member.
    pub(crate) fn seal(
        &self,
        keys: &Keyring,
        (tenant, member): (TenantId, StaffId),
    ) -> Result<Sealed, TenancyError> {
        keys.seal(&context(tenant, member), self.0.secret().as_bytes())
            .map_err(TenancyError::unreadable)
    }

    /// The step of time that a code is of, if it is one of now, of the step before or of the one after.
    pub(crate) fn step_of(&self, code: &str, now: DateTime<Utc>) -> Option<i64> {
        let seconds = u64::try_from(now.timestamp()).ok()?;
        let step = self.0.check(code, seconds)?;
        i64::try_from(step).ok()
    }

    /// Its key, to be typed into a device.
    pub(crate) fn key(&self) -> SecretString {
        self.0.secret().to_base32().into()
    }

    /// The address that a device reads from a picture.
    pub(crate) fn address(
        &self,
        business: &str,
        email: &Email,
    ) -> Result<SecretString, TenancyError> {
        // A colon stands between the two; and a picture of a long name is too fine for a telephone.
        let short: String = business.chars().take(LONGEST_NAME).collect();
        let [business, account] =
            [short.as_str(), email.as_str()].map(|name| name.replace(':', " "));
        let named = builder(self.0.secret().as_bytes())
            .with_account_name(account)
            .with_issuer(Some(business))
            .build()
            .map_err(TenancyError::unreadable)?;
        let address = named.to_url().map_err(TenancyError::unreadable)?;
        Ok(address.into())
    }
}

fn builder(key: &[u8]) -> Builder {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_step_duration(30)
        .with_skew(1)
        .with_secret(key.to_vec())
}

/// What a key is sealed for.
pub(super) fn context(tenant: TenantId, member: StaffId) -> String {
    format!("second-factor/{tenant}/{member}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use motel_seal::MasterKey;
    use proptest::prelude::*;
    use secrecy::ExposeSecret;

    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    /// The key of RFC 6238's appendix B.
    fn of_the_rfc() -> Authenticator {
        Authenticator::of(b"12345678901234567890").unwrap()
    }

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // Its codes have eight digits; six are the last of them.
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let step = of_the_rfc().step_of(code, at(seconds));
            assert_eq!(step, Some(seconds / 30), "{seconds}");
        }
    }

    #[test]
    fn a_clock_may_be_one_step_off_and_not_two() {
        let code = "050471";
        let step = 1_111_111_111 / 30;
        for (off, found) in [
            (-2, None),
            (-1, Some(step)),
            (0, Some(step)),
            (1, Some(step)),
            (2, None),
        ] {
            let now = at((step + off) * 30);
            assert_eq!(of_the_rfc().step_of(code, now), found, "{off}");
        }
    }

    #[test]
    fn a_device_is_told_who_and_where() {
        let email = Email::parse("dana@motel.example").unwrap();
        let address = of_the_rfc().address("Sunrise: Motel", &email).unwrap();
        assert_eq!(
            address.expose_secret(),
            "otpauth://totp/Sunrise%20%20Motel:dana%40motel.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Sunrise%20%20Motel"
        );
    }

    #[test]
    fn a_key_sealed_for_one_member_is_none_of_another() {
        let keys = Keyring::new(MasterKey::generate());
        let (tenant, dana, mia) = (TenantId::new(), StaffId::new(), StaffId::new());
        let sealed = of_the_rfc().seal(&keys, (tenant, dana)).unwrap();
        let open = |whose| Authenticator::open(&keys, whose, sealed.as_bytes());
        let opened = open((tenant, dana)).unwrap();
        assert_eq!(opened.step_of("287082", at(59)), Some(1));
        assert!(open((tenant, mia)).is_err() && open((TenantId::new(), dana)).is_err());
    }

    proptest! {
        #[test]
        fn what_is_no_code_of_six_digits_is_never_right(text in ".{0,12}", seconds in 0_i64..4_000_000_000) {
            let digits = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
            prop_assume!(!digits);
            prop_assert_eq!(of_the_rfc().step_of(&text, at(seconds)), None);
        }

        #[test]
        fn a_code_is_of_a_step_around_now(code in "[0-9]{6}", seconds in 60_i64..4_000_000_000) {
            let found = of_the_rfc().step_of(&code, at(seconds));
            prop_assert!(found.is_none_or(|step| (step - seconds / 30).abs() <= 1));
        }
    }
}
