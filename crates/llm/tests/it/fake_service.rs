use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};

use serde_json::Value;

/// What the service was asked.
pub(crate) struct Asked {
    pub(crate) request_line: String,
    pub(crate) headers: Vec<String>,
    pub(crate) body: Value,
}

/// A service on this machine that answers every request with what `answer` makes of it.
pub(crate) struct FakeService {
    pub(crate) api_base: String,
    pub(crate) asked: Receiver<Asked>,
}

impl FakeService {
    pub(crate) fn start(answer: impl Fn(&Value) -> (u16, Value) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let api_base = format!("http://{}/v1/", listener.local_addr().unwrap());
        let (sender, asked) = channel();
        // The thread ends with the test program.
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                serve(stream.unwrap(), &sender, &answer);
            }
        });
        Self { api_base, asked }
    }
}

fn serve(stream: TcpStream, sender: &Sender<Asked>, answer: &impl Fn(&Value) -> (u16, Value)) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if line.trim_end().is_empty() {
            break;
        }
        lines.push(line.trim_end().to_owned());
    }
    let length = lines
        .iter()
        .find_map(|line| {
            line.to_lowercase()
                .strip_prefix("content-length: ")?
                .parse()
                .ok()
        })
        .unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let body: Value = serde_json::from_slice(&body).unwrap();
    let (status, reply) = answer(&body);
    let request_line = lines.remove(0);
    let _ = sender.send(Asked {
        request_line,
        headers: lines,
        body,
    });
    let reply = reply.to_string();
    let head = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        reply.len()
    );
    let mut stream = stream;
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(reply.as_bytes()).unwrap();
}
