//! 发现中的实际内容与应有内容。

use crate::{
    domain::{
        analysis::finding::{
            FindingCode,
            phrase::{
                AgreedLimits, ComplaintIrregularity, CountedHours, Phrase, SessionIrregularity,
                VisitIrregularity,
            },
        },
        base::{ids::CustomerId, personal::PersonalKind, print::second, terms::Party},
        history::{customer::AgreementLeftBehind, status::Clock},
    },
    store::{git::header::OddPart, signature::SignatureFault},
    words::{
        Words, flags_of,
        label::Label,
        message::Message,
        typed_text,
        zh::{message, refusal, repository::system},
    },
};

const WORDS: Words = Words::of(&super::CHINESE);

/// 应有内容与实际内容之前的标签。
pub(super) fn labels(code: FindingCode) -> (&'static str, &'static str) {
    match code {
        FindingCode::AckLate
        | FindingCode::Unacknowledged
        | FindingCode::ResponseLate
        | FindingCode::ResolveLate
        | FindingCode::ExpectedMissed => ("时限", "实际"),
        FindingCode::LateEntry | FindingCode::KeptByLateEntry => ("发生", "录入"),
        FindingCode::ClockBackwards => ("先前录入", "其后录入"),
        FindingCode::Rebased => ("首次提交", "再次提交"),
        _ => ("应为", "实际"),
    }
}

