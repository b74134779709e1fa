use std::sync::Arc;

use actix_web::web::{Data, ServiceConfig};
use anyhow::Context;
use motel_billing::PaymentDesk;
use motel_billing::sandbox::{Sandbox, SandboxSettings};
use motel_concierge::{Concierge, ModelDesk};
use motel_console::http::Installation;
use motel_conversations::Responder;
use motel_db::{Changes, Db};
use motel_jobs::{EventFeed, Worker};
use motel_kernel::{Clock, Email};
use motel_leads::jobs::ConvertLeads;
use motel_limits::Limits;
use motel_llm::{Embedder, Reach};
use motel_mail::{Correspondent, FileMailbox, Mailer, SmtpMailer};
use motel_passkeys::RelyingParty;
use motel_payments::paypal::{API_BASE as PAYPAL_API_BASE, PayPal, PayPalSettings};
use motel_payments::sandbox::SandboxSeal;
use motel_payments::stripe::{API_BASE, Stripe, StripeSettings};
use motel_payments::{Gateways, Payees};
use motel_plans::PlanDesk;
use motel_plans::jobs::Letters;
use motel_rates::Calendar;
use motel_seal::Keyring;
use motel_tenancy::tokens::{AccessTokens, Lifetime};
use motel_tenancy::{Directory, Slug};
use motel_voice::CallDesk;
use motel_voice::http::TwilioSettings;
use motel_web::{BehindProxy, Origins, ReadWithin};
use secrecy::{ExposeSecret, SecretString};

use super::entitled::Entitled;
use super::metering::Metering;
use super::security_txt::SecurityContact;
use super::switched::Switched;
use crate::ingest::embedder;
use crate::keys;
use crate::settings::Settings;

/// What the application is made of. Cheap to clone; every worker thread has one.
#[derive(Clone)]
pub struct Parts {
    /// The way to the database.
    pub db: Db,
    /// The clock everything goes by.
    pub clock: Arc<dyn Clock>,
    /// Which business is meant.
    pub directory: Directory,
    /// What programs are known by.
    pub tokens: AccessTokens,
    /// What happened, as it happens.
    pub feed: EventFeed,
    /// What there is to sell, from memory.
    pub calendar: Calendar,
    /// How mails leave.
    pub mailing: Mailing,
    /// Where payment links are issued.
    pub payments: PaymentDesk,
    /// Where businesses subscribe, and pay the operator.
    pub plans: PlanDesk,
    /// From whom the operator's letters are; nobody where the operator bills nobody.
    pub operator: Option<Correspondent>,
    /// From whom mails of the installation itself are.
    pub sender: Correspondent,
    /// Whether strangers may sign their businesses up, if the operator said so.
    pub open_to_new: Option<bool>,
    /// The sandbox gateway, where no real one takes the payments.
    pub sandbox: Option<Sandbox>,
    /// What secrets are kept under.
    pub keyring: Keyring,
    /// Turns text into vectors.
    pub embedder: Arc<dyn Embedder>,
    /// Who answers guests.
    pub concierge: Arc<dyn Responder>,
    /// The same without what stands before it: who is tried out answers once more what a guest was answered.
    pub rehearser: Concierge,
    /// Where language models are asked from.
    pub models: ModelDesk,
    /// What Twilio has to prove.
    pub twilio: TwilioSettings,
    /// The address guests see.
    pub public_url: String,
    /// How often somebody may ask.
    pub limits: Limits,
    /// Whom to tell of a weakness.
    pub security_contact: Option<SecurityContact>,
    /// Whether to believe what a proxy says of who asks.
    pub behind_proxy: BehindProxy,
    /// Sites whose pages may call the public interface.
    pub origins: Origins,
    /// How long a body may take to arrive.
    pub read_within: ReadWithin,
}

/// How mails leave.
#[derive(Clone)]
pub enum Mailing {
    /// Through a mail server.
    Smtp(Arc<dyn Mailer>),
    /// Into files that a developer can read.
    Mailbox(FileMailbox),
}

