use sha2::{Digest, Sha256};

use crate::model::Link;
use crate::{Entry, Flaw, Hash};

/// What a chain comes to when it goes on by an entry.
pub(crate) fn chained(before: Link, entry: &Entry) -> Link {
    Link {
        seq: before.seq + 1,
        hash: hash(before.hash, entry),
    }
}

/// Goes on along entries in their order. Answers where it came to, and what is wrong with the next one if anything is.
pub(crate) fn walk(mut at: Link, entries: &[Entry]) -> (Link, Option<Flaw>) {
    for entry in entries {
        let next = chained(at, entry);
        if entry.seq != Some(next.seq) {
            return (at, Some(Flaw::Missing { seq: next.seq }));
        }
        if entry.hash.as_deref() != Some(next.hash.as_bytes()) {
            return (at, Some(Flaw::Changed { seq: next.seq }));
        }
        at = next;
    }
    (at, None)
}

/// Every field is told apart from the next one by its length, and one that is not there from an empty one, so that no two entries look
/// the same.
fn hash(before: Hash, entry: &Entry) -> Hash {
    let mut digest = Sha256::new();
    digest.update(b"motel-audit/1\0");
    digest.update(before.as_bytes());
    let (tenant, id) = (entry.tenant_id.as_uuid(), entry.id.to_be_bytes());
    let at = entry.at.timestamp_micros().to_be_bytes();
    let fields: [Option<&[u8]>; 11] = [
        Some(tenant.as_bytes()),
        Some(&id),
        Some(&at),
        Some(entry.actor.as_bytes()),
        entry.request.as_ref().map(|it| it.as_bytes().as_slice()),
        entry.address.as_deref().map(str::as_bytes),
        Some(entry.thing.as_bytes()),
        Some(entry.row_key.as_bytes()),
        Some(entry.action.as_str().as_bytes()),
        entry.was.as_deref().map(str::as_bytes),
        entry.becomes.as_deref().map(str::as_bytes),
    ];
    for field in fields {
        match field {
            None => digest.update([0]),
            Some(bytes) => {
                digest.update([1]);
                digest.update((bytes.len() as u64).to_be_bytes());
                digest.update(bytes);
            }
        }
    }
    Hash::new(digest.finalize().into())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use chrono::DateTime;
    use motel_kernel::TenantId;
    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::Action;

    prop_compose! {
        fn entry()(
            (id, at) in (0_i64..1_000_000, 0_i64..2_000_000_000_000_000),
            (actor, thing, row_key) in ("[a-z:]{1,8}", "[a-z.]{1,8}", "[a-z/]{0,8}"),
            request in option::of(any::<u128>()),
            address in option::of("[0-9.]{0,8}"),
            action in prop::sample::select(Action::ALL),
            (was, becomes) in (option::of("[a-z]{0,8}"), option::of("[a-z]{0,8}")),
        ) -> Entry {
            Entry {
                tenant_id: "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap(),
                id,
                at: DateTime::from_timestamp_micros(at).unwrap(),
                actor,
                request: request.map(Uuid::from_u128),
                address,
                thing,
                row_key,
                action,
                was,
                becomes,
                seq: None,
                hash: None,
            }
        }
    }

    /// As the chore does it.
    fn chain(entries: &mut [Entry]) -> Link {
        let mut at = Link::BEGINNING;
        for entry in entries {
            at = chained(at, entry);
            entry.seq = Some(at.seq);
            entry.hash = Some(at.hash.as_bytes().to_vec());
        }
        at
    }

    /// The same entry with one thing about it different.
    fn forged(entry: &Entry, what: usize) -> Entry {
        let mut other = entry.clone();
        match what {
            0 => other.tenant_id = TenantId::new(),
            1 => other.id += 1,
            2 => other.at += chrono::TimeDelta::microseconds(1),
            3 => other.actor.push('x'),
            4 => other.request = entry.request.xor(Some(Uuid::max())),
            5 => other.address = entry.address.clone().xor(Some(String::new())),
            6 => other.thing.push('x'),
            7 => other.row_key.push('x'),
            8 => {
                let others = Action::ALL.iter().find(|it| **it != entry.action);
                other.action = *others.unwrap();
            }
            9 => other.was = entry.was.clone().xor(Some(String::new())),
            _ => other.becomes = entry.becomes.clone().xor(Some(String::new())),
        }
        other
    }

    proptest! {
        #[test]
        fn a_chain_that_nobody_touched_holds(mut entries in vec(entry(), 0..8)) {
            let end = chain(&mut entries);
            prop_assert_eq!(walk(Link::BEGINNING, &entries), (end, None));
        }

        #[test]
        fn whatever_is_changed_in_an_entry_shows_at_it(mut entries in vec(entry(), 1..8), at: prop::sample::Index, what in 0_usize..11) {
            chain(&mut entries);
            let at = at.index(entries.len());
            entries[at] = forged(&entries[at], what);
            let seq = i64::try_from(at).unwrap() + 1;
            prop_assert_eq!(walk(Link::BEGINNING, &entries).1, Some(Flaw::Changed { seq }));
        }

        #[test]
        fn who_hashes_a_forged_entry_anew_is_found_at_the_next(mut entries in vec(entry(), 2..8), what in 0_usize..11) {
            chain(&mut entries);
            entries[0] = forged(&entries[0], what);
            let forged = chained(Link::BEGINNING, &entries[0]);
            entries[0].hash = Some(forged.hash.as_bytes().to_vec());
            prop_assert_eq!(walk(Link::BEGINNING, &entries).1, Some(Flaw::Changed { seq: 2 }));
        }

        #[test]
        fn an_entry_that_is_gone_is_missed(mut entries in vec(entry(), 2..8), at: prop::sample::Index) {
            chain(&mut entries);
            let at = at.index(entries.len() - 1);
            entries.remove(at);
            let seq = i64::try_from(at).unwrap() + 1;
            prop_assert_eq!(walk(Link::BEGINNING, &entries).1, Some(Flaw::Missing { seq }));
        }

        #[test]
        fn the_rest_of_a_cut_chain_holds_from_the_cut_on(mut entries in vec(entry(), 1..8), at: prop::sample::Index) {
            let end = chain(&mut entries);
            let at = at.index(entries.len());
            let (before, after) = entries.split_at(at);
            let (cut, _) = walk(Link::BEGINNING, before);
            prop_assert_eq!(walk(cut, after), (end, None));
        }
    }

    #[test]
    fn what_is_not_there_is_not_what_is_empty_nor_what_stands_beside_it() {
        let plain = Entry {
            tenant_id: TenantId::new(),
            id: 1,
            at: DateTime::UNIX_EPOCH,
            actor: "guest".to_owned(),
            request: None,
            address: None,
            thing: "a".to_owned(),
            row_key: "bc".to_owned(),
            action: Action::Delete,
            was: Some("{}".to_owned()),
            becomes: None,
            seq: None,
            hash: None,
        };
        let shifted = Entry {
            thing: "ab".to_owned(),
            row_key: "c".to_owned(),
            ..plain.clone()
        };
        let swapped = Entry {
            was: None,
            becomes: plain.was.clone(),
            ..plain.clone()
        };
        let empty = Entry {
            address: Some(String::new()),
            ..plain.clone()
        };
        for other in [shifted, swapped, empty] {
            assert_ne!(
                chained(Link::BEGINNING, &plain),
                chained(Link::BEGINNING, &other)
            );
        }
    }
}
