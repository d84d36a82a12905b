//! Reports: templates and the values they see. The only layer that knows tera.

pub mod card;
pub mod chart;
pub mod complaint;
pub mod day;
mod facts;
pub mod faults;
pub mod fields;
pub mod format;
pub mod kept;
pub mod kpi;
mod page;
pub mod questionnaire;
pub mod register;
pub mod request;
pub mod service;
pub mod shapes;
pub mod survey;
pub mod values;

use std::{
    collections::BTreeSet,
    error::Error as _,
    io::{self, Write},
};

use serde::Serialize;
use serde_json::Value;
use tera::{Context, ErrorKind, Kwargs, State, Tera};

use chart::Chart;

use crate::{
    domain::nearest::nearest,
    words::{Lang, Words},
};

/// Edition of the built-in templates and of the words in them; raised with every change of what a
/// report says. A closing names the one that made the report that it keeps.
pub const EDITION: u32 = 2;

/// A template that cannot be rendered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{template}: {why}")]
pub struct Error {
    pub template: String,
    pub why: String,
    /// What the template may have meant by the name at the place of the fault, nearest first.
    pub near: Vec<String>,
}

/// A report: the name it is asked for by, and what it is.
#[derive(Clone, Copy, Debug)]
pub struct About {
    pub name: &'static str,
    en: &'static str,
    zh: &'static str,
}

/// The reports there are.
pub const REPORTS: &[About] = &[
    About {
        name: "register",
        en: "request tracking register: one row for each record of a period",
        zh: "客户服务请求记录跟踪表：期内每条记录一行",
    },
    About {
        name: "request",
        en: "service request report: everything about one record (ID)",
        zh: "客户服务请求报告：一条记录的全部内容（需编号）",
    },
    About {
        name: "complaint-form",
        en: "complaint handling form: everything about one complaint (ID)",
        zh: "用户投诉处理表：一件投诉的全部内容（需编号）",
    },
    About {
        name: "complaint-register",
        en: "supervised complaint register: every complaint of a period",
        zh: "监督投诉记录表：期内每件投诉一行",
    },
    About {
        name: "daily",
        en: "daily follow-up: every unfinished record with what is due",
        zh: "每日跟踪：全部未完成记录及待办",
    },
    About {
        name: "handover",
        en: "shift handover: unfinished records by who follows them",
        zh: "交接班记录：按跟踪人列出未完成记录",
    },
    About {
        name: "survey",
        en: "satisfaction survey report: samples, answers and grades of a period",
        zh: "满意度调查报告：期内样本、答复与满意度",
    },
    About {
        name: "faults",
        en: "hardware and software fault table: faults solved in a period",
        zh: "客户软硬件故障处理表：期内解决的故障",
    },
    About {
        name: "service",
        en: "service report of a period: targets, workload, trend, satisfaction, misses, improvements",
        zh: "服务报告：目标达成、工作量、趋势、满意度、未达标与改进",
    },
    About {
        name: "card",
        en: "service desk card: how to reach the desk, its hours and what it promises",
        zh: "服务台卡片：联系方式、服务时间与服务承诺",
    },
    About {
        name: "kpi",
        en: "key figures of a period against their targets",
        zh: "考核指标：期内各项指标与目标",
    },
];

impl About {
    /// What it is, in one line.
    #[must_use]
    pub fn line(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Zh => self.zh,
        }
    }
}

/// A report that was made, whatever shape it leaves in.
#[derive(Clone, Debug)]
pub struct Made {
    name: &'static str,
    /// What its template sees.
    pub values: Value,
    /// Its table, the head first.
    pub rows: Vec<Vec<String>>,
}

impl Made {
    /// A report of values and the table among them.
    ///
    /// # Errors
    /// Values that cannot be written.
    pub fn new<T: Serialize>(
        name: &'static str,
        values: &T,
        rows: Vec<Vec<String>>,
    ) -> Result<Self, Error> {
        let fault = |why: String| Error { template: name.to_owned(), why, near: Vec::new() };
        let values = serde_json::to_value(values).map_err(|error| fault(error.to_string()))?;
        Ok(Self { name, values, rows })
    }

    /// As Markdown, by the desk's own template or the built-in one.
    ///
    /// # Errors
    /// A template that cannot be rendered.
    pub fn markdown(&self, words: Words, own: Option<&str>) -> Result<String, Error> {
        render(self.name, words, own, &self.values)
    }

    /// As one HTML file, by the same template.
    ///
    /// # Errors
    /// A template that cannot be rendered.
    pub fn page(&self, words: Words, own: Option<&str>) -> Result<String, Error> {
        let path = override_path(self.name, words.lang);
        let template = own.unwrap_or_else(|| built_in(self.name, words.lang));
        let markdown = render_as(Writing::Page, &path, template, &self.values)?;
        page::page(&markdown, words.lang).map_err(|why| Error {
            template: path,
            why,
            near: Vec::new(),
        })
    }

    /// The values that the template sees, for programs.
    #[must_use]
    pub fn json(&self) -> Value {
        let mut json = self.values.clone();
        json["format"] = 1.into();
        json["report"] = self.name.into();
        json
    }
}

/// Where a desk may put a template that takes the place of the built-in one.
#[must_use]
pub fn override_path(name: &str, lang: Lang) -> String {
    format!("templates/{}/{name}.md", lang.code())
}

