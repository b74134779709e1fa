#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;

use motel_understanding::Intent;
use proptest::prelude::*;

use super::*;
use crate::{Asked, Draft, DraftNode, Fault, Flow, FlowKind, NodeKind, Team, default_flow};

fn node(id: &str, kind: NodeKind) -> DraftNode {
    DraftNode {
        id: id.to_owned(),
        kind,
    }
}

fn say(next: &str) -> NodeKind {
    NodeKind::Say {
        text: "Hello.".to_owned(),
        next: next.to_owned(),
    }
}

fn ask(next: &str) -> NodeKind {
    NodeKind::Ask {
        what: Asked::Anything,
        text: None,
        next: next.to_owned(),
    }
}

fn draft(nodes: Vec<DraftNode>) -> Draft {
    Draft {
        name: "A flow".to_owned(),
        start: "a".to_owned(),
        nodes,
    }
}

fn faults(nodes: Vec<DraftNode>) -> Vec<Fault> {
    check(&draft(nodes))
}

fn facts(open: bool) -> Facts {
    Facts {
        open,
        intent: Intent::Book,
    }
}

#[test]
fn each_fault_names_its_node() {
    let named = |id: &str| id.to_owned();
    let end = || node("z", NodeKind::End);
    assert_eq!(faults(vec![node("a", say("z")), end()]), []);
    assert_eq!(
        faults(vec![node("a", say("b")), end()]),
        [Fault::NoSuchNode {
            from: named("a"),
            to: named("b")
        }]
    );
    assert_eq!(faults(vec![end()]), [Fault::NoStart(named("a"))]);
    assert_eq!(
        faults(vec![node("a", say("z")), end(), node("b", say("z"))]),
        [Fault::Unreached(named("b"))]
    );
    assert_eq!(
        faults(vec![node("a", ask("a"))]),
        [Fault::NoWayOut(named("a"))]
    );
    let search = |found: &str| NodeKind::Search {
        found: named(found),
        otherwise: named("z"),
    };
    assert_eq!(
        faults(vec![node("a", say("b")), node("b", search("a")), end()]),
        [Fault::Endless(named("a"))]
    );
    assert_eq!(
        faults(vec![
            node("a", say("b")),
            node("b", search("c")),
            node("c", ask("a")),
            end()
        ]),
        []
    );
    assert_eq!(
        faults(vec![node("a", say("z")), node("a", say("z")), end()]),
        [Fault::Twice(named("a"))]
    );
    assert_eq!(
        faults(vec![node("a", say("B")), node("B", NodeKind::End)])[0],
        Fault::NodeName(named("B"))
    );
    let empty = NodeKind::Say {
        text: named(" "),
        next: named("z"),
    };
    assert_eq!(
        faults(vec![node("a", empty), end()]),
        [Fault::Text(named("a"))]
    );
    let by_intent = |intent: &str| NodeKind::OnIntent {
        cases: BTreeMap::from([(named(intent), named("z"))]),
        otherwise: named("z"),
    };
    assert_eq!(faults(vec![node("a", by_intent("book")), end()]), []);
    assert_eq!(
        faults(vec![node("a", by_intent("dance")), end()]),
        [Fault::UnknownIntent {
            node: named("a"),
            intent: named("dance")
        }]
    );
    let many = (0..=Flow::MOST_NODES).map(|id| node(&format!("n{id}"), NodeKind::End));
    let most = Flow::MOST_NODES;
    assert_eq!(faults(many.collect()), [Fault::Size { most }]);
}

