use motel_kernel::PropertyId;

/// For which properties of the business somebody works.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Reach {
    /// All there are, and what is the business's as a whole.
    #[default]
    Everywhere,
    /// These and no other; nothing where there are none.
    Within(Vec<PropertyId>),
}

impl Reach {
    /// Whether a property is among them.
    pub fn includes(&self, property: PropertyId) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Within(some) => some.contains(&property),
        }
    }

    /// Whether it is less than the business.
    pub fn is_limited(&self) -> bool {
        matches!(self, Self::Within(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_limited_to_nothing_reaches_nothing() {
        let (mill, barn) = (PropertyId::new(), PropertyId::new());
        assert!(Reach::default().includes(mill) && !Reach::default().is_limited());
        let limited = Reach::Within(vec![mill]);
        assert!(limited.includes(mill) && !limited.includes(barn) && limited.is_limited());
        assert!(!Reach::Within(Vec::new()).includes(mill));
    }
}
