use std::collections::BTreeMap;

use motel_concierge::Rehearsed;
use motel_concierge::rehearsal::{NotRehearsed, PastTurn};
use motel_shadow::{Comparison, Difference, NewScore, readiness};
use serde::Serialize;
use serde_json::json;

/// What came of one turn.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    conversation: String,
    seq: i32,
    intent: String,
    guest: String,
    kept: String,
    tried: String,
    ending: &'static str,
    fallback: Option<String>,
    took_ms: i32,
    tokens: i64,
    /// None where the built-in engine answered in the candidate's place.
    agreement: Option<i16>,
    tools: Difference,
    figures: Difference,
}

impl Told {
    pub(super) fn of(
        turn: &PastTurn,
        tried: &Rehearsed,
        score: NewScore,
        comparison: Comparison,
    ) -> Self {
        let record = &tried.record;
        Self {
            conversation: score.conversation_id.to_string(),
            seq: score.seq,
            intent: score.intent,
            guest: turn.message.to_string(),
            kept: turn.answer.text.clone(),
            tried: tried.reply.text.clone(),
            ending: score.ending.as_str(),
            fallback: score.fallback,
            took_ms: score.took_ms,
            tokens: i64::from(record.tokens_read) + i64::from(record.tokens_written),
            agreement: score.agreement,
            tools: comparison.tools,
            figures: comparison.figures,
        }
    }

    fn has_changed(&self) -> bool {
        self.agreement != Some(100)
    }

    fn print(&self) {
        let agreement = match self.agreement {
            Some(agreement) => format!("agrees by {agreement} %"),
            None => format!("not answered: {}", self.ending),
        };
        let why = self.fallback.as_ref();
        let why = why.map(|why| format!(" ({why})")).unwrap_or_default();
        println!(
            "{}, turn {} ({}): {agreement}{why}",
            self.conversation, self.seq, self.intent
        );
        println!("  guest  {}", one_line(&self.guest));
        println!("  kept   {}", one_line(&self.kept));
        println!("  tried  {}", one_line(&self.tried));
        for difference in [&self.tools, &self.figures] {
            for only in &difference.kept {
                println!("    - {only}");
            }
            for only in &difference.tried {
                println!("    + {only}");
            }
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What came of all turns.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    told: Vec<Told>,
    passed_over: BTreeMap<NotRehearsed, usize>,
    out_of_budget: usize,
    broken: usize,
}

impl Outcome {
    pub(super) fn add(&mut self, told: Told) {
        self.told.push(told);
    }

    pub(super) fn pass_over(&mut self, why: NotRehearsed) {
        *self.passed_over.entry(why).or_default() += 1;
    }

    pub(super) fn out_of_budget(&mut self) {
        self.out_of_budget += 1;
    }

    pub(super) fn broke(&mut self) {
        self.broken += 1;
    }

    pub(super) fn has_broken(&self) -> bool {
        self.broken > 0
    }

    /// How many answers were rehearsed.
    pub(super) fn turns(&self) -> usize {
        self.told.len()
    }

    /// The mean agreement, in hundredths. An answer that somebody else had to give agrees with nothing.
    pub(super) fn agreement(&self) -> i16 {
        let sum: i64 = self
            .told
            .iter()
            .map(|told| i64::from(told.agreement.unwrap_or(0)))
            .sum();
        let count = i64::try_from(self.told.len()).unwrap_or(i64::MAX);
        let mean = sum.checked_div(count).unwrap_or(0);
        i16::try_from(mean).unwrap_or(0)
    }

    /// What changed, and a table by what guests wanted.
    pub(super) fn print(&self) {
        let changed = self.told.iter().filter(|told| told.has_changed());
        changed.for_each(Told::print);
        println!(
            "{:24} {:>6} {:>6} {:>10}",
            "intent", "turns", "same", "agreement"
        );
        let compared: Vec<(String, i16)> = self
            .told
            .iter()
            .filter_map(|told| Some((told.intent.clone(), told.agreement?)))
            .collect();
        for row in readiness(&compared) {
            println!(
                "{:24} {:>6} {:>6} {:>8} %",
                row.intent, row.turns, row.same, row.agreement
            );
        }
        let left = self.told.len() - compared.len();
        println!(
            "{} rehearsed, {left} left to the built-in engine, {} % agreement",
            self.told.len(),
            self.agreement()
        );
        for (why, times) in &self.passed_over {
            println!("{times} not rehearsed: {why}");
        }
        if self.out_of_budget > 0 {
            println!(
                "{} not rehearsed: half of the day's budget is used",
                self.out_of_budget
            );
        }
        if self.broken > 0 {
            println!("{} not rehearsed: something broke", self.broken);
        }
    }

    /// The same for programs.
    pub(super) fn print_json(&self) -> anyhow::Result<()> {
        for told in &self.told {
            println!("{}", serde_json::to_string(told)?);
        }
        let passed_over: usize = self.passed_over.values().sum();
        let summary = json!({
            "rehearsed": self.told.len(),
            "changed": self.told.iter().filter(|told| told.has_changed()).count(),
            "not_rehearsed": passed_over + self.out_of_budget + self.broken,
            "agreement": self.agreement(),
        });
        println!("{summary}");
        Ok(())
    }
}
