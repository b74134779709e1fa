//! The words of the letters. Text and HTML say the same.

use askama::Template;
use motel_kernel::Money;

use crate::{BudgetReached, Stage, Statement};

/// A letter as text.
#[derive(Template)]
#[template(path = "mail/letter.txt")]
pub(super) struct LetterText<'a>(pub(super) &'a Letter);

/// The same as HTML.
#[derive(Template)]
#[template(path = "mail/letter.html")]
pub(super) struct LetterHtml<'a>(pub(super) &'a Letter);

/// A letter to the owner of a business.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Letter {
    pub(super) subject: String,
    pub(super) paragraphs: Vec<String>,
    /// The page where something can be done about it.
    pub(super) url: String,
}

/// What is written about a statement at each stage.
pub(super) fn about_statement(statement: &Statement, stage: Stage, url: &str) -> Letter {
    let (number, total) = (&statement.number, statement.total);
    let due = statement.due_at.format("%B %-d, %Y");
    let asked = format!("Statement {number} is for {total}. It is due on {due}.");
    let (subject, then) = match stage {
        Stage::New | Stage::Issued => (
            format!("Your statement {number}: {total}"),
            "Thank you for working with RemoteMotel.",
        ),
        Stage::Reminded => (
            format!("A reminder of statement {number}: {total}"),
            "We have not received it yet. If you have paid in the meantime, there is nothing left to do.",
        ),
        Stage::PastDue => (
            format!("Statement {number} is past due: {total}"),
            "Please pay it within a week. Otherwise your front desk will no longer answer guests.",
        ),
        Stage::Suspended => (
            format!("Your subscription is suspended: {total} of statement {number} is unpaid"),
            "Your front desk no longer answers guests by chat and telephone. Bookings and everything your guests can see stay as they are. As soon as it is paid, everything goes on.",
        ),
    };
    Letter {
        subject,
        paragraphs: vec![asked, then.to_owned()],
        url: url.to_owned(),
    }
}

/// What is written about a budget.
pub(super) fn about_budget(reached: &BudgetReached, hard_stop: bool, url: &str) -> Letter {
    let (share, spent, budget): (i16, Money, Money) =
        (reached.threshold, reached.spent, reached.budget);
    let then = match (share, hard_stop) {
        (100, true) => {
            "As you wished, your front desk no longer answers guests in this period. Raise the budget to have it go on."
        }
        (100, false) => "Your front desk goes on answering guests.",
        (_, true) => "When the budget is reached, your front desk will stop answering guests.",
        (_, false) => "When the budget is reached, we will write to you again.",
    };
    Letter {
        subject: format!("{share} % of your budget of {budget} is spent"),
        paragraphs: vec![
            format!(
                "{spent} of {budget} has been spent in this period beyond the price of your plan."
            ),
            then.to_owned(),
        ],
        url: url.to_owned(),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use chrono::Utc;
    use motel_kernel::Currency;

    use super::*;

    #[test]
    fn both_forms_say_the_same_and_html_is_escaped() {
        let reached = BudgetReached {
            period_start: Utc::now(),
            threshold: 80,
            spent: Money::new(800, Currency::USD),
            budget: Money::new(1_000, Currency::USD),
        };
        let mut letter = about_budget(&reached, true, "https://motel.example/console");
        letter.paragraphs.push("<b>".to_owned());
        let text = LetterText(&letter).render().unwrap();
        let html = LetterHtml(&letter).render().unwrap();
        for said in [
            "$8.00 of $10.00",
            "will stop answering",
            "https://motel.example/console",
        ] {
            assert!(
                text.contains(said) && html.contains(said),
                "{said}: {text} {html}"
            );
        }
        assert!(!html.contains("<b>") && text.contains("<b>"));
        assert_eq!(letter.subject, "80 % of your budget of $10.00 is spent");
    }
}
