//! 其他系统的文件。

use crate::{
    domain::{
        analysis::source::{MapFault, RowChange, RowFault, Untold},
        base::print::minute,
    },
    words::message::{ImportCounts, RowName, RowNames},
};

pub(super) fn fault(fault: &RowFault) -> String {
    match fault {
        RowFault::Empty { field } => format!("{field} 为空"),
        RowFault::NotATime { field, given } => {
            format!("{field}：“{given}”不符合映射中的 time_format")
        }
        RowFault::TwoTimes { field, given, times: [first, second] } => format!(
            "{field}：“{given}”可能是 {first}，也可能是 {second}；请在映射中写明\
             （只用一种 time_format，或 doubled_hour: first、doubled_hour: second）"
        ),
        RowFault::NoSuchTime { field, given } => {
            format!("{field}：“{given}”不存在，当时时钟拨快，跳过了这一时刻")
        }
        RowFault::NotAZone { given } => {
            format!("timezone：“{given}”不是 Asia/Shanghai 这样的时区")
        }
        RowFault::Future { field, given } => format!("{field}：{given} 是将来的时间"),
        RowFault::TooEarly { field, given } => {
            format!("{field}：{given} 早于 1970 年，git 无法记录这样的时间")
        }
        RowFault::NoMeaning { column, given } => {
            format!("列 {column}：映射没有说明“{given}”的含义")
        }
        RowFault::NotAWord { field, given, known } => {
            format!("{field}：没有“{given}”这个值，可用：{}", known.join("、"))
        }
        RowFault::BadText { field } => format!("{field} 过长、含控制字符或花括号未闭合"),
        RowFault::TooLong => "该行超过 16 MiB".to_owned(),
        RowFault::TooMany { most } => {
            format!("同一编号超过 {most} 行；number 是否取错了列？")
        }
        RowFault::Ragged { cells, columns } => {
            format!("该行有 {cells} 个单元格，首行有 {columns} 个；是否少了引号或分隔符？")
        }
        RowFault::Older { newest } => format!("早于已导入的最新条目（{}）", minute(*newest)),
        RowFault::ChangedHere => "该记录导入后在这里已有变更".to_owned(),
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
        MapFault::ColumnTwice { given } => format!("文件有两列都叫“{given}”，请改名"),
        MapFault::NotAZone { given } => format!("“{given}”不是 Asia/Shanghai 这样的时区"),
        MapFault::NotAFormat { given } => format!(
            "time_format“{given}”无法使用；请用 strftime 的字母，%z 表示时差（时区名称写在 timezone）"
        ),
        MapFault::NotHere { given, nearest } => {
            format!("这里没有单位、人员、产品或分类“{given}”{}", or(nearest))
        }
        MapFault::NotAWord { field, given, known } => {
            format!("{field}：没有“{given}”这个值，可用：{}", known.join("、"))
        }
        MapFault::NumberOfAll => "number 须取自某一列，否则所有行都成了同一条记录".to_owned(),
        MapFault::NoWay => "entry 下须给出 at 和 state，或者 times，二者取其一".to_owned(),
    }
}

pub(super) fn noted(noted: RowChange) -> &'static str {
    match noted {
        RowChange::DoneLater => "done_at 晚于该行时间：处理完毕自时间不早于它的第一行起计",
        RowChange::DoneAfterClosing => "done_at 晚于关闭时间，已取关闭时间",
        RowChange::BeforeOpening => "该条目早于登记时间",
        RowChange::Otherwise => {
            "该编号已导入，但所述事项、人员、部门、备注或说明不同；记录保持原样"
        }
        RowChange::Again => "与同一时间较早的一行内容相同（中间隔有其他行），不再重复导入",
        RowChange::ReachedAgain => "再次解决，但没有一行说明何时返工；按再次解决的时间计",
        RowChange::ReplyMoved => "replied_at 早于前一条目，答复按前一条目的时间计",
        RowChange::ReplyLater => "replied_at 晚于所有行，待后续文件中有更晚的行时再计入",
    }
}

