//! Everything that ends a command, with its exit status, its sentence and its next step.

mod repository;
pub mod usage;

use std::io;

use serde_json::{Value, json};

use crate::{
    domain::{base::moment::MomentError, history::refusal::Refusal},
    error::usage::Usage,
    report::{self, bounded::Bound},
    store::{self, git},
    words::{Lang, MissingField, RefusalDetails, Words},
};

/// What ended a command.
#[derive(Debug)]
pub enum Error {
    /// The procedure does not allow it.
    Refused(Box<RefusalDetails>),
    Store(store::error::Error),
    Report(report::Error),
    /// Fields that the command cannot do without.
    Missing {
        command: &'static str,
        fields: Vec<MissingField>,
    },
    /// A time that cannot be read.
    Time {
        flag: &'static str,
        fault: MomentError,
    },
    /// Words on the command line that do not fit together.
    Usage(Usage),
    /// git knows nobody here.
    NoIdentity,
    /// git's author is not in the roster.
    Stranger {
        email: String,
    },
    /// Several contacts have this name.
    Namesakes {
        given: String,
        contacts: Vec<String>,
    },
    NoContact {
        given: String,
        nearest: Vec<String>,
    },
    NoPhone {
        record: String,
    },
    BadVariable {
        name: &'static str,
        why: String,
    },
    NoChance,
    /// A prompt was given up.
    GivenUp,
    Io {
        what: String,
        source: io::Error,
    },
    /// It is done, but the answer could not be written: the ids in it, or else the commit.
    NotPrinted {
        what: String,
        source: io::Error,
    },
}

