use actix_web::cookie::Cookie;
use actix_web::test::TestRequest;

use crate::app::send;

#[actix_web::test]
async fn the_session_cookie_is_guarded_and_comes_back() {
    let answer = send(TestRequest::post().uri("/remember")).await;
    let cookie = Cookie::parse_encoded(answer.header("set-cookie").to_owned()).unwrap();
    assert_eq!(
        (cookie.http_only(), cookie.secure()),
        (Some(true), Some(true))
    );
    assert!(answer.header("set-cookie").contains("SameSite=Lax"));
    let back = TestRequest::get().uri("/recall").cookie(cookie.clone());
    assert_eq!(send(back).await.body, "7");
}

#[actix_web::test]
async fn a_changed_cookie_is_nobody() {
    let answer = send(TestRequest::post().uri("/remember")).await;
    let mut cookie = Cookie::parse_encoded(answer.header("set-cookie").to_owned()).unwrap();
    let mut value = cookie.value().to_owned();
    value.replace_range(
        10..11,
        if value.as_bytes()[10] == b'A' {
            "B"
        } else {
            "A"
        },
    );
    cookie.set_value(value);
    assert_eq!(
        send(TestRequest::get().uri("/recall").cookie(cookie))
            .await
            .body,
        "nobody"
    );
}
