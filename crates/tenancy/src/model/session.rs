use std::net::IpAddr;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::{SessionId, StaffId, TenantId};
use secrecy::SecretString;

use crate::schema::sessions;
use crate::second_factor::Claimant;
use crate::{HeldRole, Permission, Reach, TenantState};

/// Somebody of the staff is signed in: whose tenant, and who.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffSession {
    /// Which sign-in.
    pub id: SessionId,
    /// The tenant whose data they may see.
    pub tenant: TenantId,
    /// Who it is.
    pub staff_id: StaffId,
    /// How to greet them.
    pub display_name: String,
    /// What they are there for.
    pub role: HeldRole,
    /// For which properties they work.
    pub reach: Reach,
    /// How their business stands.
    pub state: TenantState,
    /// Whether their business asks for a second factor and they have none: until they do they may set one up, and nothing else.
    pub lacks_second_factor: bool,
}

impl StaffSession {
    /// Who is asked to prove that it is them.
    pub fn claimant(&self) -> Claimant {
        Claimant {
            tenant: self.tenant,
            member: self.staff_id,
            session: Some(self.id),
        }
    }

    /// Whether their role permits it.
    pub fn may(&self, permission: Permission) -> bool {
        self.role.permissions.has(permission)
    }
}

/// From where somebody signs in, as far as a request tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Device {
    user_agent: String,
    address: Option<IpAddr>,
}

impl Device {
    /// How much of what a browser says of itself is kept, in characters.
    const LONGEST: usize = 300;

    /// What the browser says it is, shortened and without control characters, and the address it calls from.
    pub fn new(user_agent: &str, address: Option<IpAddr>) -> Self {
        let visible = user_agent.chars().filter(|c| !c.is_control());
        Self {
            user_agent: visible.take(Self::LONGEST).collect(),
            address: address.map(|address| address.to_canonical()),
        }
    }

    pub(crate) fn user_agent(&self) -> &str {
        &self.user_agent
    }

    pub(crate) fn address(&self) -> Option<String> {
        self.address.map(|address| address.to_string())
    }
}

/// A session just opened, with what proves it: nobody sees that again but the browser that keeps it.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// Which session.
    pub id: SessionId,
    /// 64 hexadecimal digits.
    pub token: SecretString,
}

/// A session that is open, as the member it belongs to may see it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = sessions, check_for_backend(diesel::pg::Pg))]
pub struct OpenSession {
    /// Which session.
    pub id: SessionId,
    /// What the browser says it is; may be empty.
    pub user_agent: String,
    /// The address it was opened from, if that is known.
    pub address: Option<String>,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to the minute.
    pub last_seen_at: DateTime<Utc>,
    /// When it ends at the latest.
    pub expires_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_browser_so_much_is_kept_and_nothing_invisible() {
        let long = format!("Browser\u{0}\n {}", "é".repeat(5_000));
        let mapped = "::ffff:192.0.2.7".parse().ok();
        let device = Device::new(&long, mapped);
        assert!(device.user_agent().starts_with("Browser é"));
        assert_eq!(device.user_agent().chars().count(), 300);
        assert_eq!(device.address().as_deref(), Some("192.0.2.7"));
        assert_eq!(Device::default().address(), None);
    }
}
