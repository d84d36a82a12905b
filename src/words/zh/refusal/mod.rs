//! Refusals in Chinese.

pub(super) mod hint;

pub(super) use self::hint::{gaps, hint};
use crate::{
    domain::{
        base::{
            ids::{PersonId, RecordId},
            personal::PersonalKind,
            phone::PhoneFault,
            print::{clock, minute},
            terms::{Kind, State, Term, VisitState, VisitStep},
            text::TextFault,
        },
        history::{
            lifecycle::leads_to,
            refusal::{MissingPart, NeedReason, Refusal, Vocabulary},
            steps::{Action, visit::from},
        },
    },
    error::RefusalDetails,
    words::{
        Words, file_size,
        zh::{error::form_field, help::HELP, set_off},
    },
};

pub(super) const WORDS: Words = Words::of(&super::CHINESE);

/// `R-… 不能关闭：why`, or just why.
pub(super) fn refused(refused: &RefusalDetails) -> String {
    let why = why(&refused.why, refused);
    match (&refused.record, refused.action) {
        (Some(record), Some(action)) => format!("{record} {}：{why}", WORDS.cannot(action)),
        (Some(record), None) => format!("{record}：{why}"),
        (None, _) => why,
    }
}

/// 所填内容。
fn quoted_or_none(given: &str) -> String {
    if given.is_empty() { "无".to_owned() } else { format!("“{given}”") }
}

