//! Softmax regression by gradient descent over all sentences at once. The same sentences give the same weights.
#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "matrices of measures, all of one width"
)]

use std::collections::BTreeMap;

use motel_understanding::{Tone, tone_features};

const TONES: usize = Tone::ALL.len();
type Row = [f64; TONES];

/// How the training goes; chosen by parting the training sentences, never by those held out.
const ROUNDS: usize = 120;
const PACE: f64 = 0.3;
const MOMENTUM: f64 = 0.9;
const SHRINK: f64 = 0.01;
/// A feature of one sentence alone teaches nothing.
const LEAST_OFTEN: usize = 2;
const PARTS: usize = 6;

/// Sentences with their tones, from a file of `[tone]` and a sentence a line.
pub(crate) fn sentences(text: &str) -> Vec<(String, Tone)> {
    let mut current = None;
    let mut found = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        match line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            Some(name) => current = Tone::ALL.into_iter().find(|tone| tone.as_str() == name),
            None if line.is_empty() => {}
            None => found.extend(current.map(|tone| (line.to_owned(), tone))),
        }
    }
    found
}

/// How each part is told by weights of the others; the scale is the one that [`weights`] takes.
pub(crate) fn across(sentences: &[(String, Tone)]) -> Vec<(Tone, Tone, u8)> {
    let sums = sums_across(sentences);
    let scale = scale(&sums);
    let told = sums.iter().map(|(sum, is)| {
        let shares = shares(&sum.map(|one| one * scale));
        let best = (0..TONES).max_by(|a, b| shares[*a].total_cmp(&shares[*b]));
        let best = best.unwrap_or_default();
        (*is, Tone::ALL[best], percent(shares[best]))
    });
    told.collect()
}

/// The file of weights: trained on all sentences, scaled as parting them showed.
pub(crate) fn weights(sentences: &[(String, Tone)]) -> String {
    let scale = scale(&sums_across(sentences));
    let model = Model::trained(sentences);
    let mut file = "# How much each feature speaks for formal, casual, direct, warm and anxious, in hundredths.\n\
        # Written by the example train_tone from fixtures/tone/training.txt; a test compares the two.\n"
        .to_owned();
    for (feature, row) in &model.0 {
        let hundredths = row.map(|weight| format!("{:.0}", (weight * scale * 100.0).round() + 0.0));
        file.push_str(&format!("{feature} {}\n", hundredths.join(" ")));
    }
    file
}

/// What the features of each sentence come to, by a model that has not seen it.
fn sums_across(sentences: &[(String, Tone)]) -> Vec<(Row, Tone)> {
    let mut sums = Vec::new();
    for part in 0..PARTS {
        let (others, own): (Vec<_>, Vec<_>) = sentences
            .iter()
            .enumerate()
            .partition(|(index, _)| index % PARTS != part);
        let others: Vec<_> = others.into_iter().map(|(_, one)| one.clone()).collect();
        let model = Model::trained(&others);
        sums.extend(
            own.into_iter()
                .map(|(_, (text, is))| (model.sum(text), *is)),
        );
    }
    sums
}

/// The scale, in twentieths, at which the shares of what is right are likeliest.
fn scale(sums: &[(Row, Tone)]) -> f64 {
    let scales = (10..=100).map(|twentieths| f64::from(twentieths) / 20.0);
    let unlikely = |scale: f64| {
        let logs = sums.iter().map(|(sum, is)| {
            let shares = shares(&sum.map(|one| one * scale));
            shares[place(*is)].max(f64::MIN_POSITIVE).ln()
        });
        -logs.sum::<f64>()
    };
    let scored = scales.map(|scale| (scale, unlikely(scale)));
    let best = scored.min_by(|a, b| a.1.total_cmp(&b.1));
    best.map_or(1.0, |(scale, _)| scale)
}

/// The weights of each feature; `<always` counts for every sentence.
struct Model(BTreeMap<String, Row>);

impl Model {
    fn trained(sentences: &[(String, Tone)]) -> Self {
        let told: Vec<Vec<String>> = sentences.iter().map(|(text, _)| features(text)).collect();
        let mut often: BTreeMap<&str, usize> = BTreeMap::new();
        for feature in told.iter().flatten() {
            *often.entry(feature).or_default() += 1;
        }
        often.retain(|_, count| *count >= LEAST_OFTEN);
        let names: Vec<&str> = often.into_keys().collect();
        let known: Vec<Vec<usize>> = told
            .iter()
            .map(|features| {
                let places = features.iter();
                places
                    .filter_map(|feature| names.binary_search(&feature.as_str()).ok())
                    .collect()
            })
            .collect();
        let is: Vec<usize> = sentences.iter().map(|(_, tone)| place(*tone)).collect();
        let weights = descend(&known, &is, names.len());
        let names = names.into_iter().map(str::to_owned);
        Self(names.zip(weights).collect())
    }

    fn sum(&self, text: &str) -> Row {
        let mut sum = [0.0; TONES];
        for row in features(text)
            .iter()
            .filter_map(|feature| self.0.get(feature))
        {
            add(&mut sum, row, 1.0);
        }
        sum
    }
}

fn descend(known: &[Vec<usize>], is: &[usize], features: usize) -> Vec<Row> {
    let mut weights = vec![[0.0; TONES]; features];
    let mut pace = vec![[0.0; TONES]; features];
    let share = 1.0 / known.len() as f64;
    for _ in 0..ROUNDS {
        let mut slope: Vec<Row> = weights
            .iter()
            .map(|row| row.map(|one| one * SHRINK))
            .collect();
        for (places, is) in known.iter().zip(is) {
            let mut sum = [0.0; TONES];
            for at in places {
                add(&mut sum, &weights[*at], 1.0);
            }
            let mut wrong = shares(&sum);
            wrong[*is] -= 1.0;
            for at in places {
                add(&mut slope[*at], &wrong, share);
            }
        }
        for at in 0..features {
            pace[at] = pace[at].map(|one| one * MOMENTUM);
            add(&mut pace[at], &slope[at], -PACE);
            let step = pace[at];
            add(&mut weights[at], &step, 1.0);
        }
    }
    weights
}

fn features(text: &str) -> Vec<String> {
    let mut features: Vec<String> = tone_features(text).into_iter().collect();
    features.push("<always".to_owned());
    features
}

fn place(tone: Tone) -> usize {
    Tone::ALL
        .iter()
        .position(|one| *one == tone)
        .unwrap_or_default()
}

fn add(to: &mut Row, row: &Row, times: f64) {
    for (one, other) in to.iter_mut().zip(row) {
        *one += other * times;
    }
}

fn shares(sum: &Row) -> Row {
    let most = sum.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let shares = sum.map(|one| (one - most).exp());
    let all: f64 = shares.iter().sum();
    shares.map(|share| share / all)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and 100"
)]
fn percent(share: f64) -> u8 {
    (share * 100.0).round() as u8
}
