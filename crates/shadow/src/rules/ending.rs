use crate::Ending;

/// How an attempt ended, by the word why a model did not answer. `None` where that says nothing about the candidate: the day's money was
/// used up, the guest wrote again meanwhile, or something of our own broke.
pub fn ending_of(fallback: Option<&str>) -> Option<Ending> {
    let ending = match fallback {
        None => Ending::Answered,
        Some("house_step" | "card_number") => Ending::House,
        Some("budget" | "overtaken" | "internal") => return None,
        Some(code) if code.starts_with("model_") => Ending::Failed,
        Some("out_of_time" | "no_key") => Ending::Failed,
        Some(_) => Ending::FellBack,
    };
    Some(ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_of_the_house_is_no_fault_and_an_empty_purse_no_score() {
        for (code, ending) in [
            (None, Some(Ending::Answered)),
            (Some("house_step"), Some(Ending::House)),
            (Some("untraceable_figure"), Some(Ending::FellBack)),
            (Some("wrong_calls"), Some(Ending::FellBack)),
            (Some("model_failing"), Some(Ending::Failed)),
            (Some("out_of_time"), Some(Ending::Failed)),
            (Some("budget"), None),
            (Some("overtaken"), None),
            (Some("internal"), None),
        ] {
            assert_eq!(ending_of(code), ending, "{code:?}");
        }
    }
}
