use actix_web::http::StatusCode;
use actix_web::middleware::from_fn;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, web};
use motel_kernel::{Actor, Clock, FixedClock};
use motel_tenancy::commands::create_limited_api_key;
use motel_tenancy::http::know_caller;
use motel_tenancy::{Directory, KeyTerms, Permission};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use std::sync::Arc;

use crate::house::{House, TOKEN, now};

const PATH: &str = "/api/v1/credentials/twilio";

impl House {
    async fn key(&self, permissions: &[Permission]) -> String {
        let mut tx = self.tx(self.demo.tenant).await;
        let terms = KeyTerms {
            permissions: Some(permissions.iter().copied().collect()),
            expires_at: None,
        };
        let made = create_limited_api_key(&mut tx, "a program", terms, Actor::System).await;
        tx.commit().await.unwrap();
        made.unwrap().secret.expose_secret().to_owned()
    }

    fn configure(&self, config: &mut web::ServiceConfig) {
        let clock: Arc<dyn Clock> = Arc::new(FixedClock::at(now()));
        let db = self.test.db().clone();
        let staff = web::scope("/api/v1")
            .wrap(from_fn(know_caller))
            .configure(motel_credentials::http::configure_staff);
        config
            .app_data(web::Data::new(db.clone()))
            .app_data(web::Data::new(Directory::new(db, self.demo.slug.clone())))
            .app_data(web::Data::new(self.keyring.clone()))
            .app_data(web::Data::new(clock))
            .service(staff)
            .configure(motel_web::configure);
    }

    async fn call(&self, key: &str, request: TestRequest) -> (StatusCode, String) {
        let settings = motel_web::SessionSettings {
            secret: "a secret of a test".into(),
            secure: false,
        };
        let app = App::new()
            .wrap(motel_web::session_middleware(&settings))
            .configure(|config| self.configure(config));
        let app = init_service(app).await;
        let request = request.insert_header(("Authorization", format!("Bearer {key}")));
        let answer = call_service(&app, request.to_request()).await;
        let status = answer.status();
        let body = read_body(answer).await;
        (status, String::from_utf8(body.to_vec()).unwrap())
    }
}

fn put(body: &Value) -> TestRequest {
    TestRequest::put().uri(PATH).set_json(body)
}

fn get(path: &str) -> TestRequest {
    TestRequest::get().uri(path)
}

#[actix_web::test]
async fn a_secret_goes_in_and_never_comes_out() {
    let house = House::new().await;
    let owner = house
        .key(&[Permission::ReadCredentials, Permission::WriteCredentials])
        .await;
    assert_eq!(house.call(&owner, get(PATH)).await.0, 404);
    let (status, set) = house
        .call(&owner, put(&json!({ "auth_token": TOKEN })))
        .await;
    assert_eq!(status, 200, "{set}");
    let (_, shown) = house.call(&owner, get(PATH)).await;
    assert_eq!(set, shown);
    let (_, list) = house.call(&owner, get("/api/v1/credentials")).await;
    let shown: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(shown["last_four"], "cdef");
    assert_eq!(shown["set_at"], "2026-12-01T15:00:00Z");
    assert!(shown["set_by"].as_str().unwrap().starts_with("api_key:"));
    let list: Value = serde_json::from_str(&list).unwrap();
    assert_eq!(list["providers"], json!(["twilio", "openai"]));
    assert_eq!(list["credentials"], json!([shown]));
    for said in [&set, &shown.to_string(), &list.to_string()] {
        assert!(!said.contains("0123456789"), "{said}");
    }
    let remove = || TestRequest::delete().uri(PATH);
    assert_eq!(house.call(&owner, remove()).await.0, 204);
    assert_eq!(house.call(&owner, remove()).await.0, 404);
}

#[actix_web::test]
async fn what_is_refused_is_not_repeated_and_not_kept() {
    let house = House::new().await;
    let owner = house.key(&[Permission::WriteCredentials]).await;
    for (body, field) in [
        (json!({ "auth_token": "hunter2hunter" }), "auth_token"),
        (
            json!({ "auth_token": "hunter2 hunter2 hunter2" }),
            "auth_token",
        ),
        (json!({}), "auth_token"),
        (json!({ "auth_token": TOKEN, "hunter": 2 }), "hunter"),
    ] {
        let (status, said) = house.call(&owner, put(&body)).await;
        assert_eq!(status, 422, "{said}");
        assert!(said.contains(field) && !said.contains("hunter2"), "{said}");
    }
    let unknown = TestRequest::put().uri("/api/v1/credentials/acme");
    let unknown = unknown.set_json(json!({ "auth_token": TOKEN }));
    assert_eq!(house.call(&owner, unknown).await.0, 404);
    let rows = house.lines("SELECT provider FROM credentials.credentials");
    assert_eq!(rows.await, [""; 0]);
}

#[actix_web::test]
async fn who_means_to_try_replaces_nothing() {
    let house = House::new().await;
    house.put(house.demo.tenant, TOKEN).await;
    let owner = house.key(&[Permission::WriteCredentials]).await;
    let other = json!({ "auth_token": "fedcba9876543210" });
    let tried = put(&other).uri(&format!("{PATH}?dry_run=true"));
    let (status, said) = house.call(&owner, tried).await;
    assert_eq!(status, 422, "{said}");
    assert!(said.contains("dry_run"), "{said}");
    let kept = house.open(house.demo.tenant, &house.keyring).await.unwrap();
    assert_eq!(kept.as_deref(), Some(TOKEN));
}

#[actix_web::test]
async fn who_may_only_see_sets_nothing() {
    let house = House::new().await;
    let reader = house.key(&[Permission::ReadCredentials]).await;
    let (status, said) = house
        .call(&reader, put(&json!({ "auth_token": TOKEN })))
        .await;
    assert_eq!(status, 403);
    assert!(said.contains("credentials:write"), "{said}");
    let remove = TestRequest::delete().uri(PATH);
    assert_eq!(house.call(&reader, remove).await.0, 403);
    let other = house.key(&[Permission::ReadRooms]).await;
    assert_eq!(house.call(&other, get(PATH)).await.0, 403);
}

#[actix_web::test]
async fn the_key_of_a_model_is_kept_beside_the_token_of_a_carrier() {
    let house = House::new().await;
    let owner = house.key(&[Permission::WriteCredentials]).await;
    let key = "sk-0123456789-of-a-model";
    for (provider, secret) in [("twilio", TOKEN), ("openai", key)] {
        let path = format!("/api/v1/credentials/{provider}");
        let set = put(&json!({ "auth_token": secret })).uri(&path);
        assert_eq!(house.call(&owner, set).await.0, 200);
    }
    let mut tx = house.tx(house.demo.tenant).await;
    let opened = motel_credentials::queries::openai_account(&mut tx, &house.keyring).await;
    assert_eq!(opened.unwrap().unwrap().api_key.expose_secret(), key);
    let mut other = house.tx(house.other.tenant).await;
    let none = motel_credentials::queries::openai_account(&mut other, &house.keyring).await;
    assert!(none.unwrap().is_none());
    let twilio = house.open(house.demo.tenant, &house.keyring).await.unwrap();
    assert_eq!(twilio.as_deref(), Some(TOKEN));
}
