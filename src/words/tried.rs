//! Words that people try as commands, and the commands that they look for.

use super::fold;

/// The commands behind `docket`, most likely first, for the words of both languages.
const TRIED: &[(&[&str], &[&str])] = &[
    (
        &["open"],
        &[
            "new", "create", "add", "ticket", "issue", "incident", "request", "complain",
            "register", "登记", "新建", "创建", "开单", "报修", "报障", "新增", "投诉",
        ],
    ),
    (&["ack"], &["acknowledge", "acknowledged", "受理", "受理告知"]),
    (
        &["route"],
        &[
            "assign", "reassign", "forward", "transfer", "dispatch", "delegate", "转派", "分派",
            "派单", "指派", "转交", "改派",
        ],
    ),
    (&["accept"], &["start", "begin", "take", "claim", "grab", "接单", "接受", "开始"]),
    (&["return"], &["reject", "refuse", "decline", "退回", "退单", "拒绝"]),
    (&["respond"], &["reply", "answer", "首次回复", "首次响应", "回复", "答复", "响应"]),
    (
        &["update"],
        &["comment", "progress", "log-work", "跟踪", "更新", "进展", "备注", "评论", "跟进"],
    ),
    (
        &["update", "amend"],
        &["edit", "modify", "change", "set", "priority", "修改", "编辑", "变更"],
    ),
    (&["amend"], &["correct", "fix-typo", "更正", "改正"]),
    (&["hold"], &["stop", "pause", "suspend", "wait", "park", "挂起", "暂停", "等待"]),
    (&["resume"], &["continue", "unpause", "恢复", "继续"]),
    (&["promise"], &["commit", "承诺"]),
    (&["fulfil"], &["fulfill", "keep", "兑现", "已兑现"]),
    (&["explain"], &["apologise", "apologize", "解释", "说明"]),
    (&["extend"], &["postpone", "delay", "defer", "延期", "推迟"]),
    (&["escalate"], &["raise", "升级", "上报"]),
    (&["handover"], &["hand-over", "shift", "交接", "交班", "移交"]),
    (&["takeover"], &["take-over", "接手", "接班"]),
    (
        &["resolve"],
        &[
            "done",
            "finish",
            "finished",
            "solve",
            "solved",
            "fix",
            "complete",
            "处理完毕",
            "解决",
            "完成",
            "办结",
        ],
    ),
    (&["confirm"], &["callback", "verify", "feedback", "回访", "回访确认", "确认"]),
    (&["close"], &["end", "finalize", "关闭", "结单", "关单"]),
    (&["survey"], &["satisfaction", "满意度", "满意度调查", "调查"]),
    (&["reopen"], &["re-open", "重开", "重新打开"]),
    (&["cancel"], &["delete", "remove", "rm", "drop", "void", "取消", "删除", "作废"]),
    (&["merge"], &["join", "combine", "dedupe", "合并"]),
    (&["link"], &["relate", "connect", "关联"]),
    (&["attach"], &["upload", "add-file", "添加附件", "上传"]),
    (&["attachment"], &["attachments", "files", "file", "附件"]),
    (&["attachment list"], &["attachment ls", "attachment show"]),
    (&["attachment get"], &["attachment download", "attachment save", "attachment open"]),
    (&["attachment drop"], &["attachment remove", "attachment rm", "attachment delete"]),
    (&["attachment verify"], &["attachment check"]),
    (&["relay"], &["message", "转告", "留言"]),
    (&["decide"], &["investigate", "认定", "查证"]),
    (&["followup"], &["follow-up", "follow", "催办", "了解进展"]),
    (&["settle"], &["resolve-conflict", "解决冲突"]),
    (&["list"], &["ls", "records", "tickets", "all", "queue", "列表", "列出", "记录"]),
    (&["show"], &["view", "cat", "get", "info", "details", "read", "查看", "显示", "详情"]),
    (
        &["", "show"],
        &[
            "status",
            "st",
            "board",
            "home",
            "dashboard",
            "today",
            "todo",
            "inbox",
            "状态",
            "看板",
            "今日",
            "待办",
        ],
    ),
    (&["due"], &["deadlines", "deadline", "overdue", "agenda", "late", "到期", "超时"]),
    (&["search"], &["find", "grep", "query", "搜索", "查找", "检索"]),
    (&["log"], &["history", "blame", "commits", "历史", "日志"]),
    (&["phone"], &["tel", "dial", "telephone", "电话", "拨号"]),
    (&["sla explain"], &["clock", "clocks", "limits", "时限"]),
    (&["report"], &["print", "stats", "metrics", "kpi", "figures", "报告", "报表", "统计", "指标"]),
    (&["export"], &["dump", "backup", "csv", "导出", "备份"]),
    (&["people"], &["users", "user", "team", "staff", "roster", "person", "人员", "名册", "用户"]),
    (&["contact"], &["contacts", "联系人"]),
    (&["customer"], &["customers", "client", "clients", "account", "客户"]),
    (&["calendar"], &["holidays", "hours", "日历", "节假日"]),
    (&["policy"], &["config", "rules", "settings", "规则", "配置", "设置"]),
    (&["check"], &["validate", "lint", "检查", "核对"]),
    (&["audit"], &["审计", "审核", "核查"]),
    (&["sync"], &["push", "pull", "fetch", "同步", "推送", "拉取"]),
    (&["doctor"], &["repair", "mend", "fsck", "修复", "诊断"]),
    (&["import"], &["load", "导入"]),
    (&["init"], &["setup", "install", "初始化", "建立"]),
    (&["demo"], &["example", "sample", "演示", "示例"]),
    (&["help"], &["man-page", "usage", "manual", "帮助", "手册"]),
    (&["completions"], &["completion", "补全"]),
    (&["people add"], &["people new", "people create", "people invite"]),
    (&["people change"], &["people edit", "people update", "people modify", "people set"]),
    (&["people retire"], &["people remove", "people delete", "people rm", "people leave"]),
    (&["people list"], &["people ls", "people show"]),
    (&["contact list"], &["contact ls", "contact all"]),
    (&["contact add"], &["contact new", "contact create"]),
    (&["contact change"], &["contact edit", "contact update", "contact set", "contact amend"]),
    (&["contact show"], &["contact get", "contact view", "contact find"]),
    (&["survey record"], &["survey answer", "survey add"]),
];

/// The commands that somebody looks for who types this word behind `parent`, the words between
/// `docket` and it.
pub fn tried(parent: &str, word: &str) -> &'static [&'static str] {
    let typed = format!("{parent} {word}");
    let typed = fold(typed.trim());
    let found = TRIED.iter().find(|(_, words)| words.iter().any(|own| fold(own) == typed));
    found.map_or(&[], |(commands, _)| commands)
}

/// Every such command, and every word; for tests that none leads nowhere.
#[cfg(test)]
pub fn all_tried() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    TRIED.iter().flat_map(|(commands, words)| words.iter().map(move |word| (*word, *commands)))
}
