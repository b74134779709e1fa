use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::{Html, Node, Selector};

use super::{Block, BlockWriter, Unfit};

/// What reads HTML looks, for each element, through those that are open: many of them, one in another, would keep it busy for hours.
const MOST_ELEMENTS: usize = 20_000;

/// The blocks of an HTML page, unless it has far more elements than a page that says something.
pub(super) fn bounded_blocks(html: &str) -> Result<Vec<Block>, Unfit> {
    let begun = html.as_bytes().windows(2);
    let elements =
        begun.filter(|two| matches!(two, [b'<', letter] if letter.is_ascii_alphabetic()));
    if elements.count() > MOST_ELEMENTS {
        return Err(Unfit("has more than 20,000 elements"));
    }
    Ok(blocks(html))
}

/// The blocks of an HTML page: of its `main` or `article` where there is one, without navigation, scripts and the like.
fn blocks(html: &str) -> Vec<Block> {
    let page = Html::parse_document(html);
    let mut writer = BlockWriter::default();
    let content = first(&page, "main")
        .or_else(|| first(&page, "article"))
        .or_else(|| first(&page, "body"))
        .unwrap_or_else(|| page.tree.root());
    write(content, &mut writer);
    let mut blocks = writer.finish();
    if !blocks
        .iter()
        .any(|block| matches!(block, Block::Heading { .. }))
    {
        blocks.splice(0..0, title(&page));
    }
    blocks
}

fn first<'a>(page: &'a Html, selector: &str) -> Option<NodeRef<'a, Node>> {
    let selector = Selector::parse(selector).ok()?;
    page.select(&selector).next().map(|element| *element)
}

fn title(page: &Html) -> Option<Block> {
    let mut writer = BlockWriter::default();
    for text in first(page, "title")?
        .descendants()
        .filter_map(|node| node.value().as_text())
    {
        writer.push(text);
    }
    writer.end_heading(1);
    writer.blocks.pop()
}

/// Walks without recursion: a page may nest as deep as it likes.
fn write(content: NodeRef<'_, Node>, writer: &mut BlockWriter) {
    let mut skipping = 0_usize;
    for edge in content.traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) if skipping == 0 => writer.push(text),
                Node::Element(element) if is_skipped(element.name()) => skipping += 1,
                Node::Element(element) if skipping == 0 => begin(element.name(), writer),
                _ => {}
            },
            Edge::Close(node) => match node.value() {
                Node::Element(element) if is_skipped(element.name()) => skipping -= 1,
                Node::Element(element) if skipping == 0 => end(element.name(), writer),
                _ => {}
            },
        }
    }
}

fn begin(name: &str, writer: &mut BlockWriter) {
    match name {
        "br" | "td" | "th" => writer.push(" "),
        _ if heading_level(name).is_some() || is_block(name) => writer.end_text(),
        _ => {}
    }
}

fn end(name: &str, writer: &mut BlockWriter) {
    match heading_level(name) {
        Some(level) => writer.end_heading(level),
        None if is_block(name) => writer.end_text(),
        None => {}
    }
}

fn heading_level(name: &str) -> Option<u8> {
    match name {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        "h4" => Some(4),
        "h5" => Some(5),
        "h6" => Some(6),
        _ => None,
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "li"
            | "ul"
            | "ol"
            | "dl"
            | "dt"
            | "dd"
            | "div"
            | "section"
            | "article"
            | "main"
            | "body"
            | "blockquote"
            | "pre"
            | "table"
            | "tr"
            | "caption"
            | "figure"
            | "figcaption"
            | "details"
            | "summary"
    )
}

fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "template"
            | "noscript"
            | "nav"
            | "footer"
            | "aside"
            | "form"
            | "button"
            | "svg"
            | "iframe"
            | "head"
    )
}

#[cfg(test)]
mod tests {
    use super::super::testing::{heading, text};
    use super::*;

    #[test]
    fn a_page_of_nothing_but_elements_is_refused_at_once() {
        let page = "<div>".repeat(100_000);
        assert_eq!(
            bounded_blocks(&page),
            Err(Unfit("has more than 20,000 elements"))
        );
        assert!(bounded_blocks(&"<div>".repeat(20_000)).is_ok());
    }

    #[test]
    fn content_is_kept_and_furniture_is_not() {
        let html = "<html><head><title>T</title><style>p{}</style></head><body><nav>Home</nav><main><h1>Lost</h1>
            <p>We keep <b>found</b> things.</p><h2>How&nbsp;long?</h2><ul><li>60 days</li><li>then<br>gone</li></ul>
            <table><tr><td>a</td><td>b</td></tr></table><script>alert(1)</script></main><footer>Bye</footer></body></html>";
        assert_eq!(
            blocks(html),
            [
                heading(1, "Lost"),
                text("We keep found things."),
                heading(2, "How long?"),
                text("60 days"),
                text("then gone"),
                text("a b"),
            ]
        );
    }

    #[test]
    fn a_page_without_headings_has_its_title() {
        assert_eq!(
            blocks("<title>Rules</title>No <i>smoking</i>"),
            [heading(1, "Rules"), text("No smoking")]
        );
    }

    #[test]
    fn deep_nesting_does_no_harm() {
        let html = format!("{}deep{}", "<div>".repeat(2_000), "</div>".repeat(2_000));
        assert_eq!(blocks(&html), [text("deep")]);
    }
}
