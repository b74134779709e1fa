//! Where the master keys come from that secrets are kept under.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail, ensure};
use motel_seal::{Keyring, MasterKey, Zeroizing};
use secrecy::ExposeSecret;

use crate::settings::Settings;

/// The installation's keys. Where no setting names any and none was made before, one is made now, so that one command still
/// runs everything.
///
/// # Errors
/// More than one setting names keys, what it names cannot be read or holds none, or no file can be made.
pub fn keep(settings: &Settings) -> anyhow::Result<Keyring> {
    match find(settings)? {
        Some(keyring) => Ok(keyring),
        None => make(&own_file(settings)),
    }
}

/// The installation's keys, as far as there are any: nothing is made.
///
/// # Errors
/// As for [`keep`].
pub fn find(settings: &Settings) -> anyhow::Result<Option<Keyring>> {
    let secrets = &settings.secrets;
    let text = match (&secrets.keys, &secrets.keys_file, &secrets.keys_command) {
        (Some(keys), None, None) => {
            let lines = keys.expose_secret().replace(',', "\n");
            (Zeroizing::new(lines), "secrets.keys".to_owned())
        }
        (None, Some(file), None) => {
            let text = fs::read_to_string(file);
            let text = text.with_context(|| format!("secrets.keys_file: {}", file.display()))?;
            (Zeroizing::new(text), file.display().to_string())
        }
        (None, None, Some(command)) => (
            printed(command.expose_secret())?,
            "secrets.keys_command".to_owned(),
        ),
        (None, None, None) => match fs::read_to_string(own_file(settings)) {
            Ok(text) => (
                Zeroizing::new(text),
                own_file(settings).display().to_string(),
            ),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                return Err(error).with_context(|| own_file(settings).display().to_string());
            }
        },
        _ => bail!("secrets: set one of keys, keys_file and keys_command, not several"),
    };
    let (text, source) = text;
    Keyring::parse(&text).map(Some).context(source)
}

/// Where the key is kept that no setting names.
fn own_file(settings: &Settings) -> PathBuf {
    settings.data_dir.join("keys").join("master.key")
}

