use actix_web::test::TestRequest;
use motel_web::BODY_LIMIT;

use crate::app::{post_json, send};

#[actix_web::test]
async fn a_good_body_arrives() {
    let answer = post_json("/stay", r#"{"adults":2,"guest":{"full_name":" Ada "}}"#).await;
    assert_eq!(
        (answer.status.as_u16(), answer.body.as_str()),
        (200, "Ada for 2")
    );
}

#[actix_web::test]
async fn broken_json_is_malformed() {
    for body in [
        "",
        "{",
        r#"{"adults":2"#,
        r#"{"adults":2,"guest":{"full_name":"Ada"}} x"#,
        "\u{0}",
    ] {
        let answer = post_json("/stay", body).await;
        assert_eq!(answer.status, 400, "{body}: {}", answer.body);
        assert_eq!(answer.json()["code"], "malformed");
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
}

#[actix_web::test]
async fn invalid_utf8_is_malformed_not_a_fault() {
    let request = TestRequest::post()
        .uri("/stay")
        .insert_header(("content-type", "application/json"));
    let answer =
        send(request.set_payload(&b"{\"adults\":2,\"guest\":{\"full_name\":\"\xff\"}}"[..])).await;
    assert_eq!(answer.status, 400, "{}", answer.body);
}

#[actix_web::test]
async fn another_content_type_is_refused() {
    let request = TestRequest::post()
        .uri("/stay")
        .insert_header(("content-type", "text/plain"));
    let answer = send(request.set_payload("{}")).await;
    assert_eq!(
        (answer.status.as_u16(), answer.json()["code"].as_str()),
        (415, Some("wrong_content_type"))
    );
    assert_eq!(send(TestRequest::post().uri("/stay")).await.status, 415);
    assert_eq!(send(TestRequest::post().uri("/form")).await.status, 415);
}

#[actix_web::test]
async fn a_megabyte_is_too_large() {
    let body = format!(
        r#"{{"adults":2,"guest":{{"full_name":"{}"}}}}"#,
        "a".repeat(1 << 20)
    );
    for path in ["/stay", "/raw"] {
        let answer = post_json(path, &body).await;
        assert_eq!(
            (answer.status.as_u16(), answer.json()["code"].as_str()),
            (413, Some("too_large"))
        );
    }
    let padding = " ".repeat(BODY_LIMIT - r#"{"adults":2}"#.len());
    assert_eq!(
        post_json("/raw", &format!(r#"{padding}{{"adults":2}}"#))
            .await
            .status,
        200
    );
}

#[actix_web::test]
async fn each_wrong_field_is_named() {
    let cases = [
        (r#"{"guest":{"full_name":"Ada"}}"#, "adults"),
        (r#"{"adults":2,"guest":{}}"#, "guest.full_name"),
        (r#"{"adults":-1,"guest":{"full_name":"Ada"}}"#, "adults"),
        (r#"{"adults":"two","guest":{"full_name":"Ada"}}"#, "adults"),
        (r#"{"adults":2,"guest":{"full_name":7}}"#, "guest.full_name"),
        (
            r#"{"adults":2,"guest":{"full_name":"Ada","age":3}}"#,
            "guest.age",
        ),
        (
            r#"{"adults":2,"guest":{"full_name":"Ada"},"admin":true}"#,
            "admin",
        ),
        (
            r#"{"adults":2,"adults":3,"guest":{"full_name":"Ada"}}"#,
            "adults",
        ),
        (
            r#"{"adults":2,"guest":{"full_name":"  "}}"#,
            "guest.full_name",
        ),
        (
            r#"{"adults":2,"guest":{"full_name":"Ada","notes":"\u0000"}}"#,
            "guest.notes",
        ),
        ("[]", "body"),
        ("null", "body"),
    ];
    for (body, field) in cases {
        let answer = post_json("/stay", body).await;
        assert_eq!(answer.status, 422, "{body}: {}", answer.body);
        assert_eq!(answer.json()["code"], "invalid_input");
        if field != "body" {
            assert_eq!(answer.fields(), [field], "{body}: {}", answer.body);
        }
    }
}

#[actix_web::test]
async fn query_and_form_fields_are_named() {
    for query in ["", "adults=many", "adults=-1", "adults=1&adults=2"] {
        let answer = send(TestRequest::get().uri(&format!("/party?{query}"))).await;
        assert_eq!(
            (answer.status.as_u16(), answer.fields()),
            (422, vec!["adults".to_owned()]),
            "{query}"
        );
        let form = TestRequest::post()
            .uri("/form")
            .insert_header(("content-type", "application/x-www-form-urlencoded"));
        let answer = send(form.set_payload(query.to_owned())).await;
        assert_eq!(
            (answer.status.as_u16(), answer.fields()),
            (422, vec!["adults".to_owned()]),
            "{query}"
        );
    }
    assert_eq!(
        send(TestRequest::get().uri("/party?adults=3")).await.body,
        "3"
    );
}

#[actix_web::test]
async fn plain_actix_extractors_answer_problems_too() {
    assert_eq!(post_json("/raw", "{").await.status, 400);
    let missing = post_json("/raw", "{}").await;
    assert_eq!(
        (missing.status.as_u16(), missing.fields()),
        (422, vec!["adults".to_owned()])
    );
}
