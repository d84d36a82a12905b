//! 命令行用法错误。

use crate::{
    domain::analysis::source::RowFault,
    error::usage::{ArgumentName, BadValue, SyntaxError, Usage, ValueFault},
    words::{
        Words, typed,
        zh::{
            help::HELP,
            source,
            time::{duration_fault, moment_fault},
            yaml,
        },
    },
};

const WORDS: Words = Words::of(&super::CHINESE);

pub(super) fn sentence(usage: &Usage) -> String {
    match usage {
        Usage::Syntax { command, error } => syntax(command, error),
        Usage::Value(value) => bad_value(value),
        Usage::NotBoth { one, other } => {
            format!("{} 不能与 {other} 同时使用", HELP.placeholder(one))
        }
        Usage::NotAZone { given } => super::time::not_a_zone(given),
        Usage::NotACountry { given } => {
            format!("“{given}”不是国家：请写两个大写字母，如 CN 或 DE")
        }
        Usage::NotQuoted { given, .. } => {
            format!("没有名为“{given}”的记录；多个词的文字要加引号")
        }
        Usage::NoText { given, .. } => format!("“{given}”是记录编号，不是文字内容"),
        Usage::NotAnAlias { alias, meaning } => {
            format!("docket.alias.{alias} 的值“{meaning}”不以命令开头；docket --help 列出全部命令")
        }
        Usage::NotALanguage { place, given } => {
            format!("{place}：“{given}”不是可用的语言，可用 en 或 zh-CN")
        }
        Usage::NotARuleFile { given, known } => {
            format!("“{given}”不是规则文件的名称：{}", known.join("、"))
        }
        Usage::NoSuchRule { given, part, known, .. } if known.is_empty() => {
            format!("{given}：“{part}”之前已是具体的值，其下没有内容")
        }
        Usage::NoSuchRule { given, part, known, .. } if part.is_empty() => {
            format!("{given}：请指明其下的一个值：{}", known.join("、"))
        }
        Usage::NoSuchRule { given, part, known, .. } => {
            format!("{given}：此处没有“{part}”，可用：{}", known.join("、"))
        }
        Usage::Roster => "人员名单须逐人修改".to_owned(),
        Usage::NotAdoptable { path } => format!("{path} 没有自己的生效日，修改后立即生效"),
        Usage::AdoptedWithReason { .. } => {
            "--reason 说明撤回批准的理由，只能与 --withdraw 同用".to_owned()
        }
        Usage::NothingToChange { flags } => {
            format!("没有要修改的内容：请给出其中之一：{}", flags.join("、"))
        }
        Usage::NotByEdit { key } => {
            format!("{key} 由 docket 写入或在建立服务台时确定，不能用此命令修改")
        }
        Usage::NotAPrefix { given } => {
            format!("“{given}”不能作编号前缀：应为一至八位大写字母或数字")
        }
        Usage::NotAnId { given, like } => format!("“{given}”不是编号（例：{like}）"),
        Usage::NeedsTerminal { flag } => {
            format!("{flag} 须在终端上使用，此处不是终端；不加它则只输出一次")
        }
        Usage::NotForTerminal { name } => format!("{name} 不是文本，无法在终端显示"),
        Usage::Backwards => "--from 晚于 --to".to_owned(),
        Usage::NoReply { given, .. } => format!("没有名为“{given}”的常用回复"),
        Usage::NoReport { given, .. } => format!("没有报告“{given}”"),
        Usage::NoKpi { given, .. } => format!("没有指标“{given}”"),
        Usage::Map { file: Some(file), fault } => {
            format!("--map：{file}：{}", source::map_fault(fault))
        }
        Usage::Map { file: None, fault } => format!("--map：{}", source::map_fault(fault)),
        Usage::MapFile { path, fault } => format!("--map：{path}：{}", yaml::fault(fault)),
        Usage::NoMap { given, known } => {
            format!("--map：没有文件“{given}”，也没有这个内置映射；内置映射：{}", known.join("、"))
        }
        Usage::NotEmpty { dir } => format!("{dir} 不是空目录"),
        Usage::UnknownColumn { given } => format!("没有“{given}”这一列"),
        Usage::ColumnTwice { column } => format!("{column} 列重复"),
        Usage::NoColumn { column } => format!("缺少 {column} 列"),
        Usage::BadCell { column, given } if given.is_empty() => format!("{column} 为空"),
        Usage::BadCell { column, given } => format!("{column} 的值无效：“{given}”"),
        Usage::RowTooLong => source::fault(&RowFault::TooLong),
        Usage::TooManyCells { cells, columns } => {
            format!("有 {cells} 格，而表头只有 {columns} 列")
        }
        Usage::NotAKey { given } => {
            format!("--key 的值无效：“{given}”（应为 OpenSSH 公钥文件中的一行，或 openpgp:指纹）")
        }
    }
}

