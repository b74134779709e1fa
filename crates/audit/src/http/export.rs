use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, get, web};
use chrono::SecondsFormat;
use futures::{Stream, stream};
use motel_db::{Db, DbError};
use motel_kernel::TenantId;
use motel_tenancy::http::StaffAccess;
use motel_tenancy::may;
use motel_web::{Problem, ValidQuery};

use super::{FilterInput, RawAuditFilter};
use crate::{AuditError, Entry, Filter, queries};

/// How many entries are read, and sent, at a time. Their transaction is over before they are sent: who reads slowly holds none.
const AT_ONCE: i64 = 1_000;

const COLUMNS: [&str; 12] = [
    "id",
    "at",
    "actor",
    "request_id",
    "address",
    "thing",
    "key",
    "action",
    "was",
    "becomes",
    "seq",
    "hash",
];

/// Gives out who changed what as a table (CSV), the latest first, however much it is. Its last hash, kept elsewhere, proves later that
/// nothing before it was rewritten.
#[utoipa::path(
    tag = "audit log",
    operation_id = "export_audit_entries",
    params(RawAuditFilter),
    responses((status = 200, description = "Every entry that is wanted", content((String = "text/csv"))))
)]
#[get("/audit/export")]
pub(crate) async fn export(
    access: StaffAccess<may::ReadAuditLog>,
    ValidQuery(FilterInput(filter)): ValidQuery<FilterInput>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let begun = Export {
        db: (**db).clone(),
        tenant: access.tenant,
        filter,
        begun: false,
        before: None,
    };
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((
            CONTENT_DISPOSITION,
            "attachment; filename=\"audit-log.csv\"",
        ))
        .streaming(begun.pieces()))
}

/// How far an export has come.
struct Export {
    db: Db,
    tenant: TenantId,
    filter: Filter,
    begun: bool,
    before: Option<i64>,
}

impl Export {
    fn pieces(self) -> impl Stream<Item = Result<web::Bytes, ExportFault>> {
        stream::try_unfold(Some(self), |left| async move {
            match left {
                Some(rest) => rest.piece().await.map(Some),
                None => Ok(None),
            }
        })
    }

    /// The next lines, and what is left to do after them.
    async fn piece(mut self) -> Result<(web::Bytes, Option<Self>), ExportFault> {
        let mut tx = self.db.tenant(self.tenant).await?;
        let found = queries::entries(&mut tx, &self.filter, self.before, AT_ONCE).await?;
        tx.commit().await?;
        let mut table = csv::Writer::from_writer(Vec::new());
        if !self.begun {
            table.write_record(COLUMNS)?;
        }
        for entry in &found {
            table.write_record(cells(entry))?;
        }
        let lines = table
            .into_inner()
            .map_err(|error| std::io::Error::other(error.to_string()))?;
        self.begun = true;
        self.before = found.last().map(|entry| entry.id);
        let more = found.len() as i64 == AT_ONCE;
        Ok((lines.into(), more.then_some(self)))
    }
}

/// An answer that has begun cannot become a problem any more; it breaks off, and the log of the server says why.
#[derive(Debug, thiserror::Error)]
enum ExportFault {
    #[error(transparent)]
    Audit(#[from] AuditError),
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Table(#[from] csv::Error),
    #[error(transparent)]
    Write(#[from] std::io::Error),
}

fn cells(entry: &Entry) -> [String; 12] {
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        entry.id.to_string(),
        entry.at.to_rfc3339_opts(SecondsFormat::Micros, true),
        entry.actor.clone(),
        entry.request.map_or(String::new(), |id| id.to_string()),
        or_empty(&entry.address),
        entry.thing.clone(),
        harmless(&entry.row_key),
        entry.action.to_string(),
        or_empty(&entry.was),
        or_empty(&entry.becomes),
        entry.seq.map_or(String::new(), |seq| seq.to_string()),
        entry.hash.as_ref().map_or(String::new(), hex::encode),
    ]
}

/// No program for tables takes it for a formula: a code that somebody chose can begin as one does.
fn harmless(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_a_formula() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("@x"), "'@x");
        assert_eq!(harmless("summer"), "summer");
    }
}
