use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// Whom a call is about: a digest of the e-mail address it names, which is nobody's to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About(Vec<u8>);

impl About {
    /// Whom a call with these arguments is about; nobody in particular where it names no address.
    pub fn of(arguments: &Map<String, Value>) -> Self {
        let address = arguments.get("email").and_then(Value::as_str);
        let address = address.unwrap_or_default().trim().to_lowercase();
        Self(Sha256::digest(address.as_bytes()).to_vec())
    }

    /// Nobody in particular.
    pub fn nobody() -> Self {
        Self::of(&Map::new())
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn about(arguments: Value) -> About {
        arguments.as_object().map_or_else(About::nobody, About::of)
    }

    #[test]
    fn an_address_is_one_however_it_is_written_and_no_other() {
        let ada = about(json!({ "email": "ada@example.com", "code": "RM-7K3F9Q" }));
        assert_eq!(ada, about(json!({ "email": " Ada@Example.com" })));
        assert_ne!(ada, about(json!({ "email": "bob@example.com" })));
        for nobody in [json!({}), json!({ "email": null }), json!({ "email": 7 })] {
            assert_eq!(about(nobody), About::nobody());
        }
    }
}
