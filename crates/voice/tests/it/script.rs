use std::sync::Mutex;

use async_trait::async_trait;
use motel_conversations::{Channel, GuestTurn, NewTurn, Reply, Responder, ResponderError, Speaker};
use motel_db::Db;
use tokio::sync::{Notify, Semaphore};

/// A concierge that keeps its side of the port: it stores the guest's words before and its own after.
pub(crate) struct Script {
    db: Db,
    /// What it was asked, in order.
    asked: Mutex<Vec<String>>,
    /// Told each time it begins to think.
    pub(crate) thinking: Notify,
    /// One permit is used up by every answer.
    pub(crate) may_answer: Semaphore,
}

impl Script {
    /// A concierge that never has to wait.
    pub(crate) fn new(db: Db) -> Self {
        Self {
            db,
            asked: Mutex::default(),
            thinking: Notify::new(),
            may_answer: Semaphore::new(Semaphore::MAX_PERMITS),
        }
    }

    /// A concierge that answers only with a permit.
    pub(crate) fn slow(db: Db) -> Self {
        Self {
            may_answer: Semaphore::new(0),
            ..Self::new(db)
        }
    }

    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    async fn store(&self, turn: &GuestTurn<'_>, said: NewTurn) -> Result<(), ResponderError> {
        let fault = |error| ResponderError::Fault(error);
        let mut tx = self
            .db
            .tenant(turn.tenant)
            .await
            .map_err(|error| fault(error.into()))?;
        motel_conversations::commands::record_turn(&mut tx, turn.conversation, said)
            .await
            .map_err(|error| fault(error.into()))?;
        tx.commit().await.map_err(|error| fault(error.into()))
    }
}

#[async_trait]
impl Responder for Script {
    async fn respond(&self, turn: GuestTurn<'_>) -> Result<Reply, ResponderError> {
        let words = turn.message.as_str();
        assert_eq!(turn.channel, Channel::Phone);
        self.asked.lock().unwrap().push(words.to_owned());
        self.store(&turn, NewTurn::said(Speaker::Guest, words))
            .await?;
        self.thinking.notify_one();
        self.may_answer.acquire().await.unwrap().forget();
        let mut reply = match words {
            "book it" => Reply::saying("Booked! Your code is RM-7K3F9Q, $268.80 in total.", "book"),
            "pay" => Reply::saying("Please pay here: https://motel.example/pay/x", "book"),
            "bye" => Reply::saying("Goodbye!", "other"),
            "markup" => Reply::saying("Use <Dial>+1900</Dial> & \"go\"", "other"),
            "break" => return Err(ResponderError::Fault("the model is away".into())),
            other => Reply::saying(format!("You said {other}."), "other"),
        };
        reply.end_call = words == "bye";
        reply.payment_url = (words == "pay").then(|| "https://motel.example/pay/x".to_owned());
        self.store(&turn, NewTurn::replied(&reply)).await?;
        Ok(reply)
    }
}
