use std::collections::{BTreeMap, BTreeSet};

use motel_understanding::Intent;

use crate::{Draft, Fault, Flow, NodeKind};

const LONGEST_TEXT: usize = 1_000;
const MOST_CASES: usize = 20;

/// What a guest can want, as far as a flow may go by it.
const INTENTS: [Intent; 17] = [
    Intent::Book,
    Intent::Availability,
    Intent::Price,
    Intent::PolicyQuestion,
    Intent::MyBooking,
    Intent::ChangeBooking,
    Intent::Cancel,
    Intent::Pay,
    Intent::Human,
    Intent::LeaveDetails,
    Intent::NeverMind,
    Intent::Repeat,
    Intent::SmallTalk,
    Intent::Thanks,
    Intent::Bye,
    Intent::Inform,
    Intent::Other,
];

/// Everything that keeps a draft from being a flow. How nodes hang together is looked at once each of them is right.
pub(crate) fn check(draft: &Draft) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !(1..=80).contains(&draft.name.trim().chars().count()) {
        faults.push(Fault::Name);
    }
    if draft.nodes.is_empty() || draft.nodes.len() > Flow::MOST_NODES {
        let most = Flow::MOST_NODES;
        faults.push(Fault::Size { most });
        return faults;
    }
    let mut nodes: BTreeMap<&str, &NodeKind> = BTreeMap::new();
    for node in &draft.nodes {
        if !is_name(&node.id) {
            faults.push(Fault::NodeName(node.id.chars().take(60).collect()));
        } else if nodes.insert(&node.id, &node.kind).is_some() {
            faults.push(Fault::Twice(node.id.clone()));
        }
        check_node(&node.id, &node.kind, &mut faults);
    }
    if !nodes.contains_key(draft.start.as_str()) {
        let start = draft.start.chars().take(60).collect();
        faults.push(Fault::NoStart(start));
    }
    for (id, node) in &nodes {
        let gone = node
            .edges()
            .into_iter()
            .filter(|to| !nodes.contains_key(to));
        faults.extend(gone.map(|to| Fault::NoSuchNode {
            from: (*id).to_owned(),
            to: to.chars().take(60).collect(),
        }));
    }
    if faults.is_empty() {
        check_ways(&draft.start, &nodes, &mut faults);
    }
    faults
}

fn is_name(id: &str) -> bool {
    let mut letters = id.chars();
    let first = letters
        .next()
        .is_some_and(|first| first.is_ascii_lowercase());
    let rest = letters.all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_');
    first && rest && id.len() <= 40
}

fn check_node(id: &str, node: &NodeKind, faults: &mut Vec<Fault>) {
    let fits = |text: &str| {
        (1..=LONGEST_TEXT).contains(&text.trim().chars().count())
            && !text.chars().any(|c| c.is_control() && c != '\n')
    };
    if node.text().is_some_and(|text| !fits(text)) {
        faults.push(Fault::Text(id.to_owned()));
    }
    if let NodeKind::OnIntent { cases, .. } = node {
        if cases.is_empty() || cases.len() > MOST_CASES {
            faults.push(Fault::Cases(id.to_owned()));
        }
        let unknown = cases.keys().filter(|word| {
            !INTENTS
                .iter()
                .any(|intent| intent.as_str() == word.as_str())
        });
        faults.extend(unknown.map(|intent| Fault::UnknownIntent {
            node: id.to_owned(),
            intent: intent.chars().take(60).collect(),
        }));
    }
}

type Nodes<'a> = BTreeMap<&'a str, &'a NodeKind>;

/// Every node is reached, an end is in reach of each, and nothing goes round without a question.
fn check_ways(start: &str, nodes: &Nodes<'_>, faults: &mut Vec<Fault>) {
    let reached = spread([start], |id| {
        nodes.get(id).map_or_else(Vec::new, |node| node.edges())
    });
    let unreached = nodes.keys().filter(|id| !reached.contains(*id));
    faults.extend(unreached.map(|id| Fault::Unreached((*id).to_owned())));
    let ends = nodes
        .iter()
        .filter(|(_, node)| node.edges().is_empty())
        .map(|(id, _)| *id);
    let before = |id: &str| {
        let leads = nodes.iter().filter(|(_, node)| node.edges().contains(&id));
        leads.map(|(from, _)| *from).collect()
    };
    let leaves = spread(ends, before);
    let stuck = nodes.keys().filter(|id| !leaves.contains(*id));
    faults.extend(stuck.map(|id| Fault::NoWayOut((*id).to_owned())));
    if let Some(id) = goes_round(nodes) {
        faults.push(Fault::Endless(id.to_owned()));
    }
}

/// Everything that can be come to from some nodes, they among it.
fn spread<'a>(
    from: impl IntoIterator<Item = &'a str>,
    edges: impl Fn(&'a str) -> Vec<&'a str>,
) -> BTreeSet<&'a str> {
    let mut open: Vec<&str> = from.into_iter().collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            open.extend(edges(id));
        }
    }
    seen
}

/// A node from which it goes round without a question, if there is one: those from which nothing goes on are taken away until none is left.
fn goes_round<'a>(nodes: &Nodes<'a>) -> Option<&'a str> {
    let mut left: BTreeMap<&str, Vec<&str>> = nodes
        .iter()
        .filter(|(_, node)| !node.waits())
        .map(|(id, node)| (*id, node.edges()))
        .collect();
    loop {
        let there: BTreeSet<&str> = left.keys().copied().collect();
        left.retain(|_, edges| edges.iter().any(|to| there.contains(to)));
        if left.len() == there.len() {
            return left.keys().next().copied();
        }
    }
}
