use serde_json::{Value, json};

use super::{Gathering, at, gave_up};
use crate::chat::{ChatAnswer, ChatError, ChatRequest, Message, TokensUsed, ToolCall, ToolSpec};

/// The request, as Chat Completions takes it.
pub(super) fn body(request: &ChatRequest, model: &str, temperature: Option<f64>) -> Value {
    let mut messages = vec![json!({"role": "system", "content": request.instructions})];
    messages.extend(request.messages.iter().map(message));
    let body = json!({
        "model": model,
        "messages": messages,
        "stream": true,
        "stream_options": {"include_usage": true},
        "max_completion_tokens": request.most_tokens,
        "store": false,
    });
    super::with_choices(body, request.tools.iter().map(tool).collect(), temperature)
}

fn message(message: &Message) -> Value {
    match message {
        Message::Guest(text) => json!({"role": "user", "content": text}),
        Message::Model(text) => json!({"role": "assistant", "content": text}),
        Message::Calls { text, calls } => {
            let calls: Vec<Value> = calls.iter().map(call).collect();
            let text = Some(text).filter(|text| !text.is_empty());
            json!({"role": "assistant", "content": text, "tool_calls": calls})
        }
        Message::Result { call, content } => {
            json!({"role": "tool", "tool_call_id": call, "content": content})
        }
        Message::Remark(text) => json!({"role": "system", "content": text}),
    }
}

fn call(call: &ToolCall) -> Value {
    json!({"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}})
}

fn tool(spec: &ToolSpec) -> Value {
    json!({
        "type": "function",
        "function": {
            "name": spec.name,
            "description": spec.description,
            "parameters": spec.parameters,
            "strict": true,
        },
    })
}

/// An answer of Chat Completions as far as it has come.
#[derive(Default)]
pub(super) struct Gathered {
    answer: ChatAnswer,
    finished: bool,
    length: usize,
}

/// More tools than this are not asked for at once.
const MOST_CALLS: usize = 16;

impl Gathered {
    fn take_call(&mut self, chunk: &Value) -> Result<(), ChatError> {
        let index = chunk["index"].as_u64().unwrap_or(0);
        let index = usize::try_from(index).unwrap_or(usize::MAX);
        if index >= MOST_CALLS {
            return Err(ChatError::Unexpected("too many tools at once".to_owned()));
        }
        if self.answer.calls.len() <= index {
            self.answer.calls.resize_with(index + 1, ToolCall::default);
        }
        let Some(call) = self.answer.calls.get_mut(index) else {
            return Ok(());
        };
        let part = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let (name, arguments) = (
            part(at(chunk, "/function/name")),
            part(at(chunk, "/function/arguments")),
        );
        self.length += name.len() + arguments.len();
        // Some services send the whole id and name with each part.
        if call.id.is_empty() {
            call.id = part(&chunk["id"]);
        }
        if call.name.is_empty() {
            call.name = name;
        }
        call.arguments.push_str(&arguments);
        Ok(())
    }
}

impl Gathering for Gathered {
    fn take(&mut self, event: &Value) -> Result<Option<String>, ChatError> {
        if let Some(error) = event.get("error").filter(|error| !error.is_null()) {
            return Err(gave_up(error));
        }
        if let Some(used) = event.get("usage").filter(|used| used.is_object()) {
            self.answer.tokens = TokensUsed {
                read: count(&used["prompt_tokens"]),
                written: count(&used["completion_tokens"]),
            };
        }
        let choice = at(event, "/choices/0");
        let delta = &choice["delta"];
        for chunk in delta["tool_calls"].as_array().into_iter().flatten() {
            self.take_call(chunk)?;
        }
        match choice["finish_reason"].as_str() {
            Some("stop" | "tool_calls" | "function_call") => self.finished = true,
            Some(reason) => return Err(ChatError::Unexpected(format!("an end by {reason}"))),
            None => {}
        }
        let words = delta["content"].as_str().filter(|words| !words.is_empty());
        let Some(words) = words else {
            return Ok(None);
        };
        self.length += words.len();
        self.answer.text.push_str(words);
        Ok(Some(words.to_owned()))
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

/// A count of tokens.
pub(super) fn count(value: &Value) -> u32 {
    let count = value.as_u64().unwrap_or(0);
    u32::try_from(count).unwrap_or(u32::MAX)
}
