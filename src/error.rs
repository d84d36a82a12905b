//! Everything that ends a command, with its exit status, its sentence and its next step.

use std::io;

use serde_json::{Value, json};

use crate::{
    domain::{moment::MomentError, refusal::Refusal},
    report,
    store::{self, git},
    words::{Lang, Refused, Words},
};

/// What ended a command.
#[derive(Debug)]
pub enum Error {
    /// The procedure does not allow it.
    Refused(Box<Refused>),
    Store(store::error::Error),
    Report(report::Error),
    /// Fields that the command cannot do without.
    Missing {
        command: &'static str,
        fields: Vec<Field>,
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
}

/// A field that was not said, with the flag that says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub field: String,
    pub flag: String,
}

/// Words that do not fit together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Usage {
    /// `--answer` without `=`.
    NotKeyValue { flag: &'static str, given: String },
    /// A word that a vocabulary does not have.
    NotATerm { flag: &'static str, given: String, known: Vec<String> },
    /// Two flags that exclude one another.
    NotBoth { one: &'static str, other: &'static str },
    /// A time zone that is none.
    NotAZone { given: String },
    /// A prefix that is none.
    NotAPrefix { given: String },
    /// An id that is none.
    NotAnId { given: String, like: &'static str },
    /// A report that is none.
    NoReport { given: String, known: Vec<String> },
    /// A field that cannot be sorted by.
    NotSortable { given: String, known: Vec<String> },
    /// Words that make no command line; why, as clap says it.
    NotUnderstood { why: String },
    /// A directory that holds other things.
    NotEmpty { dir: String },
    /// Words that mean no command.
    NotACommand { given: String, why: String },
}

/// The outcome of a command.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// 1 refused or not found, 2 usage, 3 repository or environment.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::Refused(refused) if is_usage(&refused.why) => 2,
            Self::Refused(_)
            | Self::Namesakes { .. }
            | Self::NoContact { .. }
            | Self::NoPhone { .. } => 1,
            Self::Store(error) => store_status(error),
            Self::Missing { .. } | Self::Time { .. } | Self::Usage(_) | Self::GivenUp => 2,
            Self::Report(_)
            | Self::NoIdentity
            | Self::Stranger { .. }
            | Self::BadVariable { .. }
            | Self::NoChance
            | Self::Io { .. } => 3,
        }
    }

    /// A stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(refused) if is_usage(&refused.why) => "usage",
            Self::Refused(_) => "refused",
            Self::Store(store::error::Error::Git(git::error::Error::HandEdited { .. })) => {
                "hand_edited"
            }
            Self::Store(store::error::Error::Ambiguous { .. }) | Self::Namesakes { .. } => {
                "ambiguous"
            }
            Self::Store(error) => match store_status(error) {
                1 => "not_found",
                2 => "usage",
                _ => "repository",
            },
            Self::Report(_) => "template",
            Self::Missing { .. } => "missing",
            Self::Time { .. } | Self::Usage(_) => "usage",
            Self::NoIdentity | Self::Stranger { .. } => "identity",
            Self::NoContact { .. } | Self::NoPhone { .. } => "not_found",
            Self::BadVariable { .. } | Self::NoChance | Self::Io { .. } => "environment",
            Self::GivenUp => "given_up",
        }
    }

    /// What went wrong, naming the culprit.
    #[must_use]
    pub fn sentence(&self, words: Words) -> String {
        let pick = |en: String, zh: String| match words.lang {
            Lang::En => en,
            Lang::Zh => zh,
        };
        match self {
            Self::Refused(refused) => words.refused(refused),
            Self::Store(error) => store_sentence(error, words.lang),
            Self::Report(error) => error.to_string(),
            Self::Missing { command, fields } => {
                let fields: Vec<_> =
                    fields.iter().map(|f| format!("{} ({})", f.field, f.flag)).collect();
                let fields = fields.join(", ");
                pick(format!("{command} needs {fields}"), format!("{command} 还缺：{fields}"))
            }
            Self::Time { flag, fault } => format!("{flag}: {fault}"),
            Self::Usage(usage) => usage_sentence(usage, words.lang),
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
        }
    }

    /// The next step, where there is one.
    #[must_use]
    pub fn hint(&self, words: Words) -> Option<String> {
        let pick = |en: &str, zh: &str| {
            Some(match words.lang {
                Lang::En => en.to_owned(),
                Lang::Zh => zh.to_owned(),
            })
        };
        match self {
            Self::Refused(refused) => words.hint(refused),
            Self::Store(error) => store_hint(error, words.lang),
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
            Self::Usage(
                Usage::NotATerm { known, .. }
                | Usage::NoReport { known, .. }
                | Usage::NotSortable { known, .. },
            ) => {
                let known = known.join(" ");
                pick(&format!("one of: {known}"), &format!("可用：{known}"))
            }
            Self::Usage(_)
            | Self::Report(_)
            | Self::Time { .. }
            | Self::BadVariable { .. }
            | Self::NoChance
            | Self::GivenUp
            | Self::Io { .. } => None,
        }
    }

    /// The fields that are missing, where that is what ended the command.
    fn missing(&self, words: Words) -> Option<Vec<Field>> {
        match self {
            Self::Missing { fields, .. } => Some(fields.clone()),
            Self::Refused(refused) => words.missing(refused).map(|missing| {
                missing.into_iter().map(|(field, flag)| Field { field, flag }).collect()
            }),
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
            | Self::Io { .. } => None,
        }
    }

    /// The error as programs read it.
    #[must_use]
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