impl Parts {
    /// Builds everything the settings ask for. `session_key` is the installation's secret, and `port` the one that is
    /// really listened on.
    ///
    /// # Errors
    /// The database cannot be reached, or a setting has no meaning.
    pub async fn build(
        settings: &Settings,
        session_key: &SecretString,
        port: u16,
        clock: Arc<dyn Clock>,
    ) -> anyhow::Result<Self> {
        let database = &settings.database;
        let db = Db::connect(&database.url, database.pool_size)
            .await
            .context("connecting to the database")?;
        let keyring = keys::keep(settings, &db).await?;
        let public_url = settings.http.public_url();
        let contact = settings.http.security_contact.as_deref();
        let contact = contact.map(SecurityContact::parse);
        let (gateways, sandbox) = match (stripe(settings)?, paypal(settings)?) {
            (Some(stripe), Some(paypal)) => {
                let first = Gateways::new(Arc::new(stripe));
                (first.and(Arc::new(paypal)), None)
            }
            (Some(stripe), None) => (Gateways::new(Arc::new(stripe)), None),
            (None, Some(paypal)) => (Gateways::new(Arc::new(paypal)), None),
            (None, None) => {
                let sandbox = sandbox(&db, &public_url, session_key, port, clock.clone())?;
                (Gateways::new(Arc::new(sandbox.clone())), Some(sandbox))
            }
        };
        let plans = PlanDesk::new(db.clone(), gateways.clone(), &console(&public_url));
        let operator = operator(settings)?;
        let payees = Payees::default().and(Arc::new(plans.clone()));
        let payments = PaymentDesk::new(db.clone(), gateways, &public_url).with_payees(payees);
        let embedder = embedder(settings)?;
        let changes = Changes::listen(&db)
            .await
            .context("listening for changes")?;
        let default_tenant = Slug::parse(&settings.default_tenant).context("default_tenant")?;
        let directory = Directory::new(db.clone(), default_tenant).hearing(&changes);
        let models = ModelDesk::new(keyring.clone(), reach(settings));
        let concierge = Concierge::new(
            db.clone(),
            clock.clone(),
            embedder.clone(),
            Some(payments.clone()),
        );
        let rehearser = concierge.with_models(models.clone());
        let concierge: Arc<dyn Responder> = Arc::new(rehearser.clone());
        let concierge = match &operator {
            Some(_) => Arc::new(Entitled::new(db.clone(), concierge)),
            None => concierge,
        };
        let concierge = Switched::new(db.clone(), directory.clone(), concierge);
        Ok(Self {
            directory,
            tokens: AccessTokens::new(session_key, &public_url, lifetime(settings)?),
            feed: EventFeed::connect(&db)
                .await
                .context("listening for events")?,
            calendar: Calendar::new(&changes, settings.search.memory_mib * 1024 * 1024),
            mailing: Mailing::from_settings(settings).await?,
            twilio: TwilioSettings::new(
                settings.voice.twilio.auth_token.clone(),
                keyring.clone(),
                &public_url,
            ),
            db,
            clock,
            payments,
            plans,
            operator,
            sender: sender(settings)?,
            open_to_new: settings.platform.open_to_new,
            sandbox,
            keyring,
            embedder,
            concierge: Arc::new(concierge),
            rehearser,
            models,
            public_url,
            limits: settings.limits,
            security_contact: contact.transpose()?,
            behind_proxy: BehindProxy(settings.http.behind_proxy),
            origins: origins(settings)?,
            read_within: ReadWithin(settings.http.read_within()),
        })
    }

    /// The worker with every subscriber of every domain.
    pub fn worker(&self) -> Worker {
        let worker = Worker::new(self.db.clone()).on(ConvertLeads::SUBSCRIBER, ConvertLeads);
        let worker = motel_limits::register(worker);
        let worker = motel_audit::jobs::register(worker, self.clock.clone());
        let worker = motel_housekeeping::jobs::register(worker, self.clock.clone());
        let mailer = self.mailing.mailer();
        let (clock, url) = (self.clock.clone(), &self.public_url);
        let worker = motel_tenancy::jobs::register(worker, clock, &mailer, url);
        let worker = motel_passkeys::jobs::register(worker, self.clock.clone());
        let sender = self.sender.clone();
        let clock = self.clock.clone();
        let worker = motel_onboarding::jobs::register(worker, clock, &mailer, sender, url);
        let worker = motel_appointments::jobs::register(worker, self.clock.clone(), &mailer);
        let worker = motel_invoices::jobs::register(worker, &mailer);
        let (clock, url) = (self.clock.clone(), &self.public_url);
        let worker = motel_vouchers::jobs::register(worker, clock, &mailer, url);
        let worker = motel_night_audit::jobs::register(worker, self.clock.clone());
        let worker = motel_billing::jobs::register(worker, self.sandbox.clone());
        let (desk, clock) = (self.payments.clone(), self.clock.clone());
        let worker = motel_billing::jobs::register_desk(worker, desk, clock);
        let clock = self.clock.clone();
        let worker =
            motel_billing::jobs::register_reminders(worker, clock, &mailer, &self.public_url);
        let (sender, url) = (self.sender.clone(), &self.public_url);
        let worker = motel_shadow::jobs::register(worker, &mailer, sender, url);
        let (rehearser, clock) = (self.rehearser.clone(), self.clock.clone());
        let worker = motel_concierge::jobs::register(worker, rehearser, clock);
        let worker = self.register_plans(worker, &mailer);
        let worker = motel_bookings::jobs::register_chores(worker, self.clock.clone());
        motel_bookings::jobs::register(worker, &self.mailing.mailer(), &self.public_url)
    }

