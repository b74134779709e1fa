use async_trait::async_trait;
use motel_db::TenantTx;
use motel_tenancy::team::{MemberFault, MemberKeeper, Traces};
use serde_json::{Value, json};

use crate::{ceremony, queries};

/// What is kept on members here: their passkeys, which go with their second factor, and what they were asked.
#[derive(Debug, Clone, Copy)]
pub struct PasskeyKeeper;

#[async_trait]
impl MemberKeeper for PasskeyKeeper {
    fn name(&self) -> &'static str {
        "passkeys"
    }

    async fn kept(&self, tx: &mut TenantTx, member: &Traces) -> Result<Value, MemberFault> {
        let kept = queries::passkeys_of(tx, member.id).await?;
        let passkey = kept.iter().map(|passkey| {
            json!({
                "name": passkey.name.as_str(),
                "backed_up": passkey.backed_up,
                "created_at": passkey.created_at,
                "last_used_at": passkey.last_used_at,
            })
        });
        Ok(passkey.collect())
    }

    async fn forget(&self, tx: &mut TenantTx, member: &Traces) -> Result<(), MemberFault> {
        Ok(ceremony::forget(tx, member.id).await?)
    }
}
