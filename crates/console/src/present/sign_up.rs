use std::fmt::Display;

use motel_tenancy::TenantKind;

use crate::view::KindOption;

/// The trades that can be signed up.
pub(crate) fn kinds(chosen: &str) -> Vec<KindOption> {
    let option = |kind: &TenantKind| {
        let (name, about) = match kind {
            TenantKind::Motel => ("Rooms by the night", "A motel, an inn, a guest house"),
            TenantKind::PrivateDining => ("Private dining", "Dinners cooked at the guest's home"),
            TenantKind::Consulting => ("Time by the slot", "Advice, lessons, treatments"),
        };
        let chosen = match chosen {
            "" => *kind == TenantKind::Motel,
            word => kind.as_str() == word,
        };
        KindOption {
            word: kind.as_str(),
            name,
            about,
            chosen,
        }
    };
    TenantKind::ALL.iter().map(option).collect()
}

/// A refusal as a sentence of its own.
pub(crate) fn sentence(refusal: &impl Display) -> String {
    let text = refusal.to_string();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        format!("{}{}.", first.to_uppercase(), letters.as_str())
    })
}