#[expect(clippy::too_many_lines, reason = "one sentence for each refusal")]
fn why(why: &Refusal, refused: &RefusalDetails) -> String {
    let named = |id: &PersonId| named(id, refused);
    let first = |id: &PersonId| named(id).trim_start().to_owned();
    match why {
        Refusal::State(state) => in_state(*state, refused),
        Refusal::Role { person, may } => {
            let roles: Vec<_> = may.iter().map(|role| WORDS.term(*role)).collect();
            format!("{}无权操作，须由{}操作", first(person), or(&roles))
        }
        Refusal::NotResponsible { person, responsible: Some(responsible) } => {
            format!("受理责任人是{}，不是{}", named(responsible), named(person))
        }
        Refusal::NotResponsible { person, responsible: None } => {
            format!("尚无受理责任人，只有服务台人员可以操作，{}不可以", first(person))
        }
        Refusal::NotOwner { person, owner } => {
            format!("跟踪人是{}，不是{}", named(owner), named(person))
        }
        Refusal::OwnWork(person) => {
            format!("该记录由{}处理，处理人不得回访自己处理的记录", named(person))
        }
        Refusal::Staff { given, person } => {
            format!("“{given}”是本团队人员{}，本团队人员不能代替客户", named(person))
        }
        Refusal::RulesOfLaterDay { file, from } => {
            format!(
                "policy/{file}.yaml 自 {from} 起生效（effective_on），在此之前没有其他有效的规则"
            )
        }
        Refusal::Inactive(person) => format!("{}当时不在岗", first(person)),
        Refusal::Unknown { thing, given, nearest, known } => {
            let nearest = WORDS.nearest(*thing, nearest, known);
            let meant = if nearest.is_empty() {
                String::new()
            } else {
                format!("，是否指 {}？", nearest.join(" 或 "))
            };
            format!("没有{}“{given}”{meant}", self::thing(*thing))
        }
        Refusal::Ambiguous { thing, given, among } => {
            let among: Vec<_> = among.iter().map(|one| WORDS.choice(*thing, one)).collect();
            format!("“{given}”可能是{}", among.join("、"))
        }
        Refusal::UnreachableChannel { given, .. } => {
            format!("“{}”不能作为告知方式", WORDS.open_term("channel", given))
        }
        Refusal::Future(at) => format!("{} 是将来的时间", minute(*at)),
        Refusal::Late { at, allowed } => {
            let allowed = WORDS.limit(*allowed);
            format!("{} 距今已超过 {allowed}，补录须说明原因", minute(*at))
        }
        Refusal::BeforeReceived { at, received_at } => {
            format!("{} 早于接收时间 {}", minute(*at), minute(*received_at))
        }
        Refusal::OtherSide { flag, given, received_at } => {
            let side = if given < received_at { "早于" } else { "晚于" };
            let (given, received_at) = (minute(*given), minute(*received_at));
            format!("{flag}：{given} {side}接收时间 {received_at}")
        }
        Refusal::DetectedBefore { detected_at, occurred_at } => format!(
            "--detected-at：发现时间 {} 早于发生时间 {}",
            minute(*detected_at),
            minute(*occurred_at)
        ),
        Refusal::NotLater { flag, given, due } => {
            format!("{flag} 须晚于现有时限 {}，不能是 {}", minute(*due), minute(*given))
        }
        Refusal::EscalatedToSelf { person } => format!("{}不能升级给自己", first(person)),
        Refusal::NoTier { person, tier, may } => {
            let roles: Vec<_> = may.iter().map(|role| WORDS.term(*role)).collect();
            format!("第 {tier} 级不能通报{}，接收人须为{}", named(person), or(&roles))
        }
        Refusal::CannotTakeOver { person, may } => {
            let roles: Vec<_> = may.iter().map(|role| WORDS.term(*role)).collect();
            format!("{}不能接手，接手人须为{}", first(person), or(&roles))
        }
        Refusal::NotInFuture { flag, given } => {
            format!("{} {} 须晚于操作时间", HELP.placeholder(flag), minute(*given))
        }
        Refusal::DoneAfter { done_at, at } => format!(
            "{} 晚于 {}，处理完毕、回访确认、关闭须按先后顺序",
            minute(*done_at),
            minute(*at)
        ),
        Refusal::BeyondLimit { given, due } => {
            format!("{} 晚于响应时限 {}，须说明理由", minute(*given), minute(*due))
        }
        Refusal::ComplainedOf(person) => {
            format!("这是对{}的投诉，被投诉人不得跟踪，也不得参与处理", named(person))
        }
        Refusal::ComesFirst(gaps) => {
            let gaps: Vec<_> = gaps.iter().map(comes_first).collect();
            gaps.join("；")
        }
        Refusal::MajorToLead(person) => {
            format!("重大投诉由服务团队负责人处理，{}不是服务团队负责人", first(person))
        }
        Refusal::NotTheManager(person) => {
            format!("投诉须通知用户关系经理，{}不是用户关系经理", first(person))
        }
        Refusal::OnlyComplaint { flag } => format!("{flag} 只用于投诉"),
        Refusal::TriggerByItself(trigger) => {
            format!("触发条件为“{}”的投诉由系统自动登记", WORDS.term(*trigger))
        }
        Refusal::AboutComplaint => {
            "不登记针对投诉的投诉：可以升级，或注明原因后按不满意关闭".to_owned()
        }
        Refusal::OtherSubject { own, other } => {
            let (own, other) = (subject(own, refused), subject(other, refused));
            format!("本投诉的对象是{own}，另一条的对象是{other}")
        }
        Refusal::ComplaintElsewhere => "投诉只能合并到另一条投诉".to_owned(),
        Refusal::NotDissatisfied => "回访未发现客户不满意，直接关闭即可".to_owned(),
        Refusal::CodeOfComplaints { code, kind, .. } => format!(
            "“{}”只用于投诉，该记录的类型是{}",
            WORDS.open_term("code", code),
            WORDS.term(*kind)
        ),
        Refusal::AlreadyRouted { to, at } => {
            format!("已于 {} 转派给{}，对方尚未接单", minute(*at), named(to))
        }
        Refusal::AgainstFinding { code, validity } => format!(
            "投诉已认定为“{}”，与处理结论“{}”不符",
            WORDS.term(*validity),
            WORDS.open_term("code", code)
        ),
        Refusal::Needs { flag, why } => format!("{}，缺少 {flag}", need(*why)),
        Refusal::Incomplete(gaps) => {
            let gaps: Vec<_> = gaps.iter().map(gap).collect();
            format!("记录尚不完整，缺少{}", gaps.join("、"))
        }
        Refusal::SameTier { tier, to } => format!("第 {tier} 级已经通报过{}", named(to)),
        Refusal::SkippedTier { tier, next } => {
            format!("不能越级到第 {tier} 级：请先升级到第 {next} 级")
        }
        Refusal::LowerTier { tier, reached } => {
            format!("已经升级到第 {reached} 级，不能再升级到第 {tier} 级")
        }
        Refusal::TooFewAttempts { attempts, days, attempts_wanted, days_wanted } => format!(
            "未接通的回访共 {attempts} 次，分布在 {days} 天；\
             须至少 {attempts_wanted} 次，分布在 {days_wanted} 天"
        ),
        Refusal::WindowOpen { until } => {
            format!("该记录在 {} 前仍可重开", minute(*until))
        }
        Refusal::WindowPassed { closed_at, until } => {
            format!("重开期限已过（{} 关闭，期限至 {}）", minute(*closed_at), minute(*until))
        }
        Refusal::AlreadyReplied(at) => format!("已于 {} 首次响应", minute(*at)),
        Refusal::NoPromise { open, .. } if open.is_empty() => "没有待兑现的承诺".to_owned(),
        Refusal::NoPromise { number: None, open } => {
            format!("有多项待兑现的承诺，请指明是哪一项：{}", numbers(open))
        }
        Refusal::NoPromise { number: Some(number), open } => {
            format!("第 {number} 项不是待兑现的承诺，待兑现的有：{}", numbers(open))
        }
        Refusal::NoItem { family, number, among } => no_item(*family, *number, among),
        Refusal::ItemOfOther { family, person, engineer } => {
            format!("{}由 {} 负责，不是 {}", item(*family), named(engineer), named(person))
        }
        Refusal::VisitState { number, state, step } => format!(
            "第 {number} 次上门服务的状态为“{}”；只有状态为“{}”时才能{}",
            WORDS.term(*state),
            visit_states(*step, "”或“"),
            WORDS.term(*step)
        ),
        Refusal::VisitOrder { step, at, state, since } => format!(
            "{}时间 {} 早于“{}”的时间 {}",
            WORDS.term(*step),
            minute(*at),
            WORDS.term(*state),
            minute(*since)
        ),
        Refusal::OwnForm(person) => {
            format!("{} 是本次服务工程师，不能归档自己的上门服务单", named(person))
        }
        Refusal::WindowReversed { from, until } => {
            format!("预约时间的结束 {} 不晚于开始 {}", minute(*until), minute(*from))
        }
        Refusal::WindowPast { until } => {
            format!("与客户约定的时间已于 {} 结束", minute(*until))
        }
        Refusal::VisitMoved { from, until } => {
            format!("该次上门已另行改约为 {} 至 {}", minute(*from), minute(*until))
        }
        Refusal::FormDiffers { field, recorded, told } => format!(
            "服务单的{}（{}）与记录（{}）不一致",
            form_field(*field),
            quoted_or_none(told),
            quoted_or_none(recorded)
        ),
        Refusal::OtherSignature => "该服务单此前已有另一手写签名".to_owned(),
        Refusal::SignatureOfVisit { number } => {
            format!("该手写签名与第 {number} 次上门服务的签名完全相同")
        }
        Refusal::NamesNobody { given } => format!("“{given}”不是姓名"),
        Refusal::BrokenTwice(prohibition) => {
            format!("重复登记了 {}", WORDS.term(*prohibition))
        }
        Refusal::VisitAhead { number, state } => {
            format!("第 {number} 次上门服务尚未完成（{}）", WORDS.term(*state))
        }
        Refusal::VisitOpen { number, state } => match state {
            VisitState::Signed | VisitState::HandedIn => {
                format!("第 {number} 次上门服务单尚未归档（{}）", WORDS.term(*state))
            }
            _ => format!("第 {number} 次上门服务单尚未签字（{}）", WORDS.term(*state)),
        },
        Refusal::EngineerAway { engineer, record } => {
            format!("{} 正在为 {record} 上门服务", named(engineer))
        }
        Refusal::SessionOver { number, state } => {
            format!("第 {number} 次远程排障不在进行中（{}）", WORDS.term(*state))
        }
        Refusal::SessionOrder { at, since } => {
            format!("结束时间 {} 早于开始时间 {}", minute(*at), minute(*since))
        }
        Refusal::SessionRunning { number, .. } => {
            format!("您的第 {number} 次远程排障尚未结束")
        }
        Refusal::CategoryKnown { known, given } => {
            format!("记录的类别为 {known}，改为 {given} 须说明理由")
        }
        Refusal::SessionOpen { number, .. } => format!("第 {number} 次远程排障尚未结束"),
        Refusal::EngineerConnected { engineer, record } => {
            format!("{} 正在对 {record} 进行远程排障", named(engineer))
        }
        Refusal::NoAttachment { there: 0, .. } => "该记录没有附件".to_owned(),
        Refusal::NoAttachment { number: Some(number), there } => {
            format!("没有第 {number} 个附件，共有 {there} 个")
        }
        Refusal::NoAttachment { number: None, there } => {
            format!("共有 {there} 个附件，请指明序号")
        }
        Refusal::AttachedByOther { person, by } => {
            format!("该附件由{}添加，不是{}", named(by), named(person))
        }
        Refusal::DroppedBefore { at } => format!("该附件已于 {} 移除", minute(*at)),
        Refusal::FileTooLarge { size, most } => {
            format!("文件大小为 {}，上限为 {}", file_size(*size), file_size(*most))
        }
        Refusal::RecordFull { size, held, most } => format!(
            "文件共 {}，该记录已有附件 {}，每条记录的上限为 {}",
            file_size(*size),
            file_size(*held),
            file_size(*most)
        ),
        Refusal::WantsReply => "客户要求答复的意见应作为正式服务请求登记".to_owned(),
        Refusal::OnlyRemark => "这是一条意见，只作记录".to_owned(),
        Refusal::NotARemark => "这不是一条意见".to_owned(),
        Refusal::LinkedInCircle { record } => {
            format!("本记录与 {record} 会互相等待，形成循环")
        }
        Refusal::WaitsFor { record, state } => {
            format!("本记录依赖 {record}，而后者的状态为“{}”", WORDS.term(*state))
        }
        Refusal::OpenPart { record, state } => {
            format!("子记录 {record} 的状态为“{}”", WORDS.term(*state))
        }
        Refusal::ClosedWhole { record } => {
            format!("它是 {record} 的一部分，而 {record} 此后已关闭")
        }
        Refusal::TakesAlong { records } => {
            format!("已有记录合并进来，其事项会随之结束而无人知晓：{}", records.join("、"))
        }
        Refusal::NotAnAddress { given } => {
            format!("“{given}”不是电子邮件地址")
        }
        Refusal::TooManyReaches { contact, most } => {
            format!("{contact} 的号码或邮箱超过 {most} 个")
        }
        Refusal::NotAPhone { given, why: PhoneFault::Shape } => format!(
            "“{given}”不是电话号码：应为 3 至 20 位数字（0–9），带 + 和国家代码时为 7 至 15 位"
        ),
        Refusal::NotAPhone { given, why: PhoneFault::Mobile } => {
            format!("“{given}”不是电话号码：手机号码应为 11 位")
        }
        Refusal::SameContact { contact } => format!("两者是同一个联系人 {contact}"),
        Refusal::ContactsOfTwo { goes, into } => {
            format!("前一个联系人属于客户“{goes}”，后一个属于客户“{into}”")
        }
        Refusal::Itself => "两者是同一条记录".to_owned(),
        Refusal::OtherCustomer { own, other } => {
            format!("本记录属于客户“{own}”，另一条记录属于客户“{other}”")
        }
        Refusal::FinishedTarget(state) => format!("目标记录的状态是“{}”", WORDS.term(*state)),
        Refusal::AlreadyLinked => "两条记录已有这样的关联".to_owned(),
        Refusal::SameValue(field) => format!("“{}”已经是这个值", WORDS.term(*field)),
        Refusal::StaleValue { field, now } => {
            format!("“{}”现在已是“{now}”", WORDS.term(*field))
        }
        Refusal::BadValue { field, given } => {
            format!("“{given}”不是“{}”的有效值", WORDS.term(*field))
        }
        Refusal::NoEvent(number) => format!("处理历史中没有第 {number} 号事件"),
        Refusal::NotOffered { to: Some(to) } => format!("交接的对象是{}", named(to)),
        Refusal::NotOffered { to: None } => "尚未交接".to_owned(),
        Refusal::AlreadyOwner(person) => format!("{}已经是跟踪人", first(person)),
        Refusal::AlreadyAsked { at: Some(at) } => {
            format!("客户已于 {} 收到或答复过调查", minute(*at))
        }
        Refusal::AlreadyAsked { at: None } => "客户已收到过调查".to_owned(),
        Refusal::NumberInName { given } => {
            format!("“{given}”中含有电话号码，以后无法据此找到此人")
        }
        Refusal::NobodyToAsk => "没有可以调查的联系人".to_owned(),
        Refusal::NothingAwaited => "没有在等待客户的答复".to_owned(),
        Refusal::StillAwaited { until } => format!("等待答复至 {}", minute(*until)),
        Refusal::MonthNotOver { month } => format!("{month} 尚未结束，样本在月末之后抽取"),
        Refusal::QuestionsChanged { version, record } => format!(
            "policy/survey.yaml 的问题与 {record} 发出时的第 {version} 版不同，而答复属于某一版问题"
        ),
        Refusal::OtherQuestions { given, asked } => {
            format!("答复对应第 {given} 版问题，而不是第 {asked} 版")
        }
        Refusal::OtherSending { given } => {
            format!("答复对应 {} 发出的问卷，但该记录当时没有发出过问卷", minute(*given))
        }
        Refusal::AnswerKnown => "同样的答复已经记录".to_owned(),
        Refusal::NotUndone(action) => format!("“{}”不能撤回", WORDS.term(*action)),
        Refusal::StepOfOther { action, by } => {
            format!("最后一步（{}）由{}登记", WORDS.term(*action), named(by))
        }
        Refusal::UndoPassed { entered, until } => {
            format!("最后一步登记于 {}，只能在 {} 之前撤回", minute(*entered), minute(*until))
        }
        Refusal::PromisePassed { action, due } => {
            format!("“{}”时承诺的时间 {} 已过", WORDS.term(*action), minute(*due))
        }
        Refusal::NoLongerLegal { event } => {
            format!("{event} 与记录的当前状态冲突：请保留另一事件，再重新执行该步骤")
        }
        Refusal::MergedIntoThis { other, .. } => format!("{other} 已在另一克隆中合并至此记录"),
        Refusal::NothingToSettle => "没有被搁置的事件".to_owned(),
        Refusal::NoSuchEvent { given, known } => {
            format!("没有唯一一个编号以“{given}”结尾的事件；有冲突的是：{}", known.join("、"))
        }
        Refusal::NothingToRecompute => "各时限均已确定，没有冲突".to_owned(),
        Refusal::NoMessage => "此记录没有待转告的留言".to_owned(),
        Refusal::RelayedBefore { at, by } => format!("{}已于 {} 转告", first(by), minute(*at)),
        Refusal::NotWanted { wanted } => {
            format!("留言是给{}的；由其本人或服务台记录转告", named(wanted))
        }
        Refusal::NotImported => "它不是从其他系统导入的".to_owned(),
        Refusal::ChangedHere => "导入后在这里已有变更，不再追加原系统之后的记录".to_owned(),
        Refusal::NumberTwice { number, records } => {
            let records: Vec<&str> = records.iter().map(RecordId::as_str).collect();
            format!("{number} 已导入为 {}；处理办法见 docket check", records.join("、"))
        }
        Refusal::AlreadyImported { field } => format!("之前的条目已记有 {field}"),
        Refusal::Nothing => "没有可记录的内容".to_owned(),
        Refusal::ContactOfOther { contact, own, other } => {
            format!("{contact} 属于客户“{other}”，本记录属于客户“{own}”")
        }
        Refusal::ContactMerged { contact, into } => format!("{contact} 已合并至 {into}"),
        Refusal::CustomerMerged { customer, into } => format!("客户 {customer} 已合并至 {into}"),
        Refusal::NameOfCustomer { given, customer } => {
            format!("“{given}”是客户 {customer} 的名称")
        }
        Refusal::CustomerItself => "客户只能合并至另一个客户".to_owned(),
        Refusal::NotOfCustomer { customer, given } => {
            format!("客户 {customer} 没有别名、门店或产品“{given}”")
        }
        Refusal::CustomerUnchanged { customer } => format!("客户 {customer} 已是如此，没有变更"),
        Refusal::ContactKnown { contact } => {
            format!("同一客户已有同名的联系人 {contact}")
        }
        Refusal::ContactUnchanged { contact } => format!("联系人 {contact} 已是如此，没有变更"),
        Refusal::NotOfContact { contact, given } => {
            format!("联系人 {contact} 没有号码或邮箱“{given}”")
        }
        Refusal::ContactErased { contact } => format!("{contact} 的个人信息已删除"),
        Refusal::HeadLost { path } => format!("{path} 会失去 document 一段，版本也随之失去"),
        Refusal::RulesMoved { path, .. } => format!("{path} 在此期间已被他人修改"),
        Refusal::DraftBehind { path, day, held, given } => format!(
            "{path} 在 {day} 将是版本 {held}，而您的文本以版本 {given} 为基础：其间的修改会被撤销"
        ),
        Refusal::DraftThere { path, held, given } => format!(
            "{path} 已有草稿（版本 {held}），而您的文本以版本 {given} 为基础：草稿中的修改会被撤销"
        ),
        Refusal::DayPast { path, day } => {
            format!("{day} 不是将来的日期，{path} 的草稿须在其生效日之前批准")
        }
        Refusal::DraftOvertaken { path } => {
            format!("{path} 在起草之后又有修改：批准草稿会撤销该修改")
        }
        Refusal::NoDraft { path: Some(path) } => format!("{path} 没有草稿"),
        Refusal::NoDraft { path: None } => "没有规则草稿".to_owned(),
        Refusal::DraftAdopted { path, days } => {
            let days: Vec<_> = days.iter().map(ToString::to_string).collect();
            format!("{path} 已没有草稿：已批准，自 {} 起生效", days.join("、"))
        }
        Refusal::NothingAdopted { path: Some(path) } => {
            format!("{path} 没有已批准而尚未生效的版本")
        }
        Refusal::NothingAdopted { path: None } => "没有已批准而尚未生效的规则文件".to_owned(),
        Refusal::AdoptedInForce { path, day } => {
            format!("{path} 为 {day} 批准的版本已经生效：批准须在生效日之前撤回")
        }
        Refusal::AdoptedForDays { path, days } => {
            let days: Vec<_> = days.iter().map(ToString::to_string).collect();
            format!("{path} 已批准、尚未生效的日期：{}", WORDS.listed(&days))
        }
        Refusal::OwnDraft { path, .. } => {
            format!("{path} 的草稿由本人起草，而另有人员可以批准")
        }
        Refusal::PersonInCustomer { given } => {
            format!("“{given}”含有个人信息，而客户的名称等会永久保留在历史中")
        }
        Refusal::PersonInReason => "理由中写有个人信息，而理由会永久保留在历史中".to_owned(),
        Refusal::ReasonWithoutWords { given } => format!("理由没有文字说明：“{given}”"),
        Refusal::PersonWaits { contact, records } => {
            let named: Vec<String> = records.iter().map(ToString::to_string).collect();
            format!("{contact} 还有未完结的记录：{}", named.join("、"))
        }
        Refusal::Unreadable { path } => format!("{path} 无法读取"),
        Refusal::OnlyWith { flag, with } => format!("{flag} 只能与 {with} 同用"),
        Refusal::NotWith { flag, other } => format!("{flag} 不能与 {other} 同用"),
        Refusal::NotOnBehalf => "此步骤不能代他人记录".to_owned(),
        Refusal::BeyondSource => "导入的记录只能包含其他系统日志中的内容".to_owned(),
        Refusal::Misspelled { field } => {
            format!("{field} 的写法与命令所存不符")
        }
        Refusal::Text { flag, fault } => format!("{flag}：{}", text_fault(fault)),
        Refusal::NoEventCalled { given, known } => {
            format!("“{given}”不能唯一指明一个事件；现有事件：{}", known.join("、"))
        }
        Refusal::NoTextThere { event, given, known } if known.is_empty() => {
            format!("事件 {event} 没有文本“{given}”，也没有其他文本")
        }
        Refusal::NoTextThere { event, given, known } => {
            format!("事件 {event} 没有文本“{given}”；可遮蔽的文本：{}", known.join("、"))
        }
        Refusal::RedactedBefore { event, field } => {
            format!("事件 {event} 的 {field} 已经遮蔽")
        }
        Refusal::PersonalData { fields, kinds } => {
            let step = refused.action.map_or("intake", Term::code);
            let told = |field: &&str| format!("“{}”（{field}）", WORDS.fact(step, field));
            let fields: String = fields.iter().map(told).collect();
            if kinds.contains(&PersonalKind::Password) {
                return format!("{fields}中含有密码，密码一律不保存");
            }
            let kinds: Vec<_> = kinds.iter().map(|kind| WORDS.term(*kind)).collect();
            format!("{fields}中含有个人信息：{}", kinds.join("、"))
        }
        Refusal::Calendar(missing) => format!("尚未载入 {} 年的工作日历", missing.year),
        Refusal::LeadOnly(field) => {
            format!("“{}”关系到时限，只有服务团队负责人可以更正", WORDS.term(*field))
        }
        Refusal::Awaited { person, records } => {
            format!("{}还有未完成的上门服务或远程排障：{}", first(person), records.join("、"))
        }
        Refusal::Holds { person, records } => {
            format!("{}名下还有 {}", first(person), records.join("、"))
        }
        Refusal::Taken { given } => format!("人员名册中已有“{given}”"),
        Refusal::NoNumberLeft => "记录已损坏：最后一个事件的编号已是最大值".to_owned(),
        Refusal::PersonUnchanged(person) => {
            format!("没有可更改的内容：人员名册中{}已是如此", named(person))
        }
        Refusal::Retired(person) => format!("{}已停用", first(person)),
        Refusal::LastLead(person) => format!("{}是最后一名服务团队负责人", first(person)),
    }
}

