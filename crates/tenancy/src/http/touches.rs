/// A type that says what a handler touches, so that who works for some properties only gets no further than they should.
pub trait Touches: 'static {
    /// Whether it keeps to the properties that the caller works for.
    const KEEPS_TO_PROPERTY: bool;
}

/// Anything of the business. It is what a handler touches that says nothing, so one that nobody thought of refuses who is limited.
#[derive(Debug, Clone, Copy)]
pub struct WholeBusiness;

impl Touches for WholeBusiness {
    const KEEPS_TO_PROPERTY: bool = false;
}

/// Nothing but what belongs to the caller's `property`, or came through [`super::Caller::theirs`]. Whether that is true of each handler that
/// says so is tried from outside, in the server's tests.
#[derive(Debug, Clone, Copy)]
pub struct OneProperty;

impl Touches for OneProperty {
    const KEEPS_TO_PROPERTY: bool = true;
}
