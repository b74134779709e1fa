use motel_llm::EmbedError;
use serde::Deserialize;

/// What `config.json` says of a model of the BERT family.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Shape {
    pub(crate) model_type: String,
    #[serde(default = "gelu")]
    pub(crate) hidden_act: String,
    pub(crate) vocab_size: usize,
    pub(crate) hidden_size: usize,
    pub(crate) num_hidden_layers: usize,
    pub(crate) num_attention_heads: usize,
    pub(crate) intermediate_size: usize,
    pub(crate) max_position_embeddings: usize,
    #[serde(default = "kinds")]
    pub(crate) type_vocab_size: usize,
    #[serde(default = "epsilon")]
    pub(crate) layer_norm_eps: f64,
}

/// What `1_Pooling/config.json` says: how the vectors of the tokens become one.
#[derive(Debug, Clone, Default, Deserialize)]
struct PoolingFile {
    #[serde(default)]
    pooling_mode_cls_token: bool,
    #[serde(default)]
    pooling_mode_mean_tokens: bool,
    #[serde(default)]
    pooling_mode_max_tokens: bool,
    #[serde(default)]
    pooling_mode_mean_sqrt_len_tokens: bool,
}

/// How the vectors of the tokens become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pooling {
    /// Their mean.
    Mean,
    /// That of the first token.
    First,
}

/// What `sentence_bert_config.json` says.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Lengths {
    /// So many tokens are read of a text.
    pub(crate) max_seq_length: Option<usize>,
}

/// Where the model does not say how many tokens it was made for.
const USUAL_LENGTH: usize = 256;
/// Nothing that anybody runs beside a front desk is larger, and numbers out of a file are multiplied with each other.
const MOST: usize = 100_000;
const MOST_WORDS: usize = 1_000_000;

fn gelu() -> String {
    "gelu".to_owned()
}

fn kinds() -> usize {
    2
}

fn epsilon() -> f64 {
    1e-12
}

impl Shape {
    /// Refuses what the network here is not, so that no other model is run as if it were one.
    pub(crate) fn check(&self) -> Result<(), EmbedError> {
        if self.model_type != "bert" {
            let other = &self.model_type;
            return Err(refused(format!(
                "a model of the kind {other:?}, not \"bert\""
            )));
        }
        let sizes = [
            self.hidden_size,
            self.num_hidden_layers,
            self.num_attention_heads,
            self.intermediate_size,
            self.max_position_embeddings,
            self.type_vocab_size,
        ];
        let are_sizes = sizes.iter().all(|size| (1..=MOST).contains(size));
        if !are_sizes || !(1..=MOST_WORDS).contains(&self.vocab_size) {
            return Err(refused("sizes that no model has".to_owned()));
        }
        if !self.hidden_size.is_multiple_of(self.num_attention_heads) {
            return Err(refused("vectors that its heads cannot share".to_owned()));
        }
        Ok(())
    }

    /// How many tokens of a text are read.
    pub(crate) fn length(&self, lengths: &Lengths) -> usize {
        let wanted = lengths.max_seq_length.unwrap_or(USUAL_LENGTH);
        // Two tokens mark the beginning and the end.
        wanted.clamp(3, self.max_position_embeddings.max(3))
    }
}

impl Pooling {
    /// The pooling a file asks for; the mean where there is none.
    pub(crate) fn of(file: Option<&[u8]>) -> Result<Self, EmbedError> {
        let Some(bytes) = file else {
            return Ok(Self::Mean);
        };
        let file: PoolingFile = read(bytes, "1_Pooling/config.json")?;
        let others = file.pooling_mode_max_tokens || file.pooling_mode_mean_sqrt_len_tokens;
        match (file.pooling_mode_mean_tokens, file.pooling_mode_cls_token) {
            (true, false) if !others => Ok(Self::Mean),
            (false, true) if !others => Ok(Self::First),
            _ => Err(refused(
                "a pooling that is neither the mean nor the first token".to_owned(),
            )),
        }
    }
}

/// Reads a file of settings.
pub(crate) fn read<T: serde::de::DeserializeOwned>(
    bytes: &[u8],
    name: &str,
) -> Result<T, EmbedError> {
    serde_json::from_slice(bytes)
        .map_err(|error| refused(format!("a {name} that is unreadable: {error}")))
}

/// Why the folder is no model for here.
pub(crate) fn refused(what: String) -> EmbedError {
    EmbedError::Settings(format!("the folder of the local model holds {what}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_pooling_is_the_one_that_was_trained() {
        assert_eq!(Pooling::of(None).unwrap(), Pooling::Mean);
        let first = br#"{"pooling_mode_cls_token": true}"#;
        assert_eq!(Pooling::of(Some(first)).unwrap(), Pooling::First);
        let both = br#"{"pooling_mode_mean_tokens": true, "pooling_mode_max_tokens": true}"#;
        assert!(Pooling::of(Some(both)).is_err());
        assert!(Pooling::of(Some(b"{}")).is_err());
    }
}
