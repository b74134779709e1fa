use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use futures::FutureExt;
use futures::future::LocalBoxFuture;
use motel_telephony::twilio::signature::{self, Content};
use motel_tenancy::http::PublicTenant;
use motel_web::{BODY_LIMIT, Problem};
use secrecy::SecretString;

use super::TwilioSettings;
use crate::CallDesk;

/// The fields of a form that Twilio has signed.
///
/// 403 `wrong_signature` for anything Twilio did not sign, 503 `voice_not_configured` for what says it did where there is no auth
/// token, 413 and 415 for a body that is no form of bearable size.
#[derive(Debug)]
pub(super) struct SignedForm(Vec<(String, String)>);

impl SignedForm {
    /// The first value of a field; empty when it is not there.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(field, _)| field == name)
            .map_or("", |(_, value)| value)
    }

    /// The first value of a field, unless it is missing or empty.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        Some(self.get(name).to_owned()).filter(|value| !value.is_empty())
    }
}

impl FromRequest for SignedForm {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let body = web::Payload::from_request(&request, payload).into_inner();
        async move {
            let settings = request.app_data::<web::Data<TwilioSettings>>();
            let settings = settings.ok_or_else(not_configured)?;
            let signature = request
                .headers()
                .get("X-Twilio-Signature")
                .ok_or_else(wrong_signature)?;
            let signature = signature.to_str().map_err(|_| wrong_signature())?;
            let body = body
                .map_err(|_| unreadable())?
                .to_bytes_limited(BODY_LIMIT)
                .await;
            let body = body.map_err(|_| too_large())?.map_err(|_| unreadable())?;
            // The database is asked last: a stranger who does not even claim to be Twilio costs nothing.
            let auth_token = auth_token(&request, settings).await?;

            let is_form = request
                .content_type()
                .eq_ignore_ascii_case("application/x-www-form-urlencoded");
            let fields: Vec<_> = form_urlencoded::parse(&body).into_owned().collect();
            let content = if is_form {
                Content::Form(&fields)
            } else {
                Content::Raw(&body)
            };
            let path = request
                .uri()
                .path_and_query()
                .map_or("/", |path| path.as_str());
            signature::verify(&auth_token, &settings.url(path), content, signature)
                .map_err(|_| wrong_signature())?;
            if is_form {
                Ok(Self(fields))
            } else {
                Err(wrong_type())
            }
        }
        .boxed_local()
    }
}

/// What the account of this business's calls signs with.
async fn auth_token(
    request: &HttpRequest,
    settings: &TwilioSettings,
) -> Result<SecretString, Problem> {
    let place = PublicTenant::extract(request).await?;
    let desk = request.app_data::<web::Data<CallDesk>>();
    let db = desk.ok_or_else(not_configured)?.db();
    let mut tx = db.tenant(place.tenant).await.map_err(Problem::internal)?;
    let known = settings.auth_token(&mut tx).await?;
    tx.commit().await.map_err(Problem::internal)?;
    known.ok_or_else(not_configured)
}

fn not_configured() -> Problem {
    Problem::unavailable(
        "voice_not_configured",
        "Calls are not set up here: there is no Twilio auth token.",
    )
}

fn wrong_signature() -> Problem {
    Problem::forbidden("wrong_signature", "This request is not signed by Twilio.")
}

fn unreadable() -> Problem {
    Problem::malformed("The body could not be read.")
}

fn too_large() -> Problem {
    let detail = format!("The body is larger than {} KiB.", BODY_LIMIT / 1024);
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail)
}

fn wrong_type() -> Problem {
    let detail = "Send the body as application/x-www-form-urlencoded.";
    Problem::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "wrong_content_type",
        detail,
    )
}
