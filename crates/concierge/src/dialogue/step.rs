use super::StayFault;

/// What to do about a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Say hello and what can be done here.
    Greet,
    /// Answer thanks.
    Welcome,
    /// Answer a goodbye.
    Farewell,
    /// Say what can be done here, because this cannot.
    Capabilities,
    /// Say the last reply again.
    Repeat,
    /// Note who the guest is and ask what they want.
    Noted,
    /// Say why what was said is no stay.
    Explain(StayFault),
    /// Go on with the booking: look for rooms, ask the next thing, read back.
    Advance,
    /// Say what a night costs, no dates being known.
    PriceGuide,
    /// Book what was read back.
    Book,
    /// The read-back was denied: ask what is wrong.
    AskWhatToChange,
    /// Neither yes nor no to a read-back.
    Wait,
    /// Drop what was begun.
    Abandon,
    /// The booking was made already.
    AlreadyBooked,
    /// Answer a question about the house, then return to what was asked.
    Answer,
    /// Show a booking.
    LookUp,
    /// Say what cancelling costs and ask.
    OfferCancellation,
    /// Cancel what was read back.
    Cancel,
    /// Leave the booking as it is.
    KeepBooking,
    /// Say how a confirmed booking can be changed.
    ExplainChange,
    /// Send a link to pay by.
    SendPaymentLink,
    /// Bring in a person.
    HandOver,
    /// Take or bring up to date the details for a person to come back to.
    TakeLead,
}