/// The outcome of a command.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// 1 refused or not found, 2 usage, 3 repository or environment.
    pub fn status(&self) -> u8 {
        match self {
            Self::Refused(refused) if is_usage(&refused.why) => 2,
            Self::Refused(_)
            | Self::Namesakes { .. }
            | Self::NoContact { .. }
            | Self::NoPhone { .. } => 1,
            Self::Store(error) => repository::status(error),
            Self::Missing { .. } | Self::Time { .. } | Self::Usage(_) | Self::GivenUp => 2,
            Self::Report(_)
            | Self::NoIdentity
            | Self::Stranger { .. }
            | Self::BadVariable { .. }
            | Self::NoChance
            | Self::Io { .. }
            | Self::NotPrinted { .. } => 3,
        }
    }

    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(refused) if is_usage(&refused.why) => "usage",
            Self::Refused(_) => "refused",
            Self::Store(store::error::Error::Git(git::error::Error::HandEdited { .. })) => {
                "hand_edited"
            }
            Self::Store(
                store::error::Error::Ambiguous { .. } | store::error::Error::Namesakes { .. },
            )
            | Self::Namesakes { .. } => "ambiguous",
            Self::Store(
                store::error::Error::Conflict { .. } | store::error::Error::Unmergeable { .. },
            ) => "conflict",
            Self::Store(store::error::Error::Keyless { .. })
            | Self::NoIdentity
            | Self::Stranger { .. } => "identity",
            Self::Store(error) => match repository::status(error) {
                1 => "not_found",
                2 => "usage",
                _ => "repository",
            },
            Self::Report(_) => "template",
            Self::Missing { .. } => "missing",
            Self::Time { .. } | Self::Usage(_) => "usage",
            Self::NoContact { .. } | Self::NoPhone { .. } => "not_found",
            Self::BadVariable { .. } | Self::NoChance | Self::Io { .. } => "environment",
            Self::GivenUp => "given_up",
            Self::NotPrinted { .. } => "not_printed",
        }
    }

    /// What went wrong, naming the culprit.
    pub fn sentence(&self, words: Words) -> String {
        let pick = |en: String, zh: String| match words.lang() {
            Lang::En => en,
            Lang::Zh => zh,
        };
        match self {
            Self::Refused(refused) => words.refused(refused),
            Self::Store(error) => repository::sentence(error, words.lang()),
            Self::Report(error) => template(error, words.lang()),
            Self::Missing { command, fields } => {
                let fields: Vec<_> =
                    fields.iter().map(|f| format!("{} ({})", f.field, f.flag)).collect();
                let fields = fields.join(", ");
                pick(format!("{command} needs {fields}"), format!("{command} 还缺：{fields}"))
            }
            Self::Time { flag, fault } => format!("{flag}: {fault}"),
            Self::Usage(usage) => usage::sentence(usage, words.lang()),
            Self::NoIdentity => {
                pick("git does not know who you are".to_owned(), "git 不知道您是谁".to_owned())
            }
            Self::Stranger { email } => {
                pick(format!("{email} is nobody of the roster"), format!("{email} 不在人员名册中"))
            }
            Self::Namesakes { given, contacts } => {
                let contacts = contacts.join(", ");
                pick(
                    format!("“{given}” is the name of several contacts: {contacts}"),
                    format!("“{given}” 对应多个联系人：{contacts}"),
                )
            }
            Self::NoContact { given, .. } => {
                pick(format!("no contact “{given}”"), format!("没有联系人“{given}”"))
            }
            Self::NoPhone { record } => pick(
                format!("{record} has no number to call"),
                format!("{record} 没有可拨打的电话"),
            ),
            Self::BadVariable { name, why } => format!("{name}: {why}"),
            Self::NoChance => pick(
                "the system gives no random numbers".to_owned(),
                "系统无法提供随机数".to_owned(),
            ),
            Self::GivenUp => {
                pick("given up, nothing was done".to_owned(), "已放弃，未作任何更改".to_owned())
            }
            Self::Io { what, source } => format!("{what}: {source}"),
            Self::NotPrinted { what, source } => pick(
                format!("committed; could not print {what}: {source}"),
                format!("已提交；无法输出 {what}：{source}"),
            ),
        }
    }

    /// The next step, where there is one.
    pub fn hint(&self, words: Words) -> Option<String> {
        let pick = |en: &str, zh: &str| {
            Some(match words.lang() {
                Lang::En => en.to_owned(),
                Lang::Zh => zh.to_owned(),
            })
        };
        match self {
            Self::Refused(refused) => words.hint(refused),
            Self::Store(error) => repository::hint(error, words.lang()),
            Self::Missing { command, .. } => pick(
                &format!("docket {command} --help explains them; on a terminal they are asked for"),
                &format!("docket {command} --help 有说明；在终端中会逐项询问"),
            ),
            Self::NoIdentity => pick(
                "git config user.name NAME; git config user.email EMAIL",
                "git config user.name 姓名；git config user.email 邮箱",
            ),
            Self::Stranger { .. } => pick(
                "a team lead adds people: docket people add ID --name NAME --email EMAIL --role agent",
                "由服务团队负责人添加：docket people add ID --name 姓名 --email 邮箱 --role agent",
            ),
            Self::Namesakes { .. } => pick(
                "name the contact by its id, or a new one of the same name with --namesake TEXT",
                "请用联系人编号指明，或用 --namesake TEXT 登记同名的新联系人",
            ),
            Self::NoContact { nearest, .. } if nearest.is_empty() => {
                pick("docket contact list", "docket contact list")
            }
            Self::NoContact { nearest, .. } => {
                let nearest = nearest.join(", ");
                pick(&format!("did you mean {nearest}?"), &format!("是否指 {nearest}?"))
            }
            Self::NoPhone { .. } => pick("docket contact list", "docket contact list"),
            Self::Usage(Usage::NotATerm { known, .. }) => {
                let known = known.join(" ");
                pick(&format!("one of: {known}"), &format!("可用：{known}"))
            }
            Self::Usage(Usage::UnknownColumn { .. } | Usage::NoColumn { .. }) => pick(
                "the columns are record, satisfaction, by, and perhaps questions, sent, comment, answer.KEY",
                "各列为 record、satisfaction、by，可另有 questions、sent、comment、answer.KEY",
            ),
            Self::Usage(Usage::NoReport { near, .. }) => {
                Some(suggested(near, "docket report --list", words.lang()))
            }
            Self::Usage(Usage::NoKpi { near, .. }) => {
                Some(suggested(near, "docket report kpi --format csv", words.lang()))
            }
            Self::Report(report::Error::Fault { near, .. }) => {
                let all = "docket report NAME --fields";
                Some(suggested(near, all, words.lang()))
            }
            Self::Report(report::Error::Beyond { template, .. }) => pick(
                &format!("simplify {template}, or remove it to use the built-in one"),
                &format!("请简化 {template}，或将其删除以使用内置模板"),
            ),
            Self::NotPrinted { .. } => pick(
                "do not run it again: git log shows what was committed",
                "请勿重复执行：git log 可查看已提交的内容",
            ),
            Self::Usage(_)
            | Self::Time { .. }
            | Self::BadVariable { .. }
            | Self::NoChance
            | Self::GivenUp
            | Self::Io { .. } => None,
        }
    }

    /// The fields that are missing, where that is what ended the command.
    fn missing(&self, words: Words) -> Option<Vec<MissingField>> {
        match self {
            Self::Missing { fields, .. } => Some(fields.clone()),
            Self::Refused(refused) => words.missing(refused),
            Self::Store(_)
            | Self::Report(_)
            | Self::Time { .. }
            | Self::Usage(_)
            | Self::NoIdentity
            | Self::Stranger { .. }
            | Self::Namesakes { .. }
            | Self::NoContact { .. }
            | Self::NoPhone { .. }
            | Self::BadVariable { .. }
            | Self::NoChance
            | Self::GivenUp
            | Self::Io { .. }
            | Self::NotPrinted { .. } => None,
        }
    }

    /// The error as programs read it.
    pub fn json(&self, words: Words) -> Value {
        let mut value = json!({
            "format": 1,
            "error": self.sentence(words),
            "code": self.code(),
            "hint": self.hint(words),
            "status": self.status(),
        });
        if let Some(fields) = self.missing(words) {
            let missing: Vec<Value> =
                fields.iter().map(|f| json!({ "field": f.field, "flag": f.flag })).collect();
            value["missing"] = missing.into();
        }
        value
    }
}

