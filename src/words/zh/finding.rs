//! 检查与审计发现的问题，中文。

use crate::domain::analysis::finding::{FindingCode, Severity};

pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "提示",
        Severity::Warning => "警告",
        Severity::Error => "错误",
    }
}

#[expect(clippy::too_many_lines, reason = "one sentence for each finding")]
pub(super) fn finding(code: FindingCode) -> &'static str {
    match code {
        FindingCode::Malformed => "文件无法读取，或位置与编号不符",
        FindingCode::OutOfStep => "状态与历史不一致",
        FindingCode::Untimely => "时间不合理或先后颠倒",
        FindingCode::AckLate => "未按时受理",
        FindingCode::Unacknowledged => "逾期仍未受理",
        FindingCode::ResponseLate => "未按时响应",
        FindingCode::CommitmentMissed => "承诺的响应时限未兑现",
        FindingCode::ResolveLate => "未按时解决",
        FindingCode::ExpectedMissed => "未在客户期望时间内完成",
        FindingCode::NotAccepted => "已转派但无人接受",
        FindingCode::CommittedLate => "承诺时限超出规定且无理由",
        FindingCode::NotFollowedUp => "未跟踪处理进展",
        FindingCode::CustomerNotTold => "未与客户保持联系",
        FindingCode::PromiseBroken => "承诺既未兑现也未说明",
        FindingCode::MajorUntold => "重大事件未向上通报",
        FindingCode::NoResult => "处理完毕但缺少处理结果、原因或处理结论",
        FindingCode::NotCalledBack => "关闭前未由他人回访",
        FindingCode::NotContent => "客户不满意却已关闭",
        FindingCode::ComplaintUnopened => "客户不满意却没有投诉记录",
        FindingCode::ComplaintIrregular => "投诉未按程序处理",
        FindingCode::Incomplete => "关闭时记录不完整",
        FindingCode::ArchiveDiffers => "归档报告与关闭时留存的不一致",
        FindingCode::RemoteIrregular => "远程排障不合规",
        FindingCode::VisitIrregular => "上门服务不合规",
        FindingCode::RemarkRepeated => "客户再次提出同一意见",
        FindingCode::PersonalData => "标题中有个人信息",
        FindingCode::NoAgreement => "客户的服务级别协议已到期或不存在",
        FindingCode::AfterAgreement => "时限依据的服务级别协议当时已到期",
        FindingCode::NoAgreedHours => "规则中没有该协议的工作时间",
        FindingCode::NamedAsTeam => "联系人与本团队人员同名或同邮箱",
        FindingCode::NamesUnknown => "本克隆没有这些人的个人信息",
        FindingCode::DraftOverdue => "生效日之前没有批准的规则草稿",
        FindingCode::RulesShadowed => "未生效的规则文件，同名的另一文件正在生效",
        FindingCode::RulesOvertaken => "已批准的规则文件，生效时将撤回起草之后的修改",
        FindingCode::AgreementChanged => "协议的承诺有改动，而版本未变",
        FindingCode::PromisedOtherwise => "时限依据的协议版本，现在的承诺已不同",
        FindingCode::PromiseChanged => "协议的承诺曾被改动，而版本未变",
        FindingCode::AdoptedAlone => "草稿由起草人自行批准，因为没有其他人可以批准",
        FindingCode::ErasedKnown => "个人信息已删除，但仍保留在另一联系人处",
        FindingCode::ErasedWaits => "记录未完结，而联系人的个人信息已删除",
        FindingCode::PeopleForged => "个人信息未按 docket 的方式更改",
        FindingCode::NamesUnjudged => "本克隆没有这些人的个人信息，未能与本团队人员区分",
        FindingCode::PolicyStale => "规则未生效、已过期或待复审",
        FindingCode::Unnamable => "名册中的姓名或邮箱，git 在提交中会写成别的样子",
        FindingCode::StaffMissing => "工作无在岗人员负责，或角色无人担任",
        FindingCode::Dangling => "引用不存在或循环",
        FindingCode::Underrated => "客户无法工作却定为低优先级",
        FindingCode::Unbalanced => "期初、期内增减与期末数量不符（勾稽不一致）",
        FindingCode::Clash => "两个克隆中的步骤互相冲突",
        FindingCode::HandEdit => "手工改动且未提交",
        FindingCode::UnknownRule | FindingCode::UnknownRuleCommitted => {
            "规则中有本版 docket 不认识的键或值，可能由更新的版本写入"
        }
        FindingCode::BrokenPolicy => "规则文件无法读取",
        FindingCode::Foreign => "不属于 docket 的文件",
        FindingCode::Stranger => "提交人不在人员名册中",
        FindingCode::Inactive => "提交人当日不在岗",
        FindingCode::RoleMissing => "没有相应角色而执行",
        FindingCode::HandMade => "手工修改，不是由命令产生",
        FindingCode::Smuggled => "改动了此类提交不涉及的文件",
        FindingCode::Deleted => "删除了不允许删除的内容",
        FindingCode::Unreadable => "无法读取",
        FindingCode::IntakeChanged => "最初登记的内容被改动",
        FindingCode::EventChanged => "先前的事件被改动",
        FindingCode::EventRemoved => "先前的事件被删除",
        FindingCode::EventMisplaced => "没有在应有的位置增加该步骤的唯一事件",
        FindingCode::Illegal => "记录当时的状态不允许这一步骤",
        FindingCode::StatusForged => "状态与事件推算的结果不符",
        FindingCode::Respelled => "文件不是 docket 的规范写法",
        FindingCode::MessageForged => "提交说明与提交内容不符",
        FindingCode::TimeForged => "时间不合理",
        FindingCode::AuthorForged => "事件的经办人不是提交的作者",
        FindingCode::ArchiveForged => "不是关闭时归档的报告",
        FindingCode::DecidedOtherwise => "与规则的判定不符",
        FindingCode::PolicyChanged => "规则被无权限的人修改",
        FindingCode::ClockFixed => "使用了固定时钟，而本服务台不允许",
        FindingCode::MergeForged => "合并结果与两个父提交不符",
        FindingCode::Planted => "新记录自带历史，或冒用其他编号",
        FindingCode::Rewritten => "历史中已没有当时记下的提交",
        FindingCode::Unsigned => "没有作者本人的签名",
        FindingCode::Ungrounded => "服务台不是由 docket init 建立",
        FindingCode::NotAsShown => "提交含有 git 不显示的内容，或可作两种读法",
        FindingCode::CheckedOutOtherwise => "git 检出的服务台文件与写入时不同",
        FindingCode::CommittedByOther => "作者与提交者不是同一人",
        FindingCode::KeptByLateEntry => "补录使录入时已超过的时限变为未超时",
        FindingCode::Rebased => "提交被改写过（如 rebase）",
        FindingCode::DueUnknown | FindingCode::NoDueTime => "到期时间未知：相应年份的日历未载入",
        FindingCode::NotYetInForce => "规则的生效日未到，在此之前无法办理任何步骤",
        FindingCode::NotAnswered => "受理时注明当场答复，却未当场解决",
        FindingCode::NobodyLeads => "名册中没有服务团队负责人，以后无人可以修改",
        FindingCode::OtherBranch => "指向服务台以外的分支，提交后将找不到服务台",
        FindingCode::SlipMended => "规则曾有差错，后已更正",
        FindingCode::PointlessDay => "日历中不起作用或少算一分钟的日子",
        FindingCode::DoubtfulRule => "规则中的值不合常理",
        FindingCode::NextYearMissing => "下一年的日历尚未载入",
        FindingCode::NamedOtherwise => "合并的作者姓名与人员名册不符",
        FindingCode::ClockBackwards => "时钟回退：先前事件的录入时间反而更晚",
        FindingCode::LateEntry => "事后补录，并说明了原因",
        FindingCode::ClockFixedAllowed => "使用了固定时钟，本服务台允许",
        FindingCode::CutOff => "此浅克隆中没有更早的历史",
        FindingCode::FileMissing => "本克隆中缺少附件文件",
        FindingCode::FilesForged => "附件引用中的文件与记录不符",
        FindingCode::EditionUnknown => "归档报告出自更新版本的模板，此处无法重新生成核对",
    }
}

