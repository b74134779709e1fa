use std::sync::Arc;

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

use crate::house::{House, now, saying};

const WRITING: &str = "/api/v1/prompts/writing";
const ALL: &[Permission] = &[Permission::ReadSettings, Permission::WriteCredentials];

/// A program at the door.
struct Program<'a> {
    house: &'a House,
    key: String,
}

impl House {
    async fn program(&self, permissions: &[Permission]) -> Program<'_> {
        let mut tx = self.tx(self.demo.tenant).await;
        let terms = KeyTerms {
            permissions: Some(permissions.iter().copied().collect()),
            expires_at: None,
        };
        let made = create_limited_api_key(&mut tx, "a program", terms, Actor::System).await;
        tx.commit().await.unwrap();
        Program {
            house: self,
            key: made.unwrap().secret.expose_secret().to_owned(),
        }
    }

    fn configure(&self, config: &mut web::ServiceConfig) {
        let clock: Arc<dyn Clock> = Arc::new(FixedClock::at(now()));
        let db = self.test.db().clone();
        let staff = web::scope("/api/v1")
            .wrap(from_fn(know_caller))
            .configure(motel_prompts::http::configure_staff);
        config
            .app_data(web::Data::new(db.clone()))
            .app_data(web::Data::new(Directory::new(db, self.demo.slug.clone())))
            .app_data(web::Data::new(clock))
            .service(staff)
            .configure(motel_web::configure);
    }
}

impl Program<'_> {
    async fn call(&self, request: TestRequest) -> (StatusCode, Value) {
        let settings = motel_web::SessionSettings {
            secret: "a secret of a test".into(),
            secure: false,
        };
        let app = App::new()
            .wrap(motel_web::session_middleware(&settings))
            .configure(|config| self.house.configure(config));
        let app = init_service(app).await;
        let key = format!("Bearer {}", self.key);
        let request = request.insert_header(("Authorization", key));
        let answer = call_service(&app, request.to_request()).await;
        let status = answer.status();
        let body = read_body(answer).await;
        (status, serde_json::from_slice(&body).unwrap_or(Value::Null))
    }

    async fn get(&self, path: &str) -> (StatusCode, Value) {
        self.call(TestRequest::get().uri(path)).await
    }

    async fn post(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        self.call(TestRequest::post().uri(path).set_json(body))
            .await
    }

    async fn roll_back(&self, seen: i32) -> (StatusCode, Value) {
        let request = TestRequest::post()
            .uri(&format!("{WRITING}/roll-back"))
            .insert_header(("If-Match", format!("\"{seen}\"")))
            .set_json(json!({}));
        self.call(request).await
    }

    async fn save(&self, text: &str) -> (StatusCode, Value) {
        let body = json!({ "text": text, "note": "a try" });
        self.post(&format!("{WRITING}/versions"), &body).await
    }
}

