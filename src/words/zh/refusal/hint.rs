//! What to do about a refusal, in Chinese.

use super::{WORDS, gap, named};
use crate::{
    domain::{
        base::{
            permitted::PermittedValue,
            personal::PersonalKind,
            print::minute,
            terms::{Kind, Role, State, Term, VisitState},
        },
        deciding::contacts::Addressee,
        history::{
            refusal::{MissingPart, NeedReason, Refusal, Vocabulary},
            roles::{DESK, LEAD, MANAGERS},
            steps::Action,
        },
    },
    error::{MissingField, RefusalDetails},
    store::layout,
    words::{typed_text, zh::next},
};

/// The next command, where there is one.
#[expect(clippy::too_many_lines, reason = "one hint for each refusal")]
pub(in crate::words::zh) fn hint(refused: &RefusalDetails) -> Option<String> {
    let id =
        refused.record.as_ref().map_or_else(|| "记录".to_owned(), |it| it.tail().to_lowercase());
    Some(match &refused.why {
        Refusal::State(state) => way_on(*state, refused, &id),
        Refusal::Role { person, may } if !refused.viewer_is(Some(person)) => {
            who(may, refused, "可用")
        }
        Refusal::Role { may, .. } => who(may, refused, "请由以下人员之一操作"),
        Refusal::NotResponsible { responsible: None, .. } => {
            who(DESK, refused, "请由以下人员之一操作")
        }
        Refusal::CannotTakeOver { may, .. } | Refusal::NoTier { may, .. } => {
            who(may, refused, "可用")
        }
        Refusal::EscalatedToSelf { .. } => "docket people list 可查看各人的角色".to_owned(),
        Refusal::NotResponsible { responsible: Some(person), .. }
            if !refused.can_be_entered() =>
        {
            let person = named(person, refused);
            format!("请由{person}操作，或由服务台改派：docket route {id} --to 人员 --reason 理由")
        }
        Refusal::NotResponsible { responsible: Some(person), .. } => format!(
            "用 --on-behalf-of {person} --method phone 记录其告知服务台的内容，或：docket route {id} --to 人员 --reason 理由"
        ),
        Refusal::NotOwner { .. } => {
            format!("服务团队负责人可以：docket handover {id} --to 人员 --reason 理由")
        }
        Refusal::OwnWork(_) => "请服务台的其他人员回访：docket people list".to_owned(),
        Refusal::ContactMerged { into, .. } => format!("docket contact show {into}"),
        Refusal::CustomerMerged { into, .. } => format!(
            "两者均以 {into} 为准；如需改名：docket customer change {into} --name 名称"
        ),
        Refusal::NameOfCustomer { customer, .. } => format!("docket customer show {customer}"),
        Refusal::CustomerUnchanged { customer } | Refusal::NotOfCustomer { customer, .. } => {
            format!("docket customer show {customer}")
        }
        Refusal::ContactKnown { contact } => format!(
            "为其增加号码：docket contact change {contact} --phone 号码；另有其人则用 --namesake 文本 区分"
        ),
        Refusal::ContactUnchanged { contact } | Refusal::NotOfContact { contact, .. } => {
            format!("docket contact show {contact}")
        }
        Refusal::CustomerItself => "docket customer list".to_owned(),
        Refusal::MergedIntoThis { other, keep } => {
            format!("docket settle {other} --keep {keep} --reason 理由，再重新执行该命令")
        }
        Refusal::ContactErased { .. } if refused.action == Some(Action::SurveySend) => {
            let survey = next::survey(&id);
            format!("如由该客户的其他人答复：{survey}")
        }
        Refusal::ContactErased { .. } if refused.turn_without_contact().is_some() => {
            next::hint(refused.turn_without_contact()?, refused.addressee, &id)
        }
        Refusal::ContactErased { .. } if refused.record.is_some() && refused.action.is_none() => {
            format!("docket show {id}")
        }
        Refusal::ContactErased { .. } | Refusal::ContactOfOther { .. } => {
            "docket contact list 可查看联系人；名册中没有的姓名即为新联系人".to_owned()
        }
        Refusal::ReasonWithoutWords { .. } => {
            "请用文字说明为何必须保留：--contains-personal 理由".to_owned()
        }
        Refusal::HeadLost { path } => format!("请保留该段：docket policy show {path}"),
        Refusal::RulesMoved { path, day: None } => {
            format!("请在现行版本上修改：docket policy edit {path} --reason 理由")
        }
        Refusal::RulesMoved { path, day: Some(day) } => format!(
            "请在现行版本上修改：docket policy edit {path} --next --on {day} --reason 理由"
        ),
        Refusal::DraftBehind { path, day, .. } => format!(
            "请在届时有效的文本上修改，该文本由此显示：docket policy show {path} --as-of {day}"
        ),
        Refusal::DraftThere { path, .. } => format!(
            "docket policy show {} 显示草稿；docket policy edit {path} --drop --reason 理由 放弃草稿",
            layout::draft(path).unwrap_or_default()
        ),
        Refusal::DayPast { path, .. } => format!(
            "请用 --on 指定以后的日期；若要立即生效：docket policy edit {path} --from 文件 --reason 理由"
        ),
        Refusal::DraftOvertaken { path } => format!(
            "请对照现行规则重新修改草稿：docket policy edit {path} --next --reason 理由；\
             docket policy show {path} 显示现行规则"
        ),
        Refusal::NoDraft { path } => {
            let path = path.unwrap_or("文件");
            format!("请先起草：docket policy edit {path} --next --on 日期 --reason 理由")
        }
        Refusal::DraftAdopted { path, days } => match &days[..] {
            [day, _, ..] => {
                format!("若要撤回批准：docket policy adopt {path} --withdraw --on {day} --reason 理由")
            }
            [] | [_] => format!("若要撤回批准：docket policy adopt {path} --withdraw --reason 理由"),
        },
        Refusal::NothingAdopted { .. } => {
            "docket policy show 列出现行规则和待生效的规则".to_owned()
        }
        Refusal::AdoptedInForce { path, .. } => {
            format!("若要立即施行其他规则：docket policy edit {path} --reason 理由")
        }
        Refusal::AdoptedForDays { path, days } => {
            let day = days.first().map(ToString::to_string).unwrap_or_default();
            format!("请指明其中之一：docket policy adopt {path} --withdraw --on {day} --reason 理由")
        }
        Refusal::OwnDraft { path, other } => {
            format!("请由以下人员之一操作：{other}：docket policy adopt {path}")
        }
        Refusal::PersonInCustomer { .. } => {
            "请只写客户名称；其人员用 docket contact add 姓名 --customer 客户".to_owned()
        }
        Refusal::PersonInReason => "请重新说明理由，勿写姓名、电话和地址".to_owned(),
        Refusal::PersonWaits { records, .. } => {
            let first = records.first().map(ToString::to_string).unwrap_or_default();
            format!("请先完结这些记录：docket show {first}")
        }
        Refusal::Unreadable { .. } => "docket doctor".to_owned(),
        Refusal::Staff { .. } => {
            "请指明客户方人员；如是与同事同名的客户，请加 --namesake 文本".to_owned()
        }
        Refusal::RulesOfLaterDay { file, .. } => format!(
            "请由服务团队负责人更正 effective_on，或撤回该修改、到生效日再提交：git log -p -- policy/{file}.yaml"
        ),
        Refusal::Inactive(person) => format!(
            "docket people list；离开的人可由服务团队负责人恢复：docket people rejoin {person}"
        ),
        Refusal::Unknown { thing, known, .. } if permitted(*thing, known).is_some() => {
            permitted(*thing, known)?
        }
        Refusal::Ambiguous { among, .. } => {
            let first = among.first().map_or("", |one| &one.code);
            format!("请写全姓名，或只写编号：{first}")
        }
        Refusal::OtherSide { .. } => "如不是刚接到，请用 --received-at 时间 写明接收时间".to_owned(),
        Refusal::DetectedBefore { .. } => {
            "--occurred-at 时间 说明何时发生，不详的写 --occurred-at unknown".to_owned()
        }
        Refusal::Unknown { thing, given, .. } => match thing {
            Vocabulary::Person => "docket people list".to_owned(),
            Vocabulary::Against => "docket people list、policy/units.yaml，或 service:文本".to_owned(),
            Vocabulary::Unit => "责任单位见 policy/units.yaml".to_owned(),
            Vocabulary::Question if refused.action == Some(Action::Survey) => {
                "问题见 policy/survey.yaml".to_owned()
            }
            Vocabulary::Category | Vocabulary::Product | Vocabulary::Channel | Vocabulary::Code | Vocabulary::CauseCategory | Vocabulary::Question => {
                "可用的值见 policy/catalog.yaml".to_owned()
            }
            Vocabulary::Contact => "docket contact list".to_owned(),
            Vocabulary::Customer => {
                format!("docket customer list 列出客户清单；新增客户：docket customer add 编号 --name {}", typed_text(given, "名称"))
            }
            Vocabulary::CustomerName => "docket customer list --unlisted 列出记录中的名称，docket customer list \
                                         列出客户清单"
                .to_owned(),
            Vocabulary::Agreement => {
                "docket policy show agreements 查看，docket policy edit agreements 添加".to_owned()
            }
            Vocabulary::Hours => "docket policy show agreements".to_owned(),
            Vocabulary::Record => "docket list --all".to_owned(),
            Vocabulary::Event => format!("docket show {id}"),
            Vocabulary::PauseReason | Vocabulary::MajorCriterion => {
                "可用的值见 policy/levels.yaml".to_owned()
            }
        },
        Refusal::UnreachableChannel { known, .. } => permitted(Vocabulary::Channel, known)?,
        Refusal::PersonalData { kinds, .. } if kinds.contains(&PersonalKind::Password) => "请改写，不要写出密码".to_owned(),
        Refusal::PersonalData { .. } if refused.action.is_none() => "请去掉个人信息".to_owned(),
        Refusal::PersonalData { .. } => "确需保留请用 --contains-personal 理由；否则请改写后再录入".to_owned(),
        Refusal::Late { .. } => "--late-because 理由".to_owned(),
        Refusal::BeyondLimit { .. } => "--reason 理由，或承诺更早的时间".to_owned(),
        Refusal::ComplainedOf(_) if refused.record.is_none() => {
            "请把来电转给同事登记；用 --received-at 保留接收时间".to_owned()
        }
        Refusal::ComplainedOf(_) => "请由其他人员操作：docket people list".to_owned(),
        Refusal::ComesFirst(gaps) => {
            gaps.iter().map(|gap| fills(gap, &id)).collect::<Vec<_>>().join("\n")
        }
        Refusal::MajorToLead(_) => format!(
            "docket route {id} --to 人员 --reason 理由；{}",
            who(&[Role::TeamLead], refused, "人员可用")
        ),
        Refusal::NotTheManager(_) if !refused.having(MANAGERS).is_empty() => {
            who(MANAGERS, refused, "可用")
        }
        Refusal::NotTheManager(_) => {
            "目前没有此角色的人员，由服务团队负责人指定：docket people change 人员 --role relationship_manager"
                .to_owned()
        }
        Refusal::TriggerByItself(_) => {
            "由 docket confirm 和 docket survey record 登记；手工登记请用 --trigger direct"
                .to_owned()
        }
        Refusal::AboutComplaint => {
            format!("docket escalate {id} --to 人员 --reason 理由 --method phone")
        }
        Refusal::NotDissatisfied => format!("docket close {id}"),
        Refusal::CodeOfComplaints { known, .. } => permitted(Vocabulary::Code, known)?,
        Refusal::AlreadyRouted { .. } => way_on(State::Routed, refused, &id),
        Refusal::AgainstFinding { .. } => format!(
            "--code substantiated|unsubstantiated，或重新认定：docket decide {id} --finding 文本 --validity 认定"
        ),
        Refusal::Incomplete(gaps) => {
            gaps.iter().map(|gap| fills(gap, &id)).collect::<Vec<_>>().join("\n")
        }
        Refusal::SameTier { tier, .. } => {
            format!(
                "docket escalate {id} --tier {} --to 人员 --reason 理由 --method phone",
                tier + 1
            )
        }
        Refusal::TooFewAttempts { .. } => format!("docket confirm {id} --no-answer --method phone"),
        Refusal::NotUndone(_) if refused.has_undone() => {
            format!("docket show {id} 可查看已撤回的步骤")
        }
        Refusal::PromisePassed { action: Action::Accept, .. } => {
            format!("docket respond {id} 文本")
        }
        Refusal::PromisePassed { action: Action::Ack, .. } => {
            format!("docket explain {id} 文本，或 docket respond {id} 文本")
        }
        Refusal::PromisePassed { .. } => {
            format!("docket explain {id} 文本，或 docket fulfil {id}")
        }
        Refusal::WindowOpen { .. } | Refusal::NotUndone(Action::Close) => {
            format!("docket reopen {id} --reason 理由")
        }
        Refusal::WindowPassed { .. } => follow(&id),
        Refusal::NotUndone(Action::Open) => format!("docket cancel {id} --mistake 文本"),
        Refusal::StepOfOther { .. } | Refusal::UndoPassed { .. } | Refusal::NotUndone(_) => {
            format!("用 docket amend {id} --event 编号 --note 文本 --reason 理由 注明正确内容")
        }
        Refusal::AlreadyReplied(_) => {
            format!("docket update {id} --contact 姓名 --note 文本")
        }
        Refusal::WantsReply => {
            "请登记为服务请求、故障、咨询或投诉：docket open 类型 标题 …".to_owned()
        }
        Refusal::OnlyRemark => format!("用 docket open 类型 --from {id} --name 姓名 --need 文本 转为正式记录"),
        Refusal::NoItem { family: Action::Visit, among, .. } if among.is_empty() => {
            format!("docket visit plan {id} --window 时间..时间 --engineer 人员 --reason 理由")
        }
        Refusal::VisitAhead { number, state: VisitState::Planned } => {
            format!("docket visit move {id} {number} --window 时间..时间 --agreed-with 姓名 --reason 理由")
        }
        Refusal::VisitState { number, state, .. }
        | Refusal::VisitOpen { number, state }
        | Refusal::VisitAhead { number, state } => {
            next::visit(*state, &format!("{id} {number}"))
        }
        Refusal::ItemOfOther { engineer, .. }
            if !refused.can_be_entered() => {
            format!("请由 {} 或服务台登记", named(engineer, refused))
        }
        Refusal::ItemOfOther { engineer, .. } => {
            format!("可由服务台代为登记：--on-behalf-of {engineer} --method phone")
        }
        Refusal::SessionRunning { number, also } => next::end_session(&id, *number, *also),
        Refusal::SessionOpen { number, engineer, also } => {
            let end = next::end_session(&id, *number, *also);
            if refused.viewer_is(Some(engineer)) {
                end
            } else {
                format!("{end} --on-behalf-of {engineer}")
            }
        }
        Refusal::CategoryKnown { given, .. } => {
            format!("docket update {id} --category {given} --reason 理由")
        }
        Refusal::NoItem { family: Action::Remote, among, .. } if among.is_empty() => {
            format!("docket remote start {id} --consent 姓名 --method phone --scope 查看、控制 --tool 工具 --supervised-by 姓名 --reason 理由")
        }
        Refusal::OtherSignature => format!("docket attachment list {id}"),
        Refusal::SignatureOfVisit { .. } => "请在该次上门服务的页面上重新签名".to_owned(),
        Refusal::NamesNobody { .. } => "请写明客户方人员的姓名；docket contact list 可查看".to_owned(),
        Refusal::BrokenTwice(prohibition) => {
            format!("请一次写明：--conduct \"{}: 文本\"", prohibition.code().to_uppercase())
        }
        Refusal::OwnForm(_) => "docket people list".to_owned(),
        Refusal::WindowPast { .. } => {
            format!("docket visit miss {id} --reason 理由；已事先告知客户的：--told 姓名 --told-at 时间")
        }
        Refusal::WindowReversed { .. } => "docket help times".to_owned(),
        Refusal::EngineerAway { record, .. } | Refusal::EngineerConnected { record, .. } => {
            format!("docket show {}", record.tail().to_lowercase())
        }
        Refusal::NoPromise { .. }
        | Refusal::NoEvent(_)
        | Refusal::NoEventCalled { .. }
        | Refusal::NoTextThere { .. }
        | Refusal::RedactedBefore { .. }
        | Refusal::StaleValue { .. } => {
            format!("docket show {id}")
        }
        Refusal::MonthNotOver { .. } | Refusal::NothingAwaited | Refusal::StillAwaited { .. } => {
            "docket survey due 可查看待办".to_owned()
        }
        Refusal::QuestionsChanged { .. } => {
            "问题有改动时，请提高 policy/survey.yaml 的 version".to_owned()
        }
        Refusal::AlreadyAsked { .. }
        | Refusal::NobodyToAsk
        | Refusal::OtherQuestions { .. }
        | Refusal::OtherSending { .. }
        | Refusal::AnswerKnown
        | Refusal::NothingToSettle
        | Refusal::NoSuchEvent { .. }
        | Refusal::NotOffered { .. }
        | Refusal::AlreadyOwner(_)
        | Refusal::AlreadyLinked
        | Refusal::SameValue(_)
        | Refusal::RelayedBefore { .. }
        | Refusal::VisitMoved { .. }
        | Refusal::FormDiffers { .. }
        | Refusal::VisitOrder { .. }
        | Refusal::SessionOver { .. }
        | Refusal::NoItem { .. }
        | Refusal::SessionOrder { .. } => format!("docket show {id}"),
        Refusal::WaitsFor { record, .. } | Refusal::OpenPart { record, .. } => {
            format!("docket show {record}")
        }
        Refusal::ClosedWhole { record } => {
            format!("先 docket reopen {record} --reason 理由，再 docket undo {id}")
        }
        Refusal::TakesAlong { .. } if refused.action == Some(Action::Undo) => {
            format!("docket show {id}；其他事项也解决后再 docket resolve {id}")
        }
        Refusal::TakesAlong { .. } => {
            format!("如果这些事项也一并结束：docket cancel {id} --mistake 文字 --with-merged")
        }
        Refusal::NotAnAddress { .. } => {
            "--email 名称@域名，或者不填".to_owned()
        }
        Refusal::TooManyReaches { contact, .. } => {
            format!("docket contact change {contact} --remove 号码 可移除已失效的一个")
        }
        Refusal::NotAPhone { .. } => {
            "--phone 010-62345678（分机：--phone 010-62345678x12），或者不填".to_owned()
        }
        Refusal::NoAttachment { there: 0, .. } => format!("docket attach {id} 文件"),
        Refusal::NoAttachment { .. } | Refusal::DroppedBefore { .. } => {
            format!("docket attachment list {id}")
        }
        Refusal::AttachedByOther { .. } => who(LEAD, refused, "请由以下人员之一操作"),
        Refusal::FileTooLarge { .. } => {
            "请缩小文件；上限由服务团队负责人在 docket.yaml 的 attachments 中设置".to_owned()
        }
        Refusal::RecordFull { .. } => format!(
            "docket attachment drop {id} 序号 --reason 理由；上限由服务团队负责人在 docket.yaml 的 attachments 中设置"
        ),
        Refusal::NumberInName { .. } => "请将姓名与号码分开：--name 姓名 --phone 号码".to_owned(),
        Refusal::NoMessage => "docket open --for 人员 可登记留言".to_owned(),
        Refusal::Calendar(_) => "请在 policy/calendar.yaml 中补充该年份".to_owned(),
        Refusal::LeadOnly(_) => who(&[Role::TeamLead], refused, "请由以下人员之一操作"),
        Refusal::Awaited { person, .. } => format!("docket visit list --engineer {person}；可用 docket visit move 改派他人"),
        Refusal::Holds { person, .. } => {
            format!("用 docket people retire {person} --reason 理由 --to 人员 一并交接")
        }
        Refusal::LastLead(_) => {
            "请先指定另一名服务团队负责人：docket people change 编号 --role team_lead".to_owned()
        }
        Refusal::Nothing if refused.action == Some(Action::Amend) => format!(
            "docket amend {id} --set 字段=值 --reason 理由，或 docket amend {id} --event 序号 --note 文本 --reason 理由"
        ),
        Refusal::Nothing if refused.action == Some(Action::Visit) => {
            format!("docket visit move {id} --window 时间..时间 --agreed-with 姓名 --reason 理由")
        }
        Refusal::Nothing => {
            format!("docket update {id} --note 文本；其他选项见 docket update --help")
        }
        Refusal::Future(_) => "请写已经到来的时间，如 现在、09:15、-20m".to_owned(),
        Refusal::NotInFuture { flag: "--window", .. } => {
            "请写将来的时间，如 --window \"明天 9:00..11:00\"".to_owned()
        }
        Refusal::NotInFuture { flag, .. } if flag.starts_with('-') => {
            format!("请写将来的时间，如 {flag} +1h 或 {flag} \"明天 10:00\"")
        }
        Refusal::NotInFuture { .. } => "请写将来的时间，如 +1h 或 \"明天 10:00\"".to_owned(),
        Refusal::NotLater { flag, due, .. } => {
            format!("请写更晚的时间，如 {flag} \"{}\"", minute(due.plus_minutes(60)))
        }
        Refusal::BeforeReceived { .. } | Refusal::DoneAfter { .. } => {
            format!("docket show {id} 可查看各步骤的时间")
        }
        Refusal::SkippedTier { next, .. } => format!(
            "docket escalate {id} --tier {next} --to 人员 --reason 理由 --method phone"
        ),
        Refusal::LowerTier { reached, .. } => format!(
            "docket escalate {id} --tier {} --to 人员 --reason 理由 --method phone",
            reached + 1
        ),
        Refusal::Retired(_) | Refusal::PersonUnchanged(_) | Refusal::Taken { .. } => {
            "docket people list".to_owned()
        }
        Refusal::NothingToRecompute => format!("docket sla explain {id}"),
        Refusal::SameContact { .. } => "docket contact list".to_owned(),
        Refusal::ContactsOfTwo { .. } => {
            "若是同一人，先将其中一个移到另一客户：docket contact change 联系人 --customer 客户".to_owned()
        }
        Refusal::NotARemark | Refusal::Itself | Refusal::FinishedTarget(_) => {
            "docket list --all".to_owned()
        }
        Refusal::OnlyComplaint { .. } => format!("请去掉该选项；docket show {id}"),
        Refusal::Needs { flag, why: NeedReason::Unit }
            if permitted(Vocabulary::Unit, &refused.units).is_some() =>
        {
            format!("请加上 {flag} 单位；{}", permitted(Vocabulary::Unit, &refused.units)?)
        }
        Refusal::Needs { flag, .. } => format!("请加上 {flag} …"),
        Refusal::NoNumberLeft
        | Refusal::LinkedInCircle { .. }
        | Refusal::OtherCustomer { .. }
        | Refusal::BadValue { .. }
        | Refusal::NoLongerLegal { .. }
        | Refusal::NotWanted { .. }
        | Refusal::NotImported
        | Refusal::ChangedHere
        | Refusal::NumberTwice { .. }
        | Refusal::AlreadyImported { .. }
        | Refusal::Text { .. }
        | Refusal::OnlyWith { .. }
        | Refusal::NotWith { .. }
        | Refusal::NotOnBehalf
        | Refusal::BeyondSource
        | Refusal::Misspelled { .. }
        | Refusal::OtherSubject { .. }
        | Refusal::ComplaintElsewhere => return None,
    })
}