/// 如何处理。
#[expect(clippy::too_many_lines, reason = "one line for each finding")]
pub(super) fn advice(code: FindingCode) -> &'static str {
    match code {
        FindingCode::Malformed | FindingCode::ArchiveDiffers => {
            "git log -p -- PATH 可查谁改了它；docket doctor --repair 可恢复"
        }
        FindingCode::OutOfStep => "docket audit 指出是哪个提交；再 docket doctor ID --repair",
        FindingCode::Untimely => "docket show ID；由服务团队负责人用 docket amend 更正",
        FindingCode::Unacknowledged => "docket ack ID --reply-by 时间",
        FindingCode::AckLate
        | FindingCode::ResponseLate
        | FindingCode::CommitmentMissed
        | FindingCode::ResolveLate
        | FindingCode::AfterAgreement
        | FindingCode::ExpectedMissed => "docket sla explain ID",
        FindingCode::NotAccepted => "docket accept ID --respond-by 时间，或重新 docket route ID",
        FindingCode::CommittedLate => "docket amend ID --event 序号 --note 文本 --reason 理由",
        FindingCode::NotFollowedUp => "docket followup",
        FindingCode::CustomerNotTold => "docket update ID --contact 姓名 --note 文本",
        FindingCode::PromiseBroken => "docket fulfil ID 序号，或 docket explain ID 序号 文本",
        FindingCode::MajorUntold => "docket escalate ID --to 人员",
        FindingCode::NoResult => "docket reopen ID --reason 理由，再 docket resolve ID",
        FindingCode::NotCalledBack => "docket reopen ID --reason 理由，再 docket confirm ID",
        FindingCode::NotContent => "docket reopen ID --reason 理由",
        FindingCode::ComplaintUnopened => "docket open complaint 标题 --about ID",
        FindingCode::ComplaintIrregular => "docket report complaint-form ID",
        FindingCode::Incomplete => "docket amend ID --set 字段=内容 --reason 理由",
        FindingCode::RemoteIrregular => "docket show ID；结束远程排障：docket remote end ID",
        FindingCode::VisitIrregular => "docket visit list ID",
        FindingCode::RemarkRepeated => "docket link ID --to 另一记录 --as related",
        FindingCode::PersonalData => {
            "docket amend ID --set title=文本 --reason 理由；历史中已有的会保留"
        }
        FindingCode::NoAgreement => {
            "在 policy/agreements.yaml 中写入新版本，或 docket customer change ID --agreement none"
        }
        FindingCode::NoAgreedHours => "git log -p -- PATH 显示何人将其去掉",
        FindingCode::NamedAsTeam => "docket contact show 联系人；本团队人员不能代客户答复",
        FindingCode::NamesUnknown | FindingCode::NamesUnjudged => {
            "远程仓库如有，docket sync 即可取得；审计时不需要"
        }
        FindingCode::AgreementChanged | FindingCode::PromiseChanged => {
            "请保持该版本原样，将新的承诺写为下一版本：docket policy edit agreements"
        }
        FindingCode::PromisedOtherwise => {
            "docket update ID --level 级别 --reason 理由 按该版本现在的承诺重定时限；已如何告知客户，可写明：docket amend ID --event 序号 --note 文本 --reason 理由"
        }
        FindingCode::RulesOvertaken => {
            "用 docket policy edit 文件 --next --on 日期 重新起草，再用 docket policy adopt 文件 取而代之；或撤回批准：docket policy adopt 文件 --withdraw --reason 理由"
        }
        FindingCode::DraftOverdue => {
            "用 docket policy edit 文件 --next --on 日期 改定日期，或用 docket policy edit 文件 --drop 放弃"
        }
        FindingCode::RulesShadowed => {
            "docket policy show 列出正在生效的规则；用 docket policy edit 文件 修改"
        }
        FindingCode::AdoptedAlone => "请另一人复核，或增设一名服务团队负责人",
        FindingCode::ErasedKnown => "docket contact erase 联系人 --reason 理由",
        FindingCode::ErasedWaits => {
            "docket show ID；请改与该客户的其他人联系，继续处理；没有其他人时，由服务团队负责人关闭：docket close ID --exception other --reason 理由"
        }
        FindingCode::PeopleForged => "docket doctor --repair，然后 docket sync",
        FindingCode::PolicyStale => {
            "docket calendar import 文件；或文件开头的 effective_on 与 version"
        }
        FindingCode::Unnamable => "docket people change 编号 --name 姓名 --email 地址",
        FindingCode::StaffMissing => "docket takeover ID、docket route ID 或 docket people change",
        FindingCode::Dangling => "docket show ID；git log -- PATH；docket doctor --repair",
        FindingCode::Underrated => "docket update ID --urgency high --reason 理由",
        FindingCode::Unbalanced => "docket report kpi --month last",
        FindingCode::Clash => {
            "docket show ID，然后 docket settle ID --keep 事件 或 docket sla recompute ID"
        }
        FindingCode::HandEdit => {
            "git diff HEAD -- PATH 查看；git restore --staged --worktree PATH 放弃"
        }
        FindingCode::UnknownRule => {
            "如由更新的 docket 写入，请升级；否则请更正：git log -p -- PATH 可查看来历"
        }
        FindingCode::UnknownRuleCommitted => {
            "如由更新的 docket 写入，请用该版本审计；否则由服务团队负责人更正：git show COMMIT 可查看"
        }
        FindingCode::BrokenPolicy => "git log -p -- PATH 可查看改动人；由服务团队负责人更正并提交",
        FindingCode::Foreign => "git rm PATH，或移到别处",
        FindingCode::Stranger | FindingCode::Inactive => "docket people list 可查看名册",
        FindingCode::RoleMissing => "docket help procedure 可查看谁有权限",
        FindingCode::CommittedByOther => "git log --format=fuller 可查看两者；请询问提交者",
        FindingCode::KeptByLateEntry | FindingCode::LateEntry => "docket show ID 可查看原因",
        FindingCode::Rebased => "请改用合并：git config pull.rebase false",
        FindingCode::DueUnknown | FindingCode::NoDueTime => {
            "docket calendar import 文件，然后 docket sla recompute ID"
        }
        FindingCode::NotYetInForce => "请在生效日当天提交，或更正 effective_on",
        FindingCode::NotAnswered => {
            "docket show ID；客户如何得到答复：docket amend ID --event 序号 --note 文本 --reason 理由"
        }
        FindingCode::NobodyLeads => "请让一名在职人员担任 team_lead",
        FindingCode::OtherBranch => "请更正 docket.yaml 中的 branch",
        FindingCode::DoubtfulRule => "git log -p -- PATH 可查看来历；docket policy set 更正",
        FindingCode::SlipMended => "无须处理：git show COMMIT 可查看当时的错误",
        FindingCode::PointlessDay => {
            "请更正 policy/calendar.yaml；docket calendar show --month 月份 可查看效果"
        }
        FindingCode::NextYearMissing => {
            "该年放假安排公布后：docket calendar import 文件；没有节假日则用 --no-holidays 年份"
        }
        FindingCode::ClockBackwards => "请用 NTP 校准团队的时钟",
        FindingCode::CutOff => "git fetch --unshallow",
        FindingCode::FileMissing => {
            "远程仓库尚有时，docket attachment verify ID 可获取；远程也缺失时，在仍保有该附件的克隆中先后运行该命令和 \
             docket sync 即可重新推送"
        }
        FindingCode::FilesForged => "请先推送分支；docket sync 会推送正确的附件",
        FindingCode::EditionUnknown => "请用关闭该记录时的 docket 版本审计",
        FindingCode::Rewritten => "与其他克隆比较：git log --graph --all",
        FindingCode::Unsigned => "git verify-commit COMMIT 可查看原因",
        FindingCode::PolicyChanged | FindingCode::Ungrounded => {
            "git show COMMIT；请询问服务团队负责人"
        }
        FindingCode::ClockFixed => "docket.yaml 中的 fixed_clock 仅供测试",
        FindingCode::ClockFixedAllowed => "这样的服务台不能证明时间",
        FindingCode::NotAsShown => "git cat-file -p COMMIT 可查看全部内容；请询问作者",
        FindingCode::CheckedOutOtherwise => {
            "git show COMMIT 可查看；由服务团队负责人 git rm PATH，或改掉其中的行"
        }
        FindingCode::NamedOtherwise => "git config user.name 姓名（见 docket people list）",
        FindingCode::Unreadable => {
            "git show COMMIT 可查看；记录与联系人用 docket doctor --repair 修复，规则由服务团队负责人提交修复"
        }
        FindingCode::Deleted => "git show COMMIT 可查看；docket doctor --repair 可恢复记录",
        FindingCode::HandMade
        | FindingCode::Smuggled
        | FindingCode::IntakeChanged
        | FindingCode::EventChanged
        | FindingCode::EventRemoved
        | FindingCode::EventMisplaced
        | FindingCode::Illegal
        | FindingCode::StatusForged
        | FindingCode::Respelled
        | FindingCode::MessageForged
        | FindingCode::TimeForged
        | FindingCode::AuthorForged
        | FindingCode::ArchiveForged
        | FindingCode::DecidedOtherwise
        | FindingCode::MergeForged
        | FindingCode::Planted => {
            "git show COMMIT 可查看；docket doctor ID --repair 可恢复记录；\
             仅当它是最新提交且尚未推送时：git reset --keep COMMIT~1"
        }
    }
}
