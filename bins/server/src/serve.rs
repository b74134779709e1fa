//! `remotemotel serve`.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::header::STRICT_TRANSPORT_SECURITY;
use actix_web::middleware::{Compress, Condition, DefaultHeaders, from_fn};
use actix_web::{App, HttpServer, web};
use anyhow::{Context, ensure};
use motel_kernel::{Clock, SystemClock};
use motel_web::SessionSettings;
use secrecy::SecretString;
use tokio::sync::oneshot;

use crate::app::{self, Parts};
use crate::settings::Settings;

/// How long requests that have begun may take to end when the server stops.
const STOP_WITHIN_SECONDS: u64 = 10;

/// How long the head of a request may take at most, which is little to send.
const HEAD_WITHIN: Duration = Duration::from_secs(5);

/// Whoever came by https once does not come without it for a year. Of subdomains nothing is said: they are not ours, and a browser that
/// was told does not forget it.
const HTTPS_ONLY: &str = "max-age=31536000";

/// Answers until it is told to stop (SIGINT, SIGTERM), then ends what it has begun.
///
/// # Errors
/// The port is taken, the database cannot be reached or is not migrated, or a setting has no meaning.
pub async fn serve(settings: Settings) -> anyhow::Result<()> {
    let listener = listen(&settings)?;
    check_migrated(&settings).await?;
    run(listener, &settings, Arc::new(SystemClock)).await
}

/// Serves on an open listener, by any clock.
///
/// # Errors
/// As for [`serve`].
pub async fn run(
    listener: TcpListener,
    settings: &Settings,
    clock: Arc<dyn Clock>,
) -> anyhow::Result<()> {
    let port = listener.local_addr()?.port();
    let key = session_key(settings);
    let parts = Parts::build(settings, &key, port, clock).await?;
    let session = SessionSettings {
        secret: key,
        secure: parts.is_behind_tls(),
    };
    if session.secure && !parts.behind_proxy.0 {
        tracing::warn!(
            "http.behind_proxy is not set: everybody counts as the proxy's one address, so that a stranger's wrong passwords make all wait"
        );
    }

    let (stop, stopped) = oneshot::channel::<()>();
    let (worker, feed) = (parts.worker(), parts.feed.clone());
    let working = tokio::spawn(async move {
        worker.serve(&feed, async { drop(stopped.await) }).await;
    });

    tracing::info!(port, url = parts.public_url, "the front desk is open");
    HttpServer::new(move || {
        // The last one wrapped is the outermost.
        App::new()
            .wrap(from_fn(motel_web::read_in_time))
            .wrap(from_fn(motel_web::refuse_packed))
            .wrap(from_fn(motel_limits::limit_requests))
            .wrap(from_fn(motel_web::same_origin))
            .wrap(from_fn(motel_web::tell_origins))
            .wrap(motel_web::session_middleware(&session))
            .wrap(from_fn(motel_web::security_headers))
            .wrap(Condition::new(
                session.secure,
                DefaultHeaders::new().add((STRICT_TRANSPORT_SECURITY, HTTPS_ONLY)),
            ))
            .wrap(Compress::default())
            .wrap(from_fn(app::sign_changes))
            .wrap(from_fn(motel_web::request_context))
            .app_data(web::Data::new(session.clone()))
            .configure(|config| app::configure(config, &parts))
    })
    .client_request_timeout(settings.http.read_within().min(HEAD_WITHIN))
    .shutdown_timeout(STOP_WITHIN_SECONDS)
    .listen(listener)?
    .run()
    .await?;

    drop(stop);
    working.await.context("the worker ended badly")?;
    tracing::info!("the front desk is closed");
    Ok(())
}

fn listen(settings: &Settings) -> anyhow::Result<TcpListener> {
    let (host, port) = (settings.http.host(), settings.http.port());
    TcpListener::bind((host, port))
        .with_context(|| format!("{host}:{port} cannot be listened on; is it taken? Set PORT"))
}

async fn check_migrated(settings: &Settings) -> anyhow::Result<()> {
    let pending = motel_migrations::pending(&settings.database.url)
        .await
        .context("reaching the database")?;
    ensure!(
        pending.is_empty(),
        "{} migrations are pending; run `remotemotel migrate` first",
        pending.len()
    );
    Ok(())
}

fn session_key(settings: &Settings) -> SecretString {
    settings.http.session_key.clone().unwrap_or_else(|| {
        tracing::warn!("no http.session_key is set: a restart signs everybody out");
        hex::encode(rand::random::<[u8; 64]>()).into()
    })
}
