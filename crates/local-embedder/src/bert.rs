//! The network of BERT, as far as it makes vectors of texts: embeddings, layers of attention, and what follows each.

use candle_core::{D, DType, Device, Result, Tensor};
use candle_nn::ops::softmax_last_dim;
use candle_nn::{Embedding, LayerNorm, Linear, Module, VarBuilder, embedding, layer_norm, linear};

use crate::settings::{Pooling, Shape};

/// A network with its weights.
pub(crate) struct Bert {
    words: Embedding,
    places: Embedding,
    kinds: Embedding,
    norm: LayerNorm,
    layers: Vec<Layer>,
}

impl Bert {
    /// The network of a shape with the weights of a file; whatever does not fit the shape is refused.
    pub(crate) fn load(shape: &Shape, weights: Vec<u8>) -> Result<Self> {
        let all = VarBuilder::from_buffered_safetensors(weights, DType::F32, &Device::Cpu)?;
        // Saved as part of a larger model, the names begin with that part.
        let all = match all.contains_tensor("bert.embeddings.word_embeddings.weight") {
            true => all.pp("bert"),
            false => all,
        };
        let (vectors, first) = (all.pp("embeddings"), all.pp("encoder.layer"));
        let table = |size, name: &str| embedding(size, shape.hidden_size, vectors.pp(name));
        let layers = (0..shape.num_hidden_layers).map(|index| Layer::load(shape, &first.pp(index)));
        Ok(Self {
            words: table(shape.vocab_size, "word_embeddings")?,
            places: table(shape.max_position_embeddings, "position_embeddings")?,
            kinds: table(shape.type_vocab_size, "token_type_embeddings")?,
            norm: norm(shape, vectors.pp("LayerNorm"))?,
            layers: layers.collect::<Result<_>>()?,
        })
    }

    /// One vector for the tokens of a text.
    pub(crate) fn vector(&self, tokens: &[u32], pooling: Pooling) -> Result<Vec<f32>> {
        let count = u32::try_from(tokens.len()).unwrap_or(u32::MAX);
        let tokens = Tensor::new(tokens, &Device::Cpu)?;
        let places = Tensor::arange(0, count, &Device::Cpu)?;
        let said = (self.words.forward(&tokens)? + self.places.forward(&places)?)?;
        let one_kind = self.kinds.forward(&places.zeros_like()?)?;
        let mut states = self.norm.forward(&(said + one_kind)?)?;
        for layer in &self.layers {
            states = layer.forward(&states)?;
        }
        match pooling {
            Pooling::Mean => states.mean(0)?.to_vec1(),
            Pooling::First => states.get(0)?.to_vec1(),
        }
    }
}

/// One layer: every token looks at every other, then is thought over by itself.
struct Layer {
    query: Linear,
    key: Linear,
    value: Linear,
    seen: Linear,
    seen_norm: LayerNorm,
    wide: Linear,
    narrow: Linear,
    norm: LayerNorm,
    heads: usize,
    bend: Bend,
}

/// What bends the line between two linear steps.
#[derive(Clone, Copy)]
enum Bend {
    Gelu,
    GeluByTanh,
    Relu,
}

impl Layer {
    fn load(shape: &Shape, all: &VarBuilder<'_>) -> Result<Self> {
        let (hidden, wide) = (shape.hidden_size, shape.intermediate_size);
        let attention = all.pp("attention");
        let looks = |name: &str| linear(hidden, hidden, attention.pp("self").pp(name));
        let seen = attention.pp("output");
        Ok(Self {
            query: looks("query")?,
            key: looks("key")?,
            value: looks("value")?,
            seen: linear(hidden, hidden, seen.pp("dense"))?,
            seen_norm: norm(shape, seen.pp("LayerNorm"))?,
            wide: linear(hidden, wide, all.pp("intermediate.dense"))?,
            narrow: linear(wide, hidden, all.pp("output.dense"))?,
            norm: norm(shape, all.pp("output.LayerNorm"))?,
            heads: shape.num_attention_heads,
            bend: Bend::named(&shape.hidden_act)?,
        })
    }

    fn forward(&self, states: &Tensor) -> Result<Tensor> {
        let seen = self.seen.forward(&self.look(states)?)?;
        let states = self.seen_norm.forward(&(states + seen)?)?;
        let wide = self.bend.forward(&self.wide.forward(&states)?)?;
        self.norm.forward(&(&states + self.narrow.forward(&wide)?)?)
    }

    /// What each token sees of the others, by each head.
    fn look(&self, states: &Tensor) -> Result<Tensor> {
        let (tokens, hidden) = states.dims2()?;
        let size = hidden / self.heads;
        let by_head = |linear: &Linear| {
            let all = linear.forward(states)?;
            all.reshape((tokens, self.heads, size))?
                .transpose(0, 1)?
                .contiguous()
        };
        let (query, key, value) = (
            by_head(&self.query)?,
            by_head(&self.key)?,
            by_head(&self.value)?,
        );
        let scale = f64::from(u32::try_from(size).unwrap_or(1)).sqrt();
        let scores = (query.matmul(&key.transpose(D::Minus2, D::Minus1)?.contiguous()?)? / scale)?;
        let seen = softmax_last_dim(&scores)?.matmul(&value)?;
        seen.transpose(0, 1)?
            .contiguous()?
            .reshape((tokens, hidden))
    }
}

impl Bend {
    fn named(name: &str) -> Result<Self> {
        match name {
            "gelu" => Ok(Self::Gelu),
            "gelu_new" | "gelu_pytorch_tanh" => Ok(Self::GeluByTanh),
            "relu" => Ok(Self::Relu),
            other => Err(candle_core::Error::Msg(format!("the activation {other:?}"))),
        }
    }

    fn forward(self, states: &Tensor) -> Result<Tensor> {
        match self {
            Self::Gelu => states.gelu_erf(),
            Self::GeluByTanh => states.gelu(),
            Self::Relu => states.relu(),
        }
    }
}

fn norm(shape: &Shape, all: VarBuilder<'_>) -> Result<LayerNorm> {
    layer_norm(shape.hidden_size, shape.layer_norm_eps, all)
}
