use motel_telephony::twiml::{Gather, Input, LONGEST_SPEECH, Response};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;

/// The elements of a document in order with the text inside each; panics when it is not well-formed.
fn elements(xml: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let (mut found, mut open): (Vec<(String, String)>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(element) => {
                let name = element.name().as_ref().to_vec();
                for attribute in element.attributes() {
                    attribute.expect("a well-formed attribute");
                }
                open.push(found.len());
                found.push((String::from_utf8(name).unwrap(), String::new()));
            }
            Event::End(_) => drop(open.pop()),
            Event::Text(text) => found[*open.last().unwrap()]
                .1
                .push_str(&text.decode().unwrap()),
            Event::GeneralRef(entity) => {
                let name = entity.decode().unwrap();
                let character =
                    quick_xml::escape::resolve_predefined_entity(&name).expect("a known entity");
                found[*open.last().unwrap()].1.push_str(character);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "unclosed elements in {xml}");
    found
}

fn names(xml: &str) -> Vec<String> {
    elements(xml).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn every_verb_is_written_as_twilio_reads_it() {
    let mut gather = Gather::to("/voice/twilio/turn?turn=2&x=1");
    gather.hints = vec!["king, suite".into(), "dog".into()];
    gather.num_digits = Some(1);
    let xml = Response::new()
        .gather(gather, "Hello")
        .say("Bye")
        .pause(1)
        .redirect("/again?a=1&b=2")
        .hang_up();
    assert_eq!(
        xml.to_string(),
        concat!(
            r#"<?xml version="1.0" encoding="UTF-8"?><Response>"#,
            r#"<Gather input="speech dtmf" action="/voice/twilio/turn?turn=2&amp;x=1" method="POST" timeout="5""#,
            r#" language="en-US" speechTimeout="auto" numDigits="1" hints="king  suite, dog""#,
            r#" actionOnEmptyResult="true"><Say>Hello</Say></Gather>"#,
            r#"<Say>Bye</Say><Pause length="1"/><Redirect method="POST">/again?a=1&amp;b=2</Redirect><Hangup/></Response>"#,
        )
    );
}

#[test]
fn a_guest_cannot_speak_in_verbs() {
    let hostile = r#"</Say></Gather><Dial>+19005550100</Dial><Say attr="x">]]><!-- &lol; -->"#;
    let xml = Response::new()
        .gather(Gather::to("/turn"), hostile)
        .to_string();
    let read = elements(&xml);
    assert_eq!(names(&xml), ["Response", "Gather", "Say"]);
    assert_eq!(read[2].1, hostile);
}

#[test]
fn endless_speech_is_cut() {
    let xml = Response::new()
        .say("All work and no play. ".repeat(1_000))
        .to_string();
    let said = &elements(&xml)[1].1;
    assert!(said.chars().count() <= LONGEST_SPEECH && said.ends_with("play."));
}

proptest! {
    #[test]
    fn any_text_stays_text(
        said in any::<String>(),
        prompt in "[<>&\"'/a-z \\x00-\\x1f]{0,60}",
        action in any::<String>(),
        hints in proptest::collection::vec(any::<String>(), 0..4),
        input in prop_oneof![Just(Input::Dtmf), Just(Input::Speech), Just(Input::SpeechAndDtmf)],
    ) {
        let mut gather = Gather::to(action.clone());
        gather.hints = hints;
        gather.input = input;
        let xml = Response::new().say(said).gather(gather, prompt).redirect(action).to_string();
        prop_assert_eq!(names(&xml), ["Response", "Say", "Gather", "Say", "Redirect"]);
    }
}
