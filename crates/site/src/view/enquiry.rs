use askama::Template;

use super::{Field, Notice, Place};

/// The first page of a place that sells no rooms: description, chat, and a form that becomes a lead.
#[derive(Debug, Template)]
#[template(path = "enquiry.html")]
pub struct EnquiryPage {
    /// Whose page it is.
    pub place: Place,
    /// Who cooks, and what.
    pub chefs: Vec<(String, String)>,
    /// The contact form.
    pub form: EnquiryForm,
    /// That it was sent, or why not.
    pub notice: Option<Notice>,
}

/// The contact form.
#[derive(Clone, Debug)]
pub struct EnquiryForm {
    /// Full name.
    pub full_name: Field,
    /// E-mail address.
    pub email: Field,
    /// Telephone number.
    pub phone: Field,
    /// The wanted day.
    pub date: Field,
    /// How many people.
    pub guests: Field,
    /// Anything else.
    pub notes: Field,
}
