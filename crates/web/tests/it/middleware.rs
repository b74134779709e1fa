use actix_web::test::TestRequest;

use crate::app::send;

const BROWSER: (&str, &str) = ("accept", "text/html,application/xhtml+xml,*/*;q=0.8");

#[actix_web::test]
async fn unknown_paths_and_methods_are_problems() {
    let lost = send(TestRequest::get().uri("/nowhere")).await;
    assert_eq!(
        (lost.status.as_u16(), lost.json()["code"].as_str()),
        (404, Some("not_found"))
    );
    let wrong = send(TestRequest::delete().uri("/stay")).await;
    assert_eq!(
        (wrong.status.as_u16(), wrong.json()["code"].as_str()),
        (405, Some("method_not_allowed"))
    );
    assert_eq!(
        send(TestRequest::get().uri("/assets/../Cargo.toml"))
            .await
            .status,
        404
    );
}

#[actix_web::test]
async fn every_answer_carries_its_request_id() {
    let fine = send(TestRequest::get().uri("/party?adults=1")).await;
    assert_eq!(fine.header("x-request-id").len(), 36);
    let lost = send(TestRequest::get().uri("/nowhere")).await;
    assert_eq!(lost.json()["request_id"], lost.header("x-request-id"));
}

#[actix_web::test]
async fn a_panic_and_a_fault_are_opaque() {
    for path in ["/panic", "/fault"] {
        let answer = send(TestRequest::get().uri(path)).await;
        assert_eq!(answer.status, 500);
        assert_eq!(answer.json()["code"], "internal");
        assert!(!answer.body.contains("secret") && !answer.body.contains("guests.db"));
        assert_eq!(answer.header("x-request-id").len(), 36);
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
}

#[actix_web::test]
async fn browsers_see_problems_as_a_page() {
    for (path, status) in [("/nowhere", 404), ("/panic", 500), ("/fault", 500)] {
        let page = send(TestRequest::get().uri(path).insert_header(BROWSER)).await;
        assert_eq!(page.status.as_u16(), status);
        assert!(
            page.header("content-type").starts_with("text/html"),
            "{path}"
        );
        assert!(
            page.body.contains("<main") && page.body.contains(page.header("x-request-id")),
            "{path}"
        );
    }
    let api = send(
        TestRequest::get()
            .uri("/api/v1/nowhere")
            .insert_header(BROWSER),
    )
    .await;
    assert_eq!(api.header("content-type"), "application/problem+json");
}

#[actix_web::test]
async fn a_page_of_a_problem_is_as_protected_as_what_it_stands_for() {
    for path in ["/nowhere", "/fault"] {
        let page = send(TestRequest::get().uri(path).insert_header(BROWSER)).await;
        assert!(page.body.contains("<main"), "{path}");
        let plain = send(TestRequest::get().uri(path)).await;
        for name in [
            "content-security-policy",
            "x-content-type-options",
            "x-frame-options",
            "referrer-policy",
            "permissions-policy",
        ] {
            assert_ne!(page.header(name), "", "{path}: {name}");
            assert_eq!(page.header(name), plain.header(name), "{path}: {name}");
        }
        assert!(page.header("content-type").starts_with("text/html"));
        assert_eq!(page.header("cache-control"), "private, no-cache");
    }
}

#[actix_web::test]
async fn the_policy_allows_no_inline_script() {
    let answer = send(TestRequest::get().uri("/party?adults=1")).await;
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"));
    assert!(!policy.contains("unsafe-inline"));
    assert_eq!(
        answer.header("referrer-policy"),
        "strict-origin-when-cross-origin"
    );
}

#[actix_web::test]
async fn a_form_may_lead_to_the_pages_of_payment_gateways() {
    let answer = send(TestRequest::get().uri("/party?adults=1")).await;
    let policy = answer.header("content-security-policy");
    let (_, forms) = policy.split_once("form-action ").unwrap();
    let places: Vec<&str> = forms.split(' ').collect();
    assert_eq!(
        places,
        [
            "'self'",
            "https://checkout.stripe.com",
            "https://www.paypal.com",
            "https://www.sandbox.paypal.com",
        ]
    );
}

#[actix_web::test]
async fn a_form_of_another_site_changes_nothing() {
    let forged = TestRequest::post()
        .uri("/remember")
        .insert_header(("sec-fetch-site", "cross-site"));
    let answer = send(forged).await;
    assert_eq!(
        (answer.status.as_u16(), answer.json()["code"].as_str()),
        (403, Some("cross_site"))
    );
    assert!(answer.headers.get("set-cookie").is_none());
    let read = TestRequest::get()
        .uri("/party?adults=1")
        .insert_header(("sec-fetch-site", "cross-site"));
    assert_eq!(send(read).await.status, 200);
}

#[actix_web::test]
async fn what_answers_get_answers_head() {
    let head = TestRequest::default()
        .method(actix_web::http::Method::HEAD)
        .uri("/party?adults=1");
    assert_eq!(send(head).await.status, 200);
    let post_only = TestRequest::default()
        .method(actix_web::http::Method::HEAD)
        .uri("/stay");
    assert_eq!(send(post_only).await.status, 405);
}
