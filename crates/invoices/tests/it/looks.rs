//! What documents look like: as they are kept in `tests/golden`.

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use motel_invoices::{Snapshot, render};

use crate::samples;
use crate::written::{printed, written};

/// Compares with what is kept, or keeps it when that is asked for.
fn as_kept(name: &str, made: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    if std::env::var_os("MOTEL_WRITE_GOLDEN").is_some() {
        fs::write(&path, made).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == made,
        "{name} is not as it is kept; if it is as meant, run with MOTEL_WRITE_GOLDEN=1:\n{made}"
    );
}

#[test]
fn every_text_stands_where_it_stood() {
    for (name, sample) in samples::all() {
        as_kept(&format!("{name}.txt"), &printed(&written(&sample)));
    }
}

#[test]
fn every_page_reads_as_it_did() {
    for (name, sample) in samples::all() {
        as_kept(&format!("{name}.html"), &render::html(&sample).unwrap());
    }
}

#[test]
fn the_same_snapshot_is_the_same_bytes_also_after_it_was_kept() {
    for (name, sample) in samples::all() {
        let json = serde_json::to_value(&sample).unwrap();
        let read: Snapshot = serde_json::from_value(json).unwrap();
        assert_eq!(read, sample);
        let (first, again) = (render::pdf(&sample).unwrap(), render::pdf(&read).unwrap());
        assert!(first == again, "{name}");
        assert!(first.starts_with(b"%PDF-"), "{name}");
        assert!(first.len() < 100_000, "{name} has {} bytes", first.len());
        if let Some(folder) = std::env::var_os("MOTEL_KEEP_PDF") {
            fs::write(PathBuf::from(folder).join(format!("{name}.pdf")), first).unwrap();
        }
    }
}

#[test]
fn nothing_leaves_the_paper() {
    for (name, sample) in samples::all() {
        for text in &written(&sample) {
            let inside = text.left > 55.0 && text.left < 540.0 && text.y > 40.0 && text.y < 800.0;
            assert!(inside, "{name}: {text:?}");
        }
    }
}

#[test]
fn a_long_invoice_repeats_its_head_and_counts_its_pages() {
    let texts = written(&samples::long());
    let pages = texts.last().unwrap().page;
    assert_eq!(pages, 3);
    for page in 1..=pages {
        let on_page: Vec<&str> = texts
            .iter()
            .filter(|text| text.page == page)
            .map(|text| text.text.as_str())
            .collect();
        assert!(on_page.contains(&"Description"), "{page}: {on_page:?}");
        let number = format!("Page {page} of {pages}");
        assert!(on_page.contains(&number.as_str()), "{on_page:?}");
    }
    let rooms = texts.iter().filter(|text| text.text == "Room").count();
    assert_eq!(rooms, 62);
}

#[test]
fn markup_in_a_name_is_no_markup_on_the_page() {
    let page = render::html(&samples::german()).unwrap();
    assert!(page.contains("&#60;Maschinenbau&#62;"), "{page}");
    assert!(!page.contains("<Maschinenbau>"));
}

/// Not a limit that a debug build or a busy machine could break: it is printed, for whoever measures.
#[test]
fn typesetting_is_quick() {
    let sample = samples::english();
    render::pdf(&sample).unwrap();
    let begun = Instant::now();
    for _ in 0..20 {
        render::pdf(&sample).unwrap();
    }
    let each = begun.elapsed() / 20;
    println!("a PDF takes {each:?}");
    assert!(each.as_secs() < 2, "{each:?}");
}
