//! 检查与审计发现的问题，中文。

use crate::domain::finding::{Fault, Severity};

pub(in crate::words) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "提示",
        Severity::Warning => "警告",
        Severity::Error => "错误",
    }
}

pub(in crate::words) fn fault(fault: Fault) -> &'static str {
    match fault {
        Fault::Stranger => "提交人不在人员名册中",
        Fault::Inactive => "提交人当日不在职",
        Fault::RoleMissing => "没有相应角色而执行",
        Fault::HandMade => "手工修改，不是由命令产生",
        Fault::Smuggled => "改动了此类提交不涉及的文件",
        Fault::Deleted => "删除了不允许删除的内容",
        Fault::Unreadable => "无法读取",
        Fault::IntakeChanged => "最初登记的内容被改动",
        Fault::EventChanged => "先前的事件被改动",
        Fault::EventRemoved => "先前的事件被删除",
        Fault::EventMisplaced => "没有在应有的位置增加该步骤的唯一事件",
        Fault::Illegal => "记录当时的状态不允许这一步骤",
        Fault::StatusForged => "状态与事件推算的结果不符",
        Fault::Respelled => "文件的写法不是 docket 的写法",
        Fault::MessageForged => "提交说明与提交内容不符",
        Fault::TimeForged => "时间不可能成立",
        Fault::AuthorForged => "事件的经办人不是提交的作者",
        Fault::ArchiveForged => "不是关闭时归档的报告",
        Fault::DecidedOtherwise => "与服务规定的判定不符",
        Fault::PolicyChanged => "无权者修改了服务规定",
        Fault::ClockFixed => "使用了固定时钟，而本服务台不允许",
        Fault::MergeForged => "合并结果与两个父提交不符",
        Fault::Planted => "记录凭空带有历史，或冒用其他编号",
        Fault::Rewritten => "历史中已没有当时记下的提交",
        Fault::Unsigned => "没有作者本人的签名",
        Fault::Ungrounded => "服务台不是由 docket init 建立",
        Fault::CommittedByOther => "作者与提交者不是同一人",
        Fault::KeptByLateEntry => "补录使录入时已超过的时限变为未超时",
        Fault::Rebased => "提交产生之后又被重做（如 rebase）",
        Fault::DueUnknown => "到期时间未知：相应年份的日历未载入",
        Fault::ClockBackwards => "先前的事件按其时钟录入得更晚",
        Fault::LateEntry => "事后补录，并说明了原因",
        Fault::ClockFixedAllowed => "使用了固定时钟，本服务台允许",
        Fault::CutOff => "此浅克隆中没有更早的历史",
    }
}

/// 如何处理。
pub(in crate::words) fn advice(fault: Fault) -> &'static str {
    match fault {
        Fault::Stranger | Fault::Inactive => "docket people list 可查看名册",
        Fault::RoleMissing => "docket help procedure 可查看谁有权限",
        Fault::CommittedByOther => "git log --format=fuller 可查看两者；请询问提交者",
        Fault::KeptByLateEntry | Fault::LateEntry => "docket show ID --history 可查看原因",
        Fault::Rebased => "请改用合并：git config pull.rebase false",
        Fault::DueUnknown => "docket calendar import FILE，然后 docket sla recompute ID",
        Fault::ClockBackwards => "请用 NTP 校准团队的时钟",
        Fault::CutOff => "git fetch --unshallow",
        Fault::Rewritten => "与其他克隆比较：git log --graph --all",
        Fault::Unsigned => "git verify-commit COMMIT 可查看原因",
        Fault::PolicyChanged | Fault::Ungrounded => "git show COMMIT；请询问服务团队负责人",
        Fault::ClockFixed => "docket.yaml 中的 fixed_clock 仅供测试",
        Fault::ClockFixedAllowed => "这样的服务台不能证明时间",
        Fault::HandMade
        | Fault::Smuggled
        | Fault::Deleted
        | Fault::Unreadable
        | Fault::IntakeChanged
        | Fault::EventChanged
        | Fault::EventRemoved
        | Fault::EventMisplaced
        | Fault::Illegal
        | Fault::StatusForged
        | Fault::Respelled
        | Fault::MessageForged
        | Fault::TimeForged
        | Fault::AuthorForged
        | Fault::ArchiveForged
        | Fault::DecidedOtherwise
        | Fault::MergeForged
        | Fault::Planted => "git show COMMIT 可查看；git revert COMMIT 后用 docket 重做",
    }
}
