use serde::Serialize;

/// What a template may speak of, as it is at the moment of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Variables {
    /// What guests call the property.
    pub business: String,
    /// The day at the property, in words and in figures.
    pub today: String,
    /// What is known of the house without asking: rooms, address, hours. Data in JSON, so that nothing in it reads as an instruction.
    pub house: String,
    /// How the guest reached it: one of [`crate::PromptKind::channels`].
    pub channel: &'static str,
    /// The number guests call.
    pub phone: String,
    /// The address guests write to.
    pub email: String,
    /// From when on a guest may have the room, in words.
    pub check_in: String,
    /// Until when a guest has to leave, in words.
    pub check_out: String,
}

/// A variable as it is explained to who writes a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    /// What it is called in templates.
    pub name: &'static str,
    /// What it says.
    pub meaning: &'static str,
    /// Whether every template has to say it.
    pub required: bool,
}

const fn may(name: &'static str, meaning: &'static str) -> Variable {
    Variable {
        name,
        meaning,
        required: false,
    }
}

const fn must(name: &'static str, meaning: &'static str) -> Variable {
    Variable {
        name,
        meaning,
        required: true,
    }
}

impl Variables {
    /// Every variable there is, in the order of the fields.
    pub const ALL: &'static [Variable] = &[
        must("business", "what guests call the property"),
        must("today", "the day at the property, in words and figures"),
        must(
            "house",
            "what is known of the house without asking, as data: rooms, address, hours",
        ),
        may(
            "channel",
            "how the guest reached you: web, sms, whatsapp, email or phone",
        ),
        may("phone", "the number guests call"),
        may("email", "the address guests write to"),
        may("check_in", "from when on a guest may have the room"),
        may("check_out", "until when a guest has to leave"),
    ];

    /// Values by which it can be seen what a template says of what it has to say: each is its own name, which no template has by itself.
    pub(crate) fn sample(channel: &'static str) -> Self {
        Self {
            business: Self::mark("business"),
            today: Self::mark("today"),
            house: Self::mark("house"),
            channel,
            phone: Self::mark("phone"),
            email: Self::mark("email"),
            check_in: Self::mark("check_in"),
            check_out: Self::mark("check_out"),
        }
    }

    /// What stands for a variable in a sample.
    pub(crate) fn mark(name: &str) -> String {
        format!("\u{1}{name}\u{1}")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::PromptKind;

    #[test]
    fn what_is_explained_is_what_there_is() {
        let sample = serde_json::to_value(Variables::sample("web")).unwrap();
        let mut fields: Vec<&str> = sample
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        let mut names: Vec<&str> = Variables::ALL.iter().map(|it| it.name).collect();
        fields.sort_unstable();
        names.sort_unstable();
        assert_eq!(fields, names);
        let told = Variables::ALL.iter().find(|it| it.name == "channel");
        for kind in PromptKind::ALL {
            for channel in kind.channels() {
                assert!(told.unwrap().meaning.contains(channel), "{channel}");
            }
        }
    }
}
