//! The house stays tidy: crates use only what docs/ARCHITECTURE.md says, files stay small, names say something.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::desk::top;

const LONGEST_FILE: usize = 800;
const WRITTEN_BY_HAND: [&str; 8] = ["css", "html", "md", "rs", "sh", "sql", "toml", "ts"];
const NAMES_THAT_SAY_NOTHING: [&str; 5] = ["util", "utils", "common", "manager", "helper"];

/// A line of the table of floors.
struct Row {
    floor: u32,
    /// What it uses, in the order of the alphabet.
    uses: Vec<String>,
    /// The neighbours on the same floor it may use all the same.
    neighbours: Vec<String>,
}

/// A crate as cargo sees it.
struct Package {
    name: String,
    uses: Vec<String>,
    tests_use: Vec<String>,
    manifest: PathBuf,
}

#[test]
fn crates_use_what_the_map_says_and_nothing_above_them() {
    let (map, packages) = (table_of_floors(), packages());
    let mapped: Vec<_> = map.keys().collect();
    let there: Vec<_> = packages.iter().map(|package| &package.name).collect();
    assert_eq!(
        there, mapped,
        "docs/ARCHITECTURE.md lists other crates than there are"
    );
    for package in &packages {
        let row = &map[&package.name];
        assert_eq!(
            package.uses, row.uses,
            "what {} uses is not what docs/ARCHITECTURE.md says",
            package.name
        );
        // Every test may use the kit.
        let tests_use = package.tests_use.iter().filter(|used| *used != "testkit");
        for used in package.uses.iter().chain(tests_use) {
            let below = map[used].floor < row.floor || *used == package.name;
            let allowed = below || row.neighbours.contains(used);
            assert!(
                allowed,
                "{} uses {used}, which is not below it",
                package.name
            );
        }
    }
}

#[test]
fn every_crate_has_a_readme_and_the_lints_of_the_house() {
    for package in packages() {
        let manifest = fs::read_to_string(&package.manifest).unwrap();
        assert!(
            manifest.contains("[lints]\nworkspace = true"),
            "{} has lints of its own",
            package.name
        );
        if package.name == "remotemotel" {
            continue;
        }
        let folder = package.manifest.parent().unwrap();
        let readme = fs::read_to_string(folder.join("README.md")).unwrap();
        assert!(
            readme.contains("```rust"),
            "the README of {} has no example",
            package.name
        );
        let lib = fs::read_to_string(folder.join("src/lib.rs")).unwrap();
        let is_documentation = lib.contains("#![doc = include_str!(\"../README.md\")]");
        assert!(
            is_documentation,
            "the example of {} is not compiled",
            package.name
        );
        assert!(
            lib.lines().count() < 80,
            "{} does something in its lib.rs",
            package.name
        );
    }
}

#[test]
fn files_are_small_and_named() {
    let mut files = Vec::new();
    for folder in ["bins", "crates", "docs", "migrations", "scripts"] {
        walk(&top().join(folder), &mut files);
    }
    assert!(files.len() > 500, "only {} files were found", files.len());
    for file in files {
        let stem = file.file_stem().unwrap().to_str().unwrap().to_lowercase();
        let empty = stem
            .split(['_', '-', '.'])
            .find(|word| NAMES_THAT_SAY_NOTHING.contains(word));
        assert_eq!(
            empty,
            None,
            "{} has a name that says nothing",
            file.display()
        );
        let extension = file
            .extension()
            .and_then(|it| it.to_str())
            .unwrap_or_default();
        if WRITTEN_BY_HAND.contains(&extension) {
            let lines = fs::read_to_string(&file).unwrap().lines().count();
            assert!(
                lines <= LONGEST_FILE,
                "{} has {lines} lines",
                file.display()
            );
        }
    }
}

