/// Declares what can be permitted: a value of [`Permission`], the word it is sent and stored as, what it lets one do, and a
/// type of its name in [`may`](crate::may), by which a handler says what it needs.
macro_rules! permissions {
    ($($name:ident = $word:literal, $meaning:literal;)+) => {
        motel_db::text_enum! {
            /// One thing that somebody may do: an action on a kind of thing, `folios:refund`.
            pub enum Permission {
                $(#[doc = $meaning] $name = $word,)+
            }
        }

        impl Permission {
            /// What it lets one do, as the rest of "may …".
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning),+ }
            }
        }

        /// What a handler can need: the type stands in its arguments, so none comes into being that does not say it.
        pub mod may {
            use super::{Needs, Permission};

            /// Nothing but to be known: signed in, or a program with a key.
            #[derive(Debug, Clone, Copy)]
            pub struct BeKnown;

            impl Needs for BeKnown {
                const PERMISSION: Option<Permission> = None;
            }

            /// Nothing but to be signed in, also for who has yet to set up the second factor that their business asks for.
            #[derive(Debug, Clone, Copy)]
            pub struct SetUpSecondFactor;

            impl Needs for SetUpSecondFactor {
                const PERMISSION: Option<Permission> = None;
                const BEFORE_SECOND_FACTOR: bool = true;
            }

            /// Nothing but to be known, also for a key with ceilings: where assistants call, and what they may do is looked at call by call.
            #[derive(Debug, Clone, Copy)]
            pub struct Assist;

            impl Needs for Assist {
                const PERMISSION: Option<Permission> = None;
                const FOR_ASSISTANTS: bool = true;
            }

            $(
                #[doc = $meaning]
                #[derive(Debug, Clone, Copy)]
                pub struct $name;

                impl Needs for $name {
                    const PERMISSION: Option<Permission> = Some(Permission::$name);
                }
            )+
        }
    };
}

/// A type that says what a handler needs. The types are in [`may`].
pub trait Needs: 'static {
    /// Which permission; `None` when it is enough to be known.
    const PERMISSION: Option<Permission>;
    /// Whether it is for those, too, who have yet to set up the second factor that their business asks for.
    const BEFORE_SECOND_FACTOR: bool = false;
    /// Whether it is for keys with ceilings, which open nothing else.
    const FOR_ASSISTANTS: bool = false;
}

permissions! {
    ReadRooms = "rooms:read", "see room types, rooms and how many are left";
    WriteRooms = "rooms:write", "make, change and archive room types and rooms";
    ReadRates = "rates:read", "see rate plans, prices, seasons, promotions, packages and cancellation policies";
    WriteRates = "rates:write", "change rate plans, prices, restrictions, seasons, promotions, packages and cancellation policies";
    ReadTaxes = "taxes:read", "see taxes and fees";
    WriteTaxes = "taxes:write", "change taxes and fees";
    ReadReservations = "reservations:read", "see bookings, stays, the tape chart and the desk's day";
    WriteReservations = "reservations:write", "book, change and cancel, let guests in and out";
    ReadGuests = "guests:read", "see guests, notes on them and their documents";
    WriteGuests = "guests:write", "change guests, make one of two, note things";
    ExportGuests = "guests:export", "give out all that is kept on a guest";
    EraseGuests = "guests:erase", "overwrite for good who a guest was";
    ReadFolios = "folios:read", "see folios, payments, cards on file and payment events";
    WriteFolios = "folios:write", "post charges and payments, charge cards, move lines, close folios";
    AdjustFolios = "folios:adjust", "take something off a folio, reverse postings, reopen folios";
    RefundFolios = "folios:refund", "send money back";
    ReadInvoices = "invoices:read", "see invoices, receipts and credit notes";
    WriteInvoices = "invoices:write", "issue and send invoices and receipts";
    CreditInvoices = "invoices:credit", "take invoices back by credit notes";
    ReadVouchers = "vouchers:read", "see gift cards and coupons";
    SellVouchers = "vouchers:sell", "sell, print and send gift cards";
    WriteVouchers = "vouchers:write", "make and end coupons, void gift cards";
    ReadReports = "reports:read", "see the reports of the ledger and what is owed on gift cards";
    ReadAudits = "audits:read", "see night audits";
    WriteAudits = "audits:write", "close business days";
    ReadHousekeeping = "housekeeping:read", "see tasks, the condition of rooms and when they are out of order";
    WriteHousekeeping = "housekeeping:write", "plan and do tasks, note conditions, put rooms out of order";
    ReadServices = "services:read", "see services, stations and blackouts";
    WriteServices = "services:write", "change services, stations and blackouts";
    ReadAppointments = "appointments:read", "see appointments";
    WriteAppointments = "appointments:write", "book, move and cancel appointments";
    ReadConversations = "conversations:read", "read conversations, calls and leads";
    ReadKnowledge = "knowledge:read", "see what guests are told, and what they asked in vain";
    WriteKnowledge = "knowledge:write", "add and remove what guests are told, and answer what they asked in vain";
    ReadSettings = "settings:read", "see the rules of the house: deposits, cleaning, the hour of the night audit";
    WriteSettings = "settings:write", "change the rules of the house, and move a sandbox's clock";
    ReadTeam = "team:read", "see who is in the team";
    WriteTeam = "team:write", "invite, change and deactivate members";
    ReadApiKeys = "api-keys:read", "see which keys there are";
    WriteApiKeys = "api-keys:write", "make and revoke keys";
    ReadCredentials = "credentials:read", "see for which providers credentials are set";
    WriteCredentials = "credentials:write", "set and remove credentials of providers";
    ReadAuditLog = "audit-log:read", "see who changed what, and whether that log is as it was written";
    WriteAuditLog = "audit-log:write", "say for how long the log of changes is kept";
    ReadPlatformPlan = "platform-plan:read", "see the plan, what was used and what it costs";
    WritePlatformPlan = "platform-plan:write", "change the plan, set a budget and pay for it";
}

