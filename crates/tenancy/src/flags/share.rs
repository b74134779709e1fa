use motel_kernel::TenantId;
use sha2::{Digest, Sha256};

use super::{Flag, Percent};

/// Whether a business is among the share that has it. Who is in at ten per cent is in at twenty: each has a place for each flag, which
/// never moves, and the share is how many places from the first on are in.
pub(super) fn is_among(flag: Flag, tenant: TenantId, share: Percent) -> bool {
    place(flag, tenant) < share.get().unsigned_abs()
}

/// 0 to 99, evenly. Another flag gives it another place, so that not always the same try what is new.
fn place(flag: Flag, tenant: TenantId) -> u16 {
    let mut digest = Sha256::new();
    digest.update(flag.as_str());
    digest.update([0]);
    digest.update(tenant.as_uuid());
    let folded = digest
        .finalize()
        .iter()
        .fold(0_u32, |rest, byte| (rest * 256 + u32::from(*byte)) % 100);
    u16::try_from(folded).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn everybody_is_in_at_a_hundred_and_nobody_at_none() {
        for _ in 0..200 {
            let tenant = TenantId::new();
            assert!(is_among(Flag::GuestChat, tenant, Percent::ALL));
            assert!(!is_among(Flag::GuestChat, tenant, Percent::NONE));
        }
    }

    #[test]
    fn the_places_are_the_same_in_every_version_and_on_every_machine() {
        let tenant = "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap();
        assert_eq!(place(Flag::GuestChat, tenant), PLACE_OF_THAT_ONE);
    }

    const PLACE_OF_THAT_ONE: u16 = 47;

    #[test]
    fn a_share_is_about_that_many() {
        let half = Percent::new(50).unwrap();
        let among = (0..2_000).filter(|_| is_among(Flag::GuestChat, TenantId::new(), half));
        let among = among.count();
        assert!((850..1_150).contains(&among), "{among} of 2000");
    }

    proptest! {
        #[test]
        fn who_is_in_stays_in_as_the_share_grows(id: u128, less in 0_u8..=100, more in 0_u8..=100) {
            let tenant = uuid::Uuid::from_u128(id).to_string().parse().unwrap();
            let (less, more) = (less.min(more), less.max(more));
            let among = |share| is_among(Flag::GuestChat, tenant, Percent::new(share).unwrap());
            prop_assert!(!among(less) || among(more));
        }
    }
}
