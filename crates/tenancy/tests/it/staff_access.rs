use actix_web::http::StatusCode;
use actix_web::test::{TestRequest, call_service};
use motel_kernel::{Actor, Clock, SystemClock};
use motel_tenancy::commands::{create_api_key, revoke_api_key};
use motel_tenancy::{Permissions, queries, testing};
use secrecy::ExposeSecret;

use crate::front::{Front, Seen, app};

#[actix_web::test]
async fn a_key_and_a_session_open_the_same_door() {
    let front = Front::open().await;
    let app = app!(front);
    let bearer = format!("Bearer {}", front.key);
    let ask = || TestRequest::get().uri("/who");

    let program = ask().insert_header(("Authorization", bearer.as_str()));
    let program = Seen::of(call_service(&app, program.to_request()).await).await;
    assert!(program.text.starts_with("api_key:"), "{}", program.text);
    assert!(program.text.ends_with(" of DM001"), "{}", program.text);

    let opened = call_service(&app, TestRequest::post().uri("/open").to_request()).await;
    let cookie = opened.response().cookies().next().unwrap().into_owned();
    let person = ask().cookie(cookie.clone()).to_request();
    let person = Seen::of(call_service(&app, person).await).await;
    assert!(person.text.starts_with("staff:"), "{}", person.text);

    // A wrong key is not made up for by a session: whoever sends one means it.
    let both = ask()
        .cookie(cookie)
        .insert_header(("Authorization", "Bearer rmk_0"));
    let both = Seen::of(call_service(&app, both.to_request()).await).await;
    assert_eq!(both.status, StatusCode::UNAUTHORIZED);
}

#[actix_web::test]
async fn nobody_and_wrong_keys_stay_outside() {
    let front = Front::open().await;
    let app = app!(front);
    let nobody = TestRequest::get().uri("/who").to_request();
    let nobody = Seen::of(call_service(&app, nobody).await).await;
    assert_eq!(
        (nobody.status, nobody.code()),
        (StatusCode::UNAUTHORIZED, "signed_out".to_owned())
    );
    let other = format!("rmk_{}", "0".repeat(64));
    for header in [
        format!("Bearer {other}"),
        format!("Basic {}", front.key),
        format!("Bearer {}x", front.key),
        "Bearer".to_owned(),
        "Bearer ' OR 1=1 --".to_owned(),
    ] {
        let ask = TestRequest::get()
            .uri("/who")
            .insert_header(("Authorization", header.as_str()));
        let seen = Seen::of(call_service(&app, ask.to_request()).await).await;
        assert_eq!(seen.status, StatusCode::UNAUTHORIZED, "{header}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_its_tenants_and_revoked_by_nobody_else() {
    let front = Front::open().await;
    let other = testing::other_tenant(&front.db).await;
    let directory = motel_tenancy::Directory::new(front.db.db().clone(), other.slug.clone());
    let mut tx = front.db.db().tenant(front.demo.tenant).await.unwrap();
    let made = create_api_key(&mut tx, "second", Actor::System)
        .await
        .unwrap();
    let stored = queries::api_keys(&mut tx, None, 10).await.unwrap();
    assert_eq!(stored.len(), 2);
    tx.commit().await.unwrap();
    let secret = made.secret.expose_secret();
    assert!(!format!("{made:?}").contains(secret), "a secret is printed");

    let mut elsewhere = front.db.db().tenant(other.tenant).await.unwrap();
    let revoked = revoke_api_key(&mut elsewhere, made.key.id).await.unwrap();
    assert_eq!(revoked, None);
    elsewhere.commit().await.unwrap();
    let now = SystemClock.now();
    let holder = directory.holder_of(secret, now).await.unwrap().unwrap();
    assert_eq!(
        (holder.tenant, holder.key, holder.permissions),
        (front.demo.tenant, made.key.id, Permissions::all())
    );

    let mut tx = front.db.db().tenant(front.demo.tenant).await.unwrap();
    let revoked = revoke_api_key(&mut tx, made.key.id).await.unwrap().unwrap();
    assert!(revoked.revoked_at.is_some());
    let again = revoke_api_key(&mut tx, made.key.id).await.unwrap();
    assert_eq!(again, Some(revoked));
    tx.commit().await.unwrap();
    directory.forget(front.demo.tenant);
    assert_eq!(directory.holder_of(secret, now).await.unwrap(), None);
}
