//! Members who work for some properties of the business only.

use actix_web::http::StatusCode;
use actix_web::test::{TestRequest, call_service};
use diesel_async::SimpleAsyncConnection;
use motel_kernel::{PersonName, PropertyId, TenantId};
use motel_tenancy::team::{
    MemberChange, NewMember, accept_invitation, change_member, limit_member,
};
use motel_tenancy::{Reach, Role, Staff, TenancyError};
use motel_testkit::TestDb;
use serde_json::{Value, json};

use crate::crew::{Crew, PASSWORD, token_in};
use crate::front::{Front, Seen, app};

/// A second property of a business.
async fn open_barn(db: &TestDb, tenant: TenantId) -> PropertyId {
    let id = PropertyId::new();
    let sql = format!(
        r#"INSERT INTO tenancy.properties SELECT (jsonb_populate_record(p, '{{"id": "{id}", "code": "BARN", "name": "The barn"}}')).*
           FROM tenancy.properties p WHERE tenant_id = '{tenant}'"#
    );
    db.admin().await.batch_execute(&sql).await.unwrap();
    id
}

async fn limit(crew: &Crew, by: &Staff, who: &Staff, reach: Reach) -> Result<Staff, TenancyError> {
    let mut tx = crew.db.db().tenant(by.tenant_id).await.unwrap();
    let limited = limit_member(&mut tx, by.id, who.id, &reach).await?;
    tx.commit().await.unwrap();
    Ok(limited)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leads_a_member_says_for_which_properties_they_work() {
    let crew = Crew::open().await;
    let barn = open_barn(&crew.db, crew.demo.tenant).await;
    let manager = crew.take_in("max@motel.example", Role::Manager).await;
    let clerk = crew.take_in("cleo@motel.example", Role::FrontDesk).await;
    let within = || Reach::Within(vec![barn]);
    assert!(
        limit(&crew, &manager, &clerk, within())
            .await
            .unwrap()
            .limited
    );
    for (by, who, reach, code) in [
        (&clerk, &manager, within(), "beyond_role"),
        (&manager, &manager, within(), "beyond_role"),
        (&crew.owner, &crew.owner, within(), "owner_unlimited"),
        (&manager, &clerk, Reach::Within(Vec::new()), "not_found"),
        (
            &manager,
            &clerk,
            Reach::Within(vec![crew.other.property.id]),
            "not_found",
        ),
        (
            &manager,
            &clerk,
            Reach::Within(vec![PropertyId::new()]),
            "not_found",
        ),
    ] {
        let refused = limit(&crew, by, who, reach).await.unwrap_err();
        assert_eq!(refused.code(), code);
    }
    // What was refused changed nothing.
    assert_eq!(
        crew.count("SELECT count(*) FROM tenancy.member_properties")
            .await,
        1
    );

    // An owner works for the whole business, from the moment they become one.
    let mut tx = crew.db.db().tenant(crew.demo.tenant).await.unwrap();
    let change = MemberChange::Role(Role::Owner.into());
    let heir = change_member(&mut tx, crew.owner.id, clerk.id, change, crew.now()).await;
    tx.commit().await.unwrap();
    assert!(!heir.unwrap().limited);
    assert_eq!(
        crew.count("SELECT count(*) FROM tenancy.member_properties")
            .await,
        0
    );
}

/// What they asked for before they were limited counts for nothing: they could not ask for it any more.
#[tokio::test(flavor = "multi_thread")]
async fn who_is_limited_leads_nobody() {
    let crew = Crew::open().await;
    let barn = open_barn(&crew.db, crew.demo.tenant).await;
    let manager = crew.take_in("max@motel.example", Role::Manager).await;
    crew.invite(manager.id, "mia@motel.example", Role::FrontDesk)
        .await
        .unwrap();
    let token = token_in(&crew.post().await[0]);
    let within = Reach::Within(vec![barn]);
    limit(&crew, &crew.owner, &manager, within).await.unwrap();
    let new = NewMember {
        name: PersonName::parse("Mia Lund").unwrap(),
        password: PASSWORD.into(),
    };
    let joined = accept_invitation(crew.db.db(), &token, &new, crew.now()).await;
    assert!(matches!(joined, Err(TenancyError::LinkGone)), "{joined:?}");
    let again = crew.invite(manager.id, "ben@motel.example", Role::FrontDesk);
    assert_eq!(again.await.unwrap_err().code(), "beyond_role");
}

macro_rules! call {
    ($app:expr, $request:expr) => {
        Seen::of(call_service(&$app, $request.to_request()).await).await
    };
}

#[actix_web::test]
async fn who_is_limited_works_there_and_gets_nowhere_that_does_not_keep_to_it() {
    let front = Front::open().await;
    let barn = open_barn(&front.db, front.demo.tenant).await;
    let app = app!(front);
    let opened = call!(app, TestRequest::post().uri("/open"));
    let cookie = opened
        .header("set-cookie")
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let get = |path: &str| {
        TestRequest::get()
            .uri(path)
            .insert_header(("cookie", cookie.clone()))
    };
    let here = call!(app, get("/who")).text;
    assert!(here.ends_with(" of DM001"), "{here}");
    assert_eq!(call!(app, get("/api/v1/team")).status, StatusCode::OK);

    let limit = format!(
        "UPDATE tenancy.staff SET role = 'manager', limited = true WHERE id = '{0}';
         INSERT INTO tenancy.member_properties VALUES ('{1}', '{0}', '{barn}')",
        front.rosa.id, front.demo.tenant
    );
    front.db.admin().await.batch_execute(&limit).await.unwrap();
    let there = call!(app, get("/who")).text;
    assert!(there.ends_with(" of BARN"), "{there}");
    assert_eq!(
        call!(app, get("/api/v1/session")).json()["property_name"],
        "The barn"
    );
    for path in ["/api/v1/team", "/api/v1/api-keys", "/api/v1/invitations"] {
        let refused = call!(app, get(path));
        assert_eq!(
            (refused.status, refused.code()),
            (StatusCode::FORBIDDEN, "property_limited".to_owned())
        );
    }
    let kept = call!(app, get("/barn"));
    assert_eq!(
        (kept.status, kept.text.as_str()),
        (StatusCode::OK, "true false"),
        "{}",
        kept.text
    );

    // With no property left they are nobody.
    let none = "DELETE FROM tenancy.member_properties";
    front.db.admin().await.batch_execute(none).await.unwrap();
    assert_eq!(call!(app, get("/who")).code(), "signed_out");
}

#[actix_web::test]
async fn a_limit_is_set_and_taken_off_over_http() {
    let front = Front::open().await;
    let barn = open_barn(&front.db, front.demo.tenant).await;
    let app = app!(front);
    let opened = call!(app, TestRequest::post().uri("/open"));
    let cookie = opened
        .header("set-cookie")
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let rosa = front.rosa.id;
    let put = |body: Value| {
        let put = TestRequest::put().uri(&format!("/api/v1/team/{rosa}/properties"));
        put.insert_header(("cookie", cookie.clone())).set_json(body)
    };
    let refused = call!(app, put(json!({ "properties": [barn] })));
    assert_eq!(refused.code(), "owner_unlimited");
    let free = call!(app, put(json!({ "properties": null })));
    assert_eq!(
        (free.status, &free.json()["properties"]),
        (StatusCode::OK, &Value::Null)
    );
    let unsaid = call!(app, put(json!({})));
    assert_eq!(unsaid.code(), "invalid_input", "{}", unsaid.text);
    for wrong in [
        json!([]),
        json!(["here"]),
        json!(vec![barn.to_string(); 201]),
    ] {
        let wrong = call!(app, put(json!({ "properties": wrong })));
        assert_eq!(wrong.code(), "invalid_input");
    }
}
