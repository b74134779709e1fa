//! What is mounted for programs is in the OpenAPI document, each method of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::desk::top;

/// For browsers and developers, not for programs.
const UNLISTED: &[&str] = &[
    // Whom to tell of a weakness.
    "get /.well-known/security.txt",
    "get /assets/{file:.+}",
    "get /dev/mailbox",
    "get /dev/mailbox/{key}",
    // Where guests agree that money is set aside.
    "get /payments/authorisations/{link}",
    "post /payments/authorisations/{link}",
    // Where a guest's browser comes back to from PayPal.
    "get /payments/returns/{link}",
    // The sandbox's own payment page.
    "get /pay/sandbox/{reference}",
    "post /pay/sandbox/{reference}",
];

#[test]
fn every_route_that_a_handler_names_is_in_the_document() {
    let document = serde_json::to_value(remotemotel::openapi::document()).unwrap();
    let listed = listed(&document);
    let mut named = BTreeSet::new();
    for folder in ["crates", "bins/server/src"] {
        for file in rust_files(&top().join(folder)) {
            named.extend(routes_in(&fs::read_to_string(file).unwrap()));
        }
    }
    assert!(named.len() > 120, "only {} routes found", named.len());
    let missing: Vec<_> = named
        .iter()
        .filter(|route| !UNLISTED.contains(&route.as_str()))
        .filter(|route| !listed.contains(*route) && !listed.contains(&for_staff(route)))
        .collect();
    assert!(missing.is_empty(), "not in the document: {missing:#?}");
    for route in UNLISTED {
        assert!(named.contains(*route), "{route} is gone: strike it off");
    }
}

/// `get /units` as staff call it: `get /api/v1/units`.
fn for_staff(route: &str) -> String {
    route.replacen(' ', " /api/v1", 1)
}

fn listed(document: &Value) -> BTreeSet<String> {
    let paths = document["paths"].as_object().unwrap();
    paths
        .iter()
        .flat_map(|(path, item)| {
            let methods = item.as_object().unwrap().keys();
            methods.map(move |method| format!("{method} {path}"))
        })
        .collect()
}

/// `#[get("/units/{id}")]` is `get /units/{id}`.
fn routes_in(source: &str) -> impl Iterator<Item = String> {
    source.lines().filter_map(|line| {
        let (method, rest) = line.trim().strip_prefix("#[")?.split_once("(\"")?;
        let path = rest.strip_suffix("\")]")?;
        ["get", "post", "put", "patch", "delete"]
            .contains(&method)
            .then(|| format!("{method} {path}"))
    })
}

/// Every source file in a folder.
pub(crate) fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("node_modules") {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}
