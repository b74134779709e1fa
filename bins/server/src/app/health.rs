use actix_web::{HttpResponse, get, web};
use motel_db::Db;
use serde::Serialize;
use utoipa::ToSchema;

use super::Mailing;

/// How the front desk is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Health {
    /// `healthy` or `unhealthy`.
    status: &'static str,
    services: Services,
}

/// How its parts are.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Services {
    /// `up` or `down`.
    database: &'static str,
    /// `smtp` or `mailbox`: whether mails reach people or a folder.
    mail: &'static str,
}

/// Tells whether the front desk can work.
#[utoipa::path(
    tag = "operations",
    responses((status = 200, description = "It can", body = Health), (status = 503, description = "It cannot", body = Health))
)]
#[get("/health")]
pub(crate) async fn health(db: web::Data<Db>, mailing: web::Data<Mailing>) -> HttpResponse {
    let database = match db.platform("health").await {
        Ok(_) => "up",
        Err(error) => {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the database cannot be reached"
            );
            "down"
        }
    };
    let mail = match mailing.get_ref() {
        Mailing::Smtp(_) => "smtp",
        Mailing::Mailbox(_) => "mailbox",
    };
    let services = Services { database, mail };
    match database {
        "up" => HttpResponse::Ok().json(Health {
            status: "healthy",
            services,
        }),
        _ => HttpResponse::ServiceUnavailable().json(Health {
            status: "unhealthy",
            services,
        }),
    }
}

/// What this route answers, for the OpenAPI document.
#[derive(utoipa::OpenApi)]
#[openapi(paths(health))]
pub struct HealthDoc;
