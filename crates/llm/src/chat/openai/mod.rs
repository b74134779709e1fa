//! Any service that speaks OpenAI's API: Chat Completions, which most do, or Responses. Always streamed, so that silence is noticed.

mod completions;
mod posting;
mod responses;

use std::time::Instant;

use async_openai::Client;
use async_openai::config::OpenAIConfig;
use async_openai::error::OpenAIError;
use async_openai::types::stream::StreamResponse;
use async_trait::async_trait;
use futures::StreamExt;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use self::posting::{Posting, Told};
use super::{ChatAnswer, ChatError, ChatModel, ChatRequest, Deltas};
use crate::outward::{Address, Guarded, Reach};

/// Which of OpenAI's two ways to talk a service is asked in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Api {
    /// `/chat/completions`.
    #[default]
    ChatCompletions,
    /// `/responses`.
    Responses,
}

/// Which service and model to use.
#[derive(Debug, Clone)]
pub struct OpenAiChatSettings {
    /// The address up to and including the version, such as `https://api.openai.com/v1`.
    pub address: Address,
    /// How far out the address has to lie.
    pub reach: Reach,
    /// The key.
    pub api_key: SecretString,
    /// The model.
    pub model: String,
    /// In hundredths, 0 to 200; the service's own when not set, as some models take none.
    pub temperature: Option<u8>,
    /// Which way to talk.
    pub api: Api,
}

/// A model behind a service that speaks OpenAI's API.
pub struct OpenAiChat {
    http: reqwest::Client,
    config: OpenAIConfig,
    model: String,
    temperature: Option<f64>,
    api: Api,
}

/// The most characters an answer has: more is no answer to a guest.
const LONGEST: usize = 64_000;

/// An answer as far as it has come.
pub(super) trait Gathering: Default + Send {
    /// Takes in one event of the stream; the words in it, if any, are passed on.
    fn take(&mut self, event: &Value) -> Result<Option<String>, ChatError>;
    /// How many characters have come.
    fn length(&self) -> usize;
    /// The whole answer; nothing if the stream ended before it did.
    fn finish(self) -> Result<ChatAnswer, ChatError>;
}

impl OpenAiChat {
    /// A client of the service; nothing is sent yet.
    ///
    /// # Errors
    /// [`ChatError::Settings`] when no client can be made.
    pub fn new(settings: OpenAiChatSettings) -> Result<Self, ChatError> {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .dns_resolver(Guarded(settings.reach))
            .build()
            .map_err(|error| ChatError::Settings(error.to_string()))?;
        // Organisation and project would otherwise come from the environment, past our own settings.
        let config = OpenAIConfig::new()
            .with_api_base(settings.address.as_str())
            .with_api_key(settings.api_key.expose_secret())
            .with_org_id("")
            .with_project_id("");
        Ok(Self {
            http,
            config,
            model: settings.model,
            temperature: settings.temperature.map(hundredths),
            api: settings.api,
        })
    }

    /// A client whose waits are told apart from those of other calls.
    fn client(&self) -> (Client<OpenAIConfig>, Told) {
        let (posting, told) = Posting::new(self.http.clone());
        let client = Client::build(self.http.clone(), self.config.clone());
        (client.with_http_service(posting), told)
    }
}

#[expect(clippy::float_arithmetic, reason = "a temperature is a measure")]
fn hundredths(temperature: u8) -> f64 {
    f64::from(temperature.min(200)) / 100.0
}

#[async_trait]
impl ChatModel for OpenAiChat {
    fn name(&self) -> &str {
        &self.model
    }

    async fn answer(
        &self,
        request: &ChatRequest,
        heard: &mut dyn Deltas,
    ) -> Result<ChatAnswer, ChatError> {
        let began = Instant::now();
        let (client, told) = self.client();
        match self.api {
            Api::ChatCompletions => {
                let body = completions::body(request, &self.model, self.temperature);
                let opened = client.chat().create_stream_byot(body).await;
                let events = opened.map_err(|error| refused(error, &told))?;
                gather::<completions::Gathered>(events, heard, began, &told).await
            }
            Api::Responses => {
                let body = responses::body(request, &self.model, self.temperature);
                let opened = client.responses().create_stream_byot(body).await;
                let events = opened.map_err(|error| refused(error, &told))?;
                gather::<responses::Gathered>(events, heard, began, &told).await
            }
        }
    }
}

async fn gather<G: Gathering>(
    mut events: StreamResponse<Value>,
    heard: &mut dyn Deltas,
    began: Instant,
    told: &Told,
) -> Result<ChatAnswer, ChatError> {
    let mut gathered = G::default();
    let mut first_sign = None;
    while let Some(event) = events.next().await {
        let event = event.map_err(|error| refused(error, told))?;
        first_sign.get_or_insert_with(|| began.elapsed());
        if let Some(words) = gathered.take(&event)? {
            heard.hear(&words);
        }
        if gathered.length() > LONGEST {
            return Err(ChatError::Unexpected("more than anybody reads".to_owned()));
        }
    }
    let answer = gathered.finish()?;
    Ok(ChatAnswer {
        first_sign,
        ..answer
    })
}

fn refused(error: OpenAIError, told: &Told) -> ChatError {
    if let Some((status, after)) = told.refusal() {
        return match status {
            429 => ChatError::RateLimited { after },
            500.. => ChatError::Failing { status, after },
            _ => ChatError::Refused {
                status,
                message: cut(&error.to_string()),
            },
        };
    }
    match error {
        OpenAIError::JSONDeserialize(error, _) => {
            ChatError::Unexpected(format!("unreadable JSON: {error}"))
        }
        OpenAIError::InvalidArgument(what) => ChatError::Settings(what),
        OpenAIError::StreamError(_) => ChatError::BrokeOff,
        error => ChatError::Unreachable(Box::new(error)),
    }
}

/// What a service says of a refusal goes into logs and records: not all of it, whatever it is.
fn cut(words: &str) -> String {
    const LONGEST: usize = 200;
    words.chars().take(LONGEST).collect()
}

/// What a service says when it gives up in the middle.
fn gave_up(error: &Value) -> ChatError {
    let message = error["message"].as_str().unwrap_or("no reason");
    ChatError::Refused {
        status: 0,
        message: cut(message),
    }
}

/// What stands somewhere in a JSON value; null where nothing does.
fn at<'v>(value: &'v Value, path: &str) -> &'v Value {
    value.pointer(path).unwrap_or(&Value::Null)
}

/// A request with what may be left out of it.
fn with_choices(mut body: Value, tools: Vec<Value>, temperature: Option<f64>) -> Value {
    if let Some(fields) = body.as_object_mut() {
        if let Some(temperature) = temperature {
            fields.insert("temperature".to_owned(), json!(temperature));
        }
        if !tools.is_empty() {
            fields.insert("tools".to_owned(), Value::Array(tools));
            fields.insert("parallel_tool_calls".to_owned(), json!(false));
        }
    }
    body
}
