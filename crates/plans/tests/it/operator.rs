//! The operator of a platform with one business, and a clock that can be moved.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use motel_db::TenantTx;
use motel_jobs::{Chore, Worker};
use motel_kernel::{Clock, FixedClock, TenantId};
use motel_mail::{Correspondent, Mail, MailError, Mailer};
use motel_payments::{EventKind, GatewayEvent, GatewayName, Gateways, Payee, Told};
use motel_plans::jobs::{ClosePeriods, Dun, Letters};
use motel_plans::{
    Meter, PayPage, PlanDesk, Statement, StatementId, StatementLine, Subscription, Usage, commands,
    jobs, queries,
};
use motel_tenancy::testing::demo_tenant;
use motel_testkit::TestDb;

use crate::gateway::FakeGateway;

pub(crate) const OWNERS: [&str; 4] = ["tenancy", "jobs", "mail", "plans"];

pub(crate) struct Operator {
    pub(crate) test: TestDb,
    pub(crate) tenant: TenantId,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) gateway: Arc<FakeGateway>,
    pub(crate) desk: PlanDesk,
    pub(crate) post: Arc<Post>,
}

/// Keeps what is sent.
#[derive(Default)]
pub(crate) struct Post(Mutex<Vec<Mail>>);

#[async_trait]
impl Mailer for Post {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        self.0.lock().unwrap().push(mail.clone());
        Ok(())
    }
}

pub(crate) fn start() -> DateTime<Utc> {
    "2026-11-17T09:00:00Z".parse().unwrap()
}

impl Operator {
    /// A business whose trial begins on November 17 and ends on December 1.
    pub(crate) async fn open() -> Self {
        let operator = Self::without_subscription().await;
        operator
            .desk
            .keep_subscription(operator.tenant, start())
            .await
            .unwrap();
        operator
    }

    /// The same in the first minute of its first paid month, December 1 to January 1, with its statement issued.
    pub(crate) async fn in_december() -> Self {
        let operator = Self::open().await;
        operator.pass(Duration::days(14)).await;
        operator
    }

    pub(crate) async fn without_subscription() -> Self {
        let test = TestDb::new(&OWNERS).await;
        let tenant = demo_tenant(&test).await.tenant;
        let gateway = Arc::new(FakeGateway::default());
        let gateways = Gateways::new(gateway.clone());
        let desk = PlanDesk::new(test.db().clone(), gateways, "https://motel.example/console");
        Self {
            test,
            tenant,
            clock: Arc::new(FixedClock::at(start())),
            gateway,
            desk,
            post: Arc::default(),
        }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(crate) fn worker(&self) -> Worker {
        let from = Correspondent {
            name: "RemoteMotel".to_owned(),
            email: "billing@remotemotel.example".parse().unwrap(),
        };
        let letters = Letters::new(self.post.clone(), from, "https://motel.example/console");
        let worker = Worker::new(self.test.db().clone());
        let worker = jobs::register(worker, self.desk.clone(), self.clock.clone());
        let worker = jobs::register_billing(worker, self.clock.clone());
        jobs::register_letters(worker, letters)
    }

    /// Lets time pass, and everything happen that it brings.
    pub(crate) async fn pass(&self, time: Duration) {
        self.clock.advance(time);
        let worker = self.worker();
        worker.run_chores().await.unwrap();
        worker.run_until_idle().await.unwrap();
    }

    pub(crate) async fn close(&self) {
        let chore = ClosePeriods::new(self.clock.clone());
        chore.run(self.test.db()).await.unwrap();
    }

    pub(crate) async fn dun(&self) {
        let chore = Dun::new(self.clock.clone());
        chore.run(self.test.db()).await.unwrap();
    }

    pub(crate) async fn tx(&self) -> TenantTx {
        self.test.db().tenant(self.tenant).await.unwrap()
    }

    pub(crate) async fn subscription(&self) -> Subscription {
        let mut tx = self.tx().await;
        queries::subscription(&mut tx).await.unwrap().unwrap()
    }

    /// The latest first.
    pub(crate) async fn statements(&self) -> Vec<Statement> {
        let mut tx = self.tx().await;
        queries::statements(&mut tx, None, 100).await.unwrap()
    }

    pub(crate) async fn lines(&self, statement: &Statement) -> Vec<StatementLine> {
        let mut tx = self.tx().await;
        queries::lines(&mut tx, statement).await.unwrap()
    }

    pub(crate) async fn amounts(&self, statement: &Statement) -> Vec<i64> {
        let lines = self.lines(statement).await;
        lines.iter().map(|line| line.amount.minor()).collect()
    }

    pub(crate) async fn record(&self, usage: &Usage) -> commands::Recorded {
        let mut tx = self.tx().await;
        let recorded = commands::record(&mut tx, usage).await.unwrap();
        tx.commit().await.unwrap();
        recorded
    }

    pub(crate) fn usage(&self, meter: Meter, quantity: i64, source: &str) -> Usage {
        Usage {
            meter,
            provider: "twilio".to_owned(),
            quantity,
            cost_micros: quantity * 8_500,
            source: source.to_owned(),
            occurred_at: self.now(),
        }
    }

    /// The code for which it may not be used, if it may not.
    pub(crate) async fn refusal(&self, meter: Meter) -> Option<&'static str> {
        let mut tx = self.tx().await;
        let asked = queries::may_use(&mut tx, meter).await;
        asked.err().map(|refused| refused.code())
    }

    pub(crate) async fn page(&self, statement: StatementId) -> PayPage {
        let page = self.desk.pay_page(self.tenant, statement, self.now());
        page.await.unwrap()
    }

    /// The gateway tells of a payment; true when it was one of ours.
    pub(crate) async fn tell(&self, id: &str, kind: EventKind, page: &PayPage) -> bool {
        let event = GatewayEvent {
            event_id: id.to_owned(),
            kind,
            gateway_reference: format!("cs_statement-{}", page.payment.id),
            reference: page.payment.id,
            refund: None,
            amount: page.payment.amount,
        };
        self.take(&event).await
    }

    pub(crate) async fn take(&self, event: &GatewayEvent) -> bool {
        let told = Told {
            gateway: GatewayName::Stripe,
            event,
            at: self.now(),
        };
        self.desk.take(&told).await.unwrap()
    }

    pub(crate) async fn pay(&self, statement: StatementId) {
        let page = self.page(statement).await;
        let id = format!("evt_{}", page.payment.id);
        assert!(self.tell(&id, EventKind::Paid, &page).await);
    }

    /// The subjects of all letters so far.
    pub(crate) fn letters(&self) -> Vec<String> {
        let sent = self.post.0.lock().unwrap();
        sent.iter().map(|mail| mail.subject.clone()).collect()
    }

    /// The one number a query answers, past all walls.
    pub(crate) async fn number(&self, query: &str) -> i64 {
        let mut admin = self.test.admin().await;
        let query = diesel::dsl::sql::<diesel::sql_types::BigInt>(&format!("({query})::bigint"));
        let number = diesel::select(query);
        diesel_async::RunQueryDsl::get_result(number, &mut admin)
            .await
            .unwrap()
    }
}
