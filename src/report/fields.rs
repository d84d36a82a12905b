//! What templates may use: the name of each value, and what it means.

use crate::{domain::base::terms::ReportName, words::Lang};

/// Name, meaning in English, meaning in Chinese.
type FieldMeaning = (&'static str, &'static str, &'static str);

/// The values of a report, each with its meaning; those of a list are named `list[].value`.
pub fn fields(report: ReportName, lang: Lang) -> Vec<(String, &'static str)> {
    let parts: &[(&str, &[FieldMeaning])] = match report {
        ReportName::Register => &[("", HEAD), ("", PERIOD), ("records[].", RECORD)],
        ReportName::Request => &[("", HEAD), ("", DATA), ("", MORE), ("record.", RECORD)],
        ReportName::ComplaintForm => {
            &[("", HEAD), ("", DATA), ("", MORE), ("record.", RECORD), ("complaint.", COMPLAINT)]
        }
        ReportName::ComplaintRegister => &[
            ("", HEAD),
            ("", PERIOD),
            ("rows[].record.", RECORD),
            ("rows[].complaint.", COMPLAINT),
        ],
        ReportName::Survey => &[
            ("", HEAD),
            ("", PERIOD),
            ("", SURVEY),
            ("samples[].", SAMPLE),
            ("samples[].standing.", STANDING),
            ("total.", STANDING),
            ("sampled.", GRADES),
            ("outside.", GRADES),
            ("questions[].", QUESTION),
            ("replies[].", REPLY),
            ("low[].", REPLY),
        ],
        ReportName::Daily | ReportName::Handover => {
            &[("", HEAD), ("", SHEET), ("rows[].record.", RECORD)]
        }
        ReportName::Faults => {
            &[("", HEAD), ("", PERIOD), ("rows[].record.", RECORD), ("rows[].", FAULT)]
        }
        ReportName::Card => &[("", HEAD), ("", CARD)],
        ReportName::Service => &[
            ("", HEAD),
            ("", PERIOD),
            ("", SERVICE),
            ("targets[].", FIGURE),
            ("workload[].", FIGURE),
            ("quality[].", FIGURE),
            ("balance.", BALANCE),
            ("charts.received.", CHART),
            ("charts.response.", CHART),
            ("charts.resolve.", CHART),
            ("charts.satisfaction.", CHART),
            ("charts.kinds.", CHART),
            ("charts.units.", CHART),
            ("", MAJOR),
            ("major[].record.", RECORD),
            ("complaints[].record.", RECORD),
            ("complaints[].complaint.", COMPLAINT),
            ("missed[].", MISS),
        ],
        ReportName::Kpi => &[
            ("", HEAD),
            ("", PERIOD),
            ("", KPI),
            ("figures[].", FIGURE),
            ("times[].", FIGURE),
            ("not_measured[].", FIGURE),
            ("split[].", FIGURE),
            ("balance.", BALANCE),
            ("missed[].", MISS),
            ("late_entries[].", MISS),
        ],
    };
    let fields = parts.iter().flat_map(|(prefix, fields)| {
        fields.iter().map(move |(name, en, zh)| {
            let meaning = match lang {
                Lang::En => *en,
                Lang::Zh => *zh,
            };
            (format!("{prefix}{name}"), meaning)
        })
    });
    fields.collect()
}

/// What every report has.
const HEAD: &[FieldMeaning] = &[
    ("template", "version of the built-in templates", "内置模板版本"),
    ("organisation", "name of the organisation", "单位名称"),
    ("desk", "name of the desk", "服务台名称"),
];

/// What reports of one record have.
const DATA: &[FieldMeaning] = &[(
    "revision",
    "commit that the data is of, short; empty when kept by a closing",
    "数据版本；关闭时留存的为空",
)];

/// What was told and has no place of its own in the report.
const MORE: &[FieldMeaning] = &[
    ("more[].name", "field, as files spell it", "字段代码"),
    ("more[].label", "what the field is called", "字段名称"),
    ("more[].value", "its value", "字段内容"),
];

/// What reports of a period have.
const PERIOD: &[FieldMeaning] = &[
    ("period.from", "first day", "首日"),
    ("period.to", "last day", "末日"),
    ("period.incomplete", "true while the period lasts", "期间未结束时为真"),
    ("period.revision", "commit that the data is of", "数据所在提交"),
    ("period.revision_short", "the same, short", "同上，简写"),
];

/// A record in the reader's words; empty text where nothing is known.
const RECORD: &[FieldMeaning] = &[
    ("id", "id", "编号"),
    ("kind", "kind", "类型"),
    ("state", "state", "状态"),
    ("title", "title", "标题"),
    ("customer", "customer", "客户"),
    ("contact.id", "contact's id", "联系人编号"),
    ("contact.name", "contact's name, masked", "联系人姓名（脱敏）"),
    ("contact.phone", "phone, masked", "电话（脱敏）"),
    ("contact.email", "e-mail, masked", "邮箱（脱敏）"),
    ("contact.site", "site", "地点"),
    ("channel", "channel", "渠道"),
    ("received_at", "when it was received", "接收时间"),
    ("reported", "the customer's own words", "客户原话"),
    ("need", "what the customer wants", "客户需求"),
    ("category", "category", "类别"),
    ("product", "product", "产品"),
    ("level", "level", "级别"),
    ("priority", "priority, 1 to 5", "优先级，1 至 5"),
    ("impact", "impact", "影响范围"),
    ("urgency", "urgency", "紧急程度"),
    ("major", "criterion of a major event", "重大事件标准"),
    ("expected_by", "when the customer expects it", "期望解决时间"),
    ("reference", "the customer's own number", "客户单号"),
    ("owner", "who follows it", "跟踪人"),
    ("unit", "unit", "责任单位"),
    ("responsible", "responsible person", "责任人"),
    ("progress", "progress", "进展"),
    ("occurred_at", "when the fault occurred", "故障发生时间"),
    ("location", "where the fault is", "故障地点"),
    ("symptom", "symptom", "故障现象"),
    ("soothed", "explanation given to a remark", "安抚说明"),
    ("acknowledged_at", "when it was acknowledged", "受理时间"),
    ("accepted_at", "when it was accepted", "接单时间"),
    ("responded_at", "when the first reply was given", "首次回复时间"),
    ("done_at", "when the work was done", "实际完成日期"),
    ("closed_at", "when it was closed", "关闭时间"),
    ("due.ack", "acknowledge by", "受理时限"),
    ("due.respond", "respond by", "响应时限"),
    ("due.commitment", "committed to respond by", "承诺时限"),
    ("due.resolve", "resolve by", "解决时限"),
    ("result", "result", "处理结果"),
    ("cause", "cause", "原因"),
    ("code", "resolution code", "处理结论"),
    ("resolver", "who solved it", "处理人"),
    ("confirmed_at", "when the customer confirmed", "回访确认时间"),
    ("confirmed_by", "who called back", "回访人"),
    ("confirmed_with", "who confirmed, masked", "确认人（脱敏）"),
    ("satisfaction", "grade given at the callback", "满意程度"),
    ("comment", "what the customer said", "客户意见"),
    ("exception", "why it was closed without confirmation", "例外关闭原因"),
    ("survey", "grade given in the survey", "调查满意度"),
    ("answers[].question", "question of the category", "类别问题"),
    ("answers[].answer", "its answer", "回答"),
    ("promises[].number", "number of the promise", "承诺序号"),
    ("promises[].what", "what was promised", "承诺内容"),
    ("promises[].due", "by when", "承诺时间"),
    ("promises[].kept_at", "when it was kept", "兑现时间"),
    ("promises[].explained_at", "when it was explained", "说明时间"),
    ("told[].name", "field of the intake, as files spell it", "登记字段代码"),
    ("told[].label", "what the field is called", "登记字段名称"),
    ("told[].value", "its value", "登记字段内容"),
    (
        "outcome[].name",
        "field of the solving or ending step, as files spell it",
        "处理结果字段代码",
    ),
    ("outcome[].label", "what the field is called", "处理结果字段名称"),
    ("outcome[].value", "its value", "处理结果字段内容"),
    ("history[].n", "number of the step", "步骤序号"),
    ("history[].at", "when", "时间"),
    ("history[].by", "who", "人员"),
    ("history[].action", "which step", "步骤"),
    ("history[].details", "everything that it recorded, in one line", "内容"),
    ("history[].facts[].name", "field that it recorded, as files spell it", "字段代码"),
    ("history[].facts[].label", "what the field is called", "字段名称"),
    ("history[].facts[].value", "its value", "字段内容"),
    ("history[].note", "its note", "备注"),
    ("updated_at", "when the latest step was", "更新时间"),
];

/// The day's sheets.
const SHEET: &[FieldMeaning] = &[
    ("at", "when the sheet was drawn", "制表时间"),
    ("revision", "commit that the data is of, short", "数据版本"),
    ("rows[].followed_up_at", "when the desk last asked the unit", "上次了解进展时间"),
    ("rows[].handed_to", "to whom it is offered", "交接给"),
    ("rows[].handover_reason", "why", "交接原因"),
    ("rows[].note", "the latest note", "最近备注"),
    ("rows[].late", "true when something is late", "有超时时为真"),
    ("rows[].tasks[].what", "what has to be done", "待办事项"),
    ("rows[].tasks[].due", "by when", "时限"),
    ("rows[].tasks[].standing", "how it stands", "情况"),
];

/// What the fault table has besides.
const FAULT: &[FieldMeaning] = &[
    ("steps", "what was tried and done", "排障步骤"),
    ("alike", "how many faults of its category the table has", "本表中同类故障数"),
];

/// What the desk's card has.
const CARD: &[FieldMeaning] = &[
    ("revision", "commit that the data is of, short", "数据版本"),
    ("timezone", "time zone of the clock times", "时区"),
    ("reach[].channel", "way to the desk", "渠道"),
    ("reach[].address", "its number or address", "联系方式"),
    ("hours[].weekday", "day of the week", "星期"),
    ("hours[].windows[]", "working hours; none on a day off", "服务时间，休息日为空"),
    ("pledges[].of", "level, or kind with limits of its own", "级别，或另有时限的类型"),
    ("pledges[].ack", "acknowledged within", "受理告知时限"),
    ("pledges[].respond", "answered within", "响应时限"),
    ("pledges[].resolve", "solved within", "解决时限"),
];

/// What a complaint has besides; empty text where nothing is known.
const COMPLAINT: &[FieldMeaning] = &[
    ("received_by", "who took it in", "受理人"),
    ("form", "written or oral", "书面或口头"),
    ("trigger", "what set it off", "投诉来源"),
    ("complainant_role", "what the complainant is", "投诉人身份"),
    ("about", "record that it is about", "相关记录"),
    ("against", "against whom or what", "投诉对象"),
    ("remedy", "what is asked for", "投诉诉求"),
    ("prohibition", "prohibition that was broken", "违反的禁令"),
    ("criterion", "criterion of a major one", "重大投诉标准"),
    ("verification", "how it was verified, or why not", "核实情况"),
    ("verified_at", "when it was verified", "核实时间"),
    ("verified_by", "who verified it", "核实人"),
    ("notified", "relationship manager who was notified", "通知的用户关系经理"),
    ("notified_at", "when", "通知时间"),
    ("assigned_at", "when it was handed out", "分派时间"),
    ("validity", "whether it was found valid", "是否成立"),
    ("finding", "what was found", "查证结论"),
    ("decided_by", "who decided", "认定人"),
    ("decided_at", "when", "认定时间"),
    ("corrective", "corrective action", "纠正措施"),
    ("preventive", "preventive action", "预防措施"),
    ("told", "who was told the result, masked", "反馈对象（脱敏）"),
    ("told_by", "who told them", "反馈人"),
    ("told_at", "when", "反馈时间"),
    ("called_at", "when they were called back", "回访时间"),
    ("called_by", "who called", "回访人"),
    ("callback", "how it went", "回访结果"),
    ("callback_text", "what was said", "回访内容"),
    ("satisfied", "whether they are satisfied", "是否满意"),
    ("dissatisfaction", "why they are not", "不满意原因"),
    (
        "reason",
        "the same, or why else it ended or could not be verified",
        "不满意、结束或未能核实的原因",
    ),
    ("recourse", "where they can turn", "申诉途径"),
    ("closed_at", "when it ended, whichever way", "结束时间"),
    ("outcome", "how it ended, or where it stands", "处理结果，或所处状态"),
    ("closed_by", "who closed it", "关闭人"),
    ("days", "days from receiving to closing", "处理天数"),
    ("unanswered", "callbacks without answer", "未接通次数"),
];

/// What the survey report has.
const SURVEY: &[FieldMeaning] =
    &[("small_below", "fewer answers than this say little", "样本过小的界限")];

/// The sample of a month.
const SAMPLE: &[FieldMeaning] = &[
    ("month", "month", "月份"),
    ("sample", "rate in per cent", "抽样比例（%）"),
    ("cap", "the most for one customer", "每客户上限"),
    ("over", "true when the month is over", "月份已结束时为真"),
    ("closed", "records closed in it", "关闭记录数"),
    ("no_contact", "of them without a contact", "其中无联系人"),
    ("staff", "of them by people of the team", "其中本团队人员"),
    ("candidates", "of them that may be drawn", "可抽取"),
    ("drawn", "drawn", "抽取"),
    ("unsent", "drawn and not sent", "抽取未发出"),
];

/// What became of those who were asked.
const STANDING: &[FieldMeaning] = &[
    ("sent", "sent", "发出"),
    ("answered", "answered in time", "按时答复"),
    ("expired", "not answered in time", "到期未答复"),
    ("awaited", "still waited for", "待答复"),
    ("response", "response rate", "回收率"),
];

/// Grades.
const GRADES: &[FieldMeaning] = &[
    ("n", "how many answers", "答复数"),
    ("small", "true when that says little", "样本过小时为真"),
    ("csat", "share of 4 and 5", "4–5 分占比"),
    ("content", "share of 3 and better", "基本满意及以上占比"),
    ("mean", "mean grade", "平均分"),
    ("grades[].grade", "grade, 5 to 1", "等级，5 至 1"),
    ("grades[].word", "what it is called", "等级名称"),
    ("grades[].count", "how many", "数量"),
    ("grades[].share", "which share", "占比"),
];

/// A question of the survey.
const QUESTION: &[FieldMeaning] = &[
    ("version", "version of the question set", "问卷版本"),
    ("question", "question", "问题"),
    ("n", "how many answered it", "答复数"),
    ("answers[].answer", "answer", "回答"),
    ("answers[].count", "how many", "数量"),
];

/// An answer with the customer's words, or with a low grade.
const REPLY: &[FieldMeaning] = &[
    ("record", "record", "记录"),
    ("customer", "customer", "客户"),
    ("at", "when", "时间"),
    ("grade", "grade", "等级"),
    ("word", "what the grade is called", "等级名称"),
    (
        "counts",
        "what it counts for: sample, outside, late, again",
        "计入：样本、样本外、逾期、重复",
    ),
    ("by", "who answered, masked", "答复人（脱敏）"),
    ("comment", "the customer's words", "客户意见"),
    ("complaints[]", "complaints that it opened", "由此产生的投诉"),
];

/// What the key figures have besides.
const KPI: &[FieldMeaning] = &[
    (
        "until",
        "when the figures were drawn, while the period lasts",
        "统计截至时间（期间未结束时）",
    ),
    ("by", "by what the figures are split", "分组方式"),
];

/// A key figure.
const FIGURE: &[FieldMeaning] = &[
    ("name", "name for programs", "指标代码"),
    ("label", "what it is called", "指标名称"),
    ("formula", "what it counts", "口径"),
    ("group", "group, as files spell it; empty for all", "分组代码，空为全部"),
    ("group_label", "what the group is called", "分组名称"),
    ("value", "the figure, ready to be read", "数值"),
    ("numerator", "how many count", "分子"),
    ("denominator", "out of how many", "分母"),
    ("percent", "the share as a number", "百分比数字"),
    ("target", "its target", "目标"),
    ("standing", "whether it is reached", "是否达标"),
    ("missed", "true when the target is missed", "未达标时为真"),
    ("elapsed.mean", "mean of elapsed time in minutes", "历时平均（分钟）"),
    ("elapsed.mean_text", "mean of elapsed time", "历时平均"),
    ("elapsed.median", "median of elapsed time in minutes", "历时中位数（分钟）"),
    ("elapsed.median_text", "median of elapsed time", "历时中位数"),
    (
        "elapsed.p90",
        "what nine in ten do not exceed of elapsed time in minutes",
        "历时90 % 分位（分钟）",
    ),
    ("elapsed.p90_text", "what nine in ten do not exceed of elapsed time", "历时90 % 分位"),
    ("working.mean", "mean of working time in minutes", "工作时间平均（分钟）"),
    ("working.mean_text", "mean of working time", "工作时间平均"),
    ("working.median", "median of working time in minutes", "工作时间中位数（分钟）"),
    ("working.median_text", "median of working time", "工作时间中位数"),
    (
        "working.p90",
        "what nine in ten do not exceed of working time in minutes",
        "工作时间90 % 分位（分钟）",
    ),
    ("working.p90_text", "what nine in ten do not exceed of working time", "工作时间90 % 分位"),
];

/// What came and went.
const BALANCE: &[FieldMeaning] = &[
    ("opening", "unfinished at the beginning", "期初积压"),
    ("received", "received, cancelled and merged ones too", "接收（含撤销、合并）"),
    (
        "corrected",
        "moved into or out of the period by correcting when it was received",
        "因更正接收时间而移入移出",
    ),
    ("reopened", "reopened", "重开"),
    ("closed", "closed", "关闭"),
    ("cancelled", "cancelled", "撤销"),
    ("merged", "merged", "合并"),
    ("closing", "unfinished at the end", "期末积压"),
    ("adds_up", "true when the numbers add up", "勾稽一致时为真"),
    ("age_to_1", "unfinished, at most 1 working day old", "1 个工作日内"),
    ("age_to_3", "2 to 3 working days", "2–3 个工作日"),
    ("age_to_7", "4 to 7 working days", "4–7 个工作日"),
    ("age_to_30", "8 to 30 working days", "8–30 个工作日"),
    ("age_older", "more than 30 working days", "30 个工作日以上"),
    ("age_unknown", "no calendar to tell", "无日历"),
    ("overdue_ack", "past the time to acknowledge", "受理超时"),
    ("overdue_respond", "past the time to respond", "响应超时"),
    ("overdue_commitment", "past the committed time", "承诺超时"),
    ("overdue_resolve", "past the time to resolve", "解决超时"),
];

/// Something that was late.
const MISS: &[FieldMeaning] = &[
    ("id", "id", "编号"),
    ("name", "name of the figure", "指标代码"),
    ("label", "what it is called", "指标名称"),
    ("customer", "customer", "客户"),
    ("responsible", "whose it is", "责任人"),
    ("due", "by when", "时限"),
    ("done", "when it was done", "完成时间"),
    ("state", "state at the end of the period", "期末状态"),
    ("reason", "what the record tells of why", "原因（取自记录）"),
];

/// What the service report has besides.
const SERVICE: &[FieldMeaning] = &[
    (
        "until",
        "when the figures were drawn, while the period lasts",
        "统计截至时间（期间未结束时）",
    ),
    ("trend[].label", "period", "期间"),
    ("trend[].received", "received in it", "接收数"),
    ("trend[].closed", "closed in it", "关闭数"),
    ("trend[].backlog", "unfinished at its end", "期末积压"),
    ("trend[].response", "answered in time", "响应及时率"),
    ("trend[].resolve", "solved in time", "解决及时率"),
    ("trend[].satisfaction", "satisfied at the callback", "回访满意率"),
    ("trend[].complaints", "complaints", "投诉数"),
    (
        "charts.received",
        "received in each period, for chart(of=…)",
        "接收数趋势图，用于 chart(of=…)",
    ),
    ("charts.response", "answered in time, for chart(of=…)", "响应及时率趋势图"),
    ("charts.resolve", "solved in time, for chart(of=…)", "解决及时率趋势图"),
    ("charts.satisfaction", "satisfied, for chart(of=…)", "满意率趋势图"),
    ("charts.kinds", "received by kind, for chart(of=…)", "按类型分布图"),
    ("charts.units", "received by unit, for chart(of=…)", "按责任单位分布图"),
    ("improvements[].source", "record or figure that it comes from", "来源（记录或指标）"),
    ("improvements[].measure", "what is done", "改进措施"),
];

/// A chart.
const CHART: &[FieldMeaning] = &[
    ("kind", "line, bar or distribution", "折线、柱状或分布"),
    ("title", "what it shows", "图表标题"),
    ("points[].label", "what a number is of", "数据标签"),
    ("points[].value", "the number; none where nothing was counted", "数值，无数据时为空"),
];

/// A major event of the period.
const MAJOR: &[FieldMeaning] = &[
    ("major[].criterion", "criterion of a major event", "重大事件标准"),
    ("major[].escalated", "who was told", "已通知"),
];
