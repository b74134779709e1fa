use std::collections::BTreeMap;
use std::fs;

use super::routes::Route;
use crate::desk::top;

/// What `open-doors.txt` says.
pub(super) struct Pins(BTreeMap<String, Kind>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Open,
    Known,
}

impl Pins {
    pub(super) fn read() -> Self {
        let file = top().join("bins/server/tests/it/access/open-doors.txt");
        let text = fs::read_to_string(file).unwrap();
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let pins = lines.filter(|line| !line.is_empty()).map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [kind, method, path, reason @ ..] = &words[..] else {
                panic!("{line}");
            };
            assert!(reason.len() > 1, "{path} has no reason");
            let kind = match *kind {
                "open" => Kind::Open,
                "known" => Kind::Known,
                other => panic!("{other} is neither open nor known"),
            };
            (format!("{method} {path}"), kind)
        });
        Self(pins.collect())
    }

    /// Whether anybody may call it.
    pub(super) fn is_open(&self, route: &Route) -> bool {
        self.0.get(&route.to_string()) == Some(&Kind::Open)
    }

    /// Whether everybody who is known may.
    pub(super) fn is_known(&self, route: &Route) -> bool {
        self.0.get(&route.to_string()) == Some(&Kind::Known)
    }

    /// Those that no route answers to.
    pub(super) fn stale(&self, routes: &[Route]) -> Vec<String> {
        let there: Vec<String> = routes.iter().map(Route::to_string).collect();
        let pinned = self.0.keys().filter(|pin| !there.contains(pin));
        pinned.cloned().collect()
    }
}
