//! 命令行的错误。

use crate::{error::usage::Usage, words::zh::source};

/// 出了什么问题，并指明所在。
pub(super) fn sentence(usage: &Usage) -> String {
    match usage {
        Usage::NotAKey { given } => {
            format!("--key 需为 OpenSSH 公钥的一行或 openpgp:指纹，而不是“{given}”")
        }
        Usage::NotATerm { flag, given, .. } => format!("{flag} 没有“{given}”这个值"),
        Usage::NotBoth { one, other } => format!("{one} 与 {other} 不能同时使用"),
        Usage::NotAZone { given } => format!("“{given}”不是 Asia/Shanghai 这样的时区"),
        Usage::NotAPrefix { given } => {
            format!("“{given}”不能作编号前缀：一至八位大写字母或数字")
        }
        Usage::NotAnId { given, like } => format!("“{given}”不是 {like} 这样的编号"),
        Usage::Backwards => "--from 晚于 --to".to_owned(),
        Usage::NoReport { given, .. } => format!("没有报告“{given}”"),
        Usage::NoKpi { given, .. } => format!("没有指标“{given}”"),
        Usage::Map { fault } => format!("--map: {}", source::map_fault(fault)),
        Usage::NotUnderstood { why } => why.clone(),
        Usage::NotEmpty { dir } => format!("{dir} 不是空目录"),
        Usage::UnknownColumn { given } => format!("没有“{given}”这一列"),
        Usage::ColumnTwice { column } => format!("“{column}”列出现两次"),
        Usage::NoColumn { column } => format!("缺少 {column} 列"),
        Usage::BadCell { column, given } if given.is_empty() => format!("{column} 为空"),
        Usage::BadCell { column, given } => format!("{column} 不能是“{given}”"),
        Usage::TooManyCells { cells, columns } => {
            format!("有 {cells} 格，而表头只有 {columns} 列")
        }
        Usage::NotACommand { given, why } => format!("“{given}”不是命令：{why}"),
    }
}
