//! What a browser gets.

use reqwest::Method;

use crate::desk::Desk;

/// A path, the status it has to have, and the beginning of its content type.
const PAGES: &[(&str, u16, &str)] = &[
    ("/", 200, "text/html"),
    ("/t/remotemotel", 200, "text/html"),
    ("/t/harvest-table", 200, "text/html"),
    ("/t/nobody", 404, "application/problem+json"),
    ("/my-booking", 200, "text/html"),
    ("/phone", 200, "text/html"),
    ("/sign-up", 200, "text/html"),
    ("/sign-up/confirm", 410, "text/html"),
    ("/console/sign-in", 200, "text/html"),
    ("/console", 303, ""),
    ("/console/desk", 401, "application/problem+json"),
    ("/api/docs/", 200, "text/html"),
    ("/api/openapi.json", 200, "application/json"),
    ("/health", 200, "application/json"),
    ("/dev/mailbox", 200, "text/html"),
    ("/dev/mailbox/no-such-mail", 404, "application/problem+json"),
    ("/no-such-page", 404, "application/problem+json"),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_page_answers_and_is_protected() {
    let desk = Desk::open().await;
    for (path, status, content_type) in PAGES {
        let page = desk.get(path).await;
        assert_eq!(page.status.as_u16(), *status, "{path}: {}", page.text);
        let found = page.header("content-type");
        assert!(found.starts_with(content_type), "{path}: {found}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(page.header("x-frame-options"), "DENY", "{path}");
        let policy = page.header("content-security-policy");
        assert!(policy.contains("default-src 'self'"), "{path}: {policy}");
        assert!(
            !policy.contains("script-src 'unsafe-inline'"),
            "{path}: {policy}"
        );
        assert!(!page.header("x-request-id").is_empty(), "{path}");
    }
    let health = desk.get("/health").await.json(200);
    assert_eq!(health["status"], "healthy");
    assert_eq!(health["services"]["database"], "up");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mailbox_is_for_this_machine_alone() {
    let desk = Desk::open().await;
    for header in ["x-forwarded-for", "forwarded", "x-real-ip", "via"] {
        for path in ["/dev/mailbox", "/dev/mailbox/a-mail"] {
            let from_afar = desk
                .request(Method::GET, path)
                .header(header, "203.0.113.7");
            desk.send(from_afar).await.problem(404, "not_found");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_of_another_site_is_refused() {
    let desk = Desk::open().await;
    let fields = [
        ("email", "clerk@remotemotel.example"),
        ("password", "demo-front-desk"),
    ];
    let sign_in = || desk.request(Method::POST, "/console/sign-in").form(&fields);
    let elsewhere = sign_in().header("origin", "https://evil.example");
    desk.send(elsewhere).await.problem(403, "cross_site");
    let cross = sign_in().header("sec-fetch-site", "cross-site");
    desk.send(cross).await.problem(403, "cross_site");
    let ours = desk.send(sign_in().header("origin", &desk.url)).await;
    assert_eq!(
        (ours.status.as_u16(), ours.header("location")),
        (303, "/console")
    );
    let cookie = ours.header("set-cookie");
    for word in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(word), "{cookie}");
    }
}
