//! A model server for tests: it answers what a test tells it to, in the form that OpenAI publishes, and remembers what it was asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

/// What the server says to one request.
#[derive(Debug, Clone, PartialEq)]
pub enum Say {
    /// Words, streamed in pieces.
    Words(String),
    /// Tools it asks for: names and inputs.
    Calls(Vec<(String, Value)>),
    /// One tool with an input that may be no JSON at all.
    RawCall(String, String),
    /// An HTTP error, and when to come back.
    Status(u16, Option<u64>),
    /// Nothing, until the other side hangs up.
    Silence,
    /// Some words, and then the line is cut.
    HalfAStream(String),
    /// A stream that is not JSON.
    Garbage,
    /// An error in the middle of the stream.
    GivesUp(String),
}

impl Say {
    /// Words.
    pub fn words(words: impl Into<String>) -> Self {
        Self::Words(words.into())
    }

    /// One tool.
    pub fn call(name: &str, input: Value) -> Self {
        Self::Calls(vec![(name.to_owned(), input)])
    }
}

/// What a request was answered from: its path and its body.
type Script = dyn FnMut(&Asked) -> Say + Send;

/// One request as it came.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// `/v1/chat/completions`.
    pub path: String,
    /// Its headers, names in small letters.
    pub headers: Vec<String>,
    /// What was asked.
    pub body: Value,
}

impl Asked {
    /// The text of each message of a role, in order; Chat Completions only.
    pub fn said_by(&self, role: &str) -> Vec<String> {
        self.messages()
            .iter()
            .filter(|message| message["role"] == role)
            .map(|message| message["content"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    fn messages(&self) -> &[Value] {
        let messages = self.body.get("messages").and_then(Value::as_array);
        messages.map_or(&[], Vec::as_slice)
    }

    /// What the tools answered, since the guest spoke last.
    pub fn results(&self) -> Vec<Value> {
        let messages = self.messages();
        let after = messages.iter().rposition(|it| it["role"] == "user");
        let results = messages.iter().skip(after.unwrap_or(0));
        results
            .filter(|message| message["role"] == "tool")
            .filter_map(|message| serde_json::from_str(message["content"].as_str()?).ok())
            .collect()
    }
}

/// The server. It stops answering when the test ends.
pub struct FakeModel {
    /// Where it is reached, version and all.
    pub api_base: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    script: Arc<Mutex<Box<Script>>>,
}

impl FakeModel {
    /// A server on this machine that answers each request with what `script` makes of it.
    ///
    /// # Panics
    /// When this machine gives it no port.
    #[expect(clippy::expect_used, reason = "a test may stop at the first surprise")]
    pub fn start(script: impl FnMut(&Asked) -> Say + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let api_base = format!("http://{}/v1", listener.local_addr().expect("an address"));
        let script: Arc<Mutex<Box<Script>>> = Arc::new(Mutex::new(Box::new(script)));
        let fake = Self {
            api_base,
            asked: Arc::default(),
            script,
        };
        let (asked, script) = (fake.asked.clone(), fake.script.clone());
        // The threads end with the test program.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (asked, script) = (asked.clone(), script.clone());
                std::thread::spawn(move || serve(stream, &asked, &script));
            }
        });
        fake
    }

    /// A server that says these things one after the other, and nothing but errors then.
    pub fn saying(lines: Vec<Say>) -> Self {
        let mut lines = lines.into_iter();
        Self::start(move |_| lines.next().unwrap_or(Say::Status(500, None)))
    }

    /// From now on it answers from another script.
    pub fn now(&self, script: impl FnMut(&Asked) -> Say + Send + 'static) {
        *held(&self.script) = Box::new(script);
    }

    /// From now on it says these things, and nothing but errors then.
    pub fn now_saying(&self, lines: Vec<Say>) {
        let mut lines = lines.into_iter();
        self.now(move |_| lines.next().unwrap_or(Say::Status(500, None)));
    }

    /// What it was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        held(&self.asked).clone()
    }
}

fn held<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Answers one request. Whoever hangs up before hears nothing more.
fn serve(mut stream: TcpStream, asked: &Mutex<Vec<Asked>>, script: &Mutex<Box<Script>>) {
    let Some(request) = read(&stream) else {
        return;
    };
    held(asked).push(request.clone());
    let say = (*held(script))(&request);
    let responses = request.path.ends_with("/responses");
    let _ = match say {
        Say::Status(status, after) => refuse(&mut stream, status, after),
        Say::Silence => wait_for_hang_up(&mut stream),
        say => stream_events(&mut stream, &events(&say, responses)),
    };
}

fn read(stream: &TcpStream) -> Option<Asked> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        if line.trim_end().is_empty() {
            break;
        }
        lines.push(line.trim_end().to_owned());
    }
    let first = lines.first()?.clone();
    let headers: Vec<String> = lines
        .iter()
        .skip(1)
        .map(|line| line.to_lowercase())
        .collect();
    let length = headers
        .iter()
        .find_map(|it| it.strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    Some(Asked {
        path: first.split(' ').nth(1)?.to_owned(),
        headers: lines.into_iter().skip(1).collect(),
        body: serde_json::from_slice(&body).ok()?,
    })
}

