use reqwest::Method;

use super::stay_at_the_motel;
use crate::answer::Answer;
use crate::desk::Desk;

#[tokio::test(flavor = "multi_thread")]
async fn staff_see_their_own_business_alone() {
    let desk = Desk::open().await;
    let left = stay_at_the_motel(&desk).await;
    let clerk = sign_in(&desk, "clerk@remotemotel.example", "demo-front-desk").await;
    let cook = sign_in(&desk, "host@harvest-table.example", "demo-kitchen-pass").await;
    let secrets = [left.code.as_str(), "Ana Souza", "Quist"];
    for path in ["/console", "/console/desk"] {
        let ours = look(&desk, &clerk, path).await;
        let theirs = look(&desk, &cook, path).await;
        assert_eq!((ours.status.as_u16(), theirs.status.as_u16()), (200, 200));
        for secret in secrets {
            assert!(
                ours.text.contains(secret),
                "{path} does not show {secret}: {}",
                ours.text
            );
            assert!(!theirs.text.contains(secret), "{path} shows {secret}");
        }
    }
    let (booking, conversation) = (&left.code, &left.conversation);
    for path in [
        format!("/console/bookings/{booking}"),
        format!("/console/conversations/{conversation}"),
    ] {
        let ours = look(&desk, &clerk, &path).await;
        assert_eq!(ours.status, 200, "{path}");
        assert!(
            ours.text.contains("Souza") || ours.text.contains("kite"),
            "{path}: {}",
            ours.text
        );
        look(&desk, &cook, &path).await.problem(404, "not_found");
        assert_eq!(look(&desk, "", &path).await.status, 303, "{path}");
    }
}

async fn sign_in(desk: &Desk, email: &str, password: &str) -> String {
    let fields = [("email", email), ("password", password)];
    let opened = desk.submit("/console/sign-in", &fields).await;
    assert_eq!(opened.header("location"), "/console", "{}", opened.text);
    let cookie = opened.header("set-cookie");
    cookie.split(';').next().unwrap().to_owned()
}

async fn look(desk: &Desk, cookie: &str, path: &str) -> Answer {
    let request = desk.request(Method::GET, path);
    desk.send(request.header("cookie", cookie)).await
}
