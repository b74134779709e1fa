use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use async_openai::error::OpenAIError;
use async_openai::middleware::HttpRequestFactory;
use futures::StreamExt;
use reqwest::header::RETRY_AFTER;
use reqwest::{Body, Client, Response};
use tower_service::Service;

/// Sends a request once. The library's own service would try again by itself, past our time-outs, and keeps the header that says
/// when to come back to itself.
#[derive(Clone)]
pub(super) struct Posting {
    http: Client,
    told: Told,
}

/// A refusal: its status, and when to come back.
type Refusal = (u16, Option<Duration>);

/// How a call was refused, if it was.
#[derive(Clone, Default)]
pub(super) struct Told(Arc<Mutex<Option<Refusal>>>);

impl Told {
    /// The refusal, if there was one.
    pub(super) fn refusal(&self) -> Option<Refusal> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, response: &Response) {
        let status = response.status();
        if status.is_success() {
            return;
        }
        let header = response.headers().get(RETRY_AFTER);
        let seconds = header.and_then(|value| value.to_str().ok()?.trim().parse().ok());
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *told = Some((status.as_u16(), seconds.map(Duration::from_secs)));
    }
}

impl Posting {
    pub(super) fn new(http: Client) -> (Self, Told) {
        let told = Told::default();
        let posting = Self {
            http,
            told: told.clone(),
        };
        (posting, told)
    }
}

impl Service<HttpRequestFactory> for Posting {
    type Response = Response;
    type Error = OpenAIError;
    type Future = Pin<Box<dyn Future<Output = Result<Response, OpenAIError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), OpenAIError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: HttpRequestFactory) -> Self::Future {
        let (http, told) = (self.http.clone(), self.told.clone());
        Box::pin(async move {
            let response = http.execute(request.build().await?).await?;
            told.note(&response);
            Ok(bounded(response))
        })
    }
}

/// The most bytes of an answer that are read: the library would keep an endless line, or an endless excuse, until there is no memory left.
const LARGEST: usize = 2 * 1024 * 1024;

fn bounded(response: Response) -> Response {
    let (status, headers) = (response.status(), response.headers().clone());
    let mut left = LARGEST;
    let bytes = response.bytes_stream().map(move |bytes| {
        let bytes = bytes.map_err(std::io::Error::other)?;
        left = left
            .checked_sub(bytes.len())
            .ok_or_else(|| std::io::Error::other("more than anybody reads"))?;
        Ok::<_, std::io::Error>(bytes)
    });
    let mut rebuilt = http::Response::new(Body::wrap_stream(bytes));
    *rebuilt.status_mut() = status;
    *rebuilt.headers_mut() = headers;
    rebuilt.into()
}
