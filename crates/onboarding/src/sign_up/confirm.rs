use chrono::{DateTime, NaiveTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{Db, PlatformTx, TenantTx};
use motel_kernel::{BasisPoints, PersonName, Phone};
use motel_tenancy::commands::{Founded, Founder, NewBusiness, found_business};
use motel_tenancy::{Address, BusinessName, PropertySettings, Slug, Tax, TenancyError, passwords};
use secrecy::SecretString;

use super::{SignUpId, SignUpLook, SignUpWord};
use crate::OnboardingError;
use crate::places::Country;
use crate::schema::sign_ups;

/// Who founds the business, beyond what the sign-up says already.
#[derive(Debug, Clone)]
pub struct NewOwner {
    /// How the console greets them.
    pub name: PersonName,
    /// The number guests call. It tells the country, and by that timezone and currency to begin with.
    pub phone: Phone,
    /// What they will sign in with.
    pub password: SecretString,
}

/// The sign-up behind a link, as long as it can be used. Looking does not use it: mail programs look at links, too.
///
/// # Errors
/// The database failed.
pub async fn look_at_sign_up(
    db: &Db,
    word: &SignUpWord,
    now: DateTime<Utc>,
) -> Result<Option<SignUpLook>, OnboardingError> {
    let mut tx = db.platform("look at a sign-up").await?;
    let found = good(&mut tx, word, now).await?;
    tx.commit().await?;
    Ok(found)
}

/// Founds the business of a sign-up: its tenant, its first property, its owner. The link and every other one that went to the address
/// is used. It gets no address that is `own`, the installation's. All of it is in the transaction that is answered, for the caller to sign the owner in and to commit; of two who
/// use a link at once the second waits, and finds it used.
///
/// # Errors
/// [`TenancyError::LinkGone`]; [`TenancyError::UnfitPassword`] and [`TenancyError::EmailTaken`], after which the link can still be
/// used.
pub async fn confirm_sign_up(
    db: &Db,
    word: &SignUpWord,
    new: &NewOwner,
    own: &Slug,
    now: DateTime<Utc>,
) -> Result<(TenantTx, Founded), OnboardingError> {
    // Nobody makes us hash with a link that is good for nothing.
    let look = look_at_sign_up(db, word, now).await?;
    let look = look.ok_or(TenancyError::LinkGone)?;
    let founder = Founder {
        email: look.email.clone(),
        name: new.name.clone(),
        password: passwords::fit(&new.password).await?,
    };
    let business = business(look, new.phone.clone(), founder)?;
    let mut tx = db.platform("found a business").await?;
    spend(&mut tx, word, now).await?;
    Ok(found_business(tx, &business, own).await?)
}

async fn good(
    tx: &mut PlatformTx,
    word: &SignUpWord,
    now: DateTime<Utc>,
) -> Result<Option<SignUpLook>, OnboardingError> {
    Ok(sign_ups::table
        .filter(sign_ups::digest.eq(word.digest()))
        .filter(sign_ups::used_at.is_null())
        .filter(sign_ups::expires_at.gt(now))
        .select(SignUpLook::as_select())
        .first(tx.conn())
        .await
        .optional()?)
}

/// Uses the link, and with it every other one that went to the same address. They are locked in one order, so that nobody who follows
/// two of them at once waits in a circle.
async fn spend(
    tx: &mut PlatformTx,
    word: &SignUpWord,
    now: DateTime<Utc>,
) -> Result<(), OnboardingError> {
    let look = good(tx, word, now).await?.ok_or(TenancyError::LinkGone)?;
    let open: Vec<SignUpId> = sign_ups::table
        .filter(sign_ups::email.eq(&look.email))
        .filter(sign_ups::used_at.is_null())
        .order(sign_ups::id)
        .for_update()
        .select(sign_ups::id)
        .load(tx.conn())
        .await?;
    if !open.contains(&look.id) {
        return Err(TenancyError::LinkGone.into());
    }
    let nothing_to_mail = None::<DateTime<Utc>>;
    diesel::update(sign_ups::table.filter(sign_ups::id.eq_any(open)))
        .set((
            sign_ups::used_at.eq(now),
            sign_ups::mail_at.eq(nothing_to_mail),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// What a business begins with; all of it can be said otherwise while it is set up.
fn business(
    look: SignUpLook,
    phone: Phone,
    owner: Founder,
) -> Result<NewBusiness, OnboardingError> {
    let unreadable =
        |error: motel_tenancy::InvalidBusinessName| TenancyError::Unreadable(error.into());
    let name = BusinessName::parse(&look.business).map_err(unreadable)?;
    let country = Country::of_phone(&phone);
    let property = PropertySettings {
        code: "MAIN".to_owned(),
        name: name.as_str().to_owned(),
        tagline: String::new(),
        address: Address {
            street: String::new(),
            city: String::new(),
            region: String::new(),
            postal_code: String::new(),
            country: country.code.to_owned(),
        },
        phone,
        email: look.email,
        timezone: country.timezone,
        currency: country.currency(),
        check_in: o_clock(15),
        check_out: o_clock(11),
    };
    Ok(NewBusiness {
        name,
        kind: look.kind,
        property,
        tax: no_tax()?,
        owner,
    })
}

/// Nobody can know it for them: prices are as they stand until the business says its tax.
fn no_tax() -> Result<Tax, TenancyError> {
    let rate = BasisPoints::new(0).map_err(|error| TenancyError::Unreadable(error.into()))?;
    Ok(Tax {
        name: "Tax".to_owned(),
        rate,
        included: true,
    })
}

fn o_clock(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default()
}
