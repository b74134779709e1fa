use motel_kernel::CancellationPolicyId;
use motel_web::{FieldErrors, Input, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fields::{LARGEST_AMOUNT, code, number};
use super::names::Names;
use crate::{CancellationPolicy, CancellationPolicyDetails, CancellationRule, FeeBasis, RuleStart};

const MOST_RULES: usize = 10;
const MOST_PLANS: usize = 100;

/// A cancellation policy as it is described.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancellationPolicyBody {
    /// The word programs use, unique in the property.
    #[schema(pattern = "^[a-z][a-z0-9_]{0,39}$")]
    code: String,
    /// What people read.
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    /// What cancelling costs from when on. Of those that apply the dearest counts.
    #[schema(max_items = 10)]
    rules: Vec<CancellationRule>,
    /// What not coming costs.
    no_show: FeeBasis,
    /// The codes of the rate plans that go by it; the others go by the property's settings or another policy.
    #[serde(default)]
    #[schema(max_items = 100)]
    rate_plans: Vec<String>,
}

/// A cancellation policy of the property.
#[derive(Debug, Serialize, ToSchema)]
pub struct CancellationPolicyView {
    /// Which policy.
    #[schema(value_type = Uuid)]
    id: CancellationPolicyId,
    /// Goes up with every change: the `ETag`.
    version: i32,
    /// What it says.
    #[serde(flatten)]
    policy: CancellationPolicyBody,
}

/// The same, parsed; plans are still codes.
#[derive(Debug)]
pub(crate) struct CancellationPolicyInput(pub(super) CancellationPolicyBody);

impl Input for CancellationPolicyInput {
    type Raw = CancellationPolicyBody;

    fn parse(mut body: CancellationPolicyBody) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        code("code", &body.code, &mut errors);
        if let Some(name) = errors.text("name", &body.name, 1..=80) {
            body.name = name;
        }
        if body.rules.len() > MOST_RULES {
            errors.push("rules", format_args!("must not be more than {MOST_RULES}"));
        }
        for (at, rule) in body.rules.iter().enumerate() {
            start(&format!("rules[{at}].from"), rule.from, &mut errors);
            fee(&format!("rules[{at}].fee"), rule.fee, &mut errors);
        }
        fee("no_show", body.no_show, &mut errors);
        body.rate_plans.sort();
        body.rate_plans.dedup();
        if body.rate_plans.len() > MOST_PLANS {
            errors.push(
                "rate_plans",
                format_args!("must not be more than {MOST_PLANS}"),
            );
        }
        errors.into_result()?;
        Ok(Self(body))
    }
}

fn start(field: &str, start: RuleStart, errors: &mut FieldErrors) {
    match start {
        RuleStart::Creation { hours_after: hours }
        | RuleStart::ArrivalHours {
            hours_before: hours,
        } => number(field, hours, 0..=8_760, errors),
        RuleStart::ArrivalDays { days_before, .. } => number(field, days_before, 0..=365, errors),
    };
}

fn fee(field: &str, fee: FeeBasis, errors: &mut FieldErrors) {
    number(
        &format!("{field}.basis_points"),
        fee.basis_points,
        0..=10_000,
        errors,
    );
    if let Some(nights) = fee.first_nights {
        number(&format!("{field}.first_nights"), nights, 1..=365, errors);
    }
    number(
        &format!("{field}.fixed_minor"),
        fee.fixed_minor,
        0..=LARGEST_AMOUNT,
        errors,
    );
}

impl CancellationPolicyInput {
    pub(super) fn details(&self) -> CancellationPolicyDetails {
        let body = self.0.clone();
        CancellationPolicyDetails {
            code: body.code,
            name: body.name,
            rules: body.rules,
            no_show: body.no_show,
        }
    }

    pub(super) fn plans(&self, names: &Names) -> Result<Vec<motel_kernel::RatePlanId>, Problem> {
        let codes = self.0.rate_plans.iter();
        codes.map(|code| names.plan("rate_plans", code)).collect()
    }
}

impl CancellationPolicyView {
    pub(super) fn new(policy: CancellationPolicy, rate_plans: Vec<String>) -> Self {
        let details = policy.details;
        Self {
            id: policy.id,
            version: policy.version,
            policy: CancellationPolicyBody {
                code: details.code,
                name: details.name,
                rules: details.rules,
                no_show: details.no_show,
                rate_plans,
            },
        }
    }
}
