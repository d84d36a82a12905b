//! 模板中各值的含义。

use crate::words::fields::FieldGroup;

/// 一组中的各值及其含义。
pub(super) fn fields(group: FieldGroup) -> &'static [(&'static str, &'static str)] {
    match group {
        FieldGroup::Head => HEAD,
        FieldGroup::Data => DATA,
        FieldGroup::More => MORE,
        FieldGroup::Period => PERIOD,
        FieldGroup::Record => RECORD,
        FieldGroup::Day => DAY,
        FieldGroup::Fault => FAULT,
        FieldGroup::Card => CARD,
        FieldGroup::Complaint => COMPLAINT,
        FieldGroup::Survey => SURVEY,
        FieldGroup::Sample => SAMPLE,
        FieldGroup::Standing => STANDING,
        FieldGroup::Grades => GRADES,
        FieldGroup::Question => QUESTION,
        FieldGroup::Reply => REPLY,
        FieldGroup::Kpi => KPI,
        FieldGroup::Figure => FIGURE,
        FieldGroup::Balance => BALANCE,
        FieldGroup::Miss => MISS,
        FieldGroup::Service => SERVICE,
        FieldGroup::Chart => CHART,
        FieldGroup::Major => MAJOR,
    }
}

const HEAD: &[(&str, &str)] =
    &[("template", "内置模板版本"), ("organisation", "单位名称"), ("desk", "服务台名称")];

const DATA: &[(&str, &str)] = &[("revision", "数据版本；关闭时留存的为空")];

const MORE: &[(&str, &str)] =
    &[("more[].name", "字段代码"), ("more[].label", "字段名称"), ("more[].value", "字段内容")];

const PERIOD: &[(&str, &str)] = &[
    ("period.from", "首日"),
    ("period.to", "末日"),
    ("period.incomplete", "期间未结束时为真"),
    ("period.revision", "数据所在提交"),
    ("period.revision_short", "同上，简写"),
];

const RECORD: &[(&str, &str)] = &[
    ("id", "编号"),
    ("kind", "类型"),
    ("state", "状态"),
    ("title", "标题"),
    ("customer", "客户"),
    ("contact.id", "联系人编号"),
    ("contact.name", "联系人姓名（脱敏）"),
    ("contact.phone", "电话（脱敏）"),
    ("contact.email", "邮箱（脱敏）"),
    ("contact.site", "地点"),
    ("channel", "渠道"),
    ("received_at", "接收时间"),
    ("reported", "客户原话"),
    ("need", "客户需求"),
    ("category", "类别"),
    ("product", "产品"),
    ("level", "级别"),
    ("priority", "优先级，1 至 5"),
    ("impact", "影响范围"),
    ("urgency", "紧急程度"),
    ("major", "重大事件标准"),
    ("expected_by", "期望解决时间"),
    ("reference", "客户单号"),
    ("owner", "跟踪人"),
    ("unit", "责任单位"),
    ("responsible", "责任人"),
    ("progress", "进展"),
    ("occurred_at", "故障发生时间"),
    ("location", "故障地点"),
    ("symptom", "故障现象"),
    ("soothed", "安抚说明"),
    ("acknowledged_at", "受理时间"),
    ("accepted_at", "接单时间"),
    ("responded_at", "首次回复时间"),
    ("done_at", "实际完成日期"),
    ("closed_at", "关闭时间"),
    ("due.ack", "受理时限"),
    ("due.respond", "响应时限"),
    ("due.commitment", "承诺时限"),
    ("due.resolve", "解决时限"),
    ("result", "处理结果"),
    ("cause", "原因"),
    ("code", "处理结论"),
    ("resolver", "处理人"),
    ("confirmed_at", "回访确认时间"),
    ("confirmed_by", "回访人"),
    ("confirmed_with", "确认人（脱敏）"),
    ("satisfaction", "满意程度"),
    ("comment", "客户意见"),
    ("exception", "例外关闭原因"),
    ("survey", "调查满意度"),
    ("answers[].question", "类别问题"),
    ("answers[].answer", "回答"),
    ("promises[].number", "承诺序号"),
    ("promises[].what", "承诺内容"),
    ("promises[].due", "承诺时间"),
    ("promises[].kept_at", "兑现时间"),
    ("promises[].explained_at", "说明时间"),
    ("told[].name", "登记字段代码"),
    ("told[].label", "登记字段名称"),
    ("told[].value", "登记字段内容"),
    ("outcome[].name", "处理结果字段代码"),
    ("outcome[].label", "处理结果字段名称"),
    ("outcome[].value", "处理结果字段内容"),
    ("history[].n", "步骤序号"),
    ("history[].at", "时间"),
    ("history[].by", "人员"),
    ("history[].action", "步骤"),
    ("history[].details", "内容"),
    ("history[].facts[].name", "字段代码"),
    ("history[].facts[].label", "字段名称"),
    ("history[].facts[].value", "字段内容"),
    ("history[].note", "备注"),
    ("updated_at", "更新时间"),
];