#[expect(clippy::too_many_lines, reason = "one sentence for each phrase")]
pub(super) fn phrase(phrase: &Phrase) -> String {
    match phrase {
        Phrase::None => "无".to_owned(),
        Phrase::Nobody => "无人".to_owned(),
        Phrase::NotYet => "尚未完成".to_owned(),
        Phrase::Promise { number, due } => format!("第 {number} 项承诺，{} 前", second(*due)),
        Phrase::NotAfter(most) => format!("不晚于 {}", second(*most)),
        Phrase::InEvent { time, event } => format!("第 {event} 个事件中的 {}", second(*time)),
        Phrase::Done(at) => format!("{} 完成", second(*at)),
        Phrase::Event(number) => format!("第 {number} 个事件"),
        Phrase::SmallerNumber => "其后仍可编号的序号".to_owned(),
        Phrase::EventsInOrder => "按序号和编号排列的事件".to_owned(),
        Phrase::NoEffect { event, action: Some(action) } => {
            format!("第 {event} 个事件（{}）在此处不起作用", WORDS.term(*action))
        }
        Phrase::NoEffect { event, action: None } => format!("第 {event} 个事件在此处不起作用"),
        Phrase::TwoDueTimes(clock) => format!("同一时限有两个到期时间：{}", named(*clock)),
        Phrase::UnknownDue(clock) => format!("{}时限未知", named(*clock)),
        Phrase::NoCriterion => "没有标准".to_owned(),
        Phrase::Missing(gap) => refusal::gap(gap),
        Phrase::Visit { number, what } => {
            let what = match what {
                VisitIrregularity::Broken(prohibition) => {
                    format!("违反 {}", WORDS.term(*prohibition))
                }
                VisitIrregularity::Unsigned => "客户未在服务单上签字".to_owned(),
                VisitIrregularity::Untold => "预约时间已过，情况未登记".to_owned(),
                VisitIrregularity::NotHandedIn => "上门服务单未按时交单".to_owned(),
                VisitIrregularity::NotArchived => "上门服务单未按时归档".to_owned(),
                VisitIrregularity::Late(step) => format!("{}逾期", WORDS.term(*step)),
            };
            format!("上门服务 {number}：{what}")
        }
        Phrase::Session { number, what } => {
            let what = match what {
                SessionIrregularity::NotEnded => "非当日开始，尚未登记结束",
                SessionIrregularity::OtherSoftware => "影响了客户其他软件",
            };
            format!("第 {number} 次远程排障：{what}")
        }
        Phrase::NoSession => {
            "支持方式为远程排障，但没有远程排障记录（同意人、步骤和结果）".to_owned()
        }
        Phrase::Irregular(what) => match what {
            ComplaintIrregularity::NotifiedLate => "分派早于通知用户关系经理".to_owned(),
            ComplaintIrregularity::DecidedLate => "处理完毕早于认定".to_owned(),
            ComplaintIrregularity::OwnCase => "由被投诉人处理".to_owned(),
            ComplaintIrregularity::NotWithLead => "重大投诉未交服务团队负责人".to_owned(),
            ComplaintIrregularity::NoReason => "不满意而关闭，但没有原因".to_owned(),
        },
        Phrase::Priority(priority) => format!("优先级 {priority}"),
        Phrase::InTitle(kind) => {
            let value = match kind {
                PersonalKind::Phone => "电话号码",
                PersonalKind::Email => "邮箱地址",
                PersonalKind::IdCard => "身份证号",
                PersonalKind::BankCard => "银行卡号",
                PersonalKind::Password => "密码",
            };
            format!("标题中有{value}")
        }
        Phrase::AgreementMissing(id) => format!("服务级别协议 {id}，该协议不存在"),
        Phrase::AgreementEnded { agreement, version, on } => {
            let on = on.map(|day| format!("于 {day} ")).unwrap_or_default();
            format!("服务级别协议 {agreement}，其版本 {version} 已{on}到期")
        }
        Phrase::AgreedHours(id) => format!("日历 {id}"),
        Phrase::AgreedLimits(agreed) => agreed_limits(agreed),
        Phrase::InForceFrom(day) => format!("{day} 起生效"),
        Phrase::Holidays(year) => format!("{year} 年的节假日"),
        Phrase::NoLaterDay(day) => format!("不晚于 {day}"),
        Phrase::WorkedAnyway(day) => format!("work 中的 {day} 本来就按这些时段工作"),
        Phrase::AtMost { place, value } => format!("不超过 {place} 的 {value}"),
        Phrase::AtLeast { place, value } => format!("不低于 {place} 的 {value}"),
        Phrase::NoMoreUrgentThan(level) => format!("{level} 或更低，不高于前一优先级"),
        Phrase::Once => "只写一次：以第一个为准".to_owned(),
        Phrase::NoEarlierDay(day) => format!("不早于 {day}"),
        Phrase::OneAtLeast => "至少一个".to_owned(),
        Phrase::ShortOfMidnight(day) => format!("{day} 到 23:59 为止，少一分钟：午夜请写 24:00"),
        Phrase::ClosedOver(part) => format!(
            "关闭时其子记录 {part} 尚未解决：docket reopen 编号 --reason 理由，或 docket resolve {part}"
        ),
        Phrase::EndedUnseen { record, state } => format!(
            "已合并到 {record}，而后者变为“{}”时未提及它；请说明其去向：docket amend 编号 --event 序号 --note 文字 --reason 文字",
            WORDS.term(*state)
        ),
        Phrase::Crossed { record, other, event, number } => format!(
            "已合并至 {other}，而另一克隆把 {other} 合并至此记录。保留 {record}：docket settle {record} --keep 1；\
             保留 {other}：先 docket settle {other} --keep {event}，再 docket settle {record} --keep {number}"
        ),
        Phrase::GoesOnByItself { record, other } => format!(
            "{other} 本应并入此记录，另一克隆又撤回了合并：docket merge {other} --into {record}，或反过来合并"
        ),
        Phrase::ImportedTwice { record, other, number, is_open } => {
            let merge = if *is_open {
                format!("docket merge {record} --into {other}")
            } else {
                format!("docket link {record} --to {other} --as related")
            };
            format!("原系统编号 {number}，另一克隆已将其导入为 {other}：{merge}")
        }
        Phrase::MergedBothWays { contact, other } => message::message(&Message::MergedBothWays {
            contact: contact.clone(),
            other: other.clone(),
        }),
        Phrase::CustomersInCircle { customer, others } => {
            let all = [customer].into_iter().chain(others).map(CustomerId::as_str);
            let all = all.collect::<Vec<_>>().join("、");
            let other = others.first().unwrap_or(customer);
            format!(
                "{all} 被互相合并，目前以 {customer} 为准：docket customer merge {other} --into {customer}"
            )
        }
        Phrase::AgreementLeftBehind(AgreementLeftBehind { from, into, agreement, held }) => {
            let command = format!("docket customer change {into} --agreement {agreement}");
            match held {
                None => format!(
                    "{from} 使用协议 {agreement}，而取代它的 {into} 不使用该协议：{command}"
                ),
                Some(held) => format!(
                    "{from} 原使用协议 {agreement}，合并后沿用 {into} 的协议 {held}；若两者均应使用 {agreement}：\
                     {command}"
                ),
            }
        }
        Phrase::SaidOfMerged(said) => format!(
            "{from} 在一处被修改，同时在另一处被并入 {into}；所做修改未进入 {into}：docket customer change {into} {}",
            flags_of(said),
            from = said.from,
            into = said.into
        ),
        Phrase::NameOfTwo { name, customer, other, holder } => format!(
            "“{name}”同时是 {customer} 与 {other} 的名称，目前指 {customer}：docket customer merge {other} \
             --into {customer}；若为两个客户：docket customer change {holder} --remove {}（若为其正式名称，\
             另加 --name 新名称）",
            typed_text(name, "NAME")
        ),
        Phrase::Branch(branch) => format!("branch: {branch}"),
        Phrase::WaitsInCircle(other) => {
            format!("与 {other} 互相等待，此关联不起作用")
        }
        Phrase::MergedInCircle => "合并成环".to_owned(),
        Phrase::People(count) => format!("{count} 人"),
        Phrase::HasParents => "提交有父提交，会保留此前的内容".to_owned(),
        Phrase::NotOfDocket => "不是 docket 推送的引用".to_owned(),
        Phrase::NotAPerson => "不是 docket 所写的联系人信息".to_owned(),
        Phrase::TooManyReaches => "一人的号码或邮箱多于命令所能保存的数量".to_owned(),
        Phrase::PersonOfTeam => "以团队人员充当客户联系人".to_owned(),
        Phrase::PersonOvertaken => "写入时未包含此处已有的联系人信息".to_owned(),
        Phrase::PersonLost => "未删除的联系人信息丢失".to_owned(),
        Phrase::ErasedPerson => "已删除的联系人".to_owned(),
        Phrase::UnknownPerson => "不是本服务台的联系人".to_owned(),
        Phrase::AsInOthers { what, files } => {
            format!("{}；另有 {files} 个文件相同", self::phrase(what))
        }
        Phrase::ValuesOf(field, count) => {
            let field = WORDS.label(Label::of_disputed(*field));
            format!("“{field}”有来自多个克隆的 {count} 个值")
        }
        Phrase::SecondComplaint(first) => format!("与 {first} 针对同一答复的第二件投诉"),
        Phrase::AnswerSetAside(record) => format!("所针对的答复在 {record} 中已被搁置"),
        Phrase::NothingThere => "此处应无内容".to_owned(),
        Phrase::FounderAlone { person, from } => {
            format!("仅 {person}，自 {from} 起，与 docket init 所写相同")
        }
        Phrase::SampleRule { percent, most, party } => {
            let of = match party {
                None => "",
                Some(Party::External) => "（外部客户）",
                Some(Party::Internal) => "（内部用户）",
            };
            format!("{percent}%，每客户最多 {most} 条{of}")
        }
        Phrase::DrawnRecord => "样本抽中的记录".to_owned(),
        Phrase::Edition => "生成它的版本".to_owned(),
        Phrase::ReportThatCanBeMade => "可以生成的报告".to_owned(),
        Phrase::MergeableParents => "可以合并的父提交".to_owned(),
        Phrase::TwoParents => "两个父提交".to_owned(),
        Phrase::Merge => "合并".to_owned(),
        Phrase::ConflictMarks => "冲突标记".to_owned(),
        Phrase::Teammate => "policy/people.yaml 中的人员".to_owned(),
        Phrase::SecondEntry => "同名的第二个条目".to_owned(),
        Phrase::LastMatchingLine(line) => format!("{line}，且为最后一条匹配的行"),
        Phrase::Grafts => "嫁接的历史（grafts）".to_owned(),
        Phrase::SignatureOf(person) => format!("{person} 的签名"),
        Phrase::NoTrailers => "没有尾注".to_owned(),
        Phrase::Trailers => "有尾注".to_owned(),
        Phrase::SecondBeginning => "第二个起点".to_owned(),
        Phrase::ParentsRules => "父提交中的规则".to_owned(),
        Phrase::SecondInit => "第二次 init".to_owned(),
        Phrase::CommitterName => "提交者的姓名".to_owned(),
        Phrase::MoreLines => "更多的行".to_owned(),
        Phrase::Events(count) => format!("{count} 个事件"),
        Phrase::Complaint => "投诉".to_owned(),
        Phrase::RecordOfFiles => "服务台分支上某条记录的编号".to_owned(),
        Phrase::ApartCommit => "由 docket 写入的单个提交，没有父提交、作者和说明".to_owned(),
        Phrase::DeletedBranch => "已删除的分支".to_owned(),
    }
}

