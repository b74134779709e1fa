use crate::Profile;

/// The names of the fields in which two profiles differ.
pub(crate) fn changed_fields(before: &Profile, after: &Profile) -> Vec<&'static str> {
    let fields = [
        ("name", before.name != after.name),
        ("phone", before.phone != after.phone),
        ("language", before.language != after.language),
        ("country", before.country != after.country),
        ("vip_level", before.vip_level != after.vip_level),
        ("preferences", before.preferences != after.preferences),
    ];
    fields
        .into_iter()
        .filter_map(|(name, changed)| changed.then_some(name))
        .collect()
}
