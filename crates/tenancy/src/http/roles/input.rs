use motel_web::{FieldErrors, Input, Problem};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::parse::parse_role;
use crate::http::Caller;
use crate::http::caller::forbidden;
use crate::{NewRole, RoleRef};

/// A role to be, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRole {
    /// What it is called, as no other of the business and none of the program.
    #[schema(min_length = 1, max_length = 60)]
    name: String,
    /// Whom it is for, in a sentence.
    #[serde(default)]
    #[schema(max_length = 200)]
    purpose: String,
    /// `folios:read` and so on; nothing that who makes it may not do.
    #[schema(min_items = 1, max_items = 100)]
    permissions: Vec<String>,
}

/// The same, parsed.
#[derive(Debug)]
pub(crate) struct RoleInput(pub(super) NewRole);

impl Input for RoleInput {
    type Raw = RawRole;

    fn parse(raw: RawRole) -> Result<Self, FieldErrors> {
        parse_role(&raw.name, &raw.purpose, &raw.permissions).map(Self)
    }
}

impl RoleInput {
    /// What is asked, to be compared with what is asked another time.
    pub(super) fn asked(&self) -> (&str, &str, Vec<&'static str>) {
        let NewRole {
            name,
            purpose,
            permissions,
        } = &self.0;
        let words = permissions.iter().map(|it| it.as_str()).collect();
        (name, purpose, words)
    }

    /// Nobody puts in what they may not do themselves, nor a token what it does not give.
    ///
    /// # Errors
    /// 403 `forbidden`, naming what they may not.
    pub(super) fn check_within(&self, maker: &Caller) -> Result<(), Problem> {
        let mut wanted = self.0.permissions.iter();
        match wanted.find(|it| !maker.permissions.has(*it)) {
            Some(above) => Err(forbidden(above)),
            None => Ok(()),
        }
    }
}

/// Which role members get instead, as it comes in.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RawSuccessor {
    /// The role that those get who have the one that is removed: `front_desk`, or the id of another one. Needed where somebody has it, or is
    /// asked to join in it.
    successor: Option<String>,
}

/// The same, parsed.
#[derive(Debug, Serialize)]
pub(crate) struct Successor(pub(super) Option<RoleRef>);

impl Input for Successor {
    type Raw = RawSuccessor;

    fn parse(raw: RawSuccessor) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let successor = raw.successor.map(|word| word.parse());
        let successor = successor.and_then(|parsed| errors.check("successor", parsed));
        errors.into_result().map(|()| Self(successor))
    }
}