/// `陈晨（chen）`；名册中没有的只有编号。
fn named(id: &PersonId, refused: &RefusalDetails) -> String {
    refused
        .name_of(id)
        .map_or_else(|| format!("“{id}”"), |name| set_off(&format!("{name}（{id}）")))
}

/// Whom or what a complaint is against.
fn subject(against: &str, refused: &RefusalDetails) -> String {
    let person = against.parse().ok().filter(|person| refused.names.contains_key(person));
    person.map_or_else(|| set_off(against).trim_end().to_owned(), |person| named(&person, refused))
}

fn in_state(state: State, refused: &RefusalDetails) -> String {
    let named = |id: &PersonId| named(id, refused);
    let at_state = state;
    let state = WORDS.term(state);
    match &refused.last {
        Some((action, person, at))
            if refused.action == Some(*action) && leads_to(*action, at_state) =>
        {
            format!("当前状态已是“{state}”，由{}于 {} 操作", named(person), clock(*at))
        }
        Some((action, person, at)) => format!(
            "当前状态是“{state}”（最近一步：{}于 {} {}）",
            named(person).trim_start(),
            minute(*at),
            WORDS.term(*action)
        ),
        None => format!("当前状态是“{state}”"),
    }
}

fn thing(thing: Vocabulary) -> &'static str {
    match thing {
        Vocabulary::Person => "人员",
        Vocabulary::Unit => "责任单位",
        Vocabulary::Category => "类别",
        Vocabulary::Product => "产品",
        Vocabulary::Channel => "渠道",
        Vocabulary::Code => "处理结论",
        Vocabulary::CauseCategory => "原因分类",
        Vocabulary::PauseReason => "挂起原因",
        Vocabulary::MajorCriterion => "重大事件标准",
        Vocabulary::Against => "人员或责任单位",
        Vocabulary::Question => "问题",
        Vocabulary::Contact => "联系人",
        Vocabulary::Customer | Vocabulary::CustomerName => "客户",
        Vocabulary::Agreement => "服务级别协议",
        Vocabulary::Hours => "协议的日历",
        Vocabulary::Record => "记录",
        Vocabulary::Event => "事件",
    }
}

