use std::collections::BTreeMap;

use motel_tenancy::{Permission, Role};

use super::own_role::OwnRole;
use super::people::{Visitor, member, program, tenant};
use super::pins::Pins;
use super::routes::{self, Route};
use crate::desk::{Desk, top};

/// Of two keys for different things one is refused everywhere, and told for want of what.
async fn needed(desk: &Desk, keys: &[Visitor; 2], route: &Route) -> Option<Permission> {
    for key in keys {
        let seen = key.knock(desk, route).await;
        if let Some(word) = seen.missing() {
            return Some(word.parse().unwrap());
        }
    }
    None
}

/// Routes that change nothing and are asked with more than fits an address.
const LOOKS: &[&str] = &["POST /api/v1/prompts/{kind}/preview"];

#[tokio::test(flavor = "multi_thread")]
async fn each_route_of_the_interface_takes_one_permission_and_nobody_without_it() {
    let desk = Desk::open().await;
    let (pins, ours) = (Pins::read(), tenant(&desk, "remotemotel").await);
    let keys = [
        program(&desk, ours, Some(&[Permission::ReadTeam])).await,
        program(&desk, ours, Some(&[Permission::WriteTeam])).await,
    ];
    let mut members = Vec::new();
    for role in Role::ALL {
        members.push((*role, member(&desk, ours, *role).await));
    }
    let own = OwnRole::made(&desk, ours).await;
    let mut limited = BTreeMap::new();
    let mut guarded = 0;
    for route in routes::all() {
        if !route.is_of_the_api() || pins.is_open(&route) || pins.is_known(&route) {
            continue;
        }
        let needed = needed(&desk, &keys, &route).await;
        let needed = needed.unwrap_or_else(|| panic!("{route} needs nothing, and is not pinned"));
        let reads = [":read", ":export"]
            .iter()
            .any(|end| needed.as_str().ends_with(end));
        let looks = route.method == "GET" || LOOKS.contains(&route.to_string().as_str());
        assert_eq!(looks, reads, "{route} needs {needed}");
        for (role, member) in &members {
            let seen = member.knock(&desk, &route).await;
            let refused = seen.missing() == Some(needed.as_str());
            let permitted = role.permissions().has(needed);
            assert_eq!(!refused, permitted, "{role} at {route}: {seen:?}");
        }
        // A role of the business's own, which loses this and nothing else: from the next request on.
        own.permit_all_but(&desk, needed).await;
        let seen = own.member.knock(&desk, &route).await;
        assert_eq!(
            seen.missing(),
            Some(needed.as_str()),
            "an own role at {route}: {seen:?}"
        );
        own.permit_only(&desk, needed).await;
        let seen = own.member.knock(&desk, &route).await;
        assert_eq!(seen.missing(), None, "an own role at {route}: {seen:?}");
        if !limited.contains_key(needed.as_str()) {
            let key = program(&desk, ours, Some(&[needed])).await;
            limited.insert(needed.as_str(), key);
        }
        let seen = limited[needed.as_str()].knock(&desk, &route).await;
        let let_in = seen.status != 401 && (seen.status != 403 || seen.code != "forbidden");
        assert!(let_in, "a key for {needed} alone at {route}: {seen:?}");
        guarded += 1;
    }
    assert!(guarded > 130, "only {guarded} routes were tried");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_show_nothing_to_whom_they_are_not_for() {
    let desk = Desk::open().await;
    let (pins, ours) = (Pins::read(), tenant(&desk, "remotemotel").await);
    let cleaner = member(&desk, ours, Role::Housekeeping).await;
    let clerk = member(&desk, ours, Role::FrontDesk).await;
    for route in routes::all() {
        if !route.path.starts_with("/console") || pins.is_open(&route) {
            continue;
        }
        let seen = cleaner.knock(&desk, &route).await;
        let refused = seen.missing().is_some();
        assert_eq!(refused, !pins.is_known(&route), "{route}: {seen:?}");
        let seen = clerk.knock(&desk, &route).await;
        let trusted = ["/allowances", "/refunds", "/credit"];
        let refused = trusted.iter().any(|end| route.path.ends_with(end))
            || route.path.starts_with("/console/team")
            || route.path.starts_with("/console/roles/")
            || route.to_string() == "POST /console/roles"
            || route.to_string() == "POST /console/hand-over"
            || route.path.starts_with("/console/audit")
            || route.path.starts_with("/console/credentials")
            || route.path.starts_with("/console/knowledge/")
            || route.path.starts_with("/console/rehearsals/")
            || route.path.starts_with("/console/upsells/")
            || route.to_string() == "POST /console/upsells"
            || route.to_string() == "POST /console/model"
            || (route.path.starts_with("/console/prompts/") && !route.path.ends_with("{number}"))
            || route.path.starts_with("/console/setup");
        assert_eq!(seen.missing().is_some(), refused, "{route}: {seen:?}");
    }
}

#[test]
fn the_guide_shows_the_same_table() {
    let guide = std::fs::read_to_string(top().join("docs/guides/roles.md")).unwrap();
    for permission in Permission::ALL {
        let marks = Role::ALL.iter().map(|role| {
            let permitted = role.permissions().has(*permission);
            if permitted { " ✓ |" } else { "   |" }
        });
        let marks: String = marks.collect();
        let row = format!("| `{permission}` | {} |{marks}", permission.meaning());
        assert!(guide.contains(&row), "the guide lacks this row:\n{row}");
    }
}
