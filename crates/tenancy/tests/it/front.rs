//! A staff interface over a demo tenant: one route that reads, and one that makes an API key.

use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::middleware::from_fn;
use actix_web::{HttpRequest, HttpResponse, test, web};
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;
use motel_db::{Db, TenantTx};
use motel_kernel::{Actor, Clock, Email, FixedClock, PropertyId};
use motel_seal::{Keyring, MasterKey};
use motel_tenancy::commands::{create_api_key, create_staff};
use motel_tenancy::http::{
    Answer, OfProperty, OneProperty, StaffAccess, StaffWrite, know_caller, open_session,
};
use motel_tenancy::testing::{self, DemoTenant};
use motel_tenancy::tokens::{AccessTokens, Lifetime};
use motel_tenancy::{Directory, NewStaff, Role, Staff, may};
use motel_testkit::TestDb;
use motel_web::{Problem, SessionSettings};
use secrecy::ExposeSecret;
use serde_json::Value;
use std::sync::Arc;

/// The database, a tenant in it, and a key of that tenant.
pub(crate) struct Front {
    pub(crate) db: TestDb,
    pub(crate) demo: DemoTenant,
    pub(crate) key: String,
    /// Somebody of the team, whom `POST /open` signs in.
    pub(crate) rosa: Staff,
    pub(crate) keys: Keyring,
    directory: Directory,
}

impl Front {
    pub(crate) async fn open() -> Self {
        let db = TestDb::new(&["tenancy"]).await;
        let demo = testing::demo_tenant(&db).await;
        let directory = Directory::new(db.db().clone(), demo.slug.clone());
        let mut tx = db.db().tenant(demo.tenant).await.unwrap();
        let made = create_api_key(&mut tx, "first", Actor::System)
            .await
            .unwrap();
        let rosa = NewStaff {
            email: Email::parse("rosa@motel.example").unwrap(),
            password: "battery horse staple".into(),
            display_name: "Rosa".to_owned(),
            role: Role::Owner,
        };
        let rosa = create_staff(&mut tx, &rosa).await.unwrap();
        tx.commit().await.unwrap();
        Self {
            rosa,
            keys: Keyring::new(MasterKey::generate()),
            key: made.secret.expose_secret().to_owned(),
            db,
            demo,
            directory,
        }
    }

    /// Everything a request can reach.
    pub(crate) fn configure(&self, config: &mut web::ServiceConfig) {
        let clock: Arc<dyn Clock> =
            Arc::new(FixedClock::at("2026-12-02T03:00:00Z".parse().unwrap()));
        config
            .app_data(web::Data::new(self.db.db().clone()))
            .app_data(web::Data::new(self.directory.clone()))
            .app_data(web::Data::new(clock))
            .app_data(web::Data::new(access_tokens()))
            .app_data(web::Data::new(self.rosa.clone()))
            .app_data(web::Data::new(self.keys.clone()))
            .app_data(web::Data::new(session_settings()))
            .route("/open", web::post().to(open))
            .route("/who", web::get().to(who))
            .route("/barn", web::get().to(keep_to_it))
            .route("/keys", web::post().to(make))
            .route("/keys", web::put().to(rename))
            .route("/keys", web::delete().to(remove))
            .service(
                web::scope("/desk")
                    .wrap(from_fn(know_caller))
                    .route("/refunds", web::post().to(refund)),
            )
            .service(
                web::scope("/api/v1")
                    .wrap(from_fn(know_caller))
                    .configure(motel_tenancy::http::configure_staff),
            );
    }

    /// How many keys the tenant has.
    pub(crate) async fn keys(&self) -> i64 {
        #[derive(diesel::QueryableByName)]
        struct Count {
            #[diesel(sql_type = BigInt)]
            count: i64,
        }
        let count: Count = diesel::sql_query("SELECT count(*) FROM tenancy.api_keys")
            .get_result(&mut self.db.admin().await)
            .await
            .unwrap();
        count.count
    }
}

/// The application around a [`Front`].
macro_rules! app {
    ($front:expr) => {{
        let settings = crate::front::session_settings();
        actix_web::test::init_service(
            actix_web::App::new()
                .wrap(motel_web::session_middleware(&settings))
                .wrap(actix_web::middleware::from_fn(motel_web::request_context))
                .configure(|config| $front.configure(config)),
        )
        .await
    }};
}
pub(crate) use app;

/// Whoever signs with the same secret makes the same tokens.
pub(crate) fn access_tokens() -> AccessTokens {
    let secret = session_settings().secret;
    AccessTokens::new(&secret, "https://motel.example", Lifetime::default())
}

pub(crate) fn session_settings() -> SessionSettings {
    SessionSettings {
        secret: "a secret of a test".into(),
        secure: false,
    }
}

async fn open(request: HttpRequest, staff: web::Data<Staff>) -> Result<HttpResponse, Problem> {
    open_session(&request, &staff).await?;
    Ok(HttpResponse::NoContent().finish())
}

async fn who(staff: StaffAccess<may::BeKnown>) -> String {
    format!("{} of {}", staff.actor, staff.property.code)
}

/// Whether what belongs to their property, and what belongs to another one, is theirs.
async fn keep_to_it(access: StaffAccess<may::ReadRooms, OneProperty>) -> String {
    struct Room(PropertyId);
    impl OfProperty for Room {
        fn property(&self) -> PropertyId {
            self.0
        }
    }
    let of = |property| access.theirs(Room(property), ()).is_ok();
    format!("{} {}", of(access.property.id), of(PropertyId::new()))
}

async fn refund(_: StaffWrite<may::RefundFolios>, _: web::Json<Value>) -> HttpResponse {
    HttpResponse::NoContent().finish()
}

async fn make(
    write: StaffWrite<may::WriteApiKeys>,
    db: web::Data<Db>,
    name: String,
) -> Result<HttpResponse, Problem> {
    write
        .run(&db, &name, async |tx: &mut TenantTx| {
            let made = create_api_key(tx, &name, write.actor).await?;
            if name == "refused" {
                return Err(Problem::conflict("sold_out", "Too late."));
            }
            let path = format!("/keys/{}", made.key.id);
            Ok(Answer::created(made.key.hint).version(1).location(path))
        })
        .await
}

async fn rename(
    write: StaffWrite<may::WriteApiKeys>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let version = write.require_version()?;
    write
        .run(&db, &(), async |_: &mut TenantTx| {
            if version == 3 {
                Ok(Answer::ok("renamed").version(4))
            } else {
                Err(Problem::version_mismatch())
            }
        })
        .await
}

async fn remove(
    write: StaffWrite<may::WriteApiKeys>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let gone = async |_: &mut TenantTx| Ok(Answer::no_content());
    write.run(&db, &(), gone).await
}

/// What was answered.
pub(crate) struct Seen {
    pub(crate) status: StatusCode,
    headers: actix_web::http::header::HeaderMap,
    pub(crate) text: String,
}

impl Seen {
    pub(crate) async fn of(response: ServiceResponse<impl actix_web::body::MessageBody>) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        let body = test::read_body(response).await;
        Self {
            status,
            headers,
            text: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    /// The code of a problem.
    pub(crate) fn code(&self) -> String {
        self.json()["code"].as_str().unwrap().to_owned()
    }
}
