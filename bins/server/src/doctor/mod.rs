//! `remotemotel doctor`: what is set up, what is missing, and what that turns off. It never prints a key.

mod database;
mod intake;
mod keys;

use anyhow::bail;

use crate::settings::Settings;

/// One line of the report.
pub(crate) enum Finding {
    /// All is well.
    Good(String),
    /// Something optional is missing; the text says what that turns off.
    Missing(String),
    /// Somebody should look at it; the front desk works.
    Odd(String),
    /// The front desk cannot work like this.
    Bad(String),
}

/// Prints the report.
///
/// # Errors
/// Something is so wrong that the front desk cannot work; the report says what.
pub async fn doctor(settings: &Settings) -> anyhow::Result<()> {
    let mut findings = database::examine(settings).await;
    findings.extend(intake::examine(settings).await);
    findings.extend(keys::examine(settings).await);
    findings.extend(examine_settings(settings));
    for finding in &findings {
        match finding {
            Finding::Good(text) => println!("  ok       {text}"),
            Finding::Missing(text) => println!("  not set  {text}"),
            Finding::Odd(text) => println!("  look     {text}"),
            Finding::Bad(text) => println!("  WRONG    {text}"),
        }
    }
    let wrong = findings
        .iter()
        .filter(|finding| matches!(finding, Finding::Bad(_)))
        .count();
    if wrong > 0 {
        bail!("{wrong} of these keep the front desk from working");
    }
    Ok(())
}

fn examine_settings(settings: &Settings) -> Vec<Finding> {
    let is_set = |present: bool, good: &str, missing: &str| {
        if present {
            Finding::Good(good.to_owned())
        } else {
            Finding::Missing(missing.to_owned())
        }
    };
    let stripe = &settings.payments.stripe;
    vec![
        Finding::Good(format!(
            "guests see this front desk at {}",
            settings.http.public_url()
        )),
        is_set(
            settings.http.session_key.is_some(),
            "http.session_key: present",
            "http.session_key: a new one is made at each start, so everybody is signed out by a restart",
        ),
        is_set(
            settings.mail.smtp_url.is_some(),
            "mail.smtp_url: present",
            "mail.smtp_url: mails are files in the development mailbox, nobody receives them",
        ),
        is_set(
            stripe.secret_key.is_some(),
            "payments.stripe.secret_key: present",
            "payments.stripe.secret_key: no payments by Stripe",
        ),
        stripe_webhooks(settings),
        paypal(settings),
        real_money(settings),
        is_set(
            settings.platform.billing_email.is_some(),
            "platform.billing_email: present, businesses are billed for their plans",
            "platform.billing_email: businesses are billed nothing for their plans",
        ),
        is_set(
            settings.voice.twilio.auth_token.is_some(),
            "voice.twilio.auth_token: present",
            "voice.twilio.auth_token: telephone calls are answered with 503 but for businesses with an account of their own; the page /phone works",
        ),
        is_set(
            settings.knowledge.local_model.is_some(),
            "knowledge.local_model: set",
            "knowledge.local_model: none, which is needed only to search by meaning without a service",
        ),
        is_set(
            settings.knowledge.openai.api_key.is_some(),
            "knowledge.openai.api_key: present",
            "knowledge.openai.api_key: the built-in embedder is used",
        ),
    ]
}

/// A key without the secret of its webhooks would take money and never hear of it.
fn stripe_webhooks(settings: &Settings) -> Finding {
    let stripe = &settings.payments.stripe;
    match (&stripe.secret_key, &stripe.webhook_secret) {
        (_, Some(_)) => Finding::Good("payments.stripe.webhook_secret: present".to_owned()),
        (None, None) => Finding::Missing("payments.stripe.webhook_secret: not needed without a Stripe key".to_owned()),
        (Some(_), None) => Finding::Bad(
            "payments.stripe.webhook_secret: missing, so paid bookings would never be marked as paid".to_owned(),
        ),
    }
}

/// An app without its secret, or without the name of its webhook, can't work.
fn paypal(settings: &Settings) -> Finding {
    let app = &settings.payments.paypal;
    match (&app.client_id, &app.client_secret, &app.webhook_id) {
        (None, None, None) => {
            Finding::Missing("payments.paypal.client_id: no payments by PayPal".to_owned())
        }
        (Some(_), Some(_), Some(_)) => Finding::Good("payments.paypal: present".to_owned()),
        _ => Finding::Bad(
            "payments.paypal: client_id, client_secret and webhook_id are needed together"
                .to_owned(),
        ),
    }
}

fn real_money(settings: &Settings) -> Finding {
    let payments = &settings.payments;
    match payments.stripe.secret_key.is_some() || payments.paypal.client_id.is_some() {
        true => Finding::Good("payments: a gateway takes real money".to_owned()),
        false => Finding::Missing("payments: the sandbox takes them, no money moves".to_owned()),
    }
}
