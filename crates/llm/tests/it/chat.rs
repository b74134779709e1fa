//! A model behind OpenAI's API, against a server that says what is published, and what goes wrong.

use std::sync::Arc;
use std::time::{Duration, Instant};

use motel_llm::chat::{
    Api, Breaker, ChatError, ChatModel, ChatRequest, Message, OpenAiChat, OpenAiChatSettings,
    Steadiness, Steady, TokensUsed, ToolCall, ToolSpec, Unheard,
};
use motel_llm::testing::{FakeModel, Say};
use motel_llm::{Address, Reach};
use serde_json::json;

const BOTH: [Api; 2] = [Api::ChatCompletions, Api::Responses];

fn model(service: &FakeModel, api: Api) -> OpenAiChat {
    OpenAiChat::new(OpenAiChatSettings {
        address: Address::parse(&service.api_base, Reach::Loopback).unwrap(),
        reach: Reach::Loopback,
        api_key: "sk-test-key".into(),
        model: "a-model".to_owned(),
        temperature: Some(20),
        api,
    })
    .unwrap()
}

fn steady(service: &FakeModel, tries: u32, breaker: &Arc<Breaker>) -> Steady<OpenAiChat> {
    let steadiness = Steadiness {
        call: Duration::from_millis(500),
        tries,
        altogether: Duration::from_secs(3),
    };
    Steady::new(
        model(service, Api::ChatCompletions),
        steadiness,
        breaker.clone(),
    )
}

fn request() -> ChatRequest {
    ChatRequest {
        instructions: "You are the front desk.".to_owned(),
        messages: vec![
            Message::Guest("hello".to_owned()),
            Message::Calls {
                text: String::new(),
                calls: vec![ToolCall {
                    id: "call_0".to_owned(),
                    name: "search".to_owned(),
                    arguments: "{}".to_owned(),
                }],
            },
            Message::Result {
                call: "call_0".to_owned(),
                content: "{\"rooms\":2}".to_owned(),
            },
        ],
        tools: vec![ToolSpec {
            name: "search".to_owned(),
            description: "Searches.".to_owned(),
            parameters: json!({"type": "object", "properties": {}, "required": [], "additionalProperties": false}),
        }],
        most_tokens: 400,
    }
}

#[tokio::test]
async fn words_come_as_they_are_streamed_and_are_counted() {
    for api in BOTH {
        let service = FakeModel::saying(vec![Say::words("We have two rooms for you.")]);
        let mut heard = Vec::new();
        let mut listening = |words: &str| heard.push(words.to_owned());
        let answer = model(&service, api)
            .answer(&request(), &mut listening)
            .await
            .unwrap();
        assert_eq!(answer.text, "We have two rooms for you.");
        assert_eq!(heard.concat(), answer.text);
        assert!(heard.len() > 3, "{heard:?}");
        assert_eq!(
            answer.tokens,
            TokensUsed {
                read: 100,
                written: 10
            }
        );
        assert!(answer.first_sign.is_some() && answer.calls.is_empty());
    }
}

#[tokio::test]
async fn tools_are_asked_for_in_order_with_their_input() {
    for api in BOTH {
        let calls = vec![
            ("search".to_owned(), json!({"check_in": "2027-01-10"})),
            ("look_up".to_owned(), json!({"code": "RM-7K3F9Q"})),
        ];
        let service = FakeModel::saying(vec![Say::Calls(calls.clone())]);
        let answer = model(&service, api)
            .answer(&request(), &mut Unheard)
            .await
            .unwrap();
        let found: Vec<_> = answer
            .calls
            .iter()
            .map(|call| {
                (
                    call.name.clone(),
                    serde_json::from_str(&call.arguments).unwrap(),
                )
            })
            .collect();
        assert_eq!(found, calls);
        assert_ne!(answer.calls[0].id, answer.calls[1].id);
    }
}

#[tokio::test]
async fn a_request_says_all_in_the_form_that_is_published() {
    let service = FakeModel::saying(vec![Say::words("yes"), Say::words("yes")]);
    for api in BOTH {
        model(&service, api)
            .answer(&request(), &mut Unheard)
            .await
            .unwrap();
    }
    let asked = service.asked();
    let key = "authorization: bearer sk-test-key";
    assert!(
        asked[0]
            .headers
            .iter()
            .any(|it| it.eq_ignore_ascii_case(key))
    );
    assert_eq!(asked[0].path, "/v1/chat/completions");
    let body = &asked[0].body;
    assert_eq!(body["stream"], true);
    assert_eq!(body["temperature"], 0.2);
    assert_eq!(body["messages"][0]["role"], "system");
    assert_eq!(
        body["messages"][2]["tool_calls"][0]["function"]["name"],
        "search"
    );
    assert_eq!(body["messages"][3]["tool_call_id"], "call_0");
    assert_eq!(body["tools"][0]["function"]["strict"], true);
    assert_eq!(asked[1].path, "/v1/responses");
    let body = &asked[1].body;
    assert_eq!(body["store"], false);
    assert_eq!(body["instructions"], "You are the front desk.");
    assert_eq!(body["input"][1]["type"], "function_call");
    assert_eq!(body["input"][2]["output"], "{\"rooms\":2}");
    assert_eq!(body["tools"][0]["strict"], true);
}

