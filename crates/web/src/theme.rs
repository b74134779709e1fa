use actix_web::HttpMessage;

/// Light or dark, as the visitor chose by the switch; without a choice the device decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Follow `prefers-color-scheme`.
    #[default]
    Device,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The choice kept in the `theme` cookie.
    pub fn of(request: &impl HttpMessage) -> Self {
        let cookie = cookie(request);
        match cookie.as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::Device,
        }
    }

    /// The value of the `data-theme` attribute of the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

fn cookie(request: &impl HttpMessage) -> Option<String> {
    let header = request.headers().get("cookie")?.to_str().ok()?;
    header
        .split(';')
        .find_map(|pair| pair.trim().strip_prefix("theme="))
        .map(str::to_owned)
}
