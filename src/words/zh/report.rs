//! 报告中的数值与行文。

use crate::domain::{base::print, deciding::rule_days::WaitingStage};

/// `96.7%`，以千分之一计。
pub(super) fn percent(tenths: u64) -> String {
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// `3 小时 05 分`，不足一小时的为 `5 分钟`。
pub(super) fn length(minutes: i64) -> String {
    print::length(minutes, "小时", if minutes.abs() < 60 { "分钟" } else { "分" })
}

/// `≥90%`，由符号与数字组成。
pub(super) fn bound(sign: &str, number: &str, is_percent: bool) -> String {
    let unit = if is_percent { "%" } else { "" };
    format!("{sign}{number}{unit}")
}

/// 分组指标的标题。
pub(super) fn grouped(figure: &str, by: &str) -> String {
    remarked(figure, &format!("按{by}"))
}

/// 百分比指标的标题。
pub(super) fn in_percent(figure: &str) -> String {
    remarked(figure, "%")
}

/// 尚未生效的规则的情况。
pub(super) fn waiting_rules(stage: WaitingStage) -> String {
    match stage {
        WaitingStage::Adopted(day) => format!("{day} 起生效"),
        WaitingStage::Draft(Some(day)) => format!("{day} 的草稿"),
        WaitingStage::Draft(None) => "草稿".to_owned(),
    }
}

/// 服务级别协议的版本。
pub(super) fn agreement(name: &str, version: u32, is_expired: bool) -> String {
    let ended = if is_expired { "（已过期）" } else { "" };
    format!("{name}，版本 {version}{ended}")
}

/// 报告所含记录的范围。
pub(super) fn only(customer: Option<&str>, unit: Option<&str>) -> String {
    let named = [("客户", customer), ("责任单位", unit)].into_iter();
    let named = named.filter_map(|(what, name)| Some(format!("{what}：{}", name?)));
    format!("仅限{}", named.collect::<Vec<_>>().join("；"))
}

/// 带附注的文本；附注并入已有的括号。
pub(super) fn remarked(text: &str, remark: &str) -> String {
    match text.strip_suffix('）') {
        Some(open) => format!("{open}，{remark}）"),
        None => format!("{text}（{remark}）"),
    }
}
