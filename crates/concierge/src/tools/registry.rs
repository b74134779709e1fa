use serde_json::Value;
use utoipa::PartialSchema;

use super::{
    BookAppointment, BookRoom, BookingProof, CancelAppointment, CancelBooking, CreateLead,
    CreatePaymentLink, HandOver, ListPackages, ListServices, LookUpAppointment, LookUpBooking,
    SearchAvailability, SearchKnowledge, SearchTimes, Tool,
};

/// A tool as a person or a model is told of it.
#[derive(Debug, Clone, Copy)]
pub struct ToolDescription {
    /// What it is called.
    pub name: &'static str,
    /// What it does and when to use it.
    pub description: &'static str,
    schema: fn() -> Value,
}

impl ToolDescription {
    const fn of<T: Tool>() -> Self {
        Self {
            name: T::NAME,
            description: T::DESCRIPTION,
            schema: schema_of::<T::Input>,
        }
    }

    /// The JSON schema of its input.
    pub fn input_schema(&self) -> Value {
        (self.schema)()
    }
}

fn schema_of<I: PartialSchema>() -> Value {
    serde_json::to_value(I::schema()).unwrap_or(Value::Null)
}

/// Every tool there is.
///
/// ```
/// let names: Vec<&str> = motel_concierge::tools::registry().iter().map(|tool| tool.name).collect();
/// assert!(names.contains(&"book_room"));
/// ```
pub fn registry() -> [ToolDescription; 14] {
    [
        ToolDescription::of::<SearchAvailability>(),
        ToolDescription::of::<ListPackages>(),
        ToolDescription::of::<BookRoom>(),
        ToolDescription::of::<LookUpBooking>(),
        ToolDescription::of::<CancelBooking>(),
        ToolDescription {
            name: CreatePaymentLink::NAME,
            description: CreatePaymentLink::DESCRIPTION,
            schema: schema_of::<BookingProof>,
        },
        ToolDescription::of::<ListServices>(),
        ToolDescription::of::<SearchTimes>(),
        ToolDescription::of::<BookAppointment>(),
        ToolDescription::of::<LookUpAppointment>(),
        ToolDescription::of::<CancelAppointment>(),
        ToolDescription::of::<CreateLead>(),
        ToolDescription::of::<SearchKnowledge>(),
        ToolDescription::of::<HandOver>(),
    ]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn names_are_unique_and_inputs_are_described() {
        let mut names: Vec<_> = registry().iter().map(|tool| tool.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), registry().len());
        for tool in registry() {
            let schema = tool.input_schema().to_string();
            assert!(schema.contains("properties"), "{}: {schema}", tool.name);
            assert!(!schema.contains("$ref"), "{}: {schema}", tool.name);
        }
        let search = registry()[0].input_schema().to_string();
        assert!(
            search.contains("check_in") && search.contains("adults"),
            "{search}"
        );
    }
}
