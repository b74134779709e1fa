use std::fmt;
use std::fs;

use crate::desk::top;

/// A method and a path, as they are mounted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Route {
    pub(super) method: String,
    pub(super) path: String,
}

impl Route {
    pub(super) fn new(method: &str, path: &str) -> Self {
        Self {
            method: method.to_uppercase(),
            path: path.to_owned(),
        }
    }

    /// Whether staff and programs call it.
    pub(super) fn is_of_the_api(&self) -> bool {
        self.path.starts_with("/api/v1/")
    }

    /// Whether it is a page of the console, or of the interface.
    pub(super) fn is_of_the_staff(&self) -> bool {
        let public = self.path.starts_with("/api/v1/public/");
        self.path.starts_with("/console") || self.is_of_the_api() && !public
    }

    /// An address of it; what is not there where it names something.
    pub(super) fn address(&self) -> String {
        let mut path = self.path.clone();
        for (name, value) in [
            ("{code}", "RM-7K3F9Q"),
            ("{gateway}", "sandbox"),
            ("{action}", "check-in"),
            ("{report}", "trial-balance"),
            ("{business_date}", "2026-12-04"),
        ] {
            path = path.replace(name, value);
        }
        while let (Some(from), Some(to)) = (path.find('{'), path.find('}')) {
            path.replace_range(from..=to, "01890a5d-ac96-774b-bcce-b302099a8057");
        }
        path
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// All routes of the document and of the console.
pub(super) fn all() -> Vec<Route> {
    let mut routes = documented();
    assert!(routes.len() > 150, "only {} routes found", routes.len());
    let pages = pages();
    assert!(pages.len() > 15, "only {} pages found", pages.len());
    routes.extend(pages);
    routes
}

fn documented() -> Vec<Route> {
    let document = serde_json::to_value(remotemotel::openapi::document()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let routes = paths.iter().flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().keys();
        methods.map(move |method| Route::new(method, path))
    });
    routes.collect()
}

/// The console's pages, as its one list of them says: `web::resource("/desk").get(desk::fragment)`.
fn pages() -> Vec<Route> {
    let list = fs::read_to_string(top().join("crates/console/src/http.rs")).unwrap();
    let resources = list.split("web::resource(\"").skip(1);
    let mut routes = Vec::new();
    for resource in resources {
        let (path, rest) = resource.split_once('"').unwrap();
        let rest = rest.split(".service(").next().unwrap();
        for method in ["get", "post", "put", "delete"] {
            if rest.contains(&format!(".{method}(")) {
                routes.push(Route::new(method, &format!("/console{path}")));
            }
        }
    }
    routes
}