fn need(need: NeedReason) -> &'static str {
    match need {
        NeedReason::LowGrade => "客户不满意时须记录其原话",
        NeedReason::OutOfScope => "超出服务范围时须为客户指明其他解决途径",
        NeedReason::Reason => "调整级别、类别或重大事件须说明理由",
        NeedReason::Support => "升级支持方式（电话指导、远程排障、上门服务）须说明理由",
        NeedReason::Address => "记录中没有门店，须注明上门地址",
        NeedReason::LateVisit => "到达晚于预约时间，须说明理由",
        NeedReason::Signature => "上门服务单须由客户方人员签字，不得代签",
        NeedReason::Consent => "远程排障须由客户说明授权范围",
        NeedReason::Client => "客户已同意安装客户端，须说明客户端是否已卸载",
        NeedReason::KeptClient => "保留客户端须说明理由",
        NeedReason::SessionCategory => "远程排障须做好归类",
        NeedReason::RemoteSteps => "由远程客户端接入的事项须有远程排障记录或排障步骤",
        NeedReason::FollowUp => "了解进展须记录了解到的情况",
        NeedReason::Withdrawn => "只有客户可以取消请求",
        NeedReason::Unit => "该人员不属于任何责任单位",
        NeedReason::Contact => "须指明客户方人员",
        NeedReason::Exception => "例外关闭须说明理由",
        NeedReason::Right => "对事件的更正须写明正确内容",
        NeedReason::Grade => "已接通的回访须有满意程度",
        NeedReason::Prohibition => "违背服务规范须指明所违反的禁令",
        NeedReason::Feedback => "投诉处理结果须反馈用户",
        NeedReason::Action => "投诉处理须有纠正措施和预防措施",
        NeedReason::Recourse => "客户不满意的，须注明原因和后续途径方可关闭",
        NeedReason::NotNeeded => "无需回访须说明理由",
        NeedReason::Criterion => "重大事件须注明所依据的标准",
        NeedReason::OtherChannel => "渠道为“其他”时须说明具体渠道",
        NeedReason::Reply => "响应须记录其内容",
        NeedReason::ReplyTime => "受理时须告知客户何时答复",
        NeedReason::InRoster => "名册中的人员须有邮箱和角色",
        NeedReason::OfKind(Kind::Request) => "服务请求须有此项",
        NeedReason::OfKind(Kind::Fault) => "故障须有此项",
        NeedReason::OfKind(Kind::Change) => "变更须有此项",
        NeedReason::OfKind(Kind::Enquiry) => "咨询须有此项",
        NeedReason::OfKind(Kind::Complaint) => "投诉须有此项",
        NeedReason::OfKind(Kind::Remark) => "意见须有此项",
    }
}