    /// What is used is counted in any case; bills are written where the operator bills.
    fn register_plans(&self, worker: Worker, mailer: &Arc<dyn Mailer>) -> Worker {
        let worker = Metering::new(self.plans.clone(), self.clock.clone()).register(worker);
        let worker = motel_plans::jobs::register(worker, self.plans.clone(), self.clock.clone());
        let Some(operator) = self.operator.clone() else {
            return worker;
        };
        let letters = Letters::new(mailer.clone(), operator, &console(&self.public_url));
        let worker = motel_plans::jobs::register_billing(worker, self.clock.clone());
        motel_plans::jobs::register_letters(worker, letters)
    }

    /// Whether nothing stands between the server and who asks, as far as the settings tell: neither TLS nor a proxy.
    pub(super) fn is_on_its_own(&self) -> bool {
        !self.is_behind_tls() && !self.behind_proxy.0
    }

    /// Whether strangers may sign their businesses up: where the operator says so, and otherwise only where it is being tried out.
    pub(super) fn is_open_to_new(&self) -> bool {
        self.open_to_new.unwrap_or_else(|| self.is_on_its_own())
    }

    /// Whether the address guests see is https, which somebody else speaks for this server.
    pub(crate) fn is_behind_tls(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    pub(super) fn install(&self, config: &mut ServiceConfig) {
        config
            .app_data(Data::new(self.db.clone()))
            .app_data(Data::new(self.clock.clone()))
            .app_data(Data::new(self.directory.clone()))
            .app_data(Data::new(self.tokens.clone()))
            .app_data(Data::new(self.feed.clone()))
            .app_data(Data::new(self.calendar.clone()))
            .app_data(Data::new(self.mailing.clone()))
            .app_data(Data::new(self.payments.clone()))
            .app_data(Data::new(self.plans.clone()))
            .app_data(Data::new(self.keyring.clone()))
            .app_data(Data::new(RelyingParty::at(&self.public_url)))
            .app_data(Data::from(self.embedder.clone()))
            .app_data(Data::new(self.concierge.clone()))
            .app_data(Data::new(self.models.clone()))
            .app_data(Data::new(self.twilio.clone()))
            .app_data(Data::new(self.limits))
            .app_data(Data::new(Installation {
                public_url: self.public_url.clone(),
                sign_up: self.is_open_to_new(),
            }))
            .app_data(Data::new(self.behind_proxy))
            .app_data(Data::new(self.origins.clone()))
            .app_data(Data::new(self.read_within))
            .app_data(Data::new(CallDesk::new(
                self.db.clone(),
                self.concierge.clone(),
            )));
        if let Some(contact) = &self.security_contact {
            config.app_data(Data::new(contact.clone()));
        }
        if let Some(sandbox) = &self.sandbox {
            config.app_data(Data::new(sandbox.clone()));
        }
    }
}

impl Mailing {
    async fn from_settings(settings: &Settings) -> anyhow::Result<Self> {
        match &settings.mail.smtp_url {
            Some(url) => Ok(Self::Smtp(Arc::new(
                SmtpMailer::from_url(url).context("mail.smtp_url")?,
            ))),
            None => Ok(Self::Mailbox(
                FileMailbox::open(settings.data_dir.join("mailbox")).await?,
            )),
        }
    }

