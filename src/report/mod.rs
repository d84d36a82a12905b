//! Reports: templates and the values they see. The only layer that knows tera.

pub mod bounded;
pub mod card;
pub mod chart;
pub mod complaint;
pub mod day;
pub mod facts;
pub mod fault_analysis;
pub mod faults;
pub mod fields;
pub mod filter;
pub mod format;
pub mod judged;
pub mod kept_report;
pub mod kpi;
mod lateness;
pub mod offline_form;
mod page;
pub mod questionnaire;
pub mod register;
pub mod request;
pub mod service;
pub mod sessions;
pub mod shapes;
pub mod standing;
pub mod survey;
pub mod values;
pub mod visits;

use std::{
    cell::RefCell,
    collections::{BTreeSet, HashMap},
    error::Error as _,
    io::{self, Write},
    rc::Rc,
};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tera::{Context, ErrorKind, Kwargs, State, Tera};

use bounded::LimitedBuffer;
use chart::Chart;
use filter::FilterValues;
use offline_form::override_of_page;
use questionnaire::{QuestionnaireForm, override_of};

use crate::{
    domain::base::{
        characters::escaped,
        nearest::nearest,
        terms::{ReportName, Term},
    },
    error::template::TemplateError,
    words::{Lang, Words},
};

/// Edition of the built-in templates and of the words in them; raised with every change of what a
/// report says. A closing names the one that made the report that it keeps.
pub const EDITION: u32 = 2;

/// How the forms look that are filled in on a screen.
const FORM_STYLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/form.css"));

/// The value that tells whose records a report is about.
const FILTER: &str = "filter";

/// A template, and the path by which its faults are told.
#[derive(Clone, Copy, Debug)]
struct Template<'a> {
    path: &'a str,
    text: &'a str,
}

/// A report that was made, whatever shape it leaves in.
#[derive(Clone, Debug, Serialize)]
pub struct ReportContent {
    #[serde(rename = "report")]
    name: ReportName,
    /// What its template sees.
    #[serde(flatten)]
    values: Value,
    /// Its table, the head first.
    #[serde(skip)]
    pub rows: Vec<Vec<String>>,
}

impl ReportContent {
    /// A report of values and the table among them.
    pub fn new<T: Serialize>(
        name: ReportName,
        values: &T,
        rows: Vec<Vec<String>>,
    ) -> Result<Self, TemplateError> {
        let fault = |why: String| TemplateError::Fault {
            template: name.to_string(),
            why,
            near: Vec::new(),
        };
        let values = serde_json::to_value(values).map_err(|error| fault(error.to_string()))?;
        Ok(Self { name, values, rows })
    }

    /// The same, which says below its title that it is about these records alone.
    #[must_use]
    pub fn only(mut self, filter: Option<FilterValues>) -> Self {
        if let (Some(filter), Some(values)) = (filter, self.values.as_object_mut()) {
            values.insert(FILTER.to_owned(), serde_json::json!(filter));
        }
        self
    }

    /// As Markdown, by the desk's own template or the built-in one.
    pub fn markdown(&self, words: Words, own: Option<&str>) -> Result<String, TemplateError> {
        self.written(OutputKind::Markdown, words.lang(), own)
    }

    /// As one HTML file, by the same template.
    pub fn page(&self, words: Words, own: Option<&str>) -> Result<String, TemplateError> {
        self.written(OutputKind::Page, words.lang(), own)
    }

    fn written(
        &self,
        writing: OutputKind,
        lang: Lang,
        own: Option<&str>,
    ) -> Result<String, TemplateError> {
        let path = override_path(self.name.code(), lang);
        render(
            writing,
            lang,
            &path,
            own,
            built_in(&format!("{}.md", self.name), lang),
            &self.values,
        )
    }
}

/// Where a desk may put a template that takes the place of the built-in one.
pub fn override_path(name: &str, lang: Lang) -> String {
    format!("templates/{}/{name}.md", lang.code())
}

/// Every file of a desk that takes the place of something built in.
pub fn override_paths() -> impl Iterator<Item = String> {
    Lang::ALL.into_iter().flat_map(|lang| {
        let reports = ReportName::ALL.iter().map(move |name| override_path(name.code(), lang));
        let forms = [QuestionnaireForm::Markdown, QuestionnaireForm::Html]
            .map(|form| override_of(form, lang));
        reports.chain(forms).chain([override_of_page(lang)])
    })
}

/// The built-in template in a file of this name.
fn built_in(file: &str, lang: Lang) -> &'static str {
    Words::new(lang).template(file).unwrap_or_default()
}

/// Renders values by the desk's own template, which is held to its bounds, else by the built-in one.
fn render<T: Serialize>(
    writing: OutputKind,
    lang: Lang,
    path: &str,
    own: Option<&str>,
    built_in: &str,
    values: &T,
) -> Result<String, TemplateError> {
    if let Some(text) = own {
        return bounded::render(writing, lang, Template { path, text }, values);
    }
    let template = Template { path, text: built_in };
    let tera = built_in_ready(writing, template)?;
    rendered(&tera, (writing, lang), template, values, u64::MAX)
}

