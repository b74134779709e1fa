use std::sync::LazyLock;
use std::thread::available_parallelism;

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::{TenancyError, rules};

/// One hash takes 19 MiB and a core for a while; a crowd at the sign-in page waits its turn, and leaves half of the machine to others.
static TURNS: LazyLock<Semaphore> = LazyLock::new(|| {
    let cores = available_parallelism().map_or(1, usize::from);
    Semaphore::new((cores / 2).max(1))
});

/// How many strangers may wait for a turn: about a second on one core. A longer queue would only be left by who gives up.
const SEATS: usize = 32;

static WAITING_ROOM: Semaphore = Semaphore::const_new(SEATS);

/// A stranger's place in the queue, until it is dropped.
pub(crate) struct Seat(
    #[expect(dead_code, reason = "it is held, not used")] SemaphorePermit<'static>,
);

/// A place for a stranger who wants a password compared.
///
/// # Errors
/// [`TenancyError::Busy`]: too many wait.
pub(crate) fn take_seat() -> Result<Seat, TenancyError> {
    let seat = WAITING_ROOM.try_acquire();
    seat.map(Seat).map_err(|_| TenancyError::Busy)
}

/// Hashes a password without holding up the runtime.
pub(crate) async fn hash_password(password: &SecretString) -> Result<String, TenancyError> {
    let password = password.clone();
    in_turn(move || rules::hash(&password)).await
}

/// The same for a password somebody chose.
///
/// # Errors
/// [`TenancyError::UnfitPassword`].
pub(crate) async fn hash_fit_password(password: &SecretString) -> Result<String, TenancyError> {
    let length = password.expose_secret().chars().count();
    if !rules::PASSWORD_LENGTH.contains(&length) {
        return Err(TenancyError::UnfitPassword);
    }
    hash_password(password).await
}

/// Compares a password without holding up the runtime; `hashed` is `None` for an unknown account.
pub(crate) async fn verify_password(
    password: &SecretString,
    hashed: Option<String>,
) -> Result<bool, TenancyError> {
    let password = password.clone();
    in_turn(move || rules::matches(&password, hashed.as_deref())).await
}

async fn in_turn<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, TenancyError> + Send + 'static,
) -> Result<T, TenancyError> {
    let turn = TURNS
        .acquire()
        .await
        .map_err(|error| TenancyError::Hashing(error.into()))?;
    // The turn goes along: a caller that hangs up does not end the work it started.
    let work = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        work()
    });
    work.await
        .map_err(|error| TenancyError::Hashing(error.into()))?
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_waiting_room_is_full_when_it_is_full_and_empties() {
        let seats: Vec<Seat> = (0..SEATS).map(|_| take_seat().unwrap()).collect();
        assert!(matches!(take_seat(), Err(TenancyError::Busy)));
        drop(seats);
        take_seat().unwrap();
    }
}
