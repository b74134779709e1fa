//! An authenticator in software, as WebAuthn Level 2 describes what it sends: one passkey, which counts.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The user is present.
const PRESENT: u8 = 0x01;
/// The user is verified: by a finger, a face or a PIN.
const VERIFIED: u8 = 0x04;
/// A new key is in the data.
const ATTESTED: u8 = 0x40;

pub(crate) const ORIGIN: &str = "https://motel.example";

pub(crate) struct Authenticator {
    key: EcdsaKeyPair,
    pub(crate) id: Vec<u8>,
    /// Whose passkey it is, as it was told when it was made.
    pub(crate) user: Option<Vec<u8>>,
    /// How often it was used.
    pub(crate) counter: u32,
    /// Whether it verifies who holds it.
    pub(crate) verifies: bool,
    /// Where its browser says it is.
    pub(crate) origin: String,
}

impl Authenticator {
    pub(crate) fn new() -> Self {
        let halves = [Uuid::new_v4(), Uuid::new_v4()];
        let id = halves.iter().flat_map(Uuid::as_bytes).copied().collect();
        Self {
            key: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap(),
            id,
            user: None,
            counter: 0,
            verifies: true,
            origin: ORIGIN.to_owned(),
        }
    }

    /// One that nobody keeps, and that says it is the same member's.
    pub(crate) fn new_of(other: &Self) -> Self {
        Self {
            user: other.user.clone(),
            ..Self::new()
        }
    }

    /// Makes its passkey, as `navigator.credentials.create()` answers.
    pub(crate) fn make(&mut self, options: &Value) -> Value {
        self.user = Some(decoded(&options["user"]["id"]));
        let rp = options["rp"]["id"].as_str().unwrap();
        let client = self.client_data("webauthn.create", options);
        let mut data = self.data(rp, ATTESTED);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        data.extend(self.cose_key());
        // {"fmt": "none", "attStmt": {}, "authData": …}
        let mut object = vec![0xa3, 0x63];
        object.extend(b"fmt\x64none\x67attStmt\xa0\x68authData\x58");
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        json!({
            "id": coded(&self.id), "rawId": coded(&self.id), "type": "public-key",
            "authenticatorAttachment": "platform", "clientExtensionResults": {},
            "response": {
                "attestationObject": coded(&object),
                "clientDataJSON": coded(client.as_bytes()),
                "transports": ["internal"],
            },
        })
    }

    /// Shows its passkey, as `navigator.credentials.get()` answers.
    pub(crate) fn show(&mut self, options: &Value) -> Value {
        self.counter += 1;
        let client = self.client_data("webauthn.get", options);
        let data = self.data(options["rpId"].as_str().unwrap(), 0);
        let mut signed = data.clone();
        signed.extend(Sha256::digest(client.as_bytes()));
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        json!({
            "id": coded(&self.id), "rawId": coded(&self.id), "type": "public-key",
            "authenticatorAttachment": "platform", "clientExtensionResults": {},
            "response": {
                "authenticatorData": coded(&data),
                "clientDataJSON": coded(client.as_bytes()),
                "signature": coded(signature.as_ref()),
                "userHandle": self.user.as_deref().map(coded),
            },
        })
    }

    fn client_data(&self, kind: &str, options: &Value) -> String {
        json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false })
            .to_string()
    }

    fn data(&self, rp: &str, more: u8) -> Vec<u8> {
        let mut data = Sha256::digest(rp.as_bytes()).to_vec();
        let verified = if self.verifies { VERIFIED } else { 0 };
        data.push(PRESENT | verified | more);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// An ES256 key: `{1: 2, 3: -7, -1: 1, -2: x, -3: y}`.
    fn cose_key(&self) -> Vec<u8> {
        // 0x04, then both coordinates.
        let point = &self.key.public_key().as_ref()[1..];
        let mut key = vec![0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
        key.extend(&point[..32]);
        key.extend([0x22, 0x58, 0x20]);
        key.extend(&point[32..]);
        key
    }
}

fn coded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn decoded(text: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text.as_str().unwrap()).unwrap()
}
