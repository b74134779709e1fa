use std::sync::Arc;

use actix_cors::Cors;
use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;

/// How long a browser remembers what it was told, in seconds.
const REMEMBERED: usize = 3_600;
/// What a page may read of an answer beside its body.
const EXPOSED: &str = "retry-after, ratelimit, ratelimit-policy, x-request-id";
/// The most sites one installation lists.
const MOST: usize = 50;

/// Sites whose pages may call the public interface from a visitor's browser: no cookie goes along, and none is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins {
    listed: Arc<[String]>,
    /// The beginning of the paths they may call.
    under: &'static str,
}

/// Not the origin of a site.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidOrigins {
    /// What stands there is none.
    #[error(
        "{0:?} is no origin: write https://www.motel.example, with a port if it has one, and nothing after that"
    )]
    NoOrigin(String),
    /// More than fifty.
    #[error("more than {MOST} origins")]
    TooMany,
}

impl Origins {
    /// Reads a list with commas in between. A site speaks https, unless it is on this machine; `*` is no site.
    ///
    /// # Errors
    /// Something in it is no origin, or there are too many.
    pub fn parse(list: &str, under: &'static str) -> Result<Self, InvalidOrigins> {
        let words = list.split(',').map(str::trim);
        let words = words.filter(|word| !word.is_empty());
        let listed: Vec<String> = words
            .map(|word| match is_origin(word) {
                true => Ok(word.to_owned()),
                false => Err(InvalidOrigins::NoOrigin(word.to_owned())),
            })
            .collect::<Result<_, _>>()?;
        if listed.len() > MOST {
            return Err(InvalidOrigins::TooMany);
        }
        let listed = listed.into();
        Ok(Self { listed, under })
    }

    /// Whether nobody is listed.
    pub fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// Middleware for the scope of the public interface that tells browsers so (cross-origin resource sharing).
    pub fn cors(&self) -> Cors {
        let listed = self.listed.clone();
        Cors::default()
            .allowed_origin_fn(move |origin, _| {
                let origin = origin.to_str().unwrap_or_default();
                listed.iter().any(|listed| listed == origin)
            })
            .allowed_methods(["GET", "POST"])
            .allowed_headers(["content-type", "idempotency-key"])
            .expose_headers(EXPOSED.split(", "))
            .max_age(REMEMBERED)
    }

    /// Whether a request comes from a page of a listed site and goes where such may.
    pub(crate) fn invite(&self, request: &ServiceRequest) -> bool {
        let origin = request.headers().get(header::ORIGIN);
        let origin = origin.and_then(|origin| origin.to_str().ok());
        origin.is_some_and(|origin| self.listed.iter().any(|listed| listed == origin))
            && request.path().starts_with(self.under)
    }
}

/// Middleware around all that can refuse a request before [`Origins::cors`] sees it: lets pages of listed sites read such an answer,
/// as they have to wait when they ask too often.
///
/// # Errors
/// Passes on what the inner service raises.
pub async fn tell_origins<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let origins = request.app_data::<Data<Origins>>();
    let invited = origins.is_some_and(|origins| origins.invite(&request));
    let origin = request.headers().get(header::ORIGIN).cloned();
    let mut answer = next.call(request).await?;
    let headers = answer.headers_mut();
    if let Some(origin) = origin.filter(|_| invited)
        && !headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN)
    {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        let exposed = HeaderValue::from_static(EXPOSED);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
        headers.append(header::VARY, HeaderValue::from_static("Origin"));
    }
    Ok(answer)
}

/// `https://host` or `https://host:port`, as browsers write it; `http` on this machine.
fn is_origin(word: &str) -> bool {
    let Some((scheme, rest)) = word.split_once("://") else {
        return false;
    };
    let (host, port) = rest.split_once(':').unwrap_or((rest, "443"));
    let label = |label: &str| {
        let plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
        !label.is_empty() && label.bytes().all(plain)
    };
    let here = matches!(host, "localhost" | "127.0.0.1");
    (scheme == "https" || scheme == "http" && here)
        && host.split('.').all(label)
        && port
            .parse::<u16>()
            .is_ok_and(|number| number.to_string() == port)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_list_holds_origins_and_nothing_else() {
        let read = |list| Origins::parse(list, "/public/").map(|origins| origins.listed.to_vec());
        assert_eq!(read("").unwrap(), Vec::<String>::new());
        let two = "https://www.motel.example, http://localhost:5173,";
        assert_eq!(
            read(two).unwrap(),
            ["https://www.motel.example", "http://localhost:5173"]
        );
        for slip in [
            "*",
            "null",
            "motel.example",
            "http://motel.example",
            "https://",
            "https://*.motel.example",
            "https://motel.example/",
            "https://motel.example/page",
            "https://Motel.example",
            "https://motel.example:",
            "https://motel.example:0443",
            "https://motel.example:99999",
            "https://user@motel.example",
            "https://motel..example",
            "https://motel.example https://other.example",
        ] {
            assert!(read(slip).is_err(), "{slip}");
        }
        let many = vec!["https://motel.example"; 51].join(",");
        assert_eq!(read(&many), Err(InvalidOrigins::TooMany));
    }
}
