use std::fmt;
use std::str::FromStr;

use diesel_derive_newtype::DieselNewType;
use motel_kernel::InvalidId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DieselNewType)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id, ordered by time of creation (UUID version 7).
            pub(crate) fn fresh() -> Self {
                Self(Uuid::now_v7())
            }

            /// The bare UUID, for SQL and logs.
            pub fn as_uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                text.parse().map(Self).map_err(|_| InvalidId { what: stringify!($name) })
            }
        }
    )+};
}

ids! {
    /// A gift card.
    GiftCardId,
    /// Something that moved on a gift card.
    MovementId,
    /// A coupon.
    CouponId,
    /// A gift card or a coupon on a booking.
    VoucherUseId,
}