#[test]
fn the_answers_about_security_name_tests_that_exist() {
    let text = fs::read_to_string(top().join("docs/SECURITY.md")).unwrap();
    let words = text
        .split('`')
        .filter(|word| !word.contains(char::is_whitespace));
    let named: Vec<_> = words.filter_map(|word| word.split_once(".rs::")).collect();
    assert!(named.len() > 90, "only {} tests are named", named.len());
    for (path, name) in named {
        let folders = ["crates", "bins"].map(|folder| top().join(folder).join(path));
        let file = folders
            .iter()
            .map(|file| file.with_extension("rs"))
            .find(|file| file.exists());
        let file = file.unwrap_or_else(|| panic!("there is no {path}.rs"));
        let source = fs::read_to_string(&file).unwrap();
        let (before, _) = source
            .split_once(&format!("fn {name}("))
            .unwrap_or_else(|| panic!("{path}.rs has no {name}"));
        // The attribute stands a few lines above, or around it where properties are tested.
        let above: Vec<&str> = before.lines().rev().take(8).collect();
        let is_test = above
            .iter()
            .any(|line| line.contains("test") && line.contains("#["));
        assert!(is_test, "{name} in {path}.rs is no test");
    }
}

/// The table in docs/ARCHITECTURE.md, by crate.
fn table_of_floors() -> BTreeMap<String, Row> {
    let text = fs::read_to_string(top().join("docs/ARCHITECTURE.md")).unwrap();
    let lines = text.lines().filter_map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [floor, name, uses] = cells[..] else {
            return None;
        };
        Some((
            floor.parse::<u32>().ok()?,
            name.trim_matches('`').to_owned(),
            uses,
        ))
    });
    let lines: Vec<_> = lines.collect();
    let names: Vec<String> = lines.iter().map(|(_, name, _)| name.clone()).collect();
    let rows = lines.into_iter().map(|(floor, name, uses)| {
        let row = Row {
            floor,
            uses: used(uses, &names, &name),
            neighbours: uses
                .split("**")
                .skip(1)
                .step_by(2)
                .map(str::to_owned)
                .collect(),
        };
        (name, row)
    });
    // For tests alone, and so not on the map.
    let testkit = Row {
        floor: 2,
        uses: ["db", "kernel", "migrations"].map(str::to_owned).to_vec(),
        neighbours: Vec::new(),
    };
    rows.chain([("testkit".to_owned(), testkit)]).collect()
}

fn used(cell: &str, all: &[String], own_name: &str) -> Vec<String> {
    let words: Vec<String> = cell
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let mut used = if cell.starts_with("all but") {
        let others = all
            .iter()
            .filter(|name| !words.contains(name) && *name != own_name);
        others.cloned().collect()
    } else {
        words
    };
    used.sort();
    used
}

/// The crates of the workspace, in the order of the alphabet.
fn packages() -> Vec<Package> {
    let cargo = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--offline",
            "--no-deps",
            "--format-version",
            "1",
        ])
        .current_dir(top())
        .output()
        .unwrap();
    assert!(
        cargo.status.success(),
        "{}",
        String::from_utf8_lossy(&cargo.stderr)
    );
    let metadata: Value = serde_json::from_slice(&cargo.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap().iter();
    let mut packages: Vec<_> = packages.map(package).collect();
    packages.sort_by(|a, b| a.name.cmp(&b.name));
    packages
}

fn package(described: &Value) -> Package {
    let ours = |for_tests: bool| {
        let all = described["dependencies"].as_array().unwrap().iter();
        let wanted = all.filter(|dependency| {
            let is_dev = dependency["kind"] == "dev";
            // A feature for the tests of others may bring the test kit along.
            let is_kit = dependency["optional"] == true && dependency["name"] == "motel-testkit";
            is_dev == for_tests && !is_kit
        });
        let names =
            wanted.filter_map(|dependency| dependency["name"].as_str()?.strip_prefix("motel-"));
        let mut names: Vec<String> = names.map(str::to_owned).collect();
        names.sort();
        names
    };
    let name = described["name"].as_str().unwrap();
    Package {
        name: name.trim_start_matches("motel-").to_owned(),
        uses: ours(false),
        tests_use: ours(true),
        manifest: described["manifest_path"].as_str().unwrap().into(),
    }
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let is_made = matches!(name, "node_modules" | "dist" | "target") || name.starts_with('.');
        if path.is_dir() && !is_made {
            walk(&path, files);
        } else if path.is_file() {
            files.push(path);
        }
    }
}
