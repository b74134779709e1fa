use std::fs;
use std::path::{Path, PathBuf};

use crate::KnowledgeError;

const MOST_FILES: usize = 2_000;
const MOST_BYTES: u64 = 1024 * 1024;
const DEEPEST: usize = 8;
const EXTENSIONS: &[&str] = &["md", "markdown", "html", "htm", "txt"];

/// A file that can be taken in.
pub(super) struct TextFile {
    /// Its path inside the folder, with `/` on every platform.
    pub(super) source: String,
    /// The extension in small letters.
    pub(super) extension: String,
    /// The name without the extension.
    pub(super) name: String,
    /// What it holds.
    pub(super) text: String,
}

/// The files of a folder, sorted by path.
#[derive(Default)]
pub(super) struct Folder {
    pub(super) files: Vec<TextFile>,
    /// How many files are of a kind that is not taken in.
    pub(super) ignored: usize,
}

impl Folder {
    /// Reads a folder and the folders in it. Hidden files and symbolic links are passed over, so that nothing outside the
    /// folder is read.
    pub(super) fn read(root: &Path) -> Result<Self, KnowledgeError> {
        let mut folder = Self::default();
        folder.add_all(root, "", DEEPEST)?;
        folder.files.sort_by(|a, b| a.source.cmp(&b.source));
        Ok(folder)
    }

    fn add_all(&mut self, dir: &Path, prefix: &str, deeper: usize) -> Result<(), KnowledgeError> {
        for entry in fs::read_dir(dir).map_err(|error| unreadable(dir, error))? {
            let entry = entry.map_err(|error| unreadable(dir, error))?;
            let path = entry.path();
            let kind = entry
                .file_type()
                .map_err(|error| unreadable(&path, error))?;
            let Ok(name) = entry.file_name().into_string() else {
                return Err(KnowledgeError::NotText { path });
            };
            if name.starts_with('.') || kind.is_symlink() {
                continue;
            }
            let source = format!("{prefix}{name}");
            if kind.is_file() {
                self.add(path, source)?;
            } else if deeper == 0 {
                return Err(too_large(
                    path,
                    format!("lies deeper than {DEEPEST} folders"),
                ));
            } else {
                self.add_all(&path, &format!("{source}/"), deeper - 1)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, path: PathBuf, source: String) -> Result<(), KnowledgeError> {
        let extension = part(path.extension()).to_lowercase();
        if !EXTENSIONS.contains(&extension.as_str()) {
            self.ignored += 1;
            return Ok(());
        }
        if self.files.len() == MOST_FILES {
            return Err(too_large(
                path,
                format!("is one file more than the {MOST_FILES} that can be taken in"),
            ));
        }
        self.files.push(TextFile {
            name: part(path.file_stem()),
            text: read_text(&path)?,
            source,
            extension,
        });
        Ok(())
    }
}

fn read_text(path: &Path) -> Result<String, KnowledgeError> {
    let size = fs::metadata(path)
        .map_err(|error| unreadable(path, error))?
        .len();
    if size > MOST_BYTES {
        return Err(too_large(
            path.to_owned(),
            format!("is larger than {} KiB", MOST_BYTES / 1024),
        ));
    }
    let bytes = fs::read(path).map_err(|error| unreadable(path, error))?;
    let text = String::from_utf8(bytes).map_err(|_| KnowledgeError::NotText {
        path: path.to_owned(),
    })?;
    // PostgreSQL's text cannot hold U+0000; a byte-order mark is no part of the text.
    Ok(text.trim_start_matches('\u{feff}').replace('\0', ""))
}

fn part(name: Option<&std::ffi::OsStr>) -> String {
    name.and_then(|name| name.to_str())
        .unwrap_or_default()
        .to_owned()
}

fn unreadable(path: &Path, source: std::io::Error) -> KnowledgeError {
    KnowledgeError::Unreadable {
        path: path.to_owned(),
        source,
    }
}

fn too_large(path: PathBuf, excess: String) -> KnowledgeError {
    KnowledgeError::TooLarge { path, excess }
}
