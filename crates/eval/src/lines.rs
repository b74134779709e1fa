//! Files of one JSON object a line.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::EvalError;

/// The `.jsonl` files of `folder` whose names begin with `prefix`, in order; none where the folder is not there.
pub(crate) fn files(folder: &Path, prefix: &str) -> Result<Vec<PathBuf>, EvalError> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = std::fs::read_dir(folder).map_err(|source| io(folder, source))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            name.starts_with(prefix) && name.ends_with(".jsonl")
        })
        .collect();
    files.sort();
    Ok(files)
}

/// Every object of a file.
pub(crate) fn read(path: &Path) -> Result<Vec<Value>, EvalError> {
    let text = std::fs::read_to_string(path).map_err(|source| io(path, source))?;
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| {
            serde_json::from_str(line).map_err(|source| EvalError::Line {
                path: path.to_owned(),
                line: index + 1,
                source,
            })
        })
        .collect()
}

/// Writes one object a line.
pub(crate) fn write(path: &Path, objects: &[Value]) -> Result<(), EvalError> {
    let text: String = objects.iter().map(|object| format!("{object}\n")).collect();
    std::fs::write(path, text).map_err(|source| io(path, source))
}

fn io(path: &Path, source: std::io::Error) -> EvalError {
    EvalError::Io {
        path: path.to_owned(),
        source,
    }
}
