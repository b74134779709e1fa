use totp_rs::{Builder, Secret};

use crate::clerk::{Clerk, Seen};
use crate::motel::{CLERK, Motel, PASSWORD, now};

const CODE_PAGE: &str = "/console/sign-in/code";

/// What stands between two texts of a page.
fn between<'a>(seen: &'a Seen, before: &str, after: &str) -> &'a str {
    let (_, rest) = seen.html.split_once(before).expect(before);
    rest.split_once(after).expect(after).0
}

/// The code of an authenticator with the key on the page, so many steps from now.
fn code(page: &Seen, steps: i64) -> String {
    let key = between(page, "data-factor-key>", "<").replace(' ', "");
    let totp = Builder::new().with_secret(Secret::try_from_base32(key).unwrap());
    let seconds = u64::try_from(now().timestamp() + 30 * steps).unwrap();
    totp.build().unwrap().generate(seconds).to_string()
}

/// The recovery codes on the page.
fn recovery_codes(page: &Seen) -> Vec<String> {
    let codes = page.html.split("<li class=\"code\">").skip(1);
    codes
        .map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect()
}

/// Sets one up; answers the page with the key, and the recovery codes.
async fn set_up(clerk: &mut Clerk<'_>) -> (Seen, Vec<String>) {
    let fields = [("password", PASSWORD)];
    let page = clerk.submit("/console/second-factor/begin", &fields).await;
    assert_eq!(page.status, 200, "{}", page.html);
    let first = code(&page, -1);
    let done = clerk
        .submit("/console/second-factor/confirm", &[("code", &first)])
        .await;
    assert!(
        done.status == 200 && done.shows("Your second factor is on."),
        "{}",
        done.html
    );
    let codes = recovery_codes(&done);
    assert_eq!(codes.len(), 10);
    (page, codes)
}

