motel_db::text_enum! {
    /// A step of setting a business up.
    pub enum Step {
        /// What the property is called, where it is, its clock and its currency.
        Property = "property",
        /// Rooms with their prices, or services.
        Offer = "offer",
        /// What guests ask of the house.
        HouseRules = "house_rules",
        /// Where guests find it.
        Channel = "channel",
        /// Talking to the concierge as a guest would.
        Trial = "trial",
    }
}

motel_db::text_enum! {
    /// What is kept of a step that no other row tells of.
    pub(super) enum Mark {
        /// It was looked at, and there is nothing else to do in it.
        Seen = "seen",
        /// It was put off.
        Skipped = "skipped",
    }
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// It waits.
    Open,
    /// It was put off.
    Skipped,
    /// It is done.
    Done,
}

impl StepState {
    /// What is there counts more than what somebody clicked.
    pub(super) fn of(is_there: bool, mark: Option<Mark>) -> Self {
        match (is_there, mark) {
            (true, _) | (false, Some(Mark::Seen)) => Self::Done,
            (false, Some(Mark::Skipped)) => Self::Skipped,
            (false, None) => Self::Open,
        }
    }
}

/// How far a business is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setup(pub(super) Vec<(Step, StepState)>);

impl Setup {
    /// Each step, in order.
    pub fn steps(&self) -> &[(Step, StepState)] {
        &self.0
    }

    /// How far a step is.
    pub fn state(&self, step: Step) -> StepState {
        let found = self.0.iter().find(|(known, _)| *known == step);
        found.map_or(StepState::Open, |(_, state)| *state)
    }

    /// How many are done.
    pub fn done(&self) -> usize {
        let done = self.0.iter().filter(|(_, state)| *state == StepState::Done);
        done.count()
    }

    /// Where to go on: the first that waits.
    pub fn next(&self) -> Option<Step> {
        let mut waiting = self.0.iter().filter(|(_, state)| *state == StepState::Open);
        waiting.next().map(|(step, _)| *step)
    }

    /// Where to go on after a step: the first after it that waits, or else the first that does.
    pub fn after(&self, step: Step) -> Option<Step> {
        let later = self
            .0
            .iter()
            .skip_while(|(known, _)| *known != step)
            .skip(1);
        let mut waiting = later.filter(|(_, state)| *state == StepState::Open);
        waiting
            .next()
            .map(|(step, _)| *step)
            .or_else(|| self.next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setup(states: [StepState; 5]) -> Setup {
        Setup(Step::ALL.iter().copied().zip(states).collect())
    }

    #[test]
    fn what_is_there_counts_more_than_what_was_clicked() {
        for (is_there, mark, state) in [
            (false, None, StepState::Open),
            (false, Some(Mark::Skipped), StepState::Skipped),
            (true, Some(Mark::Skipped), StepState::Done),
            (true, None, StepState::Done),
            (false, Some(Mark::Seen), StepState::Done),
        ] {
            assert_eq!(StepState::of(is_there, mark), state);
        }
    }

    #[test]
    fn it_goes_on_where_something_waits_and_comes_back_to_what_was_passed_over() {
        use StepState::{Done, Open, Skipped};
        let fresh = setup([Open; 5]);
        assert_eq!(fresh.next(), Some(Step::Property));
        assert_eq!(fresh.after(Step::Property), Some(Step::Offer));
        let later = setup([Open, Done, Skipped, Open, Done]);
        assert_eq!(later.after(Step::Property), Some(Step::Channel));
        assert_eq!(later.after(Step::Trial), Some(Step::Property));
        assert_eq!(later.done(), 2);
        let over = setup([Done, Done, Skipped, Done, Done]);
        assert_eq!((over.next(), over.after(Step::Property)), (None, None));
    }
}
