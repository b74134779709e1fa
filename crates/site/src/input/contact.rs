use chrono::NaiveDate;
use motel_kernel::{Email, Party, PersonName, Phone};
use motel_leads::{Contact, LeadSource, NewLead, Notes, WantedDates};
use motel_web::FieldErrors;
use serde::Deserialize;

use super::stay::{date, number};

/// The contact form as it comes in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RawEnquiry {
    pub(crate) full_name: String,
    pub(crate) email: String,
    pub(crate) phone: String,
    pub(crate) date: String,
    pub(crate) guests: String,
    pub(crate) notes: String,
}

/// A lead from the contact form. One of e-mail and telephone is enough; a wanted day lies not before `today`.
pub(crate) fn enquiry(raw: &RawEnquiry, today: NaiveDate) -> Result<NewLead, FieldErrors> {
    let mut errors = FieldErrors::new();
    let name = errors.check("full_name", PersonName::parse(&raw.full_name));
    let contact = contact(raw, &mut errors);
    let wanted = wanted(&raw.date, today, &mut errors);
    let party = party(&raw.guests, &mut errors);
    let notes = errors.check("notes", Notes::parse(&raw.notes));
    match (name, contact, wanted, party, notes) {
        (Some(name), Some(contact), Some(wanted), Some(party), Some(notes)) => Ok(NewLead {
            name,
            contact,
            wanted,
            party,
            source: LeadSource::web(),
            notes,
            conversation: None,
        }),
        _ => Err(errors),
    }
}

fn contact(raw: &RawEnquiry, errors: &mut FieldErrors) -> Option<Contact> {
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let email = errors.check(
        "email",
        given(&raw.email)
            .map(|text| Email::parse(&text))
            .transpose(),
    );
    let phone = errors.check(
        "phone",
        given(&raw.phone)
            .map(|text| Phone::parse(&text))
            .transpose(),
    );
    errors.check("email", Contact::new(email?, phone?))
}

fn wanted(text: &str, today: NaiveDate, errors: &mut FieldErrors) -> Option<WantedDates> {
    if text.trim().is_empty() {
        return Some(WantedDates::default());
    }
    let day = date("date", text, errors)?;
    if day < today {
        errors.push("date", "can't be in the past");
        return None;
    }
    errors.check("date", WantedDates::new(Some(day), None))
}

fn party(text: &str, errors: &mut FieldErrors) -> Option<Option<Party>> {
    if text.trim().is_empty() {
        return Some(None);
    }
    let people = number("guests", text, 0, errors)?;
    errors.check("guests", Party::new(people, 0, 0)).map(Some)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
    }

    fn raw() -> RawEnquiry {
        RawEnquiry {
            full_name: "Grace Hopper".into(),
            email: "grace@example.com".into(),
            ..RawEnquiry::default()
        }
    }

    fn refused(raw: RawEnquiry) -> Vec<String> {
        let errors = enquiry(&raw, today()).unwrap_err();
        errors
            .as_slice()
            .iter()
            .map(|error| error.field.clone())
            .collect()
    }

    #[test]
    fn a_name_and_one_address_are_enough() {
        assert!(enquiry(&raw(), today()).is_ok());
        let by_phone = RawEnquiry {
            email: String::new(),
            phone: "+15185550123".into(),
            ..raw()
        };
        assert!(enquiry(&by_phone, today()).is_ok());
    }

    #[test]
    fn every_wrong_field_is_named() {
        assert_eq!(refused(RawEnquiry::default()), ["full_name", "email"]);
        assert_eq!(
            refused(RawEnquiry {
                date: "2026-11-20".into(),
                ..raw()
            }),
            ["date"]
        );
        assert_eq!(
            refused(RawEnquiry {
                guests: "0".into(),
                notes: "x".repeat(2_001),
                ..raw()
            }),
            ["guests", "notes"]
        );
        assert_eq!(
            refused(RawEnquiry {
                phone: "12".into(),
                ..raw()
            }),
            ["phone"]
        );
    }
}