pub(super) fn gap(gap: &MissingPart) -> String {
    match gap {
        MissingPart::Contact => "联系人".to_owned(),
        MissingPart::Need => "客户需求".to_owned(),
        MissingPart::Category => "类别".to_owned(),
        MissingPart::Product => "产品".to_owned(),
        MissingPart::Answer(key) => format!("问题 {key} 的答复"),
        MissingPart::Message => "向要找的人转告留言".to_owned(),
        MissingPart::Promise(number) => format!("第 {number} 项承诺的兑现或说明"),
        MissingPart::Resolution => "处理结果".to_owned(),
        MissingPart::Verified => "投诉核实".to_owned(),
        MissingPart::Notified => "通知用户关系经理".to_owned(),
        MissingPart::Routed => "投诉处理人".to_owned(),
        MissingPart::Decision => "查证情况与是否有效投诉".to_owned(),
        MissingPart::Feedback => "反馈用户".to_owned(),
        MissingPart::Order => "处理完毕之后的回访".to_owned(),
    }
}

/// What a complaint needs before a step, and by which rule.
fn comes_first(gap: &MissingPart) -> String {
    match gap {
        MissingPart::Verified => "须先核实投诉信息，未能核实的须注明理由".to_owned(),
        MissingPart::Notified => "须先通知用户关系经理".to_owned(),
        MissingPart::Routed => "须先由用户关系经理分派".to_owned(),
        MissingPart::Decision => "投诉尚待认定，须先认定是否有效".to_owned(),
        MissingPart::Contact
        | MissingPart::Need
        | MissingPart::Category
        | MissingPart::Product
        | MissingPart::Answer(_)
        | MissingPart::Promise(_)
        | MissingPart::Message
        | MissingPart::Resolution
        | MissingPart::Feedback
        | MissingPart::Order => format!("须先有{}", self::gap(gap)),
    }
}

