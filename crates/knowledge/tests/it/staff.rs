//! What staff do over HTTP.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::middleware::from_fn;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, web};
use motel_kernel::TenantId;
use motel_kernel::{Actor, Clock, SystemClock};
use motel_llm::{Embedder, HashedEmbedder};
use motel_tenancy::commands::create_limited_api_key;
use motel_tenancy::http::know_caller;
use motel_tenancy::testing::other_tenant;
use motel_tenancy::{Directory, KeyTerms, Permission};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::setting::Setting;

impl Setting {
    async fn key(&self, tenant: TenantId, permissions: &[Permission]) -> String {
        let mut tx = self.db.db().tenant(tenant).await.unwrap();
        let terms = KeyTerms {
            permissions: Some(permissions.iter().copied().collect()),
            expires_at: None,
        };
        let made = create_limited_api_key(&mut tx, "a program", terms, Actor::System).await;
        tx.commit().await.unwrap();
        made.unwrap().secret.expose_secret().to_owned()
    }

    fn configure(&self, config: &mut web::ServiceConfig) {
        let embedder: Arc<dyn Embedder> = Arc::new(HashedEmbedder);
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let db = self.db.db().clone();
        let staff = web::scope("/api/v1")
            .wrap(from_fn(know_caller))
            .configure(motel_knowledge::http::configure_staff);
        config
            .app_data(web::Data::new(db.clone()))
            .app_data(web::Data::new(Directory::new(db, self.motel.slug.clone())))
            .app_data(web::Data::from(embedder))
            .app_data(web::Data::new(clock))
            .service(staff)
            .configure(motel_knowledge::http::configure)
            .configure(motel_web::configure);
    }

    async fn call(&self, key: &str, request: TestRequest) -> (StatusCode, Value) {
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
        (status, serde_json::from_slice(&body).unwrap_or_default())
    }
}

fn post(path: &str) -> TestRequest {
    TestRequest::post().uri(&format!("/api/v1/knowledge/{path}"))
}

fn get(path: &str) -> TestRequest {
    TestRequest::get().uri(&format!("/api/v1/knowledge/{path}"))
}

const ALL: &[Permission] = &[Permission::ReadKnowledge, Permission::WriteKnowledge];

#[actix_web::test]
async fn a_document_is_uploaded_shown_replaced_and_removed() {
    let setting = Setting::new().await;
    let key = setting.key(setting.motel.tenant, ALL).await;
    let upload = |text: &'static str| {
        let path = "documents?name=sauna.md&valid_until=2099-12-31";
        post(path).set_payload(text)
    };
    let (status, made) = setting.call(&key, upload("# Sauna\n\nFrom 4 pm.")).await;
    assert_eq!(status, 201, "{made}");
    assert_eq!(
        (&made["version"], &made["passages"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(
        (&made["origin"], &made["valid_until"]),
        (&json!("upload"), &json!("2099-12-31"))
    );
    let asked = TestRequest::post().uri("/knowledge/search");
    let asked = asked.set_json(json!({"query": "is there a sauna"}));
    let (_, found) = setting.call(&key, asked).await;
    assert_eq!(found["results"][0]["source"], "uploads/sauna.md");

    let (status, made) = setting.call(&key, upload("# Sauna\n\nFrom 5 pm.")).await;
    assert_eq!((status.as_u16(), &made["version"]), (201, &json!(2)));
    let path = format!("documents/{}", made["id"].as_str().unwrap());
    let (_, shown) = setting.call(&key, get(&path)).await;
    assert_eq!(shown["versions"][1]["content"], "# Sauna\n\nFrom 4 pm.\n");
    let (_, list) = setting.call(&key, get("documents")).await;
    assert_eq!(list["documents"], json!([shown["document"]]));

    let other = other_tenant(&setting.db).await;
    let neighbour = setting.key(other.tenant, ALL).await;
    assert_eq!(setting.call(&neighbour, get(&path)).await.0, 404);
    let remove = || TestRequest::delete().uri(&format!("/api/v1/knowledge/{path}"));
    assert_eq!(setting.call(&neighbour, remove()).await.0, 404);
    assert_eq!(setting.call(&key, remove()).await.0, 204);
    assert_eq!(setting.call(&key, remove()).await.0, 404);
}

#[actix_web::test]
async fn what_cannot_be_taken_in_is_refused_by_name() {
    let setting = Setting::new().await;
    let key = setting.key(setting.motel.tenant, ALL).await;
    let too_much = "x".repeat(4 * 1024 * 1024 + 1);
    for (path, body, status, said) in [
        ("documents?name=a.pdf", "%PDF", 422, "invalid_input"),
        ("documents?name=..%2Fa.md", "a", 422, "invalid_input"),
        (
            "documents?name=a.md&valid_until=soon",
            "a",
            422,
            "invalid_input",
        ),
        ("documents?name=a.docx", "a", 422, "unfit_document"),
        ("documents?name=a.md", &too_much, 413, "too_large"),
    ] {
        let (got, problem) = setting
            .call(&key, post(path).set_payload(body.to_owned()))
            .await;
        assert_eq!(
            (got.as_u16(), &problem["code"]),
            (status, &json!(said)),
            "{path}"
        );
    }
    let (_, tried) = setting
        .call(
            &key,
            post("documents?name=a.md&dry_run=true").set_payload("# A\n\na"),
        )
        .await;
    assert_eq!(tried["title"], "A");
    let (_, list) = setting.call(&key, get("documents")).await;
    assert_eq!(list["documents"], json!([]));
}

#[actix_web::test]
async fn what_guests_ask_in_vain_is_listed_and_answered() {
    let setting = Setting::new().await;
    let key = setting.key(setting.motel.tenant, ALL).await;
    for question in [
        "is there a helipad",
        "have you got a helipad",
        "rent a canoe",
    ] {
        let ask = TestRequest::post().uri("/knowledge/search");
        let (_, said) = setting
            .call(&key, ask.set_json(json!({ "query": question })))
            .await;
        assert_eq!(said["answered_from"], "nothing", "{question}");
    }
    let (_, open) = setting.call(&key, get("questions")).await;
    let asked = |index: usize| {
        (
            &open["questions"][index]["wording"],
            &open["questions"][index]["times"],
        )
    };
    assert_eq!(asked(0), (&json!("is there a helipad"), &json!(2)));
    assert_eq!(asked(1), (&json!("rent a canoe"), &json!(1)));
    let path = |index: usize, what: &str| {
        let id = open["questions"][index]["id"].as_str().unwrap();
        format!("questions/{id}/{what}")
    };
    let body = json!({"question": "Is there a helipad?", "answer": "No, there is none."});
    let answer = || post(&path(0, "answer")).set_json(&body);
    let reader = setting
        .key(setting.motel.tenant, &[Permission::ReadKnowledge])
        .await;
    assert_eq!(setting.call(&reader, answer()).await.0, 403);
    let (status, made) = setting.call(&key, answer()).await;
    assert_eq!((status.as_u16(), &made["origin"]), (201, &json!("answer")));
    assert_eq!(setting.call(&key, answer()).await.0, 404);
    assert_eq!(setting.call(&key, post(&path(1, "dismiss"))).await.0, 204);
    let (_, open) = setting.call(&key, get("questions")).await;
    assert_eq!(open["questions"], json!([]));
}
