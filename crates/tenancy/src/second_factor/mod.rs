//! The second factor of a member: an authenticator's codes, recovery codes, devices that are remembered, and what passkeys need of it.

mod authenticator;
mod challenge;
mod devices;
mod forget;
mod passkeys;
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
pub use passkeys::{
    Challenged, PasskeyTry, close_challenge, count_passkey, find_challenge, has_authenticator,
    hold_challenge, hold_for_passkeys, keep_passkeys, let_go_of_passkey, member_by_passkey,
    note_passkey_shown, passkey_was_right,
};
pub(crate) use passkeys::{drop_passkeys, fall_back_on_passkeys, spend_shown_passkey};
pub use prove::{Claimant, Proof, prove};
pub use renew::{recovery_codes_left, renew_recovery_codes};
pub use require::{is_second_factor_required, require_second_factor};
pub use rewrap::{master_keys_in_use, rewrap_second_factor, under_other_keys};
pub use set_up::{SetUp, begin_set_up, confirm_set_up, set_up_begun};
pub(crate) use spend::{TypedCode, spend_code};
pub(crate) use sweep::sweep_second_factors;
pub(crate) use take_off::clear;
pub use take_off::turn_off;