/// What is wrong with a text.
pub(super) fn text_fault(fault: &TextFault) -> String {
    match fault {
        TextFault::Empty => "没有可见内容".to_owned(),
        TextFault::Control { code, line, column } => {
            format!("第 {line} 行第 {column} 列有控制字符 U+{:04X}", u32::from(*code))
        }
        TextFault::TooLong { chars, max } => format!("共 {chars} 个字符，最多可保存 {max} 个"),
        TextFault::SeveralLines => "只能有一行".to_owned(),
        TextFault::Dropped { code } => {
            format!("git 会去掉此处的“{code}”，提交中的名称便与名册不同")
        }
    }
}

/// `甲、乙或丙`.
pub(super) fn or(names: &[&str]) -> String {
    match names {
        [many @ .., last] if !many.is_empty() => format!("{}或{last}", many.join("、")),
        few => few.concat(),
    }
}

fn numbers(open: &[usize]) -> String {
    if open.is_empty() {
        return "无".to_owned();
    }
    open.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
}

/// The states of a visit from which a step leads on.
fn visit_states(step: VisitStep, between: &str) -> String {
    from(step).iter().map(|state| WORDS.term(*state)).collect::<Vec<_>>().join(between)
}

/// What an item of a family is called.
fn item(family: Action) -> &'static str {
    WORDS.find("item", family.code()).unwrap_or(family.code())
}

fn no_item(family: Action, number: Option<usize>, among: &[usize]) -> String {
    let item = item(family);
    match number {
        _ if among.is_empty() => format!("没有{item}"),
        Some(number) => format!("没有第 {number} 次{item}，现有：{}", numbers(among)),
        None => format!("有多次{item}，请指明序号：{}", numbers(among)),
    }
}
