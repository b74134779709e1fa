//! Stripe's own SDK for Python, as it signs and verifies webhooks.

use serde_json::json;

use crate::python::Python;

const SIGN: &str = "
import json, sys
from stripe import WebhookSignature
asked = json.load(sys.stdin)
print(WebhookSignature.generate_signature_header(asked['payload'], asked['secret']), end='')
";

const VERIFY: &str = "
import json, sys
from stripe import WebhookSignature, SignatureVerificationError
asked = json.load(sys.stdin)
try:
    WebhookSignature.verify_header(asked['payload'], asked['header'], asked['secret'], 300)
    print('genuine', end='')
except SignatureVerificationError:
    print('forged', end='')
";

/// The SDK.
pub(crate) struct StripeSdk(Python);

impl StripeSdk {
    pub(crate) fn find() -> Option<Self> {
        Python::find("Stripe's SDK").map(Self)
    }

    /// The header `Stripe-Signature`, made now.
    pub(crate) fn sign(&self, payload: &str, secret: &str) -> String {
        self.0
            .run(SIGN, &json!({ "payload": payload, "secret": secret }))
    }

    pub(crate) fn verifies(&self, payload: &str, header: &str, secret: &str) -> bool {
        let asked = json!({ "payload": payload, "header": header, "secret": secret });
        match self.0.run(VERIFY, &asked).as_str() {
            "genuine" => true,
            "forged" => false,
            other => panic!("the SDK said {other:?}"),
        }
    }
}

#[test]
fn what_the_sdk_signs_we_believe_and_what_we_sign_the_sdk_believes() {
    use chrono::{Duration, Utc};
    use motel_payments::signature;

    let Some(sdk) = StripeSdk::find() else { return };
    let secret = "whsec_both_ends";
    let key = secret.to_owned().into();
    for payload in [
        "{}",
        "{\"name\": \"José Núñez\", \"note\": \"1,2=3 €\"}",
        "{\n  \"id\": \"evt_1\"\n}\n",
    ] {
        let theirs = sdk.sign(payload, secret);
        let outcome = signature::verify(&key, &theirs, payload.as_bytes(), Utc::now());
        assert!(outcome.is_ok(), "{payload} {theirs}: {outcome:?}");
        let changed = format!("{payload} ");
        assert!(signature::verify(&key, &theirs, changed.as_bytes(), Utc::now()).is_err());

        let ours = signature::sign(&key, payload.as_bytes(), Utc::now());
        assert!(sdk.verifies(payload, &ours, secret), "{payload} {ours}");
        assert!(!sdk.verifies(&changed, &ours, secret));
        assert!(!sdk.verifies(payload, &ours, "whsec_another"));
        let old = Utc::now() - Duration::seconds(310);
        let stale = signature::sign(&key, payload.as_bytes(), old);
        assert!(!sdk.verifies(payload, &stale, secret));
        assert!(signature::verify(&key, &stale, payload.as_bytes(), Utc::now()).is_err());
    }
}