thread_local! {
    /// The built-in templates that this thread has rendered by, which an audit does a thousand times.
    static READY: RefCell<HashMap<(OutputKind, String), Rc<Tera>>> = RefCell::default();
}

/// A built-in template, ready to be rendered.
fn built_in_ready(writing: OutputKind, template: Template<'_>) -> Result<Rc<Tera>, TemplateError> {
    let key = (writing, template.path.to_owned());
    if let Some(tera) = READY.with_borrow(|ready| ready.get(&key).cloned()) {
        return Ok(tera);
    }
    let tera = Rc::new(ready(writing, template)?);
    READY.with_borrow_mut(|ready| ready.insert(key, Rc::clone(&tera)));
    Ok(tera)
}

/// What is written, which decides how text of strangers is made harmless.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
enum OutputKind {
    Markdown,
    /// A page, out of Markdown with the places of its charts.
    Page,
    Html,
}

/// Renders values in this process, in at most so many bytes.
fn render_here<T: Serialize>(
    writing: OutputKind,
    lang: Lang,
    template: Template<'_>,
    values: &T,
    most: u64,
) -> Result<String, TemplateError> {
    rendered(&ready(writing, template)?, (writing, lang), template, values, most)
}

/// A template that can be parsed, with the little that templates may ask for.
fn ready(writing: OutputKind, template: Template<'_>) -> Result<Tera, TemplateError> {
    let Template { path, text } = template;
    let mut tera = Tera::default();
    tera.autoescape_on(vec![".md", ".html"]);
    tera.set_escape_fn(match writing {
        OutputKind::Markdown | OutputKind::Page => escape_markdown,
        OutputKind::Html => escape_html,
    });
    tera.register_function("chart", ChartFunction(writing));
    tera.register_filter("dash", dash);
    tera.add_raw_template(path, text).map_err(|error| TemplateError::Fault {
        template: path.to_owned(),
        why: causes(&error),
        near: Vec::new(),
    })?;
    Ok(tera)
}

fn rendered<T: Serialize>(
    tera: &Tera,
    (writing, lang): (OutputKind, Lang),
    template: Template<'_>,
    values: &T,
    most: u64,
) -> Result<String, TemplateError> {
    let Template { path, text } = template;
    let fault = |error: &tera::Error| TemplateError::Fault {
        template: path.to_owned(),
        why: causes(error),
        near: meant(error, text, values),
    };
    let plain =
        |why: String| TemplateError::Fault { template: path.to_owned(), why, near: Vec::new() };
    let context = Context::from_serialize(values).map_err(|error| fault(&error))?;
    let mut output = LimitedBuffer::to(most);
    let rendered = tera.render_to(path, &context, &mut output);
    if output.is_full {
        return Err(TemplateError::Beyond { template: path.to_owned(), bound: output.bound() });
    }
    rendered.map_err(|error| fault(&error))?;
    let mut text = String::from_utf8(output.text).map_err(|error| plain(error.to_string()))?;
    let filter = context.get(FILTER).and_then(|filter| filter.get_from_path("text"));
    if let Some(filter) = filter.and_then(tera::Value::as_str) {
        text = below_title(&text, filter);
    }
    match writing {
        OutputKind::Markdown | OutputKind::Html => Ok(text),
        OutputKind::Page => page::page(&text, lang).map_err(plain),
    }
}

/// A report with a line below its title, whatever template wrote it; above everything where it has none.
fn below_title(report: &str, line: &str) -> String {
    let (report, line) = (report.trim_start_matches('\n'), markdown(line));
    match report.split_once('\n') {
        Some((title, rest)) if title.starts_with("# ") => {
            format!("{title}\n\n{line}\n\n{}", rest.trim_start_matches('\n'))
        }
        _ => format!("{line}\n\n{report}"),
    }
}

/// The values whose names are nearest to the one at which rendering failed.
fn meant<T: Serialize>(error: &tera::Error, template: &str, values: &T) -> Vec<String> {
    let ErrorKind::RenderingError(report) = error.kind() else {
        return Vec::new();
    };
    let span = report.span();
    let line = template.lines().nth(span.start_line.saturating_sub(1)).unwrap_or_default();
    let place = line.chars().skip(span.start_col);
    let width = span.end_col.saturating_sub(span.start_col).max(1);
    let given: String =
        if span.end_line > span.start_line { place.collect() } else { place.take(width).collect() };
    let mut words = given.split(|c: char| !c.is_alphanumeric() && c != '_');
    let Some(given) = words.rfind(|word| word.starts_with(char::is_alphabetic)) else {
        return Vec::new();
    };
    let mut names = BTreeSet::new();
    if let Ok(values) = serde_json::to_value(values) {
        gather_names(&values, &mut names);
    }
    nearest(given, names.iter().map(String::as_str).filter(|name| *name != given))
}