async fn half_open(clerk: &mut Clerk<'_>) {
    clerk.post("/console/sign-out").await;
    let asked = clerk.sign_in(CLERK, PASSWORD).await;
    assert_eq!((asked.status, asked.location.as_str()), (303, CODE_PAGE));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_sets_one_up_and_signs_in_with_it() {
    let motel = Motel::open().await;
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    assert!(clerk.get("/console/account").await.shows("Set it up"));
    let wrong = clerk
        .submit("/console/second-factor/begin", &[("password", "wrong")])
        .await;
    assert!(wrong.status == 422 && wrong.shows("Password or code is not right."));
    let fields = [("password", PASSWORD)];
    let page = clerk.submit("/console/second-factor/begin", &fields).await;
    let main = between(&page, "<main", "</main>");
    assert!(main.contains("<svg class=\"qr\""));
    assert!(!main.contains("data:") && !main.contains("<script"));
    let wrong = clerk
        .submit("/console/second-factor/confirm", &[("code", "12345")])
        .await;
    assert_eq!(wrong.status, 422);
    assert_eq!(
        code(&wrong, 0),
        code(&page, 0),
        "the same key is shown again"
    );
    let (page, codes) = set_up(&mut clerk).await;
    assert!(
        clerk
            .get("/console/account")
            .await
            .shows("Authenticator and recovery codes")
    );
    assert!(
        !clerk
            .get("/console/second-factor")
            .await
            .shows("data-factor-key")
    );

    half_open(&mut clerk).await;
    for path in [
        "/console",
        "/console/account",
        "/console/second-factor",
        "/console/team",
    ] {
        let seen = clerk.get(path).await;
        assert_eq!(
            (seen.status, seen.location.as_str()),
            (303, "/console/sign-in"),
            "{path}"
        );
    }
    assert_eq!(clerk.get("/console/events").await.status, 401);
    let refused = clerk.submit(CODE_PAGE, &[("code", "000 000")]).await;
    assert!(refused.status == 401 && refused.shows("This code is not right, or was used before."));
    let right = code(&page, 0);
    let entered = clerk.submit(CODE_PAGE, &[("code", &right)]).await;
    assert_eq!(
        (entered.status, entered.location.as_str()),
        (303, "/console")
    );
    assert_eq!(clerk.get("/console").await.status, 200);

    half_open(&mut clerk).await;
    let replayed = clerk.submit(CODE_PAGE, &[("code", &right)]).await;
    assert_eq!(replayed.status, 401);
    let entered = clerk.submit(CODE_PAGE, &[("code", &codes[0])]).await;
    assert_eq!(entered.location, "/console");
    let again = clerk.submit(CODE_PAGE, &[("code", &codes[1])]).await;
    assert_eq!(again.location, "/console/sign-in?news=code_over");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_remembered_device_is_asked_for_no_code_until_it_is_forgotten() {
    let motel = Motel::open().await;
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    let (_, codes) = set_up(&mut clerk).await;
    half_open(&mut clerk).await;
    let fields = [("code", codes[0].as_str()), ("remember", "yes")];
    assert_eq!(clerk.submit(CODE_PAGE, &fields).await.location, "/console");
    clerk.post("/console/sign-out").await;
    assert_eq!(clerk.sign_in(CLERK, PASSWORD).await.location, "/console");
    let mut elsewhere = Clerk::at_the_door(&motel).await;
    assert_eq!(elsewhere.sign_in(CLERK, PASSWORD).await.location, CODE_PAGE);

    let listed = clerk.get("/console/sessions").await;
    let id = between(&listed, "/console/devices/", "/forget").to_owned();
    let forget = format!("/console/devices/{id}/forget");
    let forgotten = clerk.post(&forget).await;
    assert_eq!(
        forgotten.location,
        "/console/sessions?news=device_forgotten"
    );
    assert_eq!(clerk.post(&forget).await.status, 404);
    // Who is signed in and shows the password again is not signed in any more.
    assert_eq!(clerk.sign_in(CLERK, PASSWORD).await.location, CODE_PAGE);
    assert_eq!(clerk.get("/console").await.location, "/console/sign-in");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_to_have_one_is_led_there_and_nowhere_else() {
    let motel = Motel::open().await;
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    let fields = [("required", "true")];
    let required = clerk.submit("/console/team/second-factor", &fields).await;
    assert_eq!(required.location, "/console/team?news=factor_required");
    for path in [
        "/console",
        "/console/team",
        "/console/account",
        "/console/sessions",
        "/console/password",
    ] {
        let seen = clerk.get(path).await;
        assert_eq!(
            (seen.status, seen.location.as_str()),
            (303, "/console/second-factor"),
            "{path}"
        );
    }
    let undone = clerk
        .submit("/console/team/second-factor", &[("required", "false")])
        .await;
    assert_eq!(undone.location, "/console/second-factor");
    assert_eq!(clerk.get("/console/desk").await.status, 403);
    let led = clerk.get("/console/second-factor").await;
    assert!(led.shows("asks everybody for a second factor") && !led.shows("/console/team"));
    set_up(&mut clerk).await;
    assert_eq!(clerk.get("/console").await.status, 200);
    let mut stranger = Clerk::at_the_door(&motel).await;
    let elsewhere = stranger.sign_in(crate::motel::STRANGER, PASSWORD).await;
    assert_eq!(
        elsewhere.location, "/console",
        "another business asks for none"
    );
    assert_eq!(stranger.get("/console").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_renewed_and_it_is_turned_off_with_password_and_code() {
    let motel = Motel::open().await;
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    let (_, codes) = set_up(&mut clerk).await;
    let renew = "/console/second-factor/recovery-codes";
    let wrong = clerk
        .submit(renew, &[("password", PASSWORD), ("code", "000000")])
        .await;
    assert!(wrong.status == 422 && wrong.shows("Password or code is not right."));
    let renewed = clerk
        .submit(renew, &[("password", PASSWORD), ("code", &codes[0])])
        .await;
    let fresh = recovery_codes(&renewed);
    assert_eq!(fresh.len(), 10);
    let off = "/console/second-factor/off";
    let old = clerk
        .submit(off, &[("password", PASSWORD), ("code", &codes[1])])
        .await;
    assert_eq!(old.status, 422);
    let off = clerk
        .submit(off, &[("password", PASSWORD), ("code", &fresh[0])])
        .await;
    assert_eq!(off.location, "/console/second-factor?news=factor_off");
    clerk.post("/console/sign-out").await;
    assert_eq!(clerk.sign_in(CLERK, PASSWORD).await.location, "/console");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_changes_name_and_asks_for_another_address() {
    let motel = Motel::open().await;
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    let refused = clerk
        .submit("/console/account/name", &[("name", "<")])
        .await;
    assert!(
        refused.status == 422 && refused.shows("please give a full name"),
        "{}",
        refused.html
    );
    let renamed = clerk
        .submit("/console/account/name", &[("name", "Mia  Lund")])
        .await;
    assert_eq!(renamed.location, "/console/account?news=renamed");
    assert!(clerk.get("/console").await.shows("Mia Lund · Owner"));

    let ask = "/console/account/email";
    let fields = [("email", "no address"), ("password", PASSWORD)];
    assert_eq!(clerk.submit(ask, &fields).await.status, 422);
    let fields = [("email", "mia@motel.example"), ("password", "wrong")];
    let wrong = clerk.submit(ask, &fields).await;
    assert!(wrong.status == 422 && wrong.shows("Password or code is not right."));
    // One that is free and one that is somebody's look alike.
    for email in ["mia@motel.example", crate::motel::STRANGER] {
        let fields = [("email", email), ("password", PASSWORD)];
        let asked = clerk.submit(ask, &fields).await;
        assert_eq!(
            asked.location, "/console/account?news=email_asked",
            "{email}"
        );
    }
    for word in ["", "x", &"0".repeat(96)] {
        let gone = clerk.get(&format!("/console/new-email?link={word}")).await;
        assert_eq!(gone.status, 410, "{word}");
    }
    let gone = clerk
        .submit("/console/new-email", &[("link", &"0".repeat(96))])
        .await;
    assert_eq!(gone.status, 410);
}
