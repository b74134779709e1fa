use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::VisitId;
use crate::catalogue::EMAIL;

/// Whom a call of a visit is about. It is a digest of the visit and the e-mail address together: who only guesses addresses finds none in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About(Vec<u8>);

impl About {
    /// Whom a call with these arguments is about; nobody in particular where it names no address.
    pub fn of(visit: VisitId, arguments: &Map<String, Value>) -> Self {
        let address = arguments.get(EMAIL).and_then(Value::as_str);
        let address = address.unwrap_or_default().trim().to_lowercase();
        Self(Sha256::digest(format!("{visit}\n{address}")).to_vec())
    }

    /// Nobody in particular.
    pub fn nobody(visit: VisitId) -> Self {
        Self::of(visit, &Map::new())
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_address_is_one_however_it_is_written_and_no_other() {
        let visit = VisitId::random();
        let about = |arguments: Value| {
            let fields = arguments.as_object();
            fields.map_or_else(|| About::nobody(visit), |it| About::of(visit, it))
        };
        let ada = about(json!({ "email": "ada@example.com", "code": "RM-7K3F9Q" }));
        assert_eq!(ada, about(json!({ "email": " Ada@Example.com" })));
        assert_ne!(ada, about(json!({ "email": "bob@example.com" })));
        for nobody in [json!({}), json!({ "email": null }), json!({ "email": 7 })] {
            assert_eq!(about(nobody), About::nobody(visit));
        }
        assert_ne!(About::nobody(visit), About::nobody(VisitId::random()));
    }
}