#[test]
fn a_team_or_a_node_that_nobody_knows_is_not_even_read() {
    let read = |node: &str| {
        let text = format!("{{\"name\":\"x\",\"start\":\"a\",\"nodes\":[{node}]}}");
        serde_json::from_str::<Draft>(&text).map_err(|error| error.to_string())
    };
    assert!(read(r#"{"id":"a","kind":"hand_over","team":"manager","text":"One moment."}"#).is_ok());
    let team = read(r#"{"id":"a","kind":"hand_over","team":"pirates","text":"One moment."}"#);
    assert!(team.unwrap_err().contains("pirates"));
    let kind = read(r#"{"id":"a","kind":"run_code","code":"rm"}"#);
    assert!(kind.unwrap_err().contains("run_code"));
}

#[test]
fn the_flows_to_start_from_can_be_followed_to_an_end() {
    for kind in FlowKind::ALL.iter().copied() {
        let flow = default_flow(kind);
        let mut stands = None;
        let mut ended = false;
        for _ in 0..50 {
            let step = next(
                &flow,
                stands
                    .as_ref()
                    .map(|(at, came): &(String, Came)| (at.as_str(), *came)),
                &facts(false),
            );
            if matches!(step.pause, Pause::Over | Pause::HandOver(_)) {
                ended = true;
                break;
            }
            stands = Some((step.at, Came::Well));
        }
        assert!(ended, "{kind}");
    }
    let closed = next(&default_flow(FlowKind::AfterHours), None, &facts(false));
    let open = next(&default_flow(FlowKind::AfterHours), None, &facts(true));
    assert_ne!(closed, open);
    assert_eq!(open.pause, Pause::Over);
}

#[test]
fn cases_and_outcomes_lead_where_they_say() {
    let flow = default_flow(FlowKind::Routing);
    let of = |intent| next(&flow, None, &Facts { open: true, intent }).pause;
    assert_eq!(of(Intent::Pay), Pause::HandOver(Team::Manager));
    assert_eq!(of(Intent::Other), Pause::HandOver(Team::FrontDesk));
}

/// Nodes that lead anywhere among themselves.
fn any_nodes() -> impl Strategy<Value = Vec<DraftNode>> {
    let to = || prop::sample::select(vec!["a", "b", "c", "d", "e", "z"]);
    let kind = (0..7u8, to(), to()).prop_map(|(kind, one, two)| {
        let (one, two) = (one.to_owned(), two.to_owned());
        match kind {
            0 => say(&one),
            1 => ask(&one),
            2 => NodeKind::Answer {
                found: one,
                otherwise: two,
            },
            3 => NodeKind::Search {
                found: one,
                otherwise: two,
            },
            4 => NodeKind::Book {
                done: one,
                otherwise: two,
            },
            5 => NodeKind::WhenOpen {
                open: one,
                closed: two,
            },
            _ => NodeKind::OnIntent {
                cases: BTreeMap::from([("book".to_owned(), one)]),
                otherwise: two,
            },
        }
    });
    prop::collection::vec(kind, 5).prop_map(|kinds| {
        let ids = ["a", "b", "c", "d", "e"];
        let mut nodes: Vec<DraftNode> = ids
            .iter()
            .zip(kinds)
            .map(|(id, kind)| node(id, kind))
            .collect();
        nodes.push(node("z", NodeKind::End));
        nodes
    })
}

/// Only what can be come to, so that most drafts are flows or go round.
fn only_reached(nodes: Vec<DraftNode>) -> Vec<DraftNode> {
    let mut open = vec!["a".to_owned()];
    let mut seen: Vec<String> = Vec::new();
    while let Some(id) = open.pop() {
        if !seen.contains(&id) {
            let found = nodes.iter().find(|node| node.id == id).unwrap();
            open.extend(found.kind.edges().into_iter().map(str::to_owned));
            seen.push(id);
        }
    }
    nodes
        .into_iter()
        .filter(|node| seen.contains(&node.id))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_flow_always_ends_or_asks(nodes in any_nodes().prop_map(only_reached), open in any::<bool>(), came in prop::collection::vec(any::<bool>(), 8)) {
        let drafted = draft(nodes);
        let Ok(flow) = Flow::try_from(drafted.clone()) else {
            return Ok(());
        };
        // Whatever comes of what it waits for, it has asked or ended after as many steps as there are nodes.
        let mut stands: Option<(String, Came)> = None;
        for round in 0..=flow.len() {
            let step = next(&flow, stands.as_ref().map(|(at, came)| (at.as_str(), *came)), &facts(open));
            prop_assert!(step.said.len() <= flow.len());
            if matches!(step.pause, Pause::Asked(_) | Pause::Over | Pause::HandOver(_)) {
                return Ok(());
            }
            let well = came.get(round).copied().unwrap_or(true);
            stands = Some((step.at, if well { Came::Well } else { Came::ToNothing }));
        }
        prop_assert!(false, "neither asked nor ended: {:?}", drafted);
    }

    #[test]
    fn what_goes_round_is_refused(nodes in any_nodes().prop_map(only_reached)) {
        // Walked blindly: with every choice, as many steps as there are nodes without a question mean that one was come to twice.
        let drafted = draft(nodes);
        let edges = |id: &str| -> Vec<String> {
            let found = drafted.nodes.iter().find(|node| node.id == id).unwrap();
            if found.kind.waits() { Vec::new() } else { found.kind.edges().into_iter().map(str::to_owned).collect() }
        };
        let mut standing: Vec<String> = drafted.nodes.iter().map(|node| node.id.clone()).collect();
        for _ in 0..=drafted.nodes.len() {
            let mut onward: Vec<String> = standing.iter().flat_map(|id| edges(id)).collect();
            onward.sort();
            onward.dedup();
            standing = onward;
        }
        let round = check(&drafted).iter().any(|fault| matches!(fault, Fault::Endless(_)));
        prop_assert_eq!(round, !standing.is_empty(), "{:?}", drafted);
    }

    #[test]
    fn what_is_written_is_read_again(nodes in any_nodes().prop_map(only_reached)) {
        if let Ok(flow) = Flow::try_from(draft(nodes)) {
            let text = serde_json::to_string(&flow).unwrap();
            prop_assert_eq!(serde_json::from_str::<Flow>(&text).unwrap(), flow);
        }
    }
}
