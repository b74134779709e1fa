use std::future::{Ready, ready};
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::error::{JsonPayloadError, PathError, QueryPayloadError, UrlencodedError};
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::{FieldErrors, Problem};

/// The most bytes a JSON or form body may have: 16 KiB.
pub const BODY_LIMIT: usize = 16 * 1024;

/// A typed input that is parsed once, at the border, from what the caller sent.
///
/// `Raw` has the loose fields of the wire; `parse` checks each of them and names all that fail.
pub trait Input: Sized {
    /// The fields as they arrive. Use `#[serde(deny_unknown_fields)]` to refuse misspelt ones.
    type Raw: DeserializeOwned;

    /// The typed input, or every field that was refused.
    ///
    /// # Errors
    /// The refused fields.
    fn parse(raw: Self::Raw) -> Result<Self, FieldErrors>;
}

/// A JSON body, parsed into a typed input.
///
/// Broken JSON is a 400, another content type a 415, more than [`BODY_LIMIT`] a 413, and a
/// missing, unknown, mistyped or refused field a 422 that names it.
#[derive(Debug)]
pub struct ValidJson<T>(pub T);

/// A query string, parsed into a typed input; a refused field is a 422 that names it.
#[derive(Debug)]
pub struct ValidQuery<T>(pub T);

/// A body of a HTML form, parsed into a typed input; errors as for [`ValidJson`].
#[derive(Debug)]
pub struct ValidForm<T>(pub T);

type Parsing<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

impl<T: Input> FromRequest for ValidJson<T> {
    type Error = Problem;
    type Future = Parsing<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = read_body(req, payload, is_json(req), "application/json");
        Box::pin(async move {
            let body = body.await?;
            let mut json = serde_json::Deserializer::from_slice(&body);
            let raw = serde_path_to_error::deserialize(&mut json).map_err(|error| {
                if error.inner().is_data() {
                    located(&error)
                } else {
                    broken_json(error.inner())
                }
            })?;
            json.end().map_err(|error| broken_json(&error))?;
            Ok(Self(T::parse(raw)?))
        })
    }
}

impl<T: Input> FromRequest for ValidForm<T> {
    type Error = Problem;
    type Future = Parsing<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_form = req
            .content_type()
            .eq_ignore_ascii_case("application/x-www-form-urlencoded");
        let body = read_body(req, payload, is_form, "application/x-www-form-urlencoded");
        Box::pin(async move { Ok(Self(T::parse(urlencoded(&body.await?)?)?)) })
    }
}

impl<T: Input> FromRequest for ValidQuery<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let parsed = urlencoded(req.query_string().as_bytes())
            .and_then(|raw| Ok(T::parse(raw)?))
            .map(Self);
        ready(parsed)
    }
}

fn is_json(req: &HttpRequest) -> bool {
    let content_type = req.content_type();
    content_type.eq_ignore_ascii_case("application/json") || content_type.ends_with("+json")
}

fn read_body(
    req: &HttpRequest,
    payload: &mut Payload,
    right_type: bool,
    expected: &'static str,
) -> impl Future<Output = Result<web::Bytes, Problem>> + use<> {
    let payload = web::Payload::from_request(req, payload).into_inner();
    async move {
        if !right_type {
            return Err(wrong_type(expected));
        }
        let payload = payload.map_err(|_| unreadable())?;
        match payload.to_bytes_limited(BODY_LIMIT).await {
            Ok(Ok(bytes)) => Ok(bytes),
            Ok(Err(_)) => Err(unreadable()),
            Err(_) => Err(too_large()),
        }
    }
}

fn urlencoded<R: for<'de> Deserialize<'de>>(text: &[u8]) -> Result<R, Problem> {
    let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(text));
    serde_path_to_error::deserialize(pairs).map_err(|error| located(&error))
}

/// Names the field at fault: serde tells a missing or unknown one in the message only, a
/// mistyped one by the path to it.
fn located<E: std::fmt::Display>(error: &serde_path_to_error::Error<E>) -> Problem {
    let message = error.inner().to_string();
    let path = error.path().to_string();
    let parent = if path == "." {
        String::new()
    } else {
        format!("{path}.")
    };
    match (quoted_name(&message), message.split('`').next()) {
        (Some(name), Some("missing field ")) => {
            Problem::invalid(format!("{parent}{name}"), "is missing")
        }
        (Some(name), Some("duplicate field ")) => {
            Problem::invalid(format!("{parent}{name}"), "is given twice")
        }
        (Some(name), Some("unknown field ")) => {
            // The path already ends in the unknown name.
            let field = if path == "." { name.to_owned() } else { path };
            Problem::invalid(field, "is not a known field")
        }
        _ => Problem::invalid(
            if path == "." { "body".to_owned() } else { path },
            plain(&message),
        ),
    }
}

fn quoted_name(message: &str) -> Option<&str> {
    message.split('`').nth(1)
}

/// serde_json's message without the position, which means nothing to who fills in a form.
fn plain(message: &str) -> &str {
    message.split(" at line ").next().unwrap_or(message)
}

fn broken_json(error: &serde_json::Error) -> Problem {
    Problem::malformed(format!("The body is not valid JSON: {error}."))
}

fn unreadable() -> Problem {
    Problem::malformed("The body could not be read.")
}

fn too_large() -> Problem {
    let detail = format!("The body is larger than {} KiB.", BODY_LIMIT / 1024);
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail)
}

fn wrong_type(expected: &str) -> Problem {
    let detail = format!("Send the body as {expected}.");
    Problem::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "wrong_content_type",
        detail,
    )
}

/// Settings for `web::Json` with the same limits and problems as [`ValidJson`].
pub fn json_config() -> web::JsonConfig {
    web::JsonConfig::default()
        .limit(BODY_LIMIT)
        .error_handler(|error, _| {
            match &error {
                JsonPayloadError::OverflowKnownLength { .. }
                | JsonPayloadError::Overflow { .. } => too_large(),
                JsonPayloadError::ContentType => wrong_type("application/json"),
                JsonPayloadError::Deserialize(error) if error.is_data() => {
                    unlocated("body", &error.to_string())
                }
                JsonPayloadError::Deserialize(error) => broken_json(error),
                _ => unreadable(),
            }
            .into()
        })
}

/// Settings for `web::Query`: a refused field is a 422.
pub fn query_config() -> web::QueryConfig {
    web::QueryConfig::default().error_handler(|error, _| {
        match &error {
            QueryPayloadError::Deserialize(error) => unlocated("query", &error.to_string()),
            _ => unreadable(),
        }
        .into()
    })
}

/// Settings for `web::Path`: a path that does not parse leads nowhere, so it is a 404.
pub fn path_config() -> web::PathConfig {
    web::PathConfig::default().error_handler(|_: PathError, _| Problem::not_found("page").into())
}

/// Settings for `web::Form` with the same limits and problems as [`ValidForm`].
pub fn form_config() -> web::FormConfig {
    web::FormConfig::default()
        .limit(BODY_LIMIT)
        .error_handler(|error, _| {
            match &error {
                UrlencodedError::Overflow { .. } => too_large(),
                UrlencodedError::ContentType => wrong_type("application/x-www-form-urlencoded"),
                UrlencodedError::Parse(error) => unlocated("form", &error.to_string()),
                _ => unreadable(),
            }
            .into()
        })
}

fn unlocated(whole: &str, message: &str) -> Problem {
    Problem::invalid(quoted_name(message).unwrap_or(whole), plain(message))
}
