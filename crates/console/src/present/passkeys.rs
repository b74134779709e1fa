use chrono_tz::Tz;
use motel_passkeys::KeptPasskey;
use motel_web::words;

use crate::view::PasskeyRow;

/// One's passkeys.
pub(crate) fn passkeys(kept: Vec<KeptPasskey>, zone: Tz) -> Vec<PasskeyRow> {
    let row = |passkey: KeptPasskey| PasskeyRow {
        id: passkey.id.to_string(),
        name: passkey.name.as_str().to_owned(),
        backed_up: passkey.backed_up,
        since: words::moment(passkey.created_at, zone),
        last_used: passkey.last_used_at.map(|at| words::moment(at, zone)),
        doubted: passkey.doubted_at.map(|at| words::moment(at, zone)),
    };
    kept.into_iter().map(row).collect()
}
