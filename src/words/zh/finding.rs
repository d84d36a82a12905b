//! 检查与审计发现的问题，中文。

use crate::domain::analysis::finding::{Fault, Severity};

pub(in crate::words) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "提示",
        Severity::Warning => "警告",
        Severity::Error => "错误",
    }
}

pub(in crate::words) fn fault(fault: Fault) -> &'static str {
    match fault {
        Fault::Malformed => "文件无法读取，或位置与编号不符",
        Fault::OutOfStep => "状态与历史不一致",
        Fault::Untimely => "时间不可能或顺序颠倒",
        Fault::AckLate => "未按时受理确认(R22)",
        Fault::ResponseLate => "未按时响应(R22)",
        Fault::ResolveLate => "未按时解决(R23)",
        Fault::ExpectedMissed => "未在客户期望时间内完成(R26)",
        Fault::NotAccepted => "已转派但无人接受(R34)",
        Fault::CommittedLate => "承诺时限超出规定且无理由(R36)",
        Fault::NotFollowedUp => "未跟踪处理进展(R43)",
        Fault::CustomerNotTold => "未与客户保持联系(R46)",
        Fault::PromiseBroken => "承诺既未兑现也未说明(R18)",
        Fault::MajorUntold => "重大事件未向上通报(R41)",
        Fault::NoResult => "处理完毕但无结果、原因和代码(R50)",
        Fault::NotCalledBack => "关闭前未由他人回访(R51)",
        Fault::NotContent => "客户不满意却已关闭(R51)",
        Fault::ComplaintUnopened => "客户不满意却没有投诉记录(R77、R78)",
        Fault::ComplaintIrregular => "投诉未按程序处理(R83–R93)",
        Fault::Incomplete => "关闭时记录不完整(R54)",
        Fault::ArchiveDiffers => "归档报告与关闭时留存的不一致(R55)",
        Fault::RemarkRepeated => "客户再次提出的意见(R7)",
        Fault::PersonalData => "个人信息出现在 contacts/ 之外",
        Fault::PolicyStale => "规则目前不适用",
        Fault::Unnamable => "名册中的姓名或邮箱，git 在提交中会写成别的样子",
        Fault::StaffMissing => "工作无在岗人员负责，或角色无人担任",
        Fault::Dangling => "引用不存在或循环",
        Fault::Underrated => "客户无法工作却定为低优先级(R33)",
        Fault::Unbalanced => "收支不平衡",
        Fault::Clash => "两个副本各自进行的步骤互相冲突",
        Fault::HandEdit => "手工改动且未提交",
        Fault::Foreign => "不属于 docket 的文件",
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
        Fault::NotAsShown => "提交含有 git 不显示的内容，或可作两种读法",
        Fault::CheckedOutOtherwise => "git 检出的服务台文件与写入时不同",
        Fault::CommittedByOther => "作者与提交者不是同一人",
        Fault::KeptByLateEntry => "补录使录入时已超过的时限变为未超时",
        Fault::Rebased => "提交产生之后又被重做（如 rebase）",
        Fault::DueUnknown => "到期时间未知：相应年份的日历未载入",
        Fault::NamedOtherwise => "合并的作者姓名与人员名册不符",
        Fault::ClockBackwards => "先前的事件按其时钟录入得更晚",
        Fault::LateEntry => "事后补录，并说明了原因",
        Fault::ClockFixedAllowed => "使用了固定时钟，本服务台允许",
        Fault::CutOff => "此浅克隆中没有更早的历史",
        Fault::EditionUnknown => "归档报告出自更新版本的模板，此处无法重新生成核对",
    }
}

