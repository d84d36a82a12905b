//! What can be wrong with a clone, and what is done about it.

use super::{Lang, Words};

/// Something in a clone that is not as docket left it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DamageKind {
    Merge,
    Operation,
    Edit,
    Policy,
    Broken,
    Archive,
    Lock,
    Stray,
}

impl DamageKind {
    pub const ALL: &[Self] = &[
        Self::Merge,
        Self::Operation,
        Self::Edit,
        Self::Policy,
        Self::Broken,
        Self::Archive,
        Self::Lock,
        Self::Stray,
    ];

    /// The name for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Merge => "merge",
            Self::Operation => "operation",
            Self::Edit => "edit",
            Self::Policy => "policy",
            Self::Broken => "broken",
            Self::Archive => "archive",
            Self::Lock => "lock",
            Self::Stray => "stray",
        }
    }

    /// What it is, what `--repair` does, and what a person does: in English and Chinese.
    fn told(self) -> [(&'static str, &'static str); 3] {
        match self {
            Self::Merge => [
                ("a merge that is not ended", "尚未结束的合并"),
                (
                    "puts records together by the events of both sides, and ends the merge",
                    "按双方事件合并记录，并结束合并",
                ),
                (
                    "git merge --abort gives it up; docket sync merges anew",
                    "git merge --abort 放弃；docket sync 重新合并",
                ),
            ],
            Self::Operation => [
                ("git is in the midst of something", "git 正在进行其他操作"),
                ("", ""),
                ("finish it or give it up with git first", "请先用 git 完成或放弃"),
            ],
            Self::Edit => [
                ("changed by hand", "手工改动"),
                ("", ""),
                (
                    "--repair --edits keep --reason TEXT makes it an amend of yours, --repair --edits drop gives it up",
                    "--repair --edits keep --reason 理由 作为您的更正保留；--repair --edits drop 放弃",
                ),
            ],
            Self::Policy => [
                ("rules that cannot be read", "规则无法读取"),
                ("", ""),
                (
                    "a team lead mends and commits it: git log -p -- FILE shows how it came about",
                    "由团队负责人修正并提交：git log -p -- 文件 可查看由来",
                ),
            ],
            Self::Broken => [
                ("broken", "已损坏"),
                (
                    "brings back what it was when it was last sound, in a commit",
                    "以一个提交恢复到最近一次完好的内容",
                ),
                (
                    "it never was sound: git log -p -- FILE shows how it came about",
                    "从未完好：git log -p -- 文件 可查看由来",
                ),
            ],
            Self::Archive => [
                ("not the report that the closing kept", "不是关闭时留存的报告"),
                ("brings back the one that was kept, in a commit", "以一个提交恢复当时留存的报告"),
                ("git no longer has it: another clone may", "git 中已没有：其他克隆可能还有"),
            ],
            Self::Lock => [
                ("a lock of git's", "git 的锁"),
                ("", ""),
                ("if no git command runs, remove this file", "如没有 git 命令在运行，请删除此文件"),
            ],
            Self::Stray => [
                ("left by an interrupted write", "中断写入的残留"),
                ("removes it", "删除"),
                ("remove it", "请删除"),
            ],
        }
    }
}

impl Words {
    fn of(self, (en, zh): (&'static str, &'static str)) -> &'static str {
        match self.lang {
            Lang::En => en,
            Lang::Zh => zh,
        }
    }

    /// What it is.
    pub fn sick(self, sick: DamageKind) -> &'static str {
        self.of(sick.told()[0])
    }

    /// What `--repair` does about it; empty where it does nothing.
    pub fn cure(self, sick: DamageKind) -> &'static str {
        self.of(sick.told()[1])
    }

    /// What a person does about it.
    pub fn by_hand(self, sick: DamageKind) -> &'static str {
        self.of(sick.told()[2])
    }
}