fn agreed_limits(agreed: &AgreedLimits) -> String {
    let AgreedLimits { agreement, version, limits, hours } = agreed;
    let limits = limits.iter().map(|(clock, limit)| {
        let limit = limit.map_or("同服务台".to_owned(), |limit| limit.to_string());
        format!("{} {limit}", named(*clock))
    });
    let hours = hours.iter().map(|hours| match hours {
        CountedHours::Agreed(id) => format!("日历 {id}"),
        CountedHours::Desk => "服务台的工作时间".to_owned(),
    });
    let told: Vec<_> = limits.chain(hours).collect();
    format!("协议 {agreement} 版本 {version}：{}", told.join("，"))
}

fn named(clock: Clock) -> &'static str {
    match clock {
        Clock::Ack => "受理",
        Clock::Respond => "响应",
        Clock::Commitment => "承诺响应",
        Clock::Resolve => "解决",
    }
}

/// 提交中的异常之处。
pub(super) fn odd_part(part: &OddPart) -> String {
    match part {
        OddPart::ZeroByte => "有零字节，git 不显示其后的内容".to_owned(),
        OddPart::NoTree => "首行没有目录对象".to_owned(),
        OddPart::BadParent => "父提交不是提交的名称".to_owned(),
        OddPart::Absent(role) => format!("{role} 不在其位置"),
        OddPart::Line { key, value } => format!("{key} {value}"),
        OddPart::EmptyFirstLine => "提交说明以空行开头".to_owned(),
        OddPart::SecondLine(key) => format!("第二个“{key}”行"),
        OddPart::NotASignature => "签名处不是签名".to_owned(),
        OddPart::ExtraLine(key) => format!("多出的“{key}”行"),
        OddPart::NotUtf8 => "不是 UTF-8 的字节".to_owned(),
    }
}

/// 签名为何不能认定。
pub(super) fn signature_fault(fault: &SignatureFault) -> String {
    match fault {
        SignatureFault::NoKey => "policy/people.yaml 中没有其密钥".to_owned(),
        SignatureFault::OtherKind => "既不是 SSH 签名，也不是 OpenPGP 签名".to_owned(),
        SignatureFault::OtherKey => "由其他密钥签名".to_owned(),
        SignatureFault::Reported(said) => said.clone(),
        SignatureFault::NotRun { program, source } => {
            format!("无法运行 {program}：{}", system(source))
        }
        SignatureFault::Io(source) => system(source),
    }
}