fn refuse(stream: &mut TcpStream, status: u16, after: Option<u64>) -> std::io::Result<()> {
    let body = json!({"error": {"message": "not now", "type": "server_error", "param": null, "code": null}}).to_string();
    let after = after.map_or_else(String::new, |seconds| format!("retry-after: {seconds}\r\n"));
    write!(
        stream,
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\n{after}connection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn wait_for_hang_up(stream: &mut TcpStream) -> std::io::Result<()> {
    stream.read(&mut [0]).map(|_| ())
}

/// Sends events in chunks of their own. A stream that is to break is cut without its last chunk.
fn stream_events(
    stream: &mut TcpStream,
    (events, whole): &(Vec<String>, bool),
) -> std::io::Result<()> {
    write!(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n"
    )?;
    for event in events {
        let line = format!("data: {event}\n\n");
        write!(stream, "{:x}\r\n{line}\r\n", line.len())?;
        stream.flush()?;
    }
    match whole {
        true => write!(stream, "0\r\n\r\n"),
        false => Ok(()),
    }
}

fn events(say: &Say, responses: bool) -> (Vec<String>, bool) {
    let whole = !matches!(say, Say::HalfAStream(_));
    let events = match responses {
        true => responses_events(say),
        false => completions_events(say),
    };
    (events, whole)
}

/// Words as models stream them: some characters at a time.
fn pieces(words: &str) -> Vec<String> {
    let letters: Vec<char> = words.chars().collect();
    letters
        .chunks(7)
        .map(|piece| piece.iter().collect())
        .collect()
}

fn chunk(delta: Value, finish: Option<&str>) -> String {
    json!({
        "id": "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT",
        "object": "chat.completion.chunk",
        "created": 1_741_569_952,
        "model": "a-model",
        "choices": [{"index": 0, "delta": delta, "logprobs": null, "finish_reason": finish}],
        "usage": null,
    })
    .to_string()
}

fn completions_events(say: &Say) -> Vec<String> {
    let mut events = vec![chunk(json!({"role": "assistant", "content": ""}), None)];
    let spoken = |words: &str| {
        pieces(words)
            .into_iter()
            .map(|it| chunk(json!({"content": it}), None))
            .collect::<Vec<_>>()
    };
    match say {
        Say::Words(words) => {
            events.extend(spoken(words));
            events.push(chunk(json!({}), Some("stop")));
        }
        Say::HalfAStream(words) => {
            events.extend(spoken(words));
            return events;
        }
        Say::Garbage => {
            events.push("{\"choices\": [{\"del".to_owned());
            return events;
        }
        Say::GivesUp(why) => {
            events.push(json!({"error": {"message": why, "type": "server_error"}}).to_string());
            return events;
        }
        Say::RawCall(name, arguments) => events.extend(called(0, name, arguments)),
        Say::Calls(calls) => {
            for (index, (name, input)) in calls.iter().enumerate() {
                events.extend(called(index, name, &input.to_string()));
            }
        }
        Say::Status(..) | Say::Silence => return events,
    }
    if matches!(say, Say::RawCall(..) | Say::Calls(_)) {
        events.push(chunk(json!({}), Some("tool_calls")));
    }
    events.push(
        json!({
            "id": "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT", "object": "chat.completion.chunk", "created": 1_741_569_952,
            "model": "a-model", "choices": [],
            "usage": {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110},
        })
        .to_string(),
    );
    events.push("[DONE]".to_owned());
    events
}

fn called(index: usize, name: &str, arguments: &str) -> Vec<String> {
    let begin = json!({"tool_calls": [{
        "index": index, "id": format!("call_{index}"), "type": "function", "function": {"name": name, "arguments": ""},
    }]});
    let more = pieces(arguments).into_iter().map(|piece| {
        chunk(
            json!({"tool_calls": [{"index": index, "function": {"arguments": piece}}]}),
            None,
        )
    });
    std::iter::once(chunk(begin, None)).chain(more).collect()
}

fn responses_events(say: &Say) -> Vec<String> {
    let mut events = vec![
        json!({"type": "response.created", "response": {"id": "resp_1", "status": "in_progress"}}),
    ];
    let delta = |piece: String| json!({"type": "response.output_text.delta", "item_id": "msg_1", "output_index": 0, "content_index": 0, "delta": piece});
    let call = |index: usize, name: &str, arguments: &str| {
        json!({"type": "response.output_item.done", "output_index": index, "item": {
            "type": "function_call", "id": format!("fc_{index}"), "call_id": format!("call_{index}"),
            "name": name, "arguments": arguments, "status": "completed",
        }})
    };
    let mut ends = true;
    match say {
        Say::Words(words) => events.extend(pieces(words).into_iter().map(delta)),
        Say::HalfAStream(words) => {
            ends = false;
            events.extend(pieces(words).into_iter().map(delta));
        }
        Say::Calls(calls) => {
            let calls = calls.iter().enumerate();
            events
                .extend(calls.map(|(index, (name, input))| call(index, name, &input.to_string())));
        }
        Say::RawCall(name, arguments) => events.push(call(0, name, arguments)),
        Say::GivesUp(why) => {
            ends = false;
            events.push(json!({"type": "response.failed", "response": {"error": {"code": "server_error", "message": why}}}));
        }
        Say::Garbage | Say::Status(..) | Say::Silence => ends = false,
    }
    if ends {
        events.push(json!({"type": "response.completed", "response": {
            "id": "resp_1", "status": "completed", "usage": {"input_tokens": 100, "output_tokens": 10, "total_tokens": 110},
        }}));
    }
    let mut lines: Vec<String> = events.iter().map(Value::to_string).collect();
    if matches!(say, Say::Garbage) {
        lines.push("{\"type\": \"respon".to_owned());
    }
    lines
}