/// True for what neither state nor policy nor look-up refuses: it was not said right.
fn is_usage(why: &Refusal) -> bool {
    matches!(why, Refusal::Text { .. } | Refusal::Nothing)
}

fn store_status(error: &store::error::Error) -> u8 {
    use store::error::Error as Store;
    match error {
        Store::NoRecord { .. }
        | Store::Ambiguous { .. }
        | Store::ShortTail { .. }
        | Store::Git(git::error::Error::HandEdited { .. }) => 1,
        Store::Git(_)
        | Store::NotADesk { .. }
        | Store::Broken { .. }
        | Store::Policy { .. }
        | Store::NoPolicy { .. }
        | Store::Newer { .. }
        | Store::Misplaced { .. }
        | Store::OutOfStep { .. }
        | Store::Grown { .. }
        | Store::NoRevision { .. }
        | Store::OtherBranch { .. }
        | Store::Detached { .. }
        | Store::File { .. } => 3,
    }
}

fn store_sentence(error: &store::error::Error, lang: Lang) -> String {
    use store::error::Error as Store;
    let english = || {
        let mut sentence = error.to_string();
        let mut cause = std::error::Error::source(error);
        while let Some(next) = cause {
            let told = next.to_string();
            if !sentence.contains(&told) {
                sentence += &format!(": {told}");
            }
            cause = next.source();
        }
        sentence
    };
    if lang == Lang::En {
        return english();
    }
    match error {
        Store::NotADesk { dir, branch } => {
            format!("{dir} 是 git 仓库，但还不是服务台：分支 {branch} 上没有 docket.yaml")
        }
        Store::NoPolicy { path } => format!("缺少 {path}"),
        Store::Newer { path, format, ours } => {
            format!("{path} 的格式为 {format},本程序只写格式 {ours}")
        }
        Store::Misplaced { path, id } => format!("{path} 中是记录 {id}"),
        Store::OutOfStep { path } => format!("{path} 的状态与其历史不符，文件曾被改动"),
        Store::Grown { path, size } => format!("{path} 将达 {size} 字节，超过可读回的大小"),
        Store::NoRecord { given, .. } if given == "last" => "您在这里还没有处理过记录".to_owned(),
        Store::NoRecord { given, .. } => format!("没有记录 {given}"),
        Store::Ambiguous { given, records } => {
            format!("{given} 是多条记录的尾号：{}", records.join(", "))
        }
        Store::ShortTail { given } => format!("{given} 太短，不足以指定要更改的记录"),
        Store::NoRevision { given } => format!("没有版本 {given}"),
        Store::OtherBranch { here, desk } => format!("当前分支是 {here},服务台写在 {desk} 上"),
        Store::Detached { commit } => format!("HEAD 游离于 {commit},服务台只写在分支上"),
        Store::Git(git::error::Error::NotARepository { dir }) => {
            format!("{} 不在 git 仓库中", dir.display())
        }
        Store::Git(git::error::Error::HandEdited { path, edit: git::error::Edit::Unstaged }) => {
            format!("{path} 被手工修改且未提交")
        }
        Store::Git(git::error::Error::HandEdited { path, edit: git::error::Edit::Staged }) => {
            format!("{path} 有已暂存但未提交的修改")
        }
        Store::Git(git::error::Error::LockTimeout { .. }) => {
            "另一个 docket 仍在写入，已等待过久".to_owned()
        }
        Store::Git(_) | Store::Broken { .. } | Store::Policy { .. } | Store::File { .. } => {
            english()
        }
    }
}

