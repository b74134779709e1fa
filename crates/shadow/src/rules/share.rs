use motel_kernel::ConversationId;
use sha2::{Digest, Sha256};

/// Whether a conversation is among so many of a hundred.
///
/// It follows from the conversation alone: it is answered by the same engine from first to last, on every node, and once it is the
/// candidate's it stays so however far the share grows.
pub fn takes(share: i16, conversation: ConversationId) -> bool {
    let digest = Sha256::digest(conversation.as_uuid().as_bytes());
    let number = digest
        .iter()
        .take(8)
        .fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    i16::try_from(number % 100).is_ok_and(|place| place < share)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn who_is_in_a_share_is_in_every_larger_one(id in any::<u128>(), share in 0_i16..=100, more in 0_i16..=100) {
            let conversation = ConversationId::from(uuid::Uuid::from_u128(id));
            prop_assert!(!takes(0, conversation) && takes(100, conversation));
            prop_assert!(!takes(share, conversation) || takes(share.max(more), conversation));
        }
    }

    #[test]
    fn a_share_is_about_that_share() {
        let ids = (0..2_000).map(|_| ConversationId::new());
        let taken = ids.filter(|id| takes(25, *id)).count();
        assert!((400..=600).contains(&taken), "{taken}");
    }
}
