//! Who gets in where: every route there is, tried by everybody who should not.
//!
//! The routes are those of the OpenAPI document and the console's pages, as they are mounted. Each is closed to nobody, to a
//! session that was ended, to a key that was revoked or is over, to everybody whose role, the business's own ones too, or key does not hold
//! what it needs, and to who works for another property, but where `one-property.txt` says that it keeps to one; what is open stands in
//! `open-doors.txt` with the reason. So a route that is added without protection fails here:
//! [`a_route_that_nobody_thought_of_is_found`] adds one and sees it named, and
//! `property::a_route_that_forgets_whose_property_it_is_is_found` one that lets in who works elsewhere.

mod factor;
mod neighbours;
mod own_role;
mod people;
mod pins;
mod property;
mod roles;
mod routes;
mod strangers;
mod tokens;

use pins::Pins;
use routes::Route;

/// Who of these routes answers a stranger: neither pinned as open, nor refusing with 401, or by the way to the sign-in page.
async fn unguarded(
    routes: &[Route],
    pins: &Pins,
    ask: impl AsyncFn(&Route) -> Seen,
) -> Vec<String> {
    let mut found = Vec::new();
    for route in routes {
        if pins.is_open(route) {
            continue;
        }
        let seen = ask(route).await;
        if !seen.is_sent_away() {
            found.push(format!("{route}: {}", seen.status));
        }
    }
    found
}

/// What somebody was answered, as far as it tells whether they got in.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    status: u16,
    location: String,
    code: String,
    detail: String,
}

impl Seen {
    fn is_sent_away(&self) -> bool {
        let unknown = self.status == 401 && self.code == "signed_out";
        unknown || self.status == 303 && self.location == "/console/sign-in"
    }

    /// The permission that was missing.
    fn missing(&self) -> Option<&str> {
        let refused = self.status == 403 && self.code == "forbidden";
        let rest = self.detail.split_once("the permission ")?.1;
        refused.then(|| rest.split(": ").next().unwrap_or_default())
    }
}

#[actix_web::test]
async fn a_route_that_nobody_thought_of_is_found() {
    use actix_web::test::{TestRequest, call_service, init_service};
    use actix_web::{App, HttpResponse, web};

    let leaky = App::new()
        .route(
            "/api/v1/salaries",
            web::get().to(async || HttpResponse::Ok().finish()),
        )
        .route(
            "/api/v1/rooms",
            web::get().to(async || HttpResponse::Unauthorized().finish()),
        );
    let app = init_service(leaky).await;
    let routes = ["/api/v1/salaries", "/api/v1/rooms"].map(|path| Route::new("GET", path));
    let ask = async |route: &Route| {
        let request = TestRequest::get().uri(&route.path).to_request();
        let status = call_service(&app, request).await.status().as_u16();
        let code = if status == 401 { "signed_out" } else { "" };
        Seen {
            status,
            location: String::new(),
            code: code.to_owned(),
            detail: String::new(),
        }
    };
    let found = unguarded(&routes, &Pins::read(), ask).await;
    assert_eq!(found, ["GET /api/v1/salaries: 200"]);
}
