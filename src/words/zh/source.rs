//! 其他系统的文件。

use crate::domain::analysis::source::{MapFault, RowChange, RowFault};

pub(super) fn fault(fault: &RowFault) -> String {
    match fault {
        RowFault::Empty { field } => format!("{field} 为空"),
        RowFault::NotATime { field, given } => {
            format!("{field}：“{given}”不符合映射中的 time_format")
        }
        RowFault::Future { field, given } => format!("{field}：{given} 是将来的时间"),
        RowFault::TooEarly { field, given } => {
            format!("{field}：{given} 早于 1970 年，git 无法记录这样的时间")
        }
        RowFault::NoMeaning { column, given } => {
            format!("列 {column}：映射表没有说明“{given}”的含义")
        }
        RowFault::NotAWord { field, given, known } => {
            format!("{field}：没有“{given}”这个值，可用：{}", known.join("、"))
        }
        RowFault::BadText { field } => format!("{field} 过长、含控制字符或花括号未闭合"),
    }
}

pub(super) fn map_fault(fault: &MapFault) -> String {
    let or = |nearest: &[String]| match nearest {
        [] => String::new(),
        some => format!("；是否指 {}？", some.join(" 或 ")),
    };
    match fault {
        MapFault::NoColumn { given, nearest } => {
            format!("文件没有列“{given}”{}", or(nearest))
        }
        MapFault::NotAZone { given } => format!("“{given}”不是 Asia/Shanghai 这样的时区"),
        MapFault::NotHere { given, nearest } => {
            format!("这里没有单位或人员“{given}”{}", or(nearest))
        }
        MapFault::NoWay => "entry 下须给出 at 和 state，或者 times".to_owned(),
    }
}

pub(super) fn noted(noted: RowChange) -> &'static str {
    match noted {
        RowChange::DoneLater => "done_at 晚于该条记录，已取该条记录的时间",
        RowChange::BeforeOpening => "该条记录早于登记时间",
    }
}
