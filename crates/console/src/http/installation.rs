/// What pages say of the installation: `web::Data<Installation>`.
#[derive(Debug, Clone)]
pub struct Installation {
    /// The address guests see, without a slash at the end.
    pub public_url: String,
    /// Whether strangers may sign their businesses up.
    pub sign_up: bool,
}