fn gather_names(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                names.insert(name.clone());
                gather_names(value, names);
            }
        }
        Value::Array(values) => {
            for value in values {
                gather_names(value, names);
            }
        }
        _ => {}
    }
}

/// `chart(of=…)`: one of the report's charts.
struct ChartFunction(OutputKind);

impl tera::Function<tera::TeraResult<String>> for ChartFunction {
    fn call(&self, arguments: Kwargs, _: &State) -> tera::TeraResult<String> {
        let value: tera::Value = arguments.must_get("of")?;
        let read = serde_json::to_value(&value).and_then(serde_json::from_value::<Chart>);
        let chart = read.map_err(|error| tera::Error::message(format!("not a chart: {error}")))?;
        match self.0 {
            OutputKind::Markdown | OutputKind::Html => Ok(chart.mermaid()),
            OutputKind::Page => {
                chart.place().map_err(|error| tera::Error::message(error.to_string()))
            }
        }
    }

    fn is_safe(&self) -> bool {
        true
    }
}

/// `{{ value | dash }}`: a dash where nothing is known, so that no cell of a form looks forgotten.
fn dash(text: &str, _: Kwargs, _: &State) -> String {
    if text.trim().is_empty() { "—".to_owned() } else { text.to_owned() }
}

/// [`markdown`], as tera wants it.
fn escape_markdown(text: &str, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(markdown(text).as_bytes())
}

/// [`html`], as tera wants it.
fn escape_html(text: &str, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(html(text).as_bytes())
}

/// The message of an error with those of its causes.
fn causes(error: &tera::Error) -> String {
    let text = error.to_string();
    // that it is an error is said before it
    let mut text = text.strip_prefix("error: ").unwrap_or(&text).to_owned();
    let mut cause = error.source();
    while let Some(next) = cause {
        text += &format!(": {next}");
        cause = next.source();
    }
    text
}

/// Text of strangers, harmless inside Markdown: in a paragraph, a list or the cell of a table.
pub fn markdown(text: &str) -> String {
    escaped(text, |c| match c {
        '\n' => Some("<br>".into()),
        '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' | '$' | '{' | '}' => {
            Some(format!("\\{c}").into())
        }
        '<' => Some("&lt;".into()),
        '>' => Some("&gt;".into()),
        '&' => Some("&amp;".into()),
        _ => None,
    })
}

/// Text of strangers, harmless inside HTML: between tags and in a quoted attribute.
pub fn html(text: &str) -> String {
    escaped(text, |c| match c {
        '<' => Some("&lt;".into()),
        '>' => Some("&gt;".into()),
        '&' => Some("&amp;".into()),
        '"' => Some("&quot;".into()),
        '\'' => Some("&#39;".into()),
        '\n' => Some("\n".into()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_desk_may_replace_is_built_in() {
        for path in override_paths() {
            let (folder, file) = path.rsplit_once('/').unwrap();
            let lang = Lang::from_tag(folder.strip_prefix("templates/").unwrap()).unwrap();
            assert!(!built_in(file, lang).is_empty(), "{path}");
        }
    }

    #[test]
    fn a_line_stands_below_the_title_that_a_template_gives_or_on_top() {
        assert_eq!(below_title("\n# T\n\ntext\n", "a|b"), "# T\n\na\\|b\n\ntext\n");
        assert_eq!(below_title("# T\ntext\n", "a"), "# T\n\na\n\ntext\n");
        assert_eq!(below_title("text\n", "a"), "a\n\ntext\n");
    }

    #[test]
    fn text_of_strangers_cannot_leave_its_cell() {
        assert_eq!(markdown("a|b\n# c <script>"), "a\\|b<br>\\# c &lt;script&gt;");
        assert_eq!(markdown("[x](http://y) `z`"), "\\[x\\](http://y) \\`z\\`");
    }

    #[test]
    fn text_of_strangers_stays_text_in_html() {
        let nasty = "<script>\"x\" & 'y'</script>\u{202e}";
        let safe = "&lt;script&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/script&gt;\\u{202e}";
        assert_eq!(html(nasty), safe);
        for unseen in ["\u{fff9}", "\u{e0041}", "\u{ad}", "\u{2066}"] {
            assert!(html(unseen).starts_with("\\u{"), "{unseen:?}");
            assert!(markdown(unseen).starts_with("\\u{"), "{unseen:?}");
        }
    }

    #[test]
    fn a_template_reads_nothing_but_its_values() {
        for door in [
            "{{ now() }}",
            "{{ get_env(name=\"HOME\") }}",
            "{% include \"/etc/passwd\" %}",
            "{{ missing }}",
        ] {
            let template = Template { path: "request.md", text: door };
            let values = serde_json::json!({ "a": 1 });
            let error = render_here(OutputKind::Markdown, Lang::En, template, &values, u64::MAX);
            assert!(matches!(error, Err(TemplateError::Fault { .. })), "{door}");
        }
    }
}
