use chrono_tz::Tz;
use motel_kernel::SessionId;
use motel_tenancy::second_factor::RememberedDevice;
use motel_tenancy::{OpenSession, Permission, StaffSession};
use motel_web::words;

use crate::view::{BookingMay, DeviceRow, SessionRow};

/// The pages somebody may go to: none as long as they have yet to set up a second factor.
pub(crate) fn links(staff: &StaffSession) -> Vec<(&'static str, &'static str)> {
    let pages = [
        ("Front desk", "/console", Some(Permission::ReadReservations)),
        (
            "Payment events",
            "/console/payment-events",
            Some(Permission::ReadFolios),
        ),
        (
            "Knowledge",
            "/console/knowledge",
            Some(Permission::ReadKnowledge),
        ),
        ("Upselling", "/console/upsells", Some(Permission::ReadRates)),
        (
            "Rehearsals",
            "/console/rehearsals",
            Some(Permission::ReadConversations),
        ),
        (
            "Hand-over",
            "/console/hand-over",
            Some(Permission::ReadSettings),
        ),
        (
            "Prompts",
            "/console/prompts",
            Some(Permission::ReadSettings),
        ),
        ("Model", "/console/model", Some(Permission::ReadSettings)),
        ("Team", "/console/team", Some(Permission::ReadTeam)),
        (
            "Providers",
            "/console/credentials",
            Some(Permission::ReadCredentials),
        ),
        ("Changes", "/console/audit", Some(Permission::ReadAuditLog)),
        ("Set up", "/console/setup", Some(Permission::WriteSettings)),
        ("Roles", "/console/roles", None),
        ("Your account", "/console/account", None),
    ];
    pages
        .into_iter()
        .filter(|_| !staff.lacks_second_factor)
        .filter(|(_, _, needed)| needed.is_none_or(|needed| opens(staff, needed)))
        .map(|(label, address, _)| (label, address))
        .collect()
}

/// Whether somebody gets to a page that needs a permission: all of them are about the whole business.
fn opens(staff: &StaffSession, needed: Permission) -> bool {
    staff.may(needed) && !staff.reach.is_limited()
}

/// What somebody may do with a booking.
pub(crate) fn booking_may(staff: &StaffSession) -> BookingMay {
    BookingMay {
        move_guests: staff.may(Permission::WriteReservations),
        take: staff.may(Permission::WriteFolios),
        allow: staff.may(Permission::AdjustFolios),
        refund: staff.may(Permission::RefundFolios),
        issue: staff.may(Permission::WriteInvoices),
        credit: staff.may(Permission::CreditInvoices),
    }
}

/// Where somebody is signed in.
pub(crate) fn sessions(open: Vec<OpenSession>, current: SessionId, zone: Tz) -> Vec<SessionRow> {
    let row = |session: OpenSession| SessionRow {
        id: session.id.to_string(),
        device: device(&session.user_agent),
        address: session.address.unwrap_or_else(|| "unknown".to_owned()),
        since: words::moment(session.created_at, zone),
        last_seen: words::moment(session.last_seen_at, zone),
        current: session.id == current,
    };
    open.into_iter().map(row).collect()
}

/// Where somebody need not show their second factor.
pub(crate) fn devices(remembered: Vec<RememberedDevice>, zone: Tz) -> Vec<DeviceRow> {
    let row = |it: RememberedDevice| DeviceRow {
        id: it.id.to_string(),
        device: device(&it.user_agent),
        address: it.address.unwrap_or_else(|| "unknown".to_owned()),
        last_used: words::moment(it.last_used_at, zone),
        until: words::moment(it.expires_at, zone),
    };
    remembered.into_iter().map(row).collect()
}

/// How browsers and systems name themselves, the more telling first: most pretend to be others as well.
const BROWSERS: [(&str, &str); 6] = [
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
];
const SYSTEMS: [(&str, &str); 6] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "a Mac"),
    ("Linux", "Linux"),
];

/// What a browser says of itself, in words a person knows.
fn device(user_agent: &str) -> String {
    let named = |names: &[(&str, &'static str)]| {
        let found = names.iter().find(|(sign, _)| user_agent.contains(sign));
        found.map(|(_, name)| *name)
    };
    match (named(&BROWSERS), named(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "A device that does not say what it is".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_called_what_people_call_them() {
        for (user_agent, expected) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox on Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1",
                "Safari on iPhone",
            ),
            ("curl/8.5.0", "curl"),
            ("", "A device that does not say what it is"),
        ] {
            assert_eq!(device(user_agent), expected);
        }
    }
}
