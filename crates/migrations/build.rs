//! Migrations are embedded at compile time: a new one rebuilds this crate, and their digest tells two histories apart.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

fn main() -> std::io::Result<()> {
    println!("cargo:rerun-if-changed=../../migrations");
    let mut digest = DefaultHasher::new();
    for folder in sorted(Path::new("../../migrations"))? {
        for file in sorted(Path::new(&folder))? {
            (&file, std::fs::read(&file)?).hash(&mut digest);
        }
    }
    println!(
        "cargo:rustc-env=MOTEL_MIGRATIONS_DIGEST={:016x}",
        digest.finish()
    );
    Ok(())
}

fn sorted(folder: &Path) -> std::io::Result<BTreeSet<std::path::PathBuf>> {
    std::fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect()
}
