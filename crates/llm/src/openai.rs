use std::time::Duration;

use async_openai::Client;
use async_openai::config::OpenAIConfig;
use async_openai::error::OpenAIError;
use async_openai::types::embeddings::{CreateEmbeddingRequest, Embedding, EmbeddingInput};
use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};

use crate::embedder::normalise;
use crate::{EmbedError, Embedder, Likeness};

/// Texts in one request: far below every service's limit, and a failed request is cheap to repeat.
const BATCH: usize = 64;
const PATIENCE: Duration = Duration::from_secs(20);

/// Which service and model to use.
#[derive(Debug, Clone)]
pub struct OpenAiSettings {
    /// The address up to and including the version, such as `https://api.openai.com/v1`.
    pub api_base: String,
    /// The key.
    pub api_key: SecretString,
    /// The model, such as `text-embedding-3-small`.
    pub model: String,
    /// How many numbers a vector is to have. The model must be able to shorten its vectors to that.
    pub dimensions: u32,
}

/// Embeddings from a service that speaks OpenAI's API.
pub struct OpenAiEmbedder {
    client: Client<OpenAIConfig>,
    model: String,
    asked_model: String,
    dimensions: u32,
}

impl OpenAiEmbedder {
    /// A client of the service; nothing is sent yet.
    ///
    /// # Errors
    /// [`EmbedError::Settings`] when no HTTPS client can be made.
    pub fn new(settings: OpenAiSettings) -> Result<Self, EmbedError> {
        let http = reqwest::Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| EmbedError::Settings(error.to_string()))?;
        // Organisation and project would otherwise come from the environment, past our own settings.
        let config = OpenAIConfig::new()
            .with_api_base(settings.api_base.trim_end_matches('/'))
            .with_api_key(settings.api_key.expose_secret())
            .with_org_id("")
            .with_project_id("");
        Ok(Self {
            client: Client::build(http, config),
            model: format!("{}@{}", settings.model, settings.dimensions),
            asked_model: settings.model,
            dimensions: settings.dimensions,
        })
    }

    async fn embed_batch(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbedError> {
        let request = CreateEmbeddingRequest {
            model: self.asked_model.clone(),
            input: EmbeddingInput::StringArray(texts.to_vec()),
            dimensions: Some(self.dimensions),
            encoding_format: None,
            user: None,
        };
        let response = self.client.embeddings().create(request).await;
        self.in_order(response.map_err(refused)?.data, texts.len())
    }

    fn in_order(
        &self,
        mut data: Vec<Embedding>,
        wanted: usize,
    ) -> Result<Vec<Vec<f32>>, EmbedError> {
        data.sort_by_key(|embedding| embedding.index);
        if data.len() != wanted {
            return Err(EmbedError::Unexpected(format!(
                "{} vectors for {wanted} texts",
                data.len()
            )));
        }
        data.into_iter()
            .map(|embedding| self.checked(embedding.embedding))
            .collect()
    }

    fn checked(&self, mut vector: Vec<f32>) -> Result<Vec<f32>, EmbedError> {
        if vector.len() != self.dimensions() {
            return Err(EmbedError::Unexpected(format!(
                "vectors of {} numbers instead of {}",
                vector.len(),
                self.dimensions
            )));
        }
        if vector.iter().any(|x| !x.is_finite()) {
            return Err(EmbedError::Unexpected("a number that is none".to_owned()));
        }
        normalise(&mut vector);
        Ok(vector)
    }
}

fn refused(error: OpenAIError) -> EmbedError {
    match error {
        OpenAIError::ApiError(answer) => EmbedError::Refused(answer.to_string()),
        OpenAIError::JSONDeserialize(error, _) => {
            EmbedError::Unexpected(format!("unreadable JSON: {error}"))
        }
        OpenAIError::InvalidArgument(what) => EmbedError::Settings(what),
        error => EmbedError::Unreachable(Box::new(error)),
    }
}

#[async_trait]
impl Embedder for OpenAiEmbedder {
    fn model(&self) -> &str {
        &self.model
    }

    fn dimensions(&self) -> usize {
        usize::try_from(self.dimensions).unwrap_or(usize::MAX)
    }

    fn likeness(&self) -> Likeness {
        // Read off the published behaviour of the text-embedding-3 family; not measured on this project's questions.
        Likeness {
            unrelated: 0.15,
            same: 0.60,
        }
    }

    async fn embed(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbedError> {
        let mut vectors = Vec::with_capacity(texts.len());
        for batch in texts.chunks(BATCH) {
            vectors.extend(self.embed_batch(batch).await?);
        }
        Ok(vectors)
    }
}