/// 具有其中某一角色的人员，前面写明用途。
fn who(roles: &[Role], refused: &RefusalDetails, what: &str) -> String {
    match WORDS.permitted(Vocabulary::Person, &refused.having(roles)) {
        Some(people) => format!("{what}：{people}"),
        None => "docket people list 可查看各人的角色".to_owned(),
    }
}

/// 可用的值；太多或没有列出时为空。
fn permitted(thing: Vocabulary, known: &[PermittedValue]) -> Option<String> {
    Some(format!("可用：{}", WORDS.permitted(thing, known)?))
}

/// A new record after one that cannot be reopened any more.
fn follow(id: &str) -> String {
    format!("docket open --follows {id} --expected-by 时间")
}

/// The command that leads on from a state.
fn way_on(state: State, refused: &RefusalDetails, id: &str) -> String {
    if let Some(turn) = &refused.turn {
        return next::hint(turn, refused.addressee, id);
    }
    match state {
        State::Closed if refused.kind == Some(Kind::Remark) => {
            next::by(&refused.desk(), &next::formal(id))
        }
        State::Closed
            if refused.action == Some(Action::Close) && refused.addressee == Addressee::Contact =>
        {
            next::by(&refused.desk(), &next::survey(id))
        }
        State::Closed if refused.is_past_reopening => next::by(&refused.desk(), &follow(id)),
        State::Closed => next::by(&refused.desk(), &format!("docket reopen {id} --reason 理由")),
        _ => format!("docket show {id}"),
    }
}

