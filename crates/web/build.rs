//! Makes an empty `ui/dist` when the user interface has not been built, so that working on the
//! server needs no Node. The pages then come without style and script, and say so here.

use std::path::Path;
use std::{fs, io};

fn main() -> io::Result<()> {
    let dist = Path::new("ui/dist");
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=ui/dist");
    fs::create_dir_all(dist)?;
    if !dist.join(".vite/manifest.json").exists() {
        println!(
            "cargo:warning=the user interface is not built: run `npm ci && npm run build` in crates/web/ui"
        );
    }
    Ok(())
}
