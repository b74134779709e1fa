use diesel::sql_query;
use diesel::sql_types::{Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_mail::MailKey;

use crate::VoucherError;

const SENT: &str = "SELECT FROM mail.outbox WHERE tenant_id = $1 AND key = $2 AND status = 'sent'";

/// Whether the mail of this key has left.
pub(crate) async fn is_mailed(tx: &mut TenantTx, key: &MailKey) -> Result<bool, VoucherError> {
    let tenant = tx.tenant();
    let found = sql_query(SENT)
        .bind::<SqlUuid, _>(tenant)
        .bind::<Text, _>(key.as_str())
        .execute(tx.conn())
        .await?;
    Ok(found > 0)
}