/// What is missing, each with the command that supplies it.
pub(in crate::words::zh) fn gaps(
    missing: &[MissingPart],
    refused: &RefusalDetails,
) -> Vec<MissingField> {
    let id =
        refused.record.as_ref().map_or_else(|| "记录".to_owned(), |it| it.tail().to_lowercase());
    missing
        .iter()
        .map(|missing| MissingField::of_command(gap(missing), fills(missing, &id)))
        .collect()
}

pub(in crate::words) fn fills(gap: &MissingPart, id: &str) -> String {
    match gap {
        MissingPart::Contact => {
            format!("该记录没有联系人，请用 docket open --follows {id} … 另行登记")
        }
        MissingPart::Need => format!("docket amend {id} --set need=文本 --reason 理由"),
        MissingPart::Category => format!("docket update {id} --category 类别"),
        MissingPart::Product => format!("docket amend {id} --set product=产品 --reason 理由"),
        MissingPart::Answer(key) => format!("docket update {id} --answer {key}=文本"),
        MissingPart::Message => format!("docket relay {id} --method phone"),
        MissingPart::Promise(number) => {
            format!("docket fulfil {id} {number}，或：docket explain {id} {number} 文本")
        }
        MissingPart::Verified => {
            format!("docket update {id} --verified 文本，或 --unverified 理由")
        }
        MissingPart::Notified => format!("docket update {id} --notified 人员"),
        MissingPart::Routed => format!("docket route {id} --to 人员 --reason 理由"),
        MissingPart::Decision => {
            format!("docket decide {id} --finding 文本 --validity 认定")
        }
        MissingPart::Feedback => format!(
            "docket reopen {id} --reason 理由，再 docket resolve {id} --informed 姓名 --method 方式 …"
        ),
        MissingPart::Resolution => {
            format!("docket resolve {id} --result 文本 --cause 文本 --code 结论")
        }
        MissingPart::Order => format!("docket reopen {id} --reason 理由"),
    }
}