#[tokio::test]
async fn each_fault_is_told_from_the_others() {
    for api in BOTH {
        for (say, code) in [
            (Say::Status(429, Some(7)), "model_rate_limited"),
            (Say::Status(500, None), "model_failing"),
            (Say::Status(503, None), "model_failing"),
            (Say::Status(401, None), "model_refused"),
            (Say::Garbage, "model_unexpected"),
            (Say::HalfAStream("We have".to_owned()), "model_broke_off"),
            (Say::GivesUp("overloaded".to_owned()), "model_refused"),
        ] {
            let service = FakeModel::saying(vec![say.clone()]);
            let answered = model(&service, api).answer(&request(), &mut Unheard).await;
            let error = answered.expect_err("a fault");
            assert_eq!(error.code(), code, "{say:?}: {error}");
            let waits = matches!(say, Say::Status(429, _)).then_some(Duration::from_secs(7));
            assert_eq!(error.told_to_wait(), waits);
        }
    }
}

#[tokio::test]
async fn a_failure_in_passing_is_tried_again_and_a_lasting_one_is_not() {
    let breaker = Arc::new(Breaker::default());
    let service = FakeModel::saying(vec![
        Say::Status(429, Some(1)),
        Say::Status(500, None),
        Say::words("Here I am."),
    ]);
    let began = Instant::now();
    let answer = steady(&service, 3, &breaker)
        .answer(&request(), &mut Unheard)
        .await;
    assert_eq!(answer.unwrap().text, "Here I am.");
    assert!(
        began.elapsed() >= Duration::from_secs(1),
        "it waited as long as it was told"
    );
    assert_eq!(service.asked().len(), 3);

    let service = FakeModel::saying(vec![Say::Status(401, None), Say::words("never asked for")]);
    let refused = steady(&service, 3, &breaker)
        .answer(&request(), &mut Unheard)
        .await;
    assert_eq!(refused.expect_err("a refusal").code(), "model_refused");
    assert_eq!(service.asked().len(), 1);

    let service = FakeModel::saying(vec![Say::HalfAStream("We".to_owned()), Say::words("never")]);
    let broken = steady(&service, 3, &breaker)
        .answer(&request(), &mut Unheard)
        .await;
    assert_eq!(broken.expect_err("half").code(), "model_broke_off");
    assert_eq!(service.asked().len(), 1, "what was heard is not said again");
}

#[tokio::test]
async fn silence_is_not_waited_for() {
    let service = FakeModel::saying(vec![Say::Silence]);
    let began = Instant::now();
    let breaker = Arc::new(Breaker::default());
    let silent = steady(&service, 3, &breaker)
        .answer(&request(), &mut Unheard)
        .await;
    assert!(matches!(silent, Err(ChatError::TimedOut)), "{silent:?}");
    assert!(began.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn a_model_that_keeps_failing_is_left_alone() {
    let service = FakeModel::start(|_| Say::Status(500, None));
    let breaker = Arc::new(Breaker::default());
    for _ in 0..5 {
        let failed = steady(&service, 1, &breaker)
            .answer(&request(), &mut Unheard)
            .await;
        assert_eq!(failed.expect_err("a failure").code(), "model_failing");
    }
    let resting = steady(&service, 1, &breaker)
        .answer(&request(), &mut Unheard)
        .await;
    assert!(matches!(resting, Err(ChatError::Resting)));
    assert_eq!(service.asked().len(), 5);
}

#[tokio::test]
async fn nobody_inside_is_called_by_a_name_that_leads_there() {
    let service = FakeModel::saying(vec![Say::words("never")]);
    let port = service
        .api_base
        .rsplit(':')
        .next()
        .unwrap()
        .replace("/v1", "");
    // As if the name had been somebody else's when it was set.
    let settings = OpenAiChatSettings {
        address: Address::parse(&format!("http://localhost:{port}/v1"), Reach::Loopback).unwrap(),
        reach: Reach::Public,
        api_key: "sk-test-key".into(),
        model: "a-model".to_owned(),
        temperature: None,
        api: Api::ChatCompletions,
    };
    let refused = OpenAiChat::new(settings)
        .unwrap()
        .answer(&request(), &mut Unheard)
        .await;
    assert_eq!(refused.expect_err("inside").code(), "model_unreachable");
    assert!(service.asked().is_empty());
}
