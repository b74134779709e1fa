use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use motel_llm::{EmbedError, Embedder, Likeness};
use sha2::{Digest, Sha256};
use tokenizers::Tokenizer;
use tokio::sync::Semaphore;

use crate::bert::Bert;
use crate::folder::Folder;
use crate::settings::{Pooling, refused};

/// Longer texts are cut before they are read; a model reads less by far.
const LONGEST: usize = 8_000;

/// A sentence transformer of the owner's, held in memory.
pub struct LocalEmbedder {
    name: String,
    dimensions: usize,
    network: Arc<Network>,
    /// Computing more texts than there are cores only makes each later.
    turns: Semaphore,
}

/// What is needed to make a vector of a text.
struct Network {
    bert: Bert,
    tokenizer: Tokenizer,
    pooling: Pooling,
}

impl LocalEmbedder {
    /// Reads the model in a folder. Its vectors are filled with zeros up to `dimensions`, which changes no angle. Takes a
    /// moment and much memory: the weights are held.
    ///
    /// # Errors
    /// [`EmbedError::Settings`] when the folder lacks a file, holds no model of the BERT family, or one with more numbers than
    /// `dimensions`.
    pub fn open(dir: &Path, dimensions: usize) -> Result<Self, EmbedError> {
        let folder = Folder::read(dir)?;
        let size = folder.shape.hidden_size;
        if size > dimensions {
            return Err(refused(format!(
                "a model of {size} numbers; {dimensions} are kept"
            )));
        }
        let name = name(dir, &folder, dimensions);
        let unfit = |error| refused(format!("weights that do not fit its config.json: {error}"));
        let network = Network {
            bert: Bert::load(&folder.shape, folder.weights).map_err(unfit)?,
            tokenizer: folder.tokenizer,
            pooling: folder.pooling,
        };
        // Words that the weights have no row for would only be found out by a guest.
        network.vector("a")?;
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Ok(Self {
            name,
            dimensions,
            network: Arc::new(network),
            turns: Semaphore::new(cores),
        })
    }

    async fn embed_one(&self, text: &str) -> Result<Vec<f32>, EmbedError> {
        let broken = |_| EmbedError::Unexpected("nothing: the computation broke off".to_owned());
        let _turn = self
            .turns
            .acquire()
            .await
            .map_err(|_| EmbedError::Unexpected("nothing: the model is closed".to_owned()))?;
        let network = Arc::clone(&self.network);
        let text: String = text.chars().take(LONGEST).collect();
        let computed = tokio::task::spawn_blocking(move || network.vector(&text));
        let mut vector = computed.await.map_err(broken)??;
        vector.resize(self.dimensions, 0.0);
        Ok(vector)
    }
}

/// The folder's name, for people, and what its files hold, for the machine: vectors of other weights must not be compared.
fn name(dir: &Path, folder: &Folder, dimensions: usize) -> String {
    let called = dir
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let called: String = called.unwrap_or_default().chars().take(60).collect();
    let digest = hex::encode(Sha256::digest(&folder.weights));
    let digest = digest.get(..12).unwrap_or_default();
    let pooling = match folder.pooling {
        Pooling::Mean => "mean",
        Pooling::First => "first",
    };
    format!("local:{called}:{digest}:{pooling}@{dimensions}")
}

impl Network {
    fn vector(&self, text: &str) -> Result<Vec<f32>, EmbedError> {
        let failed = |error: String| EmbedError::Unexpected(format!("a failure: {error}"));
        let tokens = self
            .tokenizer
            .encode(text, true)
            .map_err(|error| failed(error.to_string()))?;
        let vector = self.bert.vector(tokens.get_ids(), self.pooling);
        let mut vector = vector.map_err(|error| failed(error.to_string()))?;
        if vector.iter().any(|x| !x.is_finite()) {
            return Err(EmbedError::Unexpected("a number that is none".to_owned()));
        }
        normalise(&mut vector);
        Ok(vector)
    }
}

/// Scales a vector to length 1; a vector of zeros stays as it is.
#[expect(clippy::float_arithmetic, reason = "vector maths")]
fn normalise(vector: &mut [f32]) {
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|x| *x /= length);
    }
}

#[async_trait]
impl Embedder for LocalEmbedder {
    fn model(&self) -> &str {
        &self.name
    }

    fn dimensions(&self) -> usize {
        self.dimensions
    }

    fn likeness(&self) -> Likeness {
        // Measured with all-MiniLM-L6-v2 on the demo motel's questions: those about something else reach 0.15 at the middle.
        Likeness {
            unrelated: 0.2,
            same: 0.7,
        }
    }

    async fn embed(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbedError> {
        let mut vectors = Vec::with_capacity(texts.len());
        for text in texts {
            vectors.push(self.embed_one(text).await?);
        }
        Ok(vectors)
    }
}
