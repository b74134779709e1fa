//! What a seed changed, and how to say it.

use motel_knowledge::IngestSummary;

/// What was changed.
#[derive(Debug, Default)]
pub(super) struct Planted {
    pub(super) settings: bool,
    pub(super) sign_in: bool,
    pub(super) groups: usize,
    pub(super) units: usize,
    pub(super) plans: usize,
    pub(super) rates: usize,
    pub(super) room_nights: i64,
    pub(super) services: usize,
    pub(super) stations: usize,
    pub(super) knowledge: Option<IngestSummary>,
}

impl Planted {
    /// One line for a person.
    pub(super) fn summary(&self) -> String {
        let documents = self
            .knowledge
            .map_or(0, |knowledge| knowledge.read + knowledge.removed);
        let done = [
            (self.settings, "settings written"),
            (self.sign_in, "demo sign-in made"),
        ];
        let counts = [
            (self.groups, "unit groups"),
            (self.units, "units"),
            (self.plans, "rate plans"),
            (self.rates, "rates"),
            (
                self.room_nights.try_into().unwrap_or(0),
                "room-nights opened",
            ),
            (self.services, "services"),
            (self.stations, "stations"),
            (documents, "documents"),
        ];
        let done = done
            .into_iter()
            .filter(|(was, _)| *was)
            .map(|(_, what)| what.to_owned());
        let counted = counts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"));
        let changes: Vec<String> = done.chain(counted).collect();
        if changes.is_empty() {
            "nothing changed".to_owned()
        } else {
            changes.join(", ")
        }
    }
}
