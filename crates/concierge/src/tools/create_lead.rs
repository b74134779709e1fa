use chrono::NaiveDate;
use motel_conversations::Channel;
use motel_db::TenantTx;
use motel_kernel::{Email, Party, PersonName, Phone};
use motel_leads::commands::{Captured, capture};
use motel_leads::{Contact, LeadSource, NewLead, Notes, WantedDates};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Desk, Tool, ToolError};

/// Keeps somebody's details for a person to come back to.
pub struct CreateLead;

/// Who they are, how to reach them, what they would like.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CreateLeadInput {
    /// Full name.
    #[schema(value_type = String)]
    pub full_name: PersonName,
    /// E-mail address; this or a telephone number is needed.
    #[schema(value_type = Option<String>)]
    pub email: Option<Email>,
    /// Telephone number.
    #[schema(value_type = Option<String>)]
    pub phone: Option<Phone>,
    /// Wanted day of arrival.
    pub check_in: Option<NaiveDate>,
    /// Wanted day of departure.
    pub check_out: Option<NaiveDate>,
    /// Who would come.
    #[schema(value_type = Option<Object>)]
    pub party: Option<Party>,
    /// What they asked for, in their own words.
    #[serde(default)]
    pub notes: String,
}

impl Tool for CreateLead {
    type Input = CreateLeadInput;
    type Output = Captured;
    const NAME: &'static str = "create_lead";
    const DESCRIPTION: &'static str = "Keeps the details of somebody who is not booking now, so that a person can come \
        back to them. The same person in the same conversation is kept once.";

    async fn run(
        tx: &mut TenantTx,
        desk: &Desk<'_>,
        input: Self::Input,
    ) -> Result<Captured, ToolError> {
        let wanted = WantedDates::new(input.check_in, input.check_out).unwrap_or_default();
        let notes: String = input.notes.chars().take(Notes::LONGEST).collect();
        let lead = NewLead {
            name: input.full_name,
            contact: Contact::new(input.email, input.phone)
                .map_err(|error| ToolError::refused("no_contact", error))?,
            wanted,
            party: input.party,
            source: match desk.channel {
                Channel::Phone => LeadSource::phone(),
                _ => LeadSource::chat(),
            },
            notes: Notes::parse(&notes).unwrap_or_default(),
            conversation: Some(desk.conversation),
        };
        Ok(capture(tx, &lead).await?)
    }

    fn outcome(captured: &Captured) -> String {
        captured.lead.number.to_string()
    }
}
