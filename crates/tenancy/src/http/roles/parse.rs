use motel_web::FieldErrors;

use crate::http::api_key_input::known_permissions;
use crate::{NewRole, Role};

/// A role to be, from what was typed.
///
/// # Errors
/// Every field that is not right.
pub fn parse_role(
    name: &str,
    purpose: &str,
    permissions: &[String],
) -> Result<NewRole, FieldErrors> {
    let mut errors = FieldErrors::new();
    let name = errors.text("name", name, 1..=60);
    let name = name.and_then(|name| errors.check("name", free(name)));
    let purpose = errors.text("purpose", purpose, 0..=200);
    let permissions = known_permissions(&mut errors, permissions);
    match (name, purpose, permissions) {
        (Some(name), Some(purpose), Some(permissions)) if errors.is_empty() => Ok(NewRole {
            name,
            purpose,
            permissions,
        }),
        _ => Err(errors),
    }
}

/// Nobody takes a role for one of the program's.
fn free(name: String) -> Result<String, &'static str> {
    let lower = name.to_lowercase();
    let taken = Role::ALL
        .iter()
        .any(|role| lower == role.title().to_lowercase() || lower == role.as_str());
    match (taken, name.contains(['\n', '\r', '\t'])) {
        (true, _) => Err("is the name of a role of the program"),
        (_, true) => Err("must be one line"),
        _ => Ok(name),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_role_has_a_name_of_its_own_and_known_permissions() {
        let reads = ["rooms:read".to_owned(), "rooms:read".to_owned()];
        let new = parse_role(" Night porter ", "", &reads).unwrap();
        assert_eq!(new.name, "Night porter");
        assert_eq!(new.permissions.iter().count(), 1);
        for name in ["", "front desk", "OWNER", "front_desk", "a\nb"] {
            assert!(parse_role(name, "", &reads).is_err(), "{name:?}");
        }
        let errors = parse_role("", "", &["rooms:eat".to_owned()]).unwrap_err();
        let fields: Vec<_> = errors
            .as_slice()
            .iter()
            .map(|it| it.field.as_str())
            .collect();
        assert_eq!(fields, ["name", "permissions.0"]);
        assert!(parse_role("Porter", "", &[]).is_err());
    }
}