const DAY: &[(&str, &str)] = &[
    ("at", "制表时间"),
    ("revision", "数据版本"),
    ("rows[].followed_up_at", "上次了解进展时间"),
    ("rows[].handed_to", "交接给"),
    ("rows[].handover_reason", "交接原因"),
    ("rows[].note", "最近备注"),
    ("rows[].late", "有超时时为真"),
    ("rows[].tasks[].what", "待办事项"),
    ("rows[].tasks[].due", "时限"),
    ("rows[].tasks[].standing", "情况"),
];

const FAULT: &[(&str, &str)] = &[("steps", "排障步骤"), ("alike", "本表中同类故障数")];

const CARD: &[(&str, &str)] = &[
    ("revision", "数据版本"),
    ("timezone", "时区"),
    ("reach[].channel", "渠道"),
    ("reach[].address", "联系方式"),
    ("hours[].weekday", "星期"),
    ("hours[].windows[]", "服务时间，休息日为空"),
    ("pledges[].of", "级别，或另有时限的类型"),
    ("pledges[].ack", "受理告知时限"),
    ("pledges[].respond", "响应时限"),
    ("pledges[].resolve", "解决时限"),
];

const COMPLAINT: &[(&str, &str)] = &[
    ("received_by", "受理人"),
    ("form", "书面或口头"),
    ("trigger", "投诉来源"),
    ("complainant_role", "投诉人身份"),
    ("about", "相关记录"),
    ("against", "投诉对象"),
    ("remedy", "投诉诉求"),
    ("prohibition", "违反的禁令"),
    ("criterion", "重大投诉标准"),
    ("verification", "核实情况"),
    ("verified_at", "核实时间"),
    ("verified_by", "核实人"),
    ("notified", "通知的用户关系经理"),
    ("notified_at", "通知时间"),
    ("assigned_at", "分派时间"),
    ("validity", "是否成立"),
    ("finding", "查证结论"),
    ("decided_by", "认定人"),
    ("decided_at", "认定时间"),
    ("corrective", "纠正措施"),
    ("preventive", "预防措施"),
    ("told", "反馈对象（脱敏）"),
    ("told_by", "反馈人"),
    ("told_at", "反馈时间"),
    ("called_at", "回访时间"),
    ("called_by", "回访人"),
    ("callback", "回访结果"),
    ("callback_text", "回访内容"),
    ("satisfied", "是否满意"),
    ("dissatisfaction", "不满意原因"),
    ("reason", "不满意、结束或未能核实的原因"),
    ("recourse", "申诉途径"),
    ("closed_at", "结束时间"),
    ("outcome", "处理结果，或所处状态"),
    ("closed_by", "关闭人"),
    ("days", "处理天数"),
    ("unanswered", "未接通次数"),
];

const SURVEY: &[(&str, &str)] = &[("small_below", "样本过小的界限")];

const SAMPLE: &[(&str, &str)] = &[
    ("month", "月份"),
    ("sample", "抽样比例（%）"),
    ("cap", "每客户上限"),
    ("over", "月份已结束时为真"),
    ("closed", "关闭记录数"),
    ("no_contact", "其中无联系人"),
    ("staff", "其中本团队人员"),
    ("candidates", "可抽取"),
    ("drawn", "抽取"),
    ("unsent", "抽取未发出"),
];

const STANDING: &[(&str, &str)] = &[
    ("sent", "发出"),
    ("answered", "按时答复"),
    ("expired", "到期未答复"),
    ("awaited", "待答复"),
    ("response", "回收率"),
];

const GRADES: &[(&str, &str)] = &[
    ("n", "答复数"),
    ("small", "样本过小时为真"),
    ("csat", "4–5 分占比"),
    ("content", "基本满意及以上占比"),
    ("mean", "平均分"),
    ("grades[].grade", "等级，5 至 1"),
    ("grades[].word", "等级名称"),
    ("grades[].count", "数量"),
    ("grades[].share", "占比"),
];

