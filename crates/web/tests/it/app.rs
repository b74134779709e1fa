use actix_session::Session;
use actix_web::body::MessageBody;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::from_fn;
use actix_web::test::{TestRequest, init_service, read_body};
use actix_web::{App, Error, HttpResponse, web};
use motel_web::{FieldErrors, Input, Problem, SessionSettings, ValidForm, ValidJson, ValidQuery};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawStay {
    adults: u8,
    guest: RawGuest,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGuest {
    full_name: String,
    notes: Option<String>,
}

pub(crate) struct Stay {
    adults: u8,
    name: String,
}

impl Input for Stay {
    type Raw = RawStay;

    fn parse(raw: RawStay) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let name = errors.text("guest.full_name", &raw.guest.full_name, 1..=20);
        errors.text(
            "guest.notes",
            raw.guest.notes.as_deref().unwrap_or_default(),
            0..=20,
        );
        match (name, errors.is_empty()) {
            (Some(name), true) => Ok(Self {
                adults: raw.adults,
                name,
            }),
            _ => Err(errors),
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct RawParty {
    adults: u8,
}

pub(crate) struct Party(u8);

impl Input for Party {
    type Raw = RawParty;

    fn parse(raw: RawParty) -> Result<Self, FieldErrors> {
        Ok(Self(raw.adults))
    }
}

async fn stay(ValidJson(stay): ValidJson<Stay>) -> String {
    format!("{} for {}", stay.name, stay.adults)
}

async fn party(ValidQuery(party): ValidQuery<Party>) -> String {
    party.0.to_string()
}

async fn form(ValidForm(party): ValidForm<Party>) -> String {
    party.0.to_string()
}

async fn raw_json(party: web::Json<RawParty>) -> String {
    party.adults.to_string()
}

async fn fault() -> Result<HttpResponse, Problem> {
    Err(Problem::internal(std::io::Error::other(
        "the disk holding guests.db is gone",
    )))
}

async fn panics() -> HttpResponse {
    panic!("a secret detail")
}

async fn remember(session: Session) -> Result<HttpResponse, Error> {
    session.insert("staff", 7)?;
    Ok(HttpResponse::Ok().finish())
}

async fn recall(session: Session) -> Result<String, Error> {
    Ok(session
        .get::<u32>("staff")?
        .map_or_else(|| "nobody".to_owned(), |id| id.to_string()))
}

pub(crate) async fn service()
-> impl Service<actix_http::Request, Response = ServiceResponse<impl MessageBody>, Error = Error> {
    let session = SessionSettings {
        secret: "not so very secret".into(),
        secure: true,
    };
    init_service(
        App::new()
            .wrap(motel_web::session_middleware(&session))
            .wrap(from_fn(motel_web::same_origin))
            .wrap(from_fn(motel_web::security_headers))
            .wrap(from_fn(motel_web::request_context))
            .service(web::resource("/stay").route(web::post().to(stay)))
            .route("/party", web::get().to(party))
            .route("/form", web::post().to(form))
            .route("/raw", web::post().to(raw_json))
            .route("/fault", web::get().to(fault))
            .route("/panic", web::get().to(panics))
            .route("/remember", web::post().to(remember))
            .route("/recall", web::get().to(recall))
            .configure(motel_web::configure),
    )
    .await
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: actix_web::http::header::HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.body))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn fields(&self) -> Vec<String> {
        let problem = self.json();
        let errors = problem["errors"].as_array().cloned().unwrap_or_default();
        errors
            .iter()
            .map(|e| e["field"].as_str().unwrap().to_owned())
            .collect()
    }
}

pub(crate) async fn send(request: TestRequest) -> Answer {
    let service = service().await;
    match service.call(request.to_request()).await {
        Ok(response) => {
            let (status, headers) = (response.status(), response.headers().clone());
            let body = String::from_utf8(read_body(response).await.to_vec()).unwrap();
            Answer {
                status,
                headers,
                body,
            }
        }
        Err(error) => {
            let response = error.error_response();
            let (status, headers) = (response.status(), response.headers().clone());
            let body = actix_web::body::to_bytes(response.into_body())
                .await
                .unwrap();
            Answer {
                status,
                headers,
                body: String::from_utf8(body.to_vec()).unwrap(),
            }
        }
    }
}

pub(crate) async fn post_json(path: &str, body: &str) -> Answer {
    let request = TestRequest::post()
        .uri(path)
        .insert_header(("content-type", "application/json"));
    send(request.set_payload(body.to_owned())).await
}
