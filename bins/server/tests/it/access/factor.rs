use motel_tenancy::Role;

use super::people::{half_admitted, member, tenant};
use super::pins::Pins;
use super::routes;
use crate::desk::Desk;

/// Where somebody sets up the second factor that their business asks for.
const SET_UP: [&str; 7] = [
    "GET /console/second-factor",
    "POST /console/second-factor/begin",
    "POST /console/second-factor/confirm",
    "GET /console/passkeys",
    "GET /api/v1/session/passkeys",
    "POST /api/v1/session/passkeys",
    "POST /api/v1/session/passkeys/begin",
];

#[tokio::test(flavor = "multi_thread")]
async fn who_has_yet_to_set_up_a_second_factor_gets_nowhere_else() {
    let desk = Desk::open().await;
    let (pins, ours) = (Pins::read(), tenant(&desk, "remotemotel").await);
    let owner = member(&desk, ours, Role::Owner).await;
    desk.site
        .books()
        .await
        .execute("UPDATE tenancy.tenants SET second_factor_required = true")
        .await;
    let mut led = 0;
    for route in routes::all() {
        let open = pins.is_open(&route) || SET_UP.contains(&route.to_string().as_str());
        if open || !route.is_of_the_staff() {
            continue;
        }
        let seen = owner.knock(&desk, &route).await;
        let refused = seen.status == 403 && seen.code == "second_factor_required";
        let sent_there = seen.status == 303 && seen.location == "/console/second-factor";
        assert!(refused || sent_there, "{route}: {seen:?}");
        led += 1;
    }
    assert!(led > 150, "only {led} routes were tried");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_shows_no_code_within_the_page_is_sent_back_to_the_password() {
    let desk = Desk::open().await;
    let ours = tenant(&desk, "remotemotel").await;
    let half = half_admitted(&desk, ours).await;
    let page = half.call(
        &desk,
        "GET",
        "/console/sign-in/code",
        &serde_json::Value::Null,
    );
    assert_eq!(page.await.status, 200);
    desk.site
        .books()
        .await
        .execute("UPDATE tenancy.challenges SET created_at = now() - interval '1 hour', expires_at = now() - interval '1 second'")
        .await;
    let late = half
        .submit(&desk, "/console/sign-in/code", &[("code", "000000")])
        .await;
    assert_eq!(
        (late.status, late.location.as_str()),
        (303, "/console/sign-in?news=code_over")
    );
}
