//! What a turn sends to the database: nothing is prepared anew, and no statement comes in unnoticed.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use motel_concierge::Concierge;
use motel_db::Db;
use motel_llm::HashedEmbedder;
use motel_testkit::TestDb;
use secrecy::ExposeSecret;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, tcp::OwnedReadHalf, tcp::OwnedWriteHalf};

use crate::stage::{OWNERS, Stage};

/// What went to the database by a line that is listened in on.
#[derive(Default)]
struct Sent {
    prepared: AtomicUsize,
    run: AtomicUsize,
}

impl Sent {
    /// Statements prepared and run since it was asked last.
    fn since(&self) -> (usize, usize) {
        let taken = |count: &AtomicUsize| count.swap(0, Ordering::SeqCst);
        (taken(&self.prepared), taken(&self.run))
    }

    /// Notes a message by its kind: of PostgreSQL's protocol, P prepares, E runs what was prepared, Q runs a text.
    fn note(&self, kind: u8) {
        match kind {
            b'P' => self.prepared.fetch_add(1, Ordering::SeqCst),
            b'E' | b'Q' => self.run.fetch_add(1, Ordering::SeqCst),
            _ => 0,
        };
    }
}

/// Passes on what a program says to the database. The first message of a line has no kind.
async fn pass_on(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    sent: Arc<Sent>,
) -> std::io::Result<()> {
    let mut kind = None;
    loop {
        if kind.is_some() {
            let read = from.read_u8().await?;
            to.write_all(&[read]).await?;
            kind = Some(read);
        }
        let length = from.read_u32().await?;
        let mut body = vec![0; usize::try_from(length).unwrap() - 4];
        from.read_exact(&mut body).await?;
        // Noted before the database could answer.
        sent.note(kind.unwrap_or_default());
        to.write_all(&length.to_be_bytes()).await?;
        to.write_all(&body).await?;
        kind = Some(0);
    }
}

/// A line to the database at `url` that is listened in on: its own address, and what goes over it.
async fn line_to(url: &str) -> (String, Arc<Sent>) {
    let (who, rest) = url.rsplit_once('@').unwrap();
    let (host, database) = rest.split_once('/').unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (host, sent) = (host.to_owned(), Arc::<Sent>::default());
    let noted = sent.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let there = TcpStream::connect(&host).await.unwrap();
            let (here_reads, mut here_writes) = stream.into_split();
            let (mut there_reads, there_writes) = there.into_split();
            tokio::spawn(pass_on(here_reads, there_writes, noted.clone()));
            tokio::spawn(async move {
                let _ = tokio::io::copy(&mut there_reads, &mut here_writes).await;
            });
        }
    });
    (format!("{who}@{address}/{database}"), sent)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_prepares_nothing_and_sends_no_more_than_it_needs() {
    let test = TestDb::new(OWNERS).await;
    let now = "2026-12-01T15:00:00Z".parse().unwrap();
    let mut stage = Stage::set(&test, "remotemotel", now).await;
    let (url, sent) = line_to(test.url().expose_secret()).await;
    stage.db = Db::connect(&url.into(), 1).await.unwrap();
    let (db, clock) = (stage.db.clone(), stage.clock.clone());
    stage.concierge = Concierge::new(db, clock, Arc::new(HashedEmbedder), None);
    // Of each turn: begin, count, the guest's words, event, notice, commit; then begin, conversation, room types, state with count,
    // the answer, its record, event, notice, commit. A search is eleven more, and is made once more before a read-back.
    // Where something was offered or read back, the rules of upselling are asked, and those of handing over where much may be at stake.
    // A statement that comes in on purpose is counted here; one that does not should not come in.
    let turns: [(&str, usize); 4] = [
        ("hello", 15),
        (
            "a king suite from January 18 to January 21 for 2 adults",
            27,
        ),
        ("My name is Daniel Okafor, daniel@example.org, no phone", 28),
        ("never mind", 15),
    ];
    let words = turns.map(|(words, _)| words);
    let first = play(&stage, &sent, &words).await;
    assert!(first.iter().any(|(prepared, _)| *prepared > 0));
    // Everything was prepared the first time.
    let second = play(&stage, &sent, &words).await;
    assert!(
        second.iter().all(|(prepared, _)| *prepared == 0),
        "{second:?}"
    );
    let run: Vec<usize> = second.iter().map(|(_, run)| *run).collect();
    assert_eq!(run, turns.map(|(_, run)| run));
}

/// Says these things one after the other, and tells what each of them sent.
async fn play(stage: &Stage, sent: &Sent, words: &[&str]) -> Vec<(usize, usize)> {
    let conversation = stage.conversation().await;
    sent.since();
    let mut counts = Vec::new();
    for words in words {
        stage.say(conversation, words).await;
        counts.push(sent.since());
    }
    counts
}
