//! What the templates show: plain words, ready to print.

mod access;
mod account;
mod audit;
mod authorisations;
mod booking;
mod credentials;
mod desk;
mod hand_over;
mod head;
mod invoices;
mod knowledge;
mod model;
mod passkeys;
mod payment_events;
mod payments;
mod prompts;
mod rehearsals;
mod roles;
mod second_factor;
mod setup;
mod sign_up;
mod stays;
mod support;
mod team;
mod transcript;
mod upsells;

pub use access::{DeviceRow, RefusedPage, SessionRow, SessionsPage};
pub use account::{
    AccountPage, EmailPage, ForgotPasswordPage, JoinForm, JoinPage, NewEmailPage, NewPasswordPage,
    PasswordPage,
};
pub use audit::{AuditPage, AuditRow, ChainVerdict, ChangeRow, LookForm};
pub use authorisations::{AsideRow, Asides};
pub use booking::{BookingMay, BookingPage, BookingView, PostingRow};
pub use credentials::{CredentialRow, CredentialsPage, ProviderCard};
pub use desk::{
    BookingRow, CallRow, ConversationRow, Desk, DeskFragment, DeskPage, LeadRow, Movements,
    StayRow, Tile,
};
pub use hand_over::{HandOverCard, HandOverPage, HandOverRow};
pub use head::{Head, SignInPage};
pub use invoices::{InvoiceRow, Invoices};
pub use knowledge::{DocumentRow, KnowledgePage, QuestionCard};
pub use model::{FallbackRow, ModelFields, ModelPage, NumberField};
pub use passkeys::{PasskeyRow, PasskeysPage};
pub use payment_events::{PaymentEventRow, PaymentEventsPage};
pub use payments::{CardRow, Notice, PaymentRow, TakeAtDesk};
pub use prompts::{
    PromptActivationRow, PromptCard, PromptEditPage, PromptLine, PromptShown, PromptVersionPage,
    PromptVersionRow, PromptsPage,
};
pub use rehearsals::{DifferingRow, ReadyRow, RehearsalsPage, TriedCard};
pub use roles::{OwnRoleLink, PermissionChoice, PermissionRow, RolePage, RolesPage};
pub use second_factor::{CodePage, Picture, RecoveryCodesPage, SecondFactorPage, SetUpPage};
pub use setup::{
    ChannelPage, FieldGroup, FieldKind, Progress, SetupField, SetupFormPage, SetupPage, StepRow,
    TrialPage,
};
pub use sign_up::{ConfirmForm, ConfirmSignUpPage, KindOption, SignUpPage};
pub use stays::{StayAction, StayCard};
pub use support::{SupportEntryPage, SupportPage, SupportVisitRow, VisitForm};
pub use team::{InvitationRow, MemberRow, PresenceBadge, PropertyOption, RoleOption, TeamPage};
pub use transcript::{RecordView, TranscriptPage, TurnView};
pub use upsells::{
    UpsellFields, UpsellNumber, UpsellOption, UpsellPage, UpsellRow, UpsellStart, UpsellsPage,
};