/// Some of the permissions.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Permissions(u64);

impl Permissions {
    /// Every one there is.
    pub fn all() -> Self {
        Permission::ALL.iter().copied().collect()
    }

    /// Whether one is among them.
    pub fn has(self, permission: Permission) -> bool {
        self.0 & bit(permission) != 0
    }

    /// Whether all of the others are among them: nobody gives away what they do not have.
    pub fn includes(self, others: Self) -> bool {
        others.0 & !self.0 == 0
    }

    /// Those of them that are among the others as well.
    #[must_use]
    pub fn within(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }

    /// These, except for some.
    #[must_use]
    pub fn without(self, taken: &[Permission]) -> Self {
        let taken: Self = taken.iter().copied().collect();
        Self(self.0 & !taken.0)
    }

    /// Each of them, in their order.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        let all = Permission::ALL.iter().copied();
        all.filter(move |permission| self.has(*permission))
    }
}

const fn bit(permission: Permission) -> u64 {
    1 << permission as u32
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        Self(
            permissions
                .into_iter()
                .map(bit)
                .fold(0, std::ops::BitOr::bitor),
        )
    }
}

impl std::fmt::Debug for Permissions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set()
            .entries(self.iter().map(Permission::as_str))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_permission_has_a_bit_a_word_and_a_meaning_of_its_own() {
        let bits: BTreeSet<_> = Permission::ALL.iter().map(|it| bit(*it)).collect();
        let words: BTreeSet<_> = Permission::ALL.iter().map(|it| it.as_str()).collect();
        let meanings: BTreeSet<_> = Permission::ALL.iter().map(|it| it.meaning()).collect();
        for count in [bits.len(), words.len(), meanings.len()] {
            assert_eq!(count, Permission::ALL.len());
        }
        for word in words {
            let (thing, action) = word.split_once(':').unwrap_or_default();
            assert!(!thing.is_empty() && !action.is_empty(), "{word}");
        }
    }

    #[test]
    fn sets_hold_what_was_put_in() {
        let some: Permissions = [Permission::ReadRooms, Permission::RefundFolios]
            .into_iter()
            .collect();
        assert!(some.has(Permission::RefundFolios) && !some.has(Permission::WriteRooms));
        assert!(Permissions::all().includes(some) && !some.includes(Permissions::all()));
        assert!(some.includes(some) && some.includes(Permissions::default()));
        let fewer = some.without(&[Permission::ReadRooms, Permission::WriteRates]);
        assert_eq!(fewer.iter().collect::<Vec<_>>(), [Permission::RefundFolios]);
        assert_eq!(format!("{fewer:?}"), r#"{"folios:refund"}"#);
        assert_eq!(Permissions::all().within(fewer), fewer);
        let others: Permissions = [Permission::ReadRooms].into_iter().collect();
        assert_eq!(fewer.within(others), Permissions::default());
    }

    #[test]
    fn whoever_may_change_a_thing_may_see_it() {
        for role in crate::Role::ALL {
            let held = role.permissions();
            for permission in held.iter() {
                let thing = permission.as_str().split(':').next().unwrap_or_default();
                let read = format!("{thing}:read").parse();
                assert!(
                    read.is_ok_and(|read| held.has(read)),
                    "{role}: {permission}"
                );
            }
        }
    }
}