fn built_in(name: &str, lang: Lang) -> &'static str {
    match (name, lang) {
        ("register", Lang::En) => include_str!("../../templates/en/register.md"),
        ("register", Lang::Zh) => include_str!("../../templates/zh-CN/register.md"),
        ("daily", Lang::En) => include_str!("../../templates/en/daily.md"),
        ("daily", Lang::Zh) => include_str!("../../templates/zh-CN/daily.md"),
        ("handover", Lang::En) => include_str!("../../templates/en/handover.md"),
        ("handover", Lang::Zh) => include_str!("../../templates/zh-CN/handover.md"),
        ("survey", Lang::En) => include_str!("../../templates/en/survey.md"),
        ("survey", Lang::Zh) => include_str!("../../templates/zh-CN/survey.md"),
        ("complaint-form", Lang::En) => include_str!("../../templates/en/complaint-form.md"),
        ("complaint-form", Lang::Zh) => include_str!("../../templates/zh-CN/complaint-form.md"),
        ("complaint-register", Lang::En) => {
            include_str!("../../templates/en/complaint-register.md")
        }
        ("complaint-register", Lang::Zh) => {
            include_str!("../../templates/zh-CN/complaint-register.md")
        }
        ("kpi", Lang::En) => include_str!("../../templates/en/kpi.md"),
        ("kpi", Lang::Zh) => include_str!("../../templates/zh-CN/kpi.md"),
        ("faults", Lang::En) => include_str!("../../templates/en/faults.md"),
        ("faults", Lang::Zh) => include_str!("../../templates/zh-CN/faults.md"),
        ("service", Lang::En) => include_str!("../../templates/en/service.md"),
        ("service", Lang::Zh) => include_str!("../../templates/zh-CN/service.md"),
        ("card", Lang::En) => include_str!("../../templates/en/card.md"),
        ("card", Lang::Zh) => include_str!("../../templates/zh-CN/card.md"),
        (_, Lang::En) => include_str!("../../templates/en/request.md"),
        (_, Lang::Zh) => include_str!("../../templates/zh-CN/request.md"),
    }
}

/// Renders values by the desk's own template, else by the built-in one.
fn render<T: Serialize>(
    name: &str,
    words: Words,
    own: Option<&str>,
    values: &T,
) -> Result<String, Error> {
    let path = override_path(name, words.lang);
    let template = own.unwrap_or_else(|| built_in(name, words.lang));
    render_as(Writing::Markdown, &path, template, values)
}

/// What is written, which decides how text of strangers is made harmless.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Writing {
    Markdown,
    /// Markdown that becomes a page, with the places of its charts.
    Page,
    Html,
}

/// Renders values by a template that faults are told by as `path`.
fn render_as<T: Serialize>(
    writing: Writing,
    path: &str,
    template: &str,
    values: &T,
) -> Result<String, Error> {
    let fault = |error: &tera::Error| Error {
        template: path.to_owned(),
        why: causes(error),
        near: meant(error, template, values),
    };
    let mut tera = Tera::default();
    tera.autoescape_on(vec![".md", ".html"]);
    tera.set_escape_fn(match writing {
        Writing::Markdown | Writing::Page => escape_markdown,
        Writing::Html => escape_html,
    });
    tera.register_function("chart", Drawn(writing));
    tera.add_raw_template(path, template).map_err(|error| fault(&error))?;
    let context = Context::from_serialize(values).map_err(|error| fault(&error))?;
    tera.render(path, &context).map_err(|error| fault(&error))
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
    let Some(given) = words.rfind(|word| !word.is_empty()) else {
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
struct Drawn(Writing);

impl tera::Function<tera::TeraResult<String>> for Drawn {
    fn call(&self, arguments: Kwargs, _: &State) -> tera::TeraResult<String> {
        let told: tera::Value = arguments.must_get("of")?;
        let read = serde_json::to_value(&told).and_then(serde_json::from_value::<Chart>);
        let chart = read.map_err(|error| tera::Error::message(format!("not a chart: {error}")))?;
        match self.0 {
            Writing::Markdown | Writing::Html => Ok(chart.mermaid()),
            Writing::Page => chart.place().map_err(|error| tera::Error::message(error.to_string())),
        }
    }

    fn is_safe(&self) -> bool {
        true
    }
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
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text += &format!(": {next}");
        cause = next.source();
    }
    text
}

/// Text of strangers, harmless inside Markdown: in a paragraph, a list or the cell of a table.
#[must_use]
pub fn markdown(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => safe.push_str("<br>"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' | '$' | '{' | '}' => {
                safe.push('\\');
                safe.push(c);
            }
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            c if c.is_control() => safe.extend(c.escape_unicode()),
            '\u{061c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => safe.extend(c.escape_unicode()),
            c => safe.push(c),
        }
    }
    safe
}

/// Text of strangers, harmless inside HTML: between tags and in a quoted attribute.
#[must_use]
pub fn html(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\n' => safe.push(c),
            c if c.is_control() => safe.extend(c.escape_unicode()),
            '\u{061c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => safe.extend(c.escape_unicode()),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

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
    }

    #[test]
    fn a_template_reads_nothing_but_its_values() {
        let words = Words::new(Lang::En);
        for door in [
            "{{ now() }}",
            "{{ get_env(name=\"HOME\") }}",
            "{% include \"/etc/passwd\" %}",
            "{{ missing }}",
        ] {
            let error = render("request", words, Some(door), &serde_json::json!({ "a": 1 }));
            assert!(error.is_err(), "{door}");
        }
    }
}