#[actix_web::test]
async fn a_program_saves_compares_activates_and_rolls_back() {
    let house = House::new().await;
    let program = house.program(ALL).await;
    let (status, all) = program.get("/api/v1/prompts").await;
    assert_eq!(status, 200);
    assert_eq!(
        all["prompts"],
        json!([{"kind": "writing", "active": 0, "saved": 0, "activation": 0}, {"kind": "phone", "active": 0, "saved": 0, "activation": 0}])
    );
    let names = all["variables"].as_array().unwrap();
    assert!(
        names
            .iter()
            .any(|it| it["name"] == "house" && it["required"] == true)
    );

    let (status, saved) = program.save(&saying("Mention the lake.")).await;
    assert_eq!((status.as_u16(), &saved["number"]), (201, &json!(1)));
    assert_eq!(saved["note"], "a try");
    assert!(saved["saved_by"].as_str().unwrap().starts_with("api_key:"));
    program.save(&saying("Mention the hills.")).await;
    let (_, diff) = program
        .get(&format!("{WRITING}/versions/2/diff?against=1"))
        .await;
    assert_eq!((&diff["from"], &diff["to"]), (&json!(1), &json!(2)));
    let fates: Vec<&str> = diff["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["fate"].as_str().unwrap())
        .collect();
    assert_eq!(fates, ["removed", "added"]);
    let (_, diff) = program.get(&format!("{WRITING}/versions/2/diff")).await;
    assert_eq!(diff["from"], 0, "with the active one, which is the default");

    for number in [1, 2] {
        let path = format!("{WRITING}/versions/{number}/activate");
        let (status, standing) = program.post(&path, &json!({})).await;
        assert_eq!(
            (status.as_u16(), &standing["active"]),
            (200, &json!(number))
        );
    }
    let (status, refused) = program
        .post(&format!("{WRITING}/roll-back"), &json!({}))
        .await;
    assert_eq!(
        (status.as_u16(), &refused["code"]),
        (428, &json!("if_match_required"))
    );
    let (_, standing) = program.get(WRITING).await;
    assert_eq!(
        (&standing["active"], &standing["activation"]),
        (&json!(2), &json!(2))
    );
    let (status, standing) = program.roll_back(2).await;
    assert_eq!((status.as_u16(), &standing["active"]), (200, &json!(1)));
    let (status, refused) = program.roll_back(2).await;
    assert_eq!(
        (status.as_u16(), &refused["code"]),
        (412, &json!("version_mismatch"))
    );
    let (_, history) = program.get(&format!("{WRITING}/activations?limit=1")).await;
    assert_eq!(history["data"][0]["rolled_back"], true);
    assert_eq!(history["data"][0]["version"], 1);
    assert!(history["next_cursor"].is_string());
    let (_, versions) = program.get(&format!("{WRITING}/versions?limit=1")).await;
    assert_eq!(versions["data"][0]["number"], 2);
    let next = versions["next_cursor"].as_str().unwrap();
    let (_, older) = program
        .get(&format!("{WRITING}/versions?limit=1&cursor={next}"))
        .await;
    assert_eq!(older["data"][0]["number"], 1);
    let (_, default) = program.get(&format!("{WRITING}/versions/0")).await;
    assert!(
        default["text"].as_str().unwrap().contains("{{ house }}") && default["saved_by"].is_null()
    );
}

#[actix_web::test]
async fn what_is_refused_says_where_and_why() {
    let house = House::new().await;
    let program = house.program(ALL).await;
    let long = "x".repeat(4_001);
    for (text, reason) in [
        (
            "{{ business }}\n{{ rooms }}",
            "line 2: there is no variable `rooms`",
        ),
        (
            "{{ business }} {{ today }}",
            "it has to say {{ house }} in every case",
        ),
        ("{% for x in house %}", "line 1: `for` cannot stand here"),
        ("{{ house", "line 1: `{{` is not closed"),
        (long.as_str(), "must have 1 to 4000 characters"),
        ("", "must not be empty"),
        ("Ask for 4111 1111 1111 1111", "payment card"),
    ] {
        let (status, refused) = program.save(text).await;
        assert_eq!(status, 422, "{text}");
        assert_eq!(refused["errors"][0]["field"], "text");
        let said = refused["errors"][0]["reason"].as_str().unwrap();
        assert!(said.contains(reason), "{text}: {said}");
    }
    for path in [
        "/versions/1",
        "/versions/x",
        "/versions/-1",
        "/versions/1/diff",
    ] {
        assert_eq!(
            program.get(&format!("{WRITING}{path}")).await.0,
            404,
            "{path}"
        );
    }
    assert_eq!(program.get("/api/v1/prompts/letters/versions").await.0, 404);
    let (status, _) = program
        .get(&format!("{WRITING}/versions/0/diff?against=-1"))
        .await;
    assert_eq!(status, 422);
    let (status, _) = program
        .post(&format!("{WRITING}/versions/1/activate"), &json!({}))
        .await;
    assert_eq!(status, 404);
    let (status, refused) = program.roll_back(0).await;
    assert_eq!(
        (status.as_u16(), &refused["code"]),
        (409, &json!("nothing_before"))
    );
}

#[actix_web::test]
async fn what_is_only_tried_is_not_kept_and_what_is_repeated_is_done_once() {
    let house = House::new().await;
    let program = house.program(ALL).await;
    let tried = format!("{WRITING}/versions?dry_run=true");
    let body = json!({ "text": saying("tried") });
    let (status, saved) = program.post(&tried, &body).await;
    assert_eq!((status.as_u16(), &saved["number"]), (200, &json!(1)));
    let repeated = async || {
        let request = TestRequest::post()
            .uri(&format!("{WRITING}/versions"))
            .insert_header(("Idempotency-Key", "once"))
            .set_json(&body);
        program.call(request).await.1["number"].clone()
    };
    assert_eq!((repeated().await, repeated().await), (json!(1), json!(1)));
    let (_, versions) = program.get(&format!("{WRITING}/versions")).await;
    assert_eq!(versions["data"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn who_may_look_may_not_write() {
    let house = House::new().await;
    let looker = house.program(&[Permission::ReadSettings]).await;
    assert_eq!(looker.get("/api/v1/prompts").await.0, 200);
    assert_eq!(looker.save(&saying("mine")).await.0, 403);
    let activating = looker
        .post(&format!("{WRITING}/versions/0/activate"), &json!({}))
        .await;
    assert_eq!(activating.0, 403);
    assert_eq!(
        looker
            .post(&format!("{WRITING}/roll-back"), &json!({}))
            .await
            .0,
        403
    );
    let nobody = house.program(&[Permission::ReadRooms]).await;
    assert_eq!(nobody.get("/api/v1/prompts").await.0, 403);
}