    fn mailer(&self) -> Arc<dyn Mailer> {
        match self {
            Self::Smtp(mailer) => mailer.clone(),
            Self::Mailbox(mailbox) => Arc::new(mailbox.clone()),
        }
    }
}

/// How far out a language model may be asked.
pub(crate) fn reach(settings: &Settings) -> Reach {
    match settings.concierge.models_on_this_machine {
        true => Reach::Loopback,
        false => Reach::Public,
    }
}

/// Where owners see their business, and come back to after paying the operator.
fn console(public_url: &str) -> String {
    format!("{public_url}/console")
}

/// Sites whose pages may call what guests call.
fn origins(settings: &Settings) -> anyhow::Result<Origins> {
    let list = settings.http.cors_origins.as_deref().unwrap_or_default();
    Origins::parse(list, super::FOR_GUESTS).context("http.cors_origins")
}

/// The operator, where one bills.
fn operator(settings: &Settings) -> anyhow::Result<Option<Correspondent>> {
    let Some(email) = &settings.platform.billing_email else {
        return Ok(None);
    };
    let email: Email = email.parse().context("platform.billing_email")?;
    Ok(Some(Correspondent {
        name: "RemoteMotel".to_owned(),
        email,
    }))
}

/// How long an access token works.
fn lifetime(settings: &Settings) -> anyhow::Result<Lifetime> {
    match settings.http.access_token_minutes {
        Some(minutes) => Lifetime::minutes(minutes)
            .context("http.access_token_minutes: from 1 to 1440, which is a day"),
        None => Ok(Lifetime::default()),
    }
}

/// From whom mails of the installation itself are: what the settings say, or an address at the host that guests see; where that is
/// no name anybody could answer to, one that nobody has.
fn sender(settings: &Settings) -> anyhow::Result<Correspondent> {
    let told = settings.mail.from.as_ref();
    let email = match told.or(settings.platform.billing_email.as_ref()) {
        Some(email) => email.parse().context("mail.from")?,
        None => no_reply(&settings.http.public_url())?,
    };
    Ok(Correspondent {
        name: "RemoteMotel".to_owned(),
        email,
    })
}

fn no_reply(public_url: &str) -> anyhow::Result<Email> {
    let host = public_url.split("://").nth(1).unwrap_or_default();
    let host = host.split(['/', ':']).next().unwrap_or_default();
    let is_name = host.contains('.') && host.contains(|letter: char| letter.is_ascii_alphabetic());
    let at_host = Email::parse(&format!("no-reply@{host}")).ok();
    match at_host.filter(|_| is_name) {
        Some(email) => Ok(email),
        None => Ok(Email::parse("no-reply@remotemotel.example")?),
    }
}

/// Stripe, when there is a key.
fn stripe(settings: &Settings) -> anyhow::Result<Option<Stripe>> {
    let account = &settings.payments.stripe;
    let Some(secret_key) = account.secret_key.clone() else {
        return Ok(None);
    };
    let webhook_secret = account.webhook_secret.clone();
    let stripe = Stripe::new(StripeSettings {
        secret_key,
        webhook_secret: webhook_secret
            .context("payments.stripe.webhook_secret: paid bookings would go unnoticed")?,
        api_base: account
            .api_base
            .clone()
            .unwrap_or_else(|| API_BASE.to_owned()),
    })?;
    Ok(Some(stripe))
}

/// PayPal, when there is an app.
fn paypal(settings: &Settings) -> anyhow::Result<Option<PayPal>> {
    let app = &settings.payments.paypal;
    let Some(client_id) = app.client_id.clone() else {
        return Ok(None);
    };
    let (client_secret, webhook_id) = (app.client_secret.clone(), app.webhook_id.clone());
    let paypal = PayPal::new(PayPalSettings {
        client_id,
        client_secret: client_secret.context("payments.paypal.client_secret is missing")?,
        webhook_id: webhook_id
            .context("payments.paypal.webhook_id: no event of PayPal's could be believed")?,
        api_base: app
            .api_base
            .clone()
            .unwrap_or_else(|| PAYPAL_API_BASE.to_owned()),
    })?;
    Ok(Some(paypal))
}

/// The gateway that needs no account. It calls this server's own webhook over HTTP.
fn sandbox(
    db: &Db,
    public_url: &str,
    session_key: &SecretString,
    port: u16,
    clock: Arc<dyn Clock>,
) -> anyhow::Result<Sandbox> {
    let settings = SandboxSettings {
        seal: SandboxSeal::derived_from(session_key.expose_secret().as_bytes()),
        public_url: public_url.to_owned(),
        webhook_url: format!("http://127.0.0.1:{port}/payments/webhooks/sandbox"),
        clock,
    };
    Ok(Sandbox::new(db.clone(), settings)?)
}
