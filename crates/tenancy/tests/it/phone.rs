//! A member with a telephone that shows codes.

use chrono::{DateTime, Duration, Utc};
use motel_tenancy::commands::Admission;
use motel_tenancy::second_factor::{
    Answered, HalfAdmitted, Proof, SetUp, answer_challenge, begin_set_up, confirm_set_up,
    open_challenge,
};
use motel_tenancy::{AddressedToken, Staff, StaffSession};
use secrecy::{ExposeSecret, SecretString};
use totp_rs::{Builder, Secret, Totp};

use crate::crew::{Crew, PASSWORD};

/// One step of an authenticator.
pub(crate) const STEP: Duration = Duration::seconds(30);

pub(crate) struct Phone(Totp);

impl Phone {
    /// Reads the key that it is shown.
    pub(crate) fn reading(shown: &SetUp) -> Self {
        let key = Secret::try_from_base32(shown.key.expose_secret()).unwrap();
        Self(Builder::new().with_secret(key).build().unwrap())
    }

    pub(crate) fn code(&self, now: DateTime<Utc>) -> SecretString {
        let seconds = u64::try_from(now.timestamp()).unwrap();
        format!("{:0>6}", self.0.generate(seconds).to_string()).into()
    }

    /// Six digits that are right at no moment around this one.
    pub(crate) fn wrong(&self, now: DateTime<Utc>) -> SecretString {
        let right: Vec<_> = (-2..=2).map(|step| self.code(now + STEP * step)).collect();
        let wrong = (0..).map(|number| format!("{number:06}"));
        let mut wrong = wrong.filter(|code| right.iter().all(|it| it.expose_secret() != code));
        wrong.next().unwrap().into()
    }
}

/// A member whose second factor is in force, in a session of theirs.
pub(crate) struct Guarded {
    pub(crate) phone: Phone,
    pub(crate) session: StaffSession,
    pub(crate) recovery: Vec<SecretString>,
}

impl Crew {
    pub(crate) async fn guard(&self, member: &Staff) -> Guarded {
        let session = self.session(member).await;
        let begun = self.begin(&session, PASSWORD).await.unwrap();
        let phone = Phone::reading(&begun);
        let code = phone.code(self.now());
        let recovery = confirm_set_up(self.db.db(), &self.keys, &session, &code, self.now());
        let recovery = recovery.await.unwrap();
        // The first code is used up.
        self.later(STEP);
        Guarded {
            phone,
            session,
            recovery,
        }
    }

    pub(crate) async fn begin(
        &self,
        session: &StaffSession,
        password: &str,
    ) -> Result<SetUp, motel_tenancy::TenancyError> {
        begin_set_up(
            self.db.db(),
            &self.keys,
            session,
            &password.into(),
            self.now(),
        )
        .await
    }

    /// Somebody whose password is right and who has to show a code.
    pub(crate) async fn half(&self, email: &str, password: &str) -> HalfAdmitted {
        match self.try_in(email, password).await {
            Admission::HalfAdmitted(half) => *half,
            other => panic!("{other:?}"),
        }
    }

    /// The word of a challenge to somebody whose password is right.
    pub(crate) async fn challenge(&self, email: &str) -> AddressedToken {
        let half = self.half(email, PASSWORD).await;
        let word = open_challenge(self.db.db(), &half, self.now())
            .await
            .unwrap();
        AddressedToken::parse(word.expose_secret()).unwrap()
    }

    pub(crate) async fn answer(&self, word: &AddressedToken, code: &SecretString) -> Answered {
        let address = "192.0.2.7".parse().unwrap();
        answer_challenge(self.db.db(), &self.keys, word, code, address, self.now())
            .await
            .unwrap()
    }

    /// Signs in with the password and this code.
    pub(crate) async fn show(&self, email: &str, code: &SecretString) -> Answered {
        let word = self.challenge(email).await;
        self.answer(&word, code).await
    }
}

pub(crate) fn proof<'a>(password: &'a SecretString, code: &'a SecretString) -> Proof<'a> {
    Proof { password, code }
}

pub(crate) fn is_in(answered: &Answered) -> bool {
    matches!(answered, Answered::Admitted(_))
}
