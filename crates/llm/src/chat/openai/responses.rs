use serde_json::{Value, json};

use super::completions::count;
use super::{Gathering, at, gave_up};
use crate::chat::{ChatAnswer, ChatError, ChatRequest, Message, TokensUsed, ToolCall, ToolSpec};

/// The request, as Responses takes it. Nothing is kept there: what was said is sent along each time.
pub(super) fn body(request: &ChatRequest, model: &str, temperature: Option<f64>) -> Value {
    let input: Vec<Value> = request.messages.iter().flat_map(items).collect();
    let body = json!({
        "model": model,
        "instructions": request.instructions,
        "input": input,
        "stream": true,
        "store": false,
        "max_output_tokens": request.most_tokens,
    });
    super::with_choices(body, request.tools.iter().map(tool).collect(), temperature)
}

fn items(message: &Message) -> Vec<Value> {
    match message {
        Message::Guest(text) => vec![json!({"role": "user", "content": text})],
        Message::Model(text) => vec![json!({"role": "assistant", "content": text})],
        Message::Remark(text) => vec![json!({"role": "developer", "content": text})],
        Message::Calls { text, calls } => {
            let said = Some(text).filter(|text| !text.is_empty());
            let said = said.map(|text| json!({"role": "assistant", "content": text}));
            said.into_iter().chain(calls.iter().map(call)).collect()
        }
        Message::Result { call, content } => {
            vec![json!({"type": "function_call_output", "call_id": call, "output": content})]
        }
    }
}

fn call(call: &ToolCall) -> Value {
    json!({"type": "function_call", "call_id": call.id, "name": call.name, "arguments": call.arguments})
}

fn tool(spec: &ToolSpec) -> Value {
    json!({
        "type": "function",
        "name": spec.name,
        "description": spec.description,
        "parameters": spec.parameters,
        "strict": true,
    })
}

/// An answer of Responses as far as it has come.
#[derive(Default)]
pub(super) struct Gathered {
    answer: ChatAnswer,
    finished: bool,
    length: usize,
}

impl Gathered {
    fn take_call(&mut self, item: &Value) {
        let part = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let call = ToolCall {
            id: part(&item["call_id"]),
            name: part(&item["name"]),
            arguments: part(&item["arguments"]),
        };
        self.length += call.arguments.len();
        self.answer.calls.push(call);
    }

    fn take_usage(&mut self, used: &Value) {
        self.answer.tokens = TokensUsed {
            read: count(&used["input_tokens"]),
            written: count(&used["output_tokens"]),
        };
    }
}

impl Gathering for Gathered {
    fn take(&mut self, event: &Value) -> Result<Option<String>, ChatError> {
        match event["type"].as_str().unwrap_or_default() {
            "response.output_text.delta" => {
                let words = event["delta"].as_str().unwrap_or_default();
                self.length += words.len();
                self.answer.text.push_str(words);
                return Ok(Some(words.to_owned()));
            }
            "response.output_item.done" if at(event, "/item/type") == "function_call" => {
                self.take_call(at(event, "/item"));
            }
            "response.completed" => {
                self.take_usage(at(event, "/response/usage"));
                self.finished = true;
            }
            "response.failed" => return Err(gave_up(at(event, "/response/error"))),
            "error" => return Err(gave_up(event)),
            "response.incomplete" => {
                return Err(ChatError::Unexpected("an answer cut short".to_owned()));
            }
            _ => {}
        }
        Ok(None)
    }

    fn length(&self) -> usize {
        self.length
    }

    fn finish(self) -> Result<ChatAnswer, ChatError> {
        match self.finished {
            true => Ok(self.answer),
            false => Err(ChatError::BrokeOff),
        }
    }
}
