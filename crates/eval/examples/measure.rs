//! Measures and prints: `measure DATA PREDICTIONS [NAME]`.

use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let data = arguments
        .next()
        .map(PathBuf::from)
        .ok_or("measure DATA PREDICTIONS [NAME]")?;
    let predictions = arguments
        .next()
        .map(PathBuf::from)
        .ok_or("measure DATA PREDICTIONS [NAME]")?;
    let only = arguments.next();
    print!(
        "{}",
        motel_eval::table(&motel_eval::run(&data, only.as_deref(), &predictions)?)
    );
    Ok(())
}