fn store_hint(error: &store::error::Error, lang: Lang) -> Option<String> {
    use store::error::Error as Store;
    let pick = |en: String, zh: String| {
        Some(match lang {
            Lang::En => en,
            Lang::Zh => zh,
        })
    };
    match error {
        Store::NotADesk { .. } | Store::Git(git::error::Error::NotARepository { .. }) => pick(
            "docket init makes a desk, docket demo a sample one, -C DIR goes to another".to_owned(),
            "docket init 新建服务台，docket demo 新建示例，-C DIR 指定其他目录".to_owned(),
        ),
        Store::NoRecord { nearest, .. } if !nearest.is_empty() => {
            let nearest = nearest.join(", ");
            pick(format!("did you mean {nearest}?"), format!("是否指 {nearest}?"))
        }
        Store::NoRecord { .. } => pick(
            "docket list --all shows them".to_owned(),
            "docket list --all 可列出全部".to_owned(),
        ),
        Store::Ambiguous { .. } | Store::ShortTail { .. } => pick(
            "give at least four characters of the tail, or the whole id".to_owned(),
            "请给出尾号至少四位，或完整编号".to_owned(),
        ),
        Store::OtherBranch { here, desk } => pick(
            format!("git switch {desk}, or --branch {here} to write here"),
            format!("git switch {desk},或用 --branch {here} 写在此处"),
        ),
        Store::Detached { .. } => {
            pick("git switch BRANCH".to_owned(), "git switch 分支".to_owned())
        }
        Store::Git(git::error::Error::HandEdited { path, .. }) => pick(
            format!(
                "git diff HEAD -- {path} shows it; git restore --staged --worktree {path} drops it; \
                     commit it with git to keep it, which an audit will name"
            ),
            format!(
                "git diff HEAD -- {path} 查看；git restore --staged --worktree {path} 丢弃；\
                     如需保留请用 git 提交，审计会指出"
            ),
        ),
        Store::Newer { .. } => pick(
            "a later docket writes it; reading the others goes on".to_owned(),
            "请使用更新版本的 docket".to_owned(),
        ),
        Store::OutOfStep { path }
        | Store::Broken { path, .. }
        | Store::Misplaced { path, .. }
        | Store::Policy { path, .. } => pick(
            format!("git log -p -- {path} shows how it came about"),
            format!("git log -p -- {path} 可查看由来"),
        ),
        Store::NoPolicy { path } => pick(
            format!("git log --diff-filter=D -- {path} shows who removed it"),
            format!("git log --diff-filter=D -- {path} 可查看何人删除"),
        ),
        Store::Git(_) | Store::Grown { .. } | Store::NoRevision { .. } | Store::File { .. } => None,
    }
}

fn usage_sentence(usage: &Usage, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    match usage {
        Usage::NotKeyValue { flag, given } if zh => {
            format!("{flag} 需写成 KEY=VALUE,而不是“{given}”")
        }
        Usage::NotKeyValue { flag, given } => format!("{flag} takes KEY=VALUE, not “{given}”"),
        Usage::NotATerm { flag, given, .. } if zh => format!("{flag} 没有“{given}”这个值"),
        Usage::NotATerm { flag, given, .. } => format!("{flag} knows no “{given}”"),
        Usage::NotBoth { one, other } if zh => format!("{one} 与 {other} 不能同时使用"),
        Usage::NotBoth { one, other } => format!("{one} and {other} exclude one another"),
        Usage::NotAZone { given } if zh => format!("“{given}”不是 Asia/Shanghai 这样的时区"),
        Usage::NotAZone { given } => format!("“{given}” is no time zone like Asia/Shanghai"),
        Usage::NotAPrefix { given } if zh => {
            format!("“{given}”不能作编号前缀：一至八位大写字母或数字")
        }
        Usage::NotAPrefix { given } => {
            format!("“{given}” is no prefix: one to eight capitals or digits")
        }
        Usage::NotAnId { given, like } if zh => format!("“{given}”不是 {like} 这样的编号"),
        Usage::NotAnId { given, like } => format!("“{given}” is not an id like {like}"),
        Usage::NoReport { given, .. } if zh => format!("没有报告“{given}”"),
        Usage::NoReport { given, .. } => format!("no report “{given}”"),
        Usage::NotSortable { given, .. } if zh => format!("不能按“{given}”排序"),
        Usage::NotSortable { given, .. } => format!("nothing can be sorted by “{given}”"),
        Usage::NotUnderstood { why } => why.clone(),
        Usage::NotEmpty { dir } if zh => format!("{dir} 不是空目录"),
        Usage::NotEmpty { dir } => format!("{dir} is not an empty directory"),
        Usage::NotACommand { given, why } if zh => format!("“{given}”不是命令:{why}"),
        Usage::NotACommand { given, why } => format!("“{given}” is no command: {why}"),
    }
}

impl From<store::error::Error> for Error {
    fn from(error: store::error::Error) -> Self {
        Self::Store(error)
    }
}

impl From<report::Error> for Error {
    fn from(error: report::Error) -> Self {
        Self::Report(error)
    }
}