const QUESTION: &[(&str, &str)] = &[
    ("version", "问卷版本"),
    ("question", "问题"),
    ("n", "答复数"),
    ("answers[].answer", "回答"),
    ("answers[].count", "数量"),
];

const REPLY: &[(&str, &str)] = &[
    ("record", "记录"),
    ("customer", "客户"),
    ("at", "时间"),
    ("grade", "等级"),
    ("word", "等级名称"),
    ("counts", "计入：样本、样本外、逾期、重复"),
    ("by", "答复人（脱敏）"),
    ("comment", "客户意见"),
    ("complaints[]", "由此产生的投诉"),
];

const KPI: &[(&str, &str)] = &[("until", "统计截至时间（期间未结束时）"), ("by", "分组方式")];

const FIGURE: &[(&str, &str)] = &[
    ("name", "指标代码"),
    ("label", "指标名称"),
    ("formula", "口径"),
    ("group", "分组代码，空为全部"),
    ("group_label", "分组名称"),
    ("value", "数值"),
    ("numerator", "分子"),
    ("denominator", "分母"),
    ("percent", "百分比数字"),
    ("target", "目标"),
    ("standing", "是否达标"),
    ("missed", "未达标时为真"),
    ("elapsed.mean", "历时平均（分钟）"),
    ("elapsed.mean_text", "历时平均"),
    ("elapsed.median", "历时中位数（分钟）"),
    ("elapsed.median_text", "历时中位数"),
    ("elapsed.p90", "历时90 % 分位（分钟）"),
    ("elapsed.p90_text", "历时90 % 分位"),
    ("working.mean", "工作时间平均（分钟）"),
    ("working.mean_text", "工作时间平均"),
    ("working.median", "工作时间中位数（分钟）"),
    ("working.median_text", "工作时间中位数"),
    ("working.p90", "工作时间90 % 分位（分钟）"),
    ("working.p90_text", "工作时间90 % 分位"),
];

const BALANCE: &[(&str, &str)] = &[
    ("opening", "期初积压"),
    ("received", "接收（含撤销、合并）"),
    ("corrected", "因更正接收时间而移入移出"),
    ("reopened", "重开"),
    ("closed", "关闭"),
    ("cancelled", "撤销"),
    ("merged", "合并"),
    ("closing", "期末积压"),
    ("adds_up", "勾稽一致时为真"),
    ("age_to_1", "1 个工作日内"),
    ("age_to_3", "2–3 个工作日"),
    ("age_to_7", "4–7 个工作日"),
    ("age_to_30", "8–30 个工作日"),
    ("age_older", "30 个工作日以上"),
    ("age_unknown", "无日历"),
    ("overdue_ack", "受理超时"),
    ("overdue_respond", "响应超时"),
    ("overdue_commitment", "承诺超时"),
    ("overdue_resolve", "解决超时"),
];

const MISS: &[(&str, &str)] = &[
    ("id", "编号"),
    ("name", "指标代码"),
    ("label", "指标名称"),
    ("customer", "客户"),
    ("responsible", "责任人"),
    ("due", "时限"),
    ("done", "完成时间"),
    ("state", "期末状态"),
    ("reason", "原因（取自记录）"),
];

const SERVICE: &[(&str, &str)] = &[
    ("until", "统计截至时间（期间未结束时）"),
    ("trend[].label", "期间"),
    ("trend[].received", "接收数"),
    ("trend[].closed", "关闭数"),
    ("trend[].backlog", "期末积压"),
    ("trend[].response", "响应及时率"),
    ("trend[].resolve", "解决及时率"),
    ("trend[].satisfaction", "回访满意率"),
    ("trend[].complaints", "投诉数"),
    ("charts.received", "接收数趋势图，用于 chart(of=…)"),
    ("charts.response", "响应及时率趋势图"),
    ("charts.resolve", "解决及时率趋势图"),
    ("charts.satisfaction", "满意率趋势图"),
    ("charts.kinds", "按类型分布图"),
    ("charts.units", "按责任单位分布图"),
    ("improvements[].source", "来源（记录或指标）"),
    ("improvements[].measure", "改进措施"),
];

const CHART: &[(&str, &str)] = &[
    ("kind", "折线、柱状或分布"),
    ("title", "图表标题"),
    ("points[].label", "数据标签"),
    ("points[].value", "数值，无数据时为空"),
];

const MAJOR: &[(&str, &str)] =
    &[("major[].criterion", "重大事件标准"), ("major[].escalated", "已通知")];
