//! 审核抽样的核查项。

use crate::{
    domain::{
        analysis::check::sample::{CheckPoint, ObservedFact},
        base::print::{minute, minute_if_any},
        deciding::policy::{levels::ImpactUrgency, people::People},
    },
    words::Words,
};

const WORDS: Words = Words::of(&super::CHINESE);

pub(super) fn check_point(point: CheckPoint) -> &'static str {
    match point {
        CheckPoint::Classified => "类别",
        CheckPoint::Priority => "优先级",
        CheckPoint::Response => "按时响应",
        CheckPoint::Resolution => "按时解决",
        CheckPoint::Escalation => "升级",
        CheckPoint::Extension => "延期次数",
        CheckPoint::Callback => "回访人非处理人",
        CheckPoint::Closing => "关闭",
    }
}

/// 所见内容；`category` 为记录类别的名称。
pub(super) fn observed(fact: &ObservedFact, category: &str, people: &People) -> String {
    match fact {
        ObservedFact::Class { kind, .. } if category.is_empty() => WORDS.term(*kind).to_owned(),
        ObservedFact::Class { kind, .. } => format!("{} / {category}", WORDS.term(*kind)),
        ObservedFact::Rating { grades, priority, level } => {
            let level = level.map_or("", |level| WORDS.term(level));
            match (grades, priority) {
                (Some(ImpactUrgency { impact, urgency }), Some(priority)) => format!(
                    "影响{} × 紧急{} → 优先级 {priority}，{level}",
                    WORDS.term(*impact),
                    WORDS.term(*urgency)
                ),
                _ => level.to_owned(),
            }
        }
        ObservedFact::Span { due, done } => {
            let done = done.map_or_else(|| "尚未完成".to_owned(), minute);
            format!("时限 {}，实际 {done}", minute_if_any(*due))
        }
        ObservedFact::Escalations(escalations) => {
            let named = escalations
                .iter()
                .map(|(to, at)| format!("{} {}", people.name_of(to), minute(*at)));
            named.collect::<Vec<_>>().join("、")
        }
        ObservedFact::Count(count) => count.to_string(),
        ObservedFact::Callback { by, at, satisfaction } => {
            format!("{} {}，{}", people.name_of(by), minute(*at), WORDS.term(*satisfaction))
        }
        ObservedFact::Exception(exception) => WORDS.term(*exception).to_owned(),
        ObservedFact::Time(at) => minute(*at),
        ObservedFact::Nothing => String::new(),
    }
}
