use motel_understanding::Intent;

use crate::{Asked, Flow, Node, Team};

/// What is known when a flow goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Whether the desk is open.
    pub open: bool,
    /// What the guest wants, as far as it was understood.
    pub intent: Intent,
}

/// What came of what the flow waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// The guest said something, something was found, or it was booked.
    Well,
    /// Nothing was found, or it was not booked.
    ToNothing,
}

/// What is said, and what the flow then waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The texts, in order.
    pub said: Vec<String>,
    /// The node it stands at.
    pub at: String,
    /// What it waits for there.
    pub pause: Pause,
}

/// What a flow waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pause {
    /// For the guest, who was asked for something.
    Asked(Asked),
    /// For an answer from what the business knows.
    Answer,
    /// For a search.
    Search,
    /// For a booking.
    Book,
    /// For nothing: a team takes over.
    HandOver(Team),
    /// For nothing: it is over.
    Over,
}

/// Follows a flow from where it stands, or from its start, to where it waits next or ends.
///
/// It always comes to one of these: a flow does not go round without a question. At a node that is not there (a position of another
/// flow) it begins anew.
pub fn next(flow: &Flow, stands: Option<(&str, Came)>, facts: &Facts) -> Step {
    let gone_on = stands.and_then(|(id, came)| flow.node(id).map(|node| after(node, id, came)));
    let mut at = gone_on.unwrap_or_else(|| flow.start().to_owned());
    let mut said = Vec::new();
    loop {
        let Some(node) = flow.node(&at) else {
            return Step {
                said,
                at,
                pause: Pause::Over,
            };
        };
        let onward = match node {
            Node::Say { text, next } => {
                said.push(text.clone());
                next
            }
            Node::WhenOpen { open, .. } if facts.open => open,
            Node::WhenOpen { closed, .. } => closed,
            Node::OnIntent { cases, otherwise } => {
                cases.get(facts.intent.as_str()).unwrap_or(otherwise)
            }
            waiting => {
                let pause = pause(waiting, &mut said);
                return Step { said, at, pause };
            }
        };
        at = onward.clone();
    }
}

/// Where a node goes on once what it waited for has come. One that waits for nothing is where it was.
fn after(node: &Node, id: &str, came: Came) -> String {
    let onward = match (node, came) {
        (Node::Ask { next, .. }, _) => next,
        (Node::Answer { found, .. } | Node::Search { found, .. }, Came::Well) => found,
        (Node::Book { done, .. }, Came::Well) => done,
        (
            Node::Answer { otherwise, .. }
            | Node::Search { otherwise, .. }
            | Node::Book { otherwise, .. },
            Came::ToNothing,
        ) => otherwise,
        _ => return id.to_owned(),
    };
    onward.clone()
}

fn pause(node: &Node, said: &mut Vec<String>) -> Pause {
    match node {
        Node::Ask { what, text, .. } => {
            said.extend(text.clone());
            Pause::Asked(*what)
        }
        Node::Answer { .. } => Pause::Answer,
        Node::Search { .. } => Pause::Search,
        Node::Book { .. } => Pause::Book,
        Node::HandOver { team, text } => {
            said.push(text.clone());
            Pause::HandOver(*team)
        }
        _ => Pause::Over,
    }
}
