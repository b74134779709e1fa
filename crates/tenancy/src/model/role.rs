use crate::Permission::{self, *};
use crate::Permissions;

motel_db::text_enum! {
    /// What a member of the team is there for.
    pub enum Role {
        /// Whose business it is.
        Owner = "owner",
        /// Runs the house day by day.
        Manager = "manager",
        /// Receives guests and takes their money.
        FrontDesk = "front_desk",
        /// Cleans, inspects and mends rooms.
        Housekeeping = "housekeeping",
    }
}

/// What is the owner's alone: who acts for the business from outside, for how long it is known what was done, and what it pays for
/// this program.
const THE_OWNERS: &[Permission] = &[
    WriteApiKeys,
    WriteCredentials,
    WriteAuditLog,
    WritePlatformPlan,
];

/// Guests from the first question to the bill; what costs the house money or trust is for somebody else to decide.
const AT_THE_DESK: &[Permission] = &[
    ReadRooms,
    ReadRates,
    ReadTaxes,
    ReadReservations,
    WriteReservations,
    ReadGuests,
    WriteGuests,
    ReadFolios,
    WriteFolios,
    ReadInvoices,
    WriteInvoices,
    ReadVouchers,
    SellVouchers,
    ReadAudits,
    WriteAudits,
    ReadHousekeeping,
    WriteHousekeeping,
    ReadServices,
    ReadAppointments,
    WriteAppointments,
    ReadConversations,
    ReadKnowledge,
    ReadSettings,
];

const IN_THE_ROOMS: &[Permission] = &[ReadRooms, ReadHousekeeping, WriteHousekeeping];

impl Role {
    /// What somebody of this role may do.
    pub fn permissions(self) -> Permissions {
        match self {
            Self::Owner => Permissions::all(),
            Self::Manager => Permissions::all().without(THE_OWNERS),
            Self::FrontDesk => AT_THE_DESK.iter().copied().collect(),
            Self::Housekeeping => IN_THE_ROOMS.iter().copied().collect(),
        }
    }

    /// What it is called among people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Manager => "Manager",
            Self::FrontDesk => "Front desk",
            Self::Housekeeping => "Housekeeping",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_decide_about_money_and_trust() {
        let holders = |permission| -> Vec<Role> {
            let all = Role::ALL.iter().copied();
            all.filter(|role| role.permissions().has(permission))
                .collect()
        };
        use Role::*;
        for (permission, who) in [
            (WriteApiKeys, vec![Owner]),
            (WriteCredentials, vec![Owner]),
            (ReadCredentials, vec![Owner, Manager]),
            (WriteAuditLog, vec![Owner]),
            (ReadAuditLog, vec![Owner, Manager]),
            (WritePlatformPlan, vec![Owner]),
            (WriteTeam, vec![Owner, Manager]),
            (RefundFolios, vec![Owner, Manager]),
            (AdjustFolios, vec![Owner, Manager]),
            (CreditInvoices, vec![Owner, Manager]),
            (WriteRates, vec![Owner, Manager]),
            (EraseGuests, vec![Owner, Manager]),
            (ExportGuests, vec![Owner, Manager]),
            (ReadReports, vec![Owner, Manager]),
            (WriteFolios, vec![Owner, Manager, FrontDesk]),
            (ReadGuests, vec![Owner, Manager, FrontDesk]),
            (
                WriteHousekeeping,
                vec![Owner, Manager, FrontDesk, Housekeeping],
            ),
        ] {
            assert_eq!(holders(permission), who, "{permission}");
        }
    }

    #[test]
    fn each_role_holds_all_of_the_next_one() {
        for pair in Role::ALL.windows(2) {
            let [above, below] = pair else { continue };
            let includes = above.permissions().includes(below.permissions());
            assert!(includes && above.permissions() != below.permissions());
        }
    }
}
