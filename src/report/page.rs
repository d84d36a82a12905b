//! A report as one HTML file: printable on A4, light and dark, with nothing from elsewhere.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{
    chart::{Chart, PLACE},
    html,
};
use crate::words::Lang;

/// Nothing is loaded and nothing runs, whatever a template says.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE: &str = include_str!("page.css");

/// A table with more columns is printed on its side.
const UPRIGHT: usize = 9;

/// The page of a report in Markdown.
pub(super) fn page(markdown: &str, lang: Lang) -> Result<String, String> {
    let mut title = String::new();
    let mut widest = 0;
    let body = body(markdown, &mut title, &mut widest)?;
    let side = if widest > UPRIGHT { " landscape" } else { "" };
    let (title, code) = (html(&title), lang.code());
    Ok(format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n@page {{ size: A4{side}; margin: 14mm; }}\n{STYLE}</style>\n\
         </head>\n<body>\n{body}</body>\n</html>\n"
    ))
}

fn body(markdown: &str, title: &mut String, widest: &mut usize) -> Result<String, String> {
    let mut events = Vec::new();
    let mut heading = false;
    let mut chart: Option<String> = None;
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) if title.is_empty() => {
                heading = true;
                events.push(event);
            }
            Event::End(TagEnd::Heading(_)) => {
                heading = false;
                events.push(event);
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(ref name))) if **name == *PLACE => {
                chart = Some(String::new());
            }
            Event::End(TagEnd::CodeBlock) if chart.is_some() => {
                let source = chart.take().unwrap_or_default();
                let chart: Chart =
                    serde_json::from_str(&source).map_err(|error| error.to_string())?;
                events.push(Event::Html(format!("<figure>{}</figure>\n", chart.svg()?).into()));
            }
            Event::Text(ref text) => {
                if let Some(told) = &mut chart {
                    told.push_str(text);
                    continue;
                }
                if heading {
                    title.push_str(text);
                }
                events.push(event);
            }
            Event::Start(Tag::Table(ref columns)) => {
                *widest = columns.len().max(*widest);
                // what does not fit scrolls by itself and not with the page
                events.push(Event::Html("<div class=\"table\">".into()));
                events.push(event);
            }
            Event::End(TagEnd::Table) => {
                events.push(event);
                events.push(Event::Html("</div>\n".into()));
            }
            // The templates' own line break; other HTML stays text.
            Event::InlineHtml(ref tag) if **tag == *"<br>" => events.push(event),
            Event::Html(text) | Event::InlineHtml(text) => events.push(Event::Text(text)),
            other => events.push(other),
        }
    }
    let mut body = String::new();
    pulldown_cmark::html::push_html(&mut body, events.into_iter());
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_whole_and_carries_no_foreign_markup() {
        let markdown = "# Title &amp; more\n\n| a | b |\n|---|---|\n| x<br>y | <b>z</b> |\n\n\
            <script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[x](javascript:alert(1))\n";
        let page = page(markdown, Lang::En).unwrap();
        assert!(page.contains("<title>Title &amp; more</title>"), "{page}");
        assert!(page.contains("<td>x<br>y</td>"), "{page}");
        assert!(page.contains("&lt;b&gt;z") && !page.contains("<script"), "{page}");
        assert!(!page.contains("<img") && !page.contains("<b>"), "{page}");
        assert!(page.contains("size: A4;") && page.ends_with("</html>\n"), "{page}");
    }

    #[test]
    fn a_wide_table_is_printed_on_its_side() {
        let row = "| x ".repeat(10) + "|\n";
        let markdown = format!("# T\n\n{row}{}|\n{row}", "|---".repeat(10));
        assert!(page(&markdown, Lang::Zh).unwrap().contains("size: A4 landscape"));
    }
}
