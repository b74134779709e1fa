use askama::Template;

use super::{Head, Notice};

/// Where somebody is signed in.
#[derive(Debug, Template)]
#[template(path = "sessions.html")]
pub struct SessionsPage {
    /// The bar at the top.
    pub head: Head,
    /// What was just done.
    pub notice: Option<Notice>,
    /// The last used first.
    pub sessions: Vec<SessionRow>,
    /// Where a second factor need not be shown, the last used first.
    pub devices: Vec<DeviceRow>,
}

/// One remembered device.
#[derive(Clone, Debug)]
pub struct DeviceRow {
    /// Its id.
    pub id: String,
    /// "Firefox on Linux".
    pub device: String,
    /// The address it was remembered from.
    pub address: String,
    /// When somebody last signed in on it.
    pub last_used: String,
    /// Until when it is remembered.
    pub until: String,
}

/// One device.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// Its id.
    pub id: String,
    /// "Firefox on Linux".
    pub device: String,
    /// The address it signed in from.
    pub address: String,
    /// Since when.
    pub since: String,
    /// When it was last used.
    pub last_seen: String,
    /// Whether it is the one that looks.
    pub current: bool,
}

/// Said to somebody who may not.
#[derive(Debug, Template)]
#[template(path = "refused.html")]
pub struct RefusedPage {
    /// The bar at the top.
    pub head: Head,
    /// What is missing.
    pub detail: String,
    /// Whether it is for want of the whole business, and not of a permission.
    pub limited: bool,
}