/// What a command writes to its standard output; what it complains of is shown.
fn printed(command: &str) -> anyhow::Result<Zeroizing<String>> {
    let done = Command::new("sh")
        .args(["-c", command])
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .context("secrets.keys_command cannot be run")?;
    let text = Zeroizing::new(done.stdout);
    ensure!(
        done.status.success(),
        "secrets.keys_command ended with {}",
        done.status
    );
    let text = std::str::from_utf8(&text);
    let text = text.map_err(|_| anyhow::anyhow!("secrets.keys_command prints no text"))?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// Makes a key that its owner alone can read. Of two that make one at once, the second finds that of the first.
fn make(file: &Path) -> anyhow::Result<Keyring> {
    let folder = file.parent().context("a key lies in a folder")?;
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let key = MasterKey::generate();
    let draft = folder.join(format!("{}.draft", key.id()));
    write(&draft, &key).with_context(|| draft.display().to_string())?;
    // A link is there whole or not at all, and never in the place of another.
    let linked = fs::hard_link(&draft, file);
    fs::remove_file(&draft).with_context(|| draft.display().to_string())?;
    keep_names(folder)?;
    match linked {
        Ok(()) => {
            tracing::warn!(
                file = %file.display(),
                key = %key.id(),
                "made the master key that secrets are kept under: keep a copy of it apart from the database's"
            );
            Ok(Keyring::new(key))
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let text = fs::read_to_string(file).map(Zeroizing::new);
            Ok(Keyring::parse(&text?)?)
        }
        Err(error) => Err(error).with_context(|| file.display().to_string()),
    }
}

/// Has the disk keep the names of the key and of its folder: the database keeps what is sealed under it, also when power fails.
fn keep_names(folder: &Path) -> anyhow::Result<()> {
    let named = folder
        .ancestors()
        .take(2)
        .filter(|it| !it.as_os_str().is_empty());
    for folder in named {
        let kept = File::open(folder).and_then(|it| it.sync_all());
        kept.with_context(|| folder.display().to_string())?;
    }
    Ok(())
}

fn write(file: &Path, key: &MasterKey) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    let mut draft = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)?;
    writeln!(draft, "{}", key.expose().as_str())?;
    draft.sync_all()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::settings::{DatabaseSettings, SecretSettings};

    fn settings(folder: &Path, secrets: SecretSettings) -> Settings {
        Settings {
            database: DatabaseSettings {
                url: "postgres://nowhere".into(),
                pool_size: 1,
            },
            data_dir: folder.to_owned(),
            secrets,
            http: Default::default(),
            default_tenant: "motel".to_owned(),
            mail: Default::default(),
            payments: Default::default(),
            platform: Default::default(),
            voice: Default::default(),
            knowledge: Default::default(),
            concierge: Default::default(),
            search: Default::default(),
            limits: Default::default(),
            log: "info".to_owned(),
        }
    }

    #[test]
    fn a_key_is_made_once_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(folder.path(), SecretSettings::default());
        assert!(find(&settings).unwrap().is_none());
        let made = keep(&settings).unwrap().sealing_key();
        assert_eq!(keep(&settings).unwrap().sealing_key(), made);
        // As for who came second.
        assert_eq!(make(&own_file(&settings)).unwrap().sealing_key(), made);
        let mode = fs::metadata(own_file(&settings)).unwrap().permissions();
        assert_eq!(mode.mode() & 0o777, 0o600);
        let files = fs::read_dir(folder.path().join("keys")).unwrap();
        assert_eq!(files.count(), 1, "a draft was left");
    }

    #[test]
    fn keys_come_from_a_setting_a_file_or_a_command_and_from_one_only() {
        let folder = tempfile::tempdir().unwrap();
        let (old, new) = (MasterKey::generate(), MasterKey::generate());
        let file = folder.path().join("keys.txt");
        fs::write(&file, format!("{}\n{}\n", *old.expose(), *new.expose())).unwrap();
        let given = SecretSettings {
            keys: Some(format!("{},{}", *old.expose(), *new.expose()).into()),
            ..SecretSettings::default()
        };
        let in_a_file = SecretSettings {
            keys_file: Some(file.clone()),
            ..SecretSettings::default()
        };
        let printed = SecretSettings {
            keys_command: Some(format!("cat '{}'", file.display()).into()),
            ..SecretSettings::default()
        };
        for secrets in [&given, &in_a_file, &printed] {
            let keyring = keep(&settings(folder.path(), secrets.clone())).unwrap();
            assert_eq!(keyring.key_ids(), [old.id(), new.id()]);
        }
        let both = SecretSettings {
            keys_file: Some(file),
            ..given
        };
        assert!(keep(&settings(folder.path(), both)).is_err());
    }

    #[test]
    fn what_holds_no_key_is_refused_and_not_quoted() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("none.txt");
        for (secrets, says) in [
            ((Some("hunter2"), None, None), "line 1"),
            ((None, Some(missing), None), "none.txt"),
            ((None, None, Some("echo hunter2; exit 3")), "ended with"),
            ((None, None, Some("echo hunter2")), "line 1"),
            ((None, None, Some("true")), "no master key"),
        ] {
            let (keys, keys_file, keys_command) = secrets;
            let secrets = SecretSettings {
                keys: keys.map(Into::into),
                keys_file,
                keys_command: keys_command.map(Into::into),
            };
            let refused = keep(&settings(folder.path(), secrets)).unwrap_err();
            let text = format!("{refused:#}");
            assert!(text.contains(says) && !text.contains("hunter2"), "{text}");
        }
        assert!(!own_file(&settings(folder.path(), SecretSettings::default())).exists());
    }
}