pub(super) fn hint(usage: &Usage) -> Option<String> {
    let meant = |near: &[String], all: &str| match near {
        [] => format!("{all} 列出全部"),
        near => format!("是否指 {}？{all} 列出全部", near.join(" 或 ")),
    };
    match usage {
        Usage::Syntax { error, .. } if !meant_by(error).is_empty() => {
            let lines: Vec<_> = meant_by(error).iter().map(|name| what_it_does(name)).collect();
            Some(lines.join("\n"))
        }
        Usage::Syntax { command, .. }
            if command == "docket report" && !usage.missing().is_empty() =>
        {
            Some("docket report --list 列出全部".to_owned())
        }
        usage if usage.is_name_of_attachment() => {
            Some("附件由服务台自行命名；--note 文本 记录说明，--kind 说明附件类型".to_owned())
        }
        Usage::Syntax { command, error } => Some(match syntax_hint(error) {
            Some(hint) if hint.ends_with('？') => format!("{hint}详见 {command} --help"),
            Some(hint) => format!("{hint}；详见 {command} --help"),
            None => format!("详见 {command} --help"),
        }),
        Usage::Value(value) => value_hint(value),
        Usage::UnknownColumn { .. } | Usage::NoColumn { .. } => Some(
            "各列为 record、satisfaction、by，可另有 questions、sent、comment、answer.问题"
                .to_owned(),
        ),
        Usage::NoReply { known, .. } if known.is_empty() => {
            Some("常用回复是 templates/replies/名称.md 文件".to_owned())
        }
        Usage::NoReply { known, .. } => Some(format!("常用回复：{}", known.join("、"))),
        Usage::NoReport { near, .. } => Some(meant(near, "docket report --list")),
        Usage::NoKpi { near, .. } => Some(meant(near, "docket report kpi --format csv")),
        Usage::Map { .. } | Usage::MapFile { .. } => Some(
            "docket import --help 列出所有键；docket import --show-map servicenow 可作样本"
                .to_owned(),
        ),
        Usage::NotEmpty { .. } => Some("docket demo 目录 建在另一目录".to_owned()),
        Usage::NoSuchRule { meant, .. } if !meant.is_empty() => {
            Some(format!("是否指 {}？", meant.join(" 或 ")))
        }
        Usage::NoSuchRule { .. } => {
            Some("docket policy show 列出规则文件，docket policy show 文件 列出其内容".to_owned())
        }
        Usage::Roster => Some("docket people change 人员，见 docket people --help".to_owned()),
        Usage::NotAdoptable { path } => Some(format!("docket policy edit {path}")),
        Usage::AdoptedWithReason { file } => {
            let file = typed(file.as_deref().unwrap_or_default(), "文件");
            Some(format!("理由在起草时已写明；如要批准：docket policy adopt {file}"))
        }
        Usage::NoMap { .. } => Some("docket import --list-maps".to_owned()),
        Usage::NotForTerminal { .. } => Some("用 -o 文件 保存".to_owned()),
        Usage::Backwards => Some("较早的时间在前：--from 2026-11-01 --to 2026-11-30".to_owned()),
        Usage::NotQuoted { verb: verb @ ("ack" | "accept" | "promise"), .. } => {
            Some(format!("docket help times 列出时间的各种写法；详见 docket {verb} --help"))
        }
        Usage::NotQuoted { verb, .. } | Usage::NoText { verb, .. } => {
            Some(format!("详见 docket {verb} --help"))
        }
        Usage::NotBoth { .. }
        | Usage::NotAZone { .. }
        | Usage::NotACountry { .. }
        | Usage::NotALanguage { .. }
        | Usage::NotAnAlias { .. }
        | Usage::NotAPrefix { .. }
        | Usage::NotARuleFile { .. }
        | Usage::NotByEdit { .. }
        | Usage::NothingToChange { .. }
        | Usage::NotAnId { .. }
        | Usage::NeedsTerminal { .. }
        | Usage::ColumnTwice { .. }
        | Usage::BadCell { .. }
        | Usage::TooManyCells { .. }
        | Usage::RowTooLong
        | Usage::NotAKey { .. } => None,
    }
}