/// 如何处理。
pub(in crate::words) fn advice(fault: Fault) -> &'static str {
    match fault {
        Fault::Malformed | Fault::ArchiveDiffers => {
            "git log -p -- PATH 可查谁改了它；docket doctor --repair 可恢复"
        }
        Fault::OutOfStep => "docket audit 指出是哪个提交；再 docket doctor ID --repair",
        Fault::Untimely => "docket show ID；由团队负责人用 docket amend 更正",
        Fault::AckLate | Fault::ResponseLate | Fault::ResolveLate | Fault::ExpectedMissed => {
            "docket sla explain ID"
        }
        Fault::NotAccepted => "docket accept ID --respond-by T，或重新 docket route ID",
        Fault::CommittedLate => "docket amend ID --event N --note TEXT --reason TEXT",
        Fault::NotFollowedUp => "docket followup",
        Fault::CustomerNotTold => "docket update ID --contact NAME --note TEXT",
        Fault::PromiseBroken => "docket kept ID N，或 docket explain ID N TEXT",
        Fault::MajorUntold => "docket escalate ID --to PERSON",
        Fault::NoResult => "docket reopen ID --reason TEXT，再 docket resolve ID",
        Fault::NotCalledBack => "docket reopen ID --reason TEXT，再 docket confirm ID",
        Fault::NotContent => "docket reopen ID --reason TEXT",
        Fault::ComplaintUnopened => "docket open complaint TITLE --about ID",
        Fault::ComplaintIrregular => "docket report complaint-form ID",
        Fault::Incomplete => "docket amend ID --set FIELD=VALUE --reason TEXT",
        Fault::RemarkRepeated => "docket link ID --to OTHER --as related",
        Fault::PersonalData => "docket amend ID --set title=TEXT --reason TEXT；历史中已有的会保留",
        Fault::PolicyStale => "docket calendar import FILE；或文件开头的 effective_on 与 version",
        Fault::Unnamable => "docket people change ID --name 姓名 --email 地址",
        Fault::StaffMissing => "docket takeover ID、docket route ID 或 docket people change",
        Fault::Dangling => "docket show ID；git log -- PATH",
        Fault::Underrated => "docket update ID --urgency high --reason TEXT",
        Fault::Unbalanced => "docket report kpi --month last",
        Fault::Clash => {
            "docket show ID，然后 docket settle ID --keep EVENT 或 docket sla recompute ID"
        }
        Fault::HandEdit => "git diff -- PATH 查看；git restore PATH 放弃",
        Fault::Foreign => "git rm PATH，或移到别处",
        Fault::Stranger | Fault::Inactive => "docket people list 可查看名册",
        Fault::RoleMissing => "docket help procedure 可查看谁有权限",
        Fault::CommittedByOther => "git log --format=fuller 可查看两者；请询问提交者",
        Fault::KeptByLateEntry | Fault::LateEntry => "docket show ID 可查看原因",
        Fault::Rebased => "请改用合并：git config pull.rebase false",
        Fault::DueUnknown => "docket calendar import FILE，然后 docket sla recompute ID",
        Fault::ClockBackwards => "请用 NTP 校准团队的时钟",
        Fault::CutOff => "git fetch --unshallow",
        Fault::EditionUnknown => "请用关闭该记录时的 docket 版本审计",
        Fault::Rewritten => "与其他克隆比较：git log --graph --all",
        Fault::Unsigned => "git verify-commit COMMIT 可查看原因",
        Fault::PolicyChanged | Fault::Ungrounded => "git show COMMIT；请询问服务团队负责人",
        Fault::ClockFixed => "docket.yaml 中的 fixed_clock 仅供测试",
        Fault::ClockFixedAllowed => "这样的服务台不能证明时间",
        Fault::NotAsShown => "git cat-file -p COMMIT 可查看全部内容；请询问作者",
        Fault::CheckedOutOtherwise => {
            "git show COMMIT 可查看；由团队负责人 git rm PATH，或改掉其中的行"
        }
        Fault::NamedOtherwise => "git config user.name 姓名（见 docket people list）",
        Fault::Unreadable => {
            "git show COMMIT 可查看；记录与联系人用 docket doctor --repair 修复，规定由团队负责人提交修复"
        }
        Fault::Deleted => "git show COMMIT 可查看；docket doctor --repair 可恢复记录",
        Fault::HandMade
        | Fault::Smuggled
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
        | Fault::Planted => {
            "git show COMMIT 可查看；docket doctor ID --repair 可恢复记录；\
             仅当它是最新提交且尚未推送时：git reset --keep COMMIT~1"
        }
    }
}
