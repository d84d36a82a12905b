//! 考核指标的中文名称与口径。

use crate::domain::analysis::kpi::{Kpi, figure::TargetStanding};

/// What a figure is called, and what it counts.
pub(super) fn figure(kpi: Kpi) -> (&'static str, &'static str) {
    match kpi {
        Kpi::Received => ("受理量", "期内接收的正式记录数"),
        Kpi::LogRate => ("录单率", "录成记录的来电 ÷ 全部来电"),
        Kpi::AnswerRate => ("接听率", "接听的来电 ÷ 全部来电"),
        Kpi::Completeness => {
            ("录入完整性", "完整 ÷ 期内接收；已完结的按关闭规则核验，未完结的按登记项核验")
        }
        Kpi::FirstDispatch => ("一次派单成功率", "期内未被退回的派单 ÷ 期内派单"),
        Kpi::ReturnRate => ("派单退回率", "期内被退回的派单 ÷ 期内派单"),
        Kpi::DispatchAccuracy => ("派单准确率", "由首次派往的单位处理完毕 ÷ 期内派单后处理完毕"),
        Kpi::RerouteRate => ("改派率", "转派超过一次 ÷ 期内转派过的记录"),
        Kpi::AckOntime => ("受理及时率", "按时受理 ÷ 期内接收且已受理或已超过受理时限"),
        Kpi::ResponseOntime => ("响应及时率", "按时首次响应 ÷ 期内响应或期内超过响应时限"),
        Kpi::CommitmentKept => ("承诺履约率", "在承诺时限前响应 ÷ 期内到期的承诺"),
        Kpi::PromiseKept => ("答复承诺兑现率", "按时兑现 ÷ 期内到期的答复承诺；说明原因不算兑现"),
        Kpi::ResolveOntime => {
            ("解决及时率", "在有效时限（含客户同意的延期）前完成 ÷ 期内处理完毕或期内超过时限")
        }
        Kpi::ResolveOntimeOriginal => {
            ("解决及时率（原时限）", "在不计延期的原时限前完成 ÷ 期内处理完毕或期内超过时限")
        }
        Kpi::ExpectedOntime => {
            ("期望时间达成率", "在客户期望时间前完成 ÷ 期内处理完毕或期内超过期望时间")
        }
        Kpi::SlaAttainment => ("SLA 达成率", "全部时限均达成 ÷ 期内处理完毕或发生超时的有时限记录"),
        Kpi::ResolutionRate => ("事件解决率", "已解决（非拒绝、非超出范围） ÷ 期内关闭"),
        Kpi::Fcr => (
            "一次解决率",
            "服务台受理后直接解决、从未转派、未被退回、时限内未重开 ÷ 期内处理完毕的全部咨询、服务请求和故障",
        ),
        Kpi::Flr => ("一线解决率", "未转派即解决 ÷ 期内处理完毕"),
        Kpi::CallbackRate => ("回访率", "关闭时已完成回访 ÷ 期内关闭"),
        Kpi::CallbackReached => ("回访接通率", "接通的回访 ÷ 期内回访次数"),
        Kpi::CallbackRework => ("回访退回率", "退回处理的回访 ÷ 期内接通的回访"),
        Kpi::ConfirmedClosure => ("确认关闭率", "经确认关闭（非例外关闭） ÷ 期内关闭"),
        Kpi::Satisfaction => {
            ("满意率（基本满意及以上，回访）", "基本满意及以上（3–5） ÷ 期内回访评价")
        }
        Kpi::Csat => ("满意率（满意及以上，回访）", "满意及以上（4–5） ÷ 期内回访评价"),
        Kpi::VeryDissatisfied => ("非常不满意率（回访）", "评价为 1 ÷ 期内回访评价"),
        Kpi::SurveySatisfaction => {
            ("满意率（基本满意及以上，调查）", "基本满意及以上（3–5） ÷ 对期内各月样本的首次答复")
        }
        Kpi::SurveyCsat => {
            ("满意率（满意及以上，调查）", "满意及以上（4–5） ÷ 对期内各月样本的首次答复")
        }
        Kpi::SurveyVeryDissatisfied => {
            ("非常不满意率（调查）", "评价为 1 ÷ 对期内各月样本的首次答复")
        }
        Kpi::SurveyResponse => ("调查回收率", "期内各月样本中按时答复数 ÷ 已发数"),
        Kpi::ReworkRate => {
            ("处理完毕后退回率", "处理完毕后退回继续处理的次数 ÷ 本期处理完毕后关闭或退回的次数")
        }
        Kpi::ReopenRate => ("重开率", "重开时限内被重开（含期后） ÷ 期内关闭"),
        Kpi::RepeatFault => {
            ("重复故障率", "规定天数内同一客户、产品、类别再次发生 ÷ 期内接收的故障")
        }
        Kpi::ComplaintRate => ("投诉率", "投诉 ÷ 期内接收的正式记录"),
        Kpi::ComplaintValid => ("有效投诉率", "成立的投诉 ÷ 期内接收的正式记录"),
        Kpi::ComplaintUpheld => ("投诉成立率", "成立 ÷ 期内作出认定的投诉"),
        Kpi::ComplaintOntime => ("投诉处理及时率", "按时关闭 ÷ 期内关闭或期内超过时限的投诉"),
        Kpi::ComplaintSatisfaction => ("投诉处理满意率", "回访满意（3–5） ÷ 期内关闭的投诉"),
        Kpi::Mtta => ("平均受理时间", "接收至受理，按期内受理的记录"),
        Kpi::ResponseTime => ("平均响应时间", "接收至首次响应，按期内响应的记录"),
        Kpi::Mttr => ("平均解决时间（含挂起）", "接收至实际完成，按期内处理完毕的记录"),
        Kpi::MttrNet => ("平均解决时间（不含挂起）", "接收至实际完成，扣除规则允许的挂起时间"),
        Kpi::RestoreTime => ("平均恢复时间", "故障发生至实际完成，按期内处理完毕的故障"),
        Kpi::Backlog => ("积压量", "期末未完结的正式记录数"),
        Kpi::Overdue => ("超时未完结", "期末未完结且已超过时限的记录数"),
        Kpi::ExtensionRate => ("延期率", "经同意延期 ÷ 期内处理完毕"),
        Kpi::ExtensionConsent => ("延期同意率", "客户同意 ÷ 期内推迟的时限；应为 100%"),
        Kpi::FollowupCoverage => {
            ("每日跟踪率", "已跟踪 ÷ 应跟踪：此前已转派、当日下班时仍在责任单位的每个工作日")
        }
        Kpi::EscalationRate => ("升级率（层级）", "已上报领导 ÷ 期内接收的正式记录"),
        Kpi::FunctionalEscalation => ("升级率（职能）", "转派至一线以外 ÷ 期内接收的正式记录"),
        Kpi::AppointmentKept => ("上门履约率", "按时到场 ÷ 预约"),
        Kpi::FormArchive => ("单据归档率", "按时归档 ÷ 应归档单据"),
        Kpi::KnowledgeReuse => ("知识引用率", "引用知识条目解决 ÷ 处理完毕"),
        Kpi::ReportTimeliness => ("服务报告交付及时率", "按时交付 ÷ 应交付报告"),
    }
}

/// How a figure stands against its target, with a sign that needs no colour.
pub(super) fn target(standing: TargetStanding) -> &'static str {
    match standing {
        TargetStanding::Reached => "✓ 达标",
        TargetStanding::Missed => "✗ 未达标",
        TargetStanding::Open => "–",
    }
}