fn syntax(command: &str, error: &SyntaxError) -> String {
    let list = |arguments: &[ArgumentName]| -> String {
        let spelled: Vec<_> = arguments.iter().map(|one| HELP.spelled(one)).collect();
        spelled.join("、")
    };
    match error {
        SyntaxError::UnknownCommand { given, .. } => format!("没有命令“{given}”"),
        SyntaxError::NoCommand { .. } => format!("{command} 之后缺少命令"),
        SyntaxError::UnknownOption { given, .. } => format!("没有选项 {given}"),
        SyntaxError::Unheeded { flag } => format!("{command} 不接受 {flag}"),
        SyntaxError::Unexpected { given } => format!("多余的参数“{given}”"),
        SyntaxError::TakesNoValue { argument, given } => {
            format!("{} 不带值，不能写“{given}”", HELP.spelled(argument))
        }
        SyntaxError::Missing { arguments } => format!("缺少参数：{}", list(arguments)),
        SyntaxError::NoValue { argument, .. } => format!("{} 缺少值", HELP.spelled(argument)),
        SyntaxError::Conflict { argument, others } => {
            format!("{} 不能与 {} 同时使用", HELP.spelled(argument), list(others))
        }
        SyntaxError::Repeated { argument } => format!("{} 只能给出一次", HELP.spelled(argument)),
        SyntaxError::Value(value) => bad_value(value),
        SyntaxError::NotUtf8 => "参数不是有效的 UTF-8 文本".to_owned(),
        SyntaxError::Unreadable => "无法理解该命令行".to_owned(),
    }
}

fn syntax_hint(error: &SyntaxError) -> Option<String> {
    match error {
        SyntaxError::UnknownOption { given, .. }
            if given.starts_with('-') && given[1..].starts_with(|c: char| c.is_ascii_digit()) =>
        {
            Some("将来的时间请写作 +1h；过去的时间请写在相应选项之后，如 --at -1h".to_owned())
        }
        SyntaxError::UnknownOption { near, known, .. } if near.is_empty() && !known.is_empty() => {
            Some(format!("可用的选项：{}", known.join("、")))
        }
        SyntaxError::UnknownOption { given, near, .. }
            if near.is_empty() && !given.starts_with("--") =>
        {
            Some("以连字符开头的文字请写作 --选项=-文字".to_owned())
        }
        SyntaxError::UnknownCommand { near, known, .. } if near.is_empty() => {
            Some(if known.is_empty() {
                "docket 查看今日看板，docket call 登记来电，docket list 列出记录，docket report --list 列出报告"
                    .to_owned()
            } else {
                format!("可用：{}", known.join("、"))
            })
        }
        SyntaxError::UnknownCommand { near, .. } | SyntaxError::UnknownOption { near, .. } => {
            (!near.is_empty()).then(|| format!("是否指 {}？", near.join(" 或 ")))
        }
        SyntaxError::NoCommand { known } => Some(format!("可用：{}", known.join("、"))),
        SyntaxError::Value(value) => value_hint(value),
        SyntaxError::NoValue { known, .. } if !known.is_empty() => {
            let known: Vec<_> =
                known.iter().map(|(vocabulary, code)| WORDS.value(vocabulary, code)).collect();
            Some(format!("可用：{}", known.join("、")))
        }
        SyntaxError::Unheeded { .. }
        | SyntaxError::Unexpected { .. }
        | SyntaxError::TakesNoValue { .. }
        | SyntaxError::Missing { .. }
        | SyntaxError::NoValue { .. }
        | SyntaxError::Conflict { .. }
        | SyntaxError::Repeated { .. }
        | SyntaxError::NotUtf8
        | SyntaxError::Unreadable => None,
    }
}

