use crate::clerk::Clerk;
use crate::motel::{CLERK, Motel};

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_in_without_signing_in() {
    let motel = Motel::open().await;
    let booking = motel.book("Ana Souza", 3, 2).await;
    let mut clerk = Clerk::at_the_door(&motel).await;
    for path in [
        "/console".to_owned(),
        format!("/console/bookings/{}", booking.code),
    ] {
        let seen = clerk.get(&path).await;
        assert_eq!(
            (seen.status, seen.location.as_str()),
            (303, "/console/sign-in"),
            "{path}"
        );
    }
    for path in ["/console/desk", "/console/events"] {
        assert_eq!(clerk.get(path).await.status, 401, "{path}");
    }
    assert!(clerk.get("/console/sign-in").await.shows("Sign in"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_an_unknown_address_are_the_same_answer() {
    let motel = Motel::open().await;
    let mut clerk = Clerk::at_the_door(&motel).await;
    for (email, password) in [
        (CLERK, "wrong"),
        ("nobody@example.com", "wrong"),
        ("<script>", "' or 1=1 --"),
    ] {
        let seen = clerk.sign_in(email, password).await;
        assert_eq!(seen.status, 401, "{email}");
        assert!(
            seen.shows("E-mail and password do not belong together.") && !seen.shows("<script>")
        );
        assert_eq!(clerk.get("/console").await.status, 303);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_closes_the_console() {
    let motel = Motel::open().await;
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    assert_eq!(clerk.get("/console/sign-in").await.location, "/console");
    assert_eq!(clerk.get("/console").await.status, 200);
    assert_eq!(
        clerk.post("/console/sign-out").await.location,
        "/console/sign-in"
    );
    assert_eq!(clerk.get("/console").await.status, 303);
}
