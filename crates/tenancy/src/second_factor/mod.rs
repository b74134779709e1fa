//! The second factor of a member: an authenticator's codes, recovery codes, and devices that are remembered.

mod authenticator;
mod challenge;
mod devices;
mod forget;
mod prove;
mod recovery_code;
mod renew;
mod require;
mod rewrap;
mod set_up;
mod spend;
mod sweep;
mod take_off;

pub use challenge::{Answered, HalfAdmitted, answer_challenge, open_challenge};
pub(crate) use devices::end_devices_of;
pub use devices::{
    RememberedDevice, RememberedDeviceId, admit_remembered, forget_device, remember_device,
    remembered_devices,
};
pub(crate) use forget::forget_member;
pub use prove::Proof;
pub(crate) use prove::prove;
pub use renew::{recovery_codes_left, renew_recovery_codes};
pub use require::{is_second_factor_required, require_second_factor};
pub use rewrap::{master_keys_in_use, rewrap_second_factor, under_other_keys};
pub use set_up::{SetUp, begin_set_up, confirm_set_up, set_up_begun};
pub(crate) use spend::{TypedCode, spend_code};
pub(crate) use sweep::sweep_second_factors;
pub(crate) use take_off::clear;
pub use take_off::turn_off;