/// 所找的命令（如已知）。
fn meant_by(error: &SyntaxError) -> &'static [&'static str] {
    match error {
        SyntaxError::UnknownCommand { meant, .. } => meant,
        _ => &[],
    }
}

/// 命令与其说明。
fn what_it_does(name: &str) -> String {
    if name.is_empty() {
        return "docket：今日看板，列出待办与超时事项".to_owned();
    }
    let line = HELP.command(name).map_or("", |help| help.line);
    format!("docket {name}：{line}；详见 docket {name} --help")
}

fn bad_value(value: &BadValue) -> String {
    let BadValue { argument, given, why } = value;
    let place = argument.flag.clone().unwrap_or_else(|| HELP.spelled(argument));
    match why {
        ValueFault::Time(fault) => format!("{place}：{}", moment_fault(fault)),
        ValueFault::Duration(fault) => format!("{place}：{}", duration_fault(fault)),
        ValueFault::Id { like } => format!("{place}：“{given}”不是编号（例：{like}）"),
        ValueFault::Window => {
            format!("{place} 应写成以 .. 相连的两个时间，例如 14:00..16:00，而不是“{given}”")
        }
        ValueFault::Conduct => {
            format!("{place} 应为 clean，或禁令编号加情况说明（例：\"P5:吸烟\"），而不是“{given}”")
        }
        ValueFault::Data => {
            format!(
                "{place} 应为 否，或涉及的资料加同意人（例：\"邮箱：王女士\"），而不是“{given}”"
            )
        }
        ValueFault::Client => {
            format!(
                "{place} 应为 已卸载，或 保留 加理由（例：\"保留：下周还要用\"），而不是“{given}”"
            )
        }
        ValueFault::Pair => {
            let form = argument.placeholder.as_deref().unwrap_or("KEY=VALUE");
            format!("{place} 应写成 {}，而不是“{given}”", HELP.placeholder(form))
        }
        ValueFault::Number => format!("{place}：“{given}”不是整数"),
        ValueFault::Month => format!("{place}：“{given}”不是月份（例：2026-11、last）"),
        ValueFault::NoneOf { .. } | ValueFault::Other => {
            format!("{place} 的值无效：“{given}”")
        }
    }
}

fn value_hint(value: &BadValue) -> Option<String> {
    match &value.why {
        ValueFault::NoneOf { vocabulary, known } => {
            let known: Vec<_> = known.iter().map(|code| WORDS.value(vocabulary, code)).collect();
            Some(format!("可用：{}", known.join("、")))
        }
        ValueFault::Time(_) => Some("docket help times 列出时间的各种写法".to_owned()),
        ValueFault::Month => Some("--month last，或写年月：--month 2026-11".to_owned()),
        ValueFault::Number if value.argument.placeholder.as_deref() == Some("ATTACHMENT") => {
            Some("附件编号见 docket attachment list RECORD".to_owned())
        }
        ValueFault::Id { like } if !like.contains('-') => {
            Some(format!("用小写字母和数字，如 {like}"))
        }
        ValueFault::Duration(_)
        | ValueFault::Id { .. }
        | ValueFault::Pair
        | ValueFault::Window
        | ValueFault::Conduct
        | ValueFault::Data
        | ValueFault::Client
        | ValueFault::Number
        | ValueFault::Other => None,
    }
}
