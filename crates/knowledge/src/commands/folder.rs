use std::fs;
use std::path::{Path, PathBuf};

use crate::{Format, KnowledgeError};

const MOST_FILES: usize = 2_000;
const MOST_BYTES: u64 = 1024 * 1024;
/// Files of word processors and PDFs hold pictures and fonts too.
const MOST_PACKED_BYTES: u64 = 8 * 1024 * 1024;
const DEEPEST: usize = 8;

/// A file that can be taken in.
pub(super) struct FolderFile {
    /// Its path inside the folder, with `/` on every platform.
    pub(super) source: String,
    /// In what form it comes.
    pub(super) format: Format,
    /// The name without the extension.
    pub(super) name: String,
    /// What it holds.
    pub(super) bytes: Vec<u8>,
}

/// The files of a folder, sorted by path.
#[derive(Default)]
pub(super) struct Folder {
    pub(super) files: Vec<FolderFile>,
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
        let Some(format) = Format::of(&source) else {
            self.ignored += 1;
            return Ok(());
        };
        if self.files.len() == MOST_FILES {
            return Err(too_large(
                path,
                format!("is one file more than the {MOST_FILES} that can be taken in"),
            ));
        }
        self.files.push(FolderFile {
            name: part(path.file_stem()),
            bytes: read(&path, format)?,
            source,
            format,
        });
        Ok(())
    }
}

fn read(path: &Path, format: Format) -> Result<Vec<u8>, KnowledgeError> {
    let most = match format {
        Format::Docx | Format::Pdf => MOST_PACKED_BYTES,
        Format::Markdown | Format::Html | Format::Text | Format::Csv => MOST_BYTES,
    };
    let size = fs::metadata(path)
        .map_err(|error| unreadable(path, error))?
        .len();
    if size > most {
        return Err(too_large(
            path.to_owned(),
            format!("is larger than {} KiB", most / 1024),
        ));
    }
    fs::read(path).map_err(|error| unreadable(path, error))
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
