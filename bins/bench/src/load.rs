//! Load over HTTP, made by `rlt`.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, ensure};
use async_trait::async_trait;
use bytes::Bytes;
use clap::Parser;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{CONTENT_TYPE, HOST};
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use rlt::cli::BenchCli;
use rlt::{BenchSuite, IterInfo, IterReport, Status};
use serde::Deserialize;
use tokio::net::TcpStream;
use tokio::time::Instant;

use crate::measure::{Measured, milliseconds};

/// One connection to the server, kept open.
#[derive(Debug)]
pub struct Caller {
    address: SocketAddr,
    sender: SendRequest<Full<Bytes>>,
}

/// A request of a load.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Where to.
    pub path: String,
    /// A JSON body makes it a POST.
    pub body: Option<String>,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
}

/// Makes the next request of a load out of a number that no other request of it has.
pub type Next = Arc<dyn Fn(u64) -> Wanted + Send + Sync>;

/// Requests to be made, and how.
#[derive(Clone)]
pub struct Load {
    /// The server.
    pub address: SocketAddr,
    /// Connections.
    pub connections: u32,
    /// The status of a good answer.
    pub good: u16,
    /// The requests.
    pub next: Next,
}

/// When a load ends.
#[derive(Debug, Clone, Copy)]
pub enum Until {
    /// After so long.
    Elapsed(Duration),
    /// After so many requests.
    Made(u32),
}

impl Caller {
    /// Opens a connection.
    ///
    /// # Errors
    /// Nobody answers.
    pub async fn connect(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self { address, sender })
    }

    /// GETs a path; answers status and body.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn get(&mut self, path: &str) -> anyhow::Result<(u16, Bytes)> {
        let wanted = Wanted {
            path: path.to_owned(),
            ..Wanted::default()
        };
        self.ask(&wanted).await
    }

    /// Makes a request; answers status and body.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn ask(&mut self, wanted: &Wanted) -> anyhow::Result<(u16, Bytes)> {
        let answer = self.send(wanted).await?;
        let status = answer.status().as_u16();
        Ok((status, answer.into_body().collect().await?.to_bytes()))
    }

    /// Makes a request; answers it as it comes in.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn send(&mut self, wanted: &Wanted) -> anyhow::Result<Response<Incoming>> {
        let method = if wanted.body.is_some() {
            Method::POST
        } else {
            Method::GET
        };
        let mut request = Request::builder()
            .method(method)
            .uri(&wanted.path)
            .header(HOST, self.address.to_string());
        if wanted.body.is_some() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        for (name, value) in &wanted.headers {
            request = request.header(*name, value);
        }
        let body = wanted.body.clone().unwrap_or_default();
        let request = request.body(Full::new(Bytes::from(body)))?;
        // The last answer's end may not have been seen to yet.
        self.sender.ready().await?;
        Ok(self.sender.send_request(request).await?)
    }

    /// Makes a request that must be answered with a status; answers the body.
    ///
    /// # Errors
    /// It was answered with another one, and the body is in the error; the connection broke.
    pub async fn expect(&mut self, wanted: &Wanted, good: u16) -> anyhow::Result<Bytes> {
        let (status, body) = self.ask(wanted).await?;
        ensure!(
            status == good,
            "{} answered {status}: {}",
            wanted.path,
            String::from_utf8_lossy(&body)
        );
        Ok(body)
    }
}

#[derive(Clone)]
struct Suite {
    load: Load,
    made: Arc<AtomicU64>,
}

#[async_trait]
impl BenchSuite for Suite {
    type WorkerState = Caller;

    async fn state(&self, _: u32) -> anyhow::Result<Caller> {
        Caller::connect(self.load.address).await
    }

    async fn bench(&mut self, caller: &mut Caller, _: &IterInfo) -> anyhow::Result<IterReport> {
        let wanted = (self.load.next)(self.made.fetch_add(1, Ordering::Relaxed));
        let begun = Instant::now();
        let (status, body) = caller.ask(&wanted).await?;
        let duration = begun.elapsed();
        let good = status == self.load.good;
        Ok(IterReport {
            duration,
            status: if good {
                Status::success(status.into())
            } else {
                Status::error(status.into())
            },
            bytes: u64::try_from(body.len())?,
            items: u64::from(good),
        })
    }
}

impl Load {
    /// Makes the load and answers what it came to.
    ///
    /// # Errors
    /// The server does not answer.
    pub async fn run(&self, until: Until, folder: &Path) -> anyhow::Result<Measured> {
        self.run_with(until, folder, &[]).await
    }

    /// The same with no more requests than so many a second: a crowd that does not wait for the answers.
    ///
    /// # Errors
    /// As for [`Self::run`].
    pub async fn run_at(
        &self,
        a_second: u32,
        until: Until,
        folder: &Path,
    ) -> anyhow::Result<Measured> {
        let a_second = a_second.to_string();
        self.run_with(until, folder, &["--rate", &a_second]).await
    }

    async fn run_with(
        &self,
        until: Until,
        folder: &Path,
        further: &[&str],
    ) -> anyhow::Result<Measured> {
        let file = folder.join("load.json");
        let (flag, amount) = match until {
            Until::Elapsed(duration) => ("--duration", format!("{}ms", duration.as_millis())),
            Until::Made(requests) => ("--iterations", requests.to_string()),
        };
        let connections = self.connections.to_string();
        let written = file.to_str().context("a path that is no text")?;
        let arguments = [
            "bench",
            "--quiet",
            "--concurrency",
            &connections,
            flag,
            &amount,
            "--output",
            "json",
            "--output-file",
            written,
        ];
        let cli = BenchCli::try_parse_from(arguments.iter().chain(further))?;
        let suite = Suite {
            load: self.clone(),
            made: Arc::default(),
        };
        rlt::cli::run(cli, suite).await?;
        let report: Report = serde_json::from_str(&std::fs::read_to_string(&file)?)?;
        let errors: u64 = report.errors.values().sum();
        report.measured(errors)
    }
}

/// What `rlt` writes, as far as it is of use here. Times are seconds.
#[derive(Debug, Deserialize)]
struct Report {
    summary: Summary,
    latency: Option<Latency>,
    errors: std::collections::BTreeMap<String, u64>,
}

#[derive(Debug, Deserialize)]
struct Summary {
    iters: Iterations,
    items: Items,
}

#[derive(Debug, Deserialize)]
struct Iterations {
    total: u64,
}

#[derive(Debug, Deserialize)]
struct Items {
    total: u64,
    rate: f64,
}

#[derive(Debug, Deserialize)]
struct Latency {
    stats: Extremes,
    percentiles: Percentiles,
}

#[derive(Debug, Deserialize)]
struct Extremes {
    max: f64,
}

#[derive(Debug, Deserialize)]
struct Percentiles {
    p50: f64,
    p99: f64,
}

impl Report {
    fn measured(&self, errors: u64) -> anyhow::Result<Measured> {
        let latency = self.latency.as_ref().context("nothing was answered")?;
        Ok(Measured {
            rate: self.summary.items.rate,
            p50_ms: milliseconds(latency.percentiles.p50),
            p99_ms: milliseconds(latency.percentiles.p99),
            slowest_ms: milliseconds(latency.stats.max),
            good: self.summary.items.total,
            bad: self.summary.iters.total - self.summary.items.total + errors,
        })
    }
}