/// Rows with what they have in common: one by its line, several counted with the first lines.
pub(super) fn rows(rows: &RowNames, what: &str, done: &str, why: &str) -> String {
    let name = |RowName { file, line, number }: &RowName| {
        let file = file.as_ref().map(|file| format!("{file} ")).unwrap_or_default();
        let number = if number.is_empty() { String::new() } else { format!("，{number}") };
        format!("{file}第 {line} 行{number}")
    };
    let first: Vec<String> = rows.first.iter().map(name).collect();
    match &first[..] {
        [one] if rows.count == 1 => format!("{one}：{done}{why}"),
        _ => {
            let rest = if rows.count > first.len() { " 等" } else { "" };
            format!("{} {what}：{done}{why}：{}{rest}", rows.count, first.join("；"))
        }
    }
}

pub(super) fn read(counts: &ImportCounts) -> String {
    let &ImportCounts { rows, records, taken, continued, already, left, late, .. } = counts;
    let &ImportCounts { otherwise, repeated, dry, .. } = counts;
    let done = if dry { "可导入" } else { "已导入" };
    let mut text = format!("{rows} 行，{records} 条记录：{done} {taken} 条，");
    if continued > 0 {
        let goes_on = if dry { "可追加" } else { "已追加" };
        text += &format!("{goes_on} {continued} 条，");
    }
    text += &format!("已存在 {already} 条，未导入 {left} 条");
    if late > 0 {
        text += &format!("；{late} 行未追加");
    }
    if otherwise > 0 {
        text += &format!("；{otherwise} 行与现有记录不同");
    }
    if repeated > 0 {
        text += &format!("；{repeated} 行重复");
    }
    if counts.taken_out > 0 {
        text += &format!("；已从文本中删去 {} 处个人信息", counts.taken_out);
    }
    text
}

pub(super) fn untold(untold: Untold) -> &'static str {
    match untold {
        Untold::Solved => "映射中没有 resolved 或 closed 状态：不统计与解决有关的指标",
        Untold::Code => "映射中没有 code：不统计解决率",
        Untold::Reply => "映射中没有 replied_in 或 replied_at：不统计与响应有关的指标",
        Untold::Waiting => "映射没有给出等待的原因：挂起期间照常计时，不统计净处理时长",
    }
}

/// What stands for a cell that says nothing.
pub(super) fn filler(english: &str) -> Option<&'static str> {
    Some(match english {
        "not told" => "未说明",
        "unknown company" => "单位不详",
        "unknown customer" => "客户不详",
        "unknown department" => "部门不详",
        "unknown entity" => "实体不详",
        "unknown location" => "地点不详",
        "unknown organisation" => "组织不详",
        _ => return None,
    })
}

pub(super) fn map_line(name: &str, system: &str, documented: Option<&str>, tried: bool) -> String {
    let system = match name {
        "servicenow" => "ServiceNow，事件流水（每次变更一行）",
        "jira" => "Jira Service Management，数据管道导出的事务文件（每个事务一行）",
        "zendesk" => "Zendesk，工单 CSV 导出（每个工单一行）",
        "glpi" => "GLPI，工单检索的 CSV 导出（每个工单一行）",
        "otrs" => "OTRS 和 Znuny，工单动态列表（每个工单一行）",
        "osticket" => "osTicket，队列的 CSV 导出（每个工单一行）",
        "freshdesk" => "Freshdesk，工单 CSV 导出（每个工单一行）",
        _ => system,
    };
    let tried = if tried { "已试用" } else { "未试用" };
    let columns = documented
        .map_or_else(|| "列名没有公开文档".to_owned(), |address| format!("列名依据：{address}"));
    format!("{name}：{system}（{tried}）\n  {columns}")
}