/// Why a template cannot be rendered.
fn template(error: &report::Error, lang: Lang) -> String {
    let (template, bound) = match error {
        report::Error::Fault { template, why, .. } => return format!("{template}: {why}"),
        report::Error::Beyond { template, bound } => (template, bound),
    };
    match (lang, bound) {
        (Lang::En, Bound::Time { seconds }) => {
            format!("{template}: takes more than {seconds} seconds of computing")
        }
        (Lang::En, Bound::Memory { mebibytes }) => {
            format!("{template}: needs more than {mebibytes} MiB of memory, or nests too deeply")
        }
        (Lang::En, Bound::Output { mebibytes }) => {
            format!("{template}: writes more than {mebibytes} MiB")
        }
        (Lang::Zh, Bound::Time { seconds }) => format!("{template}：计算超过 {seconds} 秒"),
        (Lang::Zh, Bound::Memory { mebibytes }) => {
            format!("{template}：内存超过 {mebibytes} MiB，或嵌套过深")
        }
        (Lang::Zh, Bound::Output { mebibytes }) => {
            format!("{template}：输出超过 {mebibytes} MiB")
        }
    }
}

/// True for what neither state nor policy nor look-up refuses: it was not said right.
fn is_usage(why: &Refusal) -> bool {
    matches!(why, Refusal::Text { .. } | Refusal::Nothing)
}

impl From<store::error::Error> for Error {
    fn from(error: store::error::Error) -> Self {
        Self::Store(error)
    }
}

impl From<git::error::Error> for Error {
    fn from(error: git::error::Error) -> Self {
        Self::Store(error.into())
    }
}

/// What was meant perhaps, and where all are named.
fn suggested(near: &[String], all: &str, lang: Lang) -> String {
    let near = near.join(", ");
    match lang {
        Lang::En if near.is_empty() => format!("{all} names them all"),
        Lang::En => format!("did you mean {near}? {all} names them all"),
        Lang::Zh if near.is_empty() => format!("{all} 列出全部"),
        Lang::Zh => format!("是否指 {near}？{all} 列出全部"),
    }
}

impl From<report::Error> for Error {
    fn from(error: report::Error) -> Self {
        Self::Report(error)
    }
}
