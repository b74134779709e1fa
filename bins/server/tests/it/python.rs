//! The vendors' SDKs for Python, from `scripts/requirements.txt`.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::desk::top;

/// Python with the SDKs.
#[derive(Clone, Copy)]
pub(crate) struct Python(());

impl Python {
    /// `None`, with a loud word, only where there is no Python that `scripts/test` could have put the SDKs in.
    pub(crate) fn find(whose: &str) -> Option<Self> {
        let has_python = Command::new("python3").arg("--version").output().is_ok();
        let python = top().join(".venv/bin/python");
        if !has_python && !python.exists() {
            eprintln!("SKIPPED: there is no Python here, so {whose} signed and verified nothing");
            return None;
        }
        assert!(
            python.exists(),
            "scripts/test makes .venv with {whose}; it is not there"
        );
        Some(Self(()))
    }

    /// What a script prints that is asked this on its stdin.
    pub(crate) fn run(self, script: &str, asked: &Value) -> String {
        let mut python = Command::new(top().join(".venv/bin/python"))
            .args(["-c", script])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = python.stdin.take().unwrap();
        input.write_all(asked.to_string().as_bytes()).unwrap();
        drop(input);
        let said = python.wait_with_output().unwrap();
        assert!(said.status.success(), "the SDK could not be asked");
        String::from_utf8(said.stdout).unwrap()
    }
}
