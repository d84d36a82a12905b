//! 克隆中可能出现的问题。

use crate::words::{catalogue::DamageText, damage::DamageKind};

pub(super) fn damage(kind: DamageKind) -> DamageText {
    match kind {
        DamageKind::Merge => DamageText {
            what: "尚未结束的合并",
            repair: "按双方事件合并记录，并结束合并",
            by_hand: "git merge --abort 放弃；docket sync 重新合并",
        },
        DamageKind::Operation => DamageText {
            what: "git 正在进行其他操作",
            repair: "",
            by_hand: "请先用 git 完成或放弃",
        },
        DamageKind::Edit => DamageText {
            what: "手工改动",
            repair: "",
            by_hand: "docket doctor --repair --edits keep --reason 理由 保留为您的更正（amend）；docket doctor --repair --edits drop 丢弃",
        },
        DamageKind::ContactEdit => DamageText {
            what: "手工改动",
            repair: "",
            by_hand: "联系人的手工改动无法保留：新的号码与邮箱请在 docket open 时用 --phone、--email 登记；docket doctor --repair --edits drop 丢弃",
        },
        DamageKind::Policy => DamageText {
            what: "规则无法读取",
            repair: "",
            by_hand: "如由较新版本的 docket 写入，请更新 docket；否则由服务团队负责人改正并提交：git log -p -- 文件 可查看由来",
        },
        DamageKind::Broken => DamageText {
            what: "已损坏",
            repair: "以一个提交恢复到最近一次完好的内容",
            by_hand: "从未完好：git log -p -- 文件 可查看由来",
        },
        DamageKind::Archive => DamageText {
            what: "不是关闭时留存的报告",
            repair: "以一个提交恢复当时留存的报告",
            by_hand: "git 中已没有：其他克隆可能还有",
        },
        DamageKind::Lock => DamageText {
            what: "git 锁文件",
            repair: "",
            by_hand: "如没有 git 命令在运行，请删除此文件",
        },
        DamageKind::Stray => {
            DamageText {
                what: "中断写入留下的文件", repair: "删除", by_hand: "请删除"
            }
        }
        DamageKind::Files => {
            DamageText {
                what: "存有记录未登记的附件文件", repair: "从本克隆中移除", by_hand: ""
            }
        }
        DamageKind::Reference => DamageText {
            what: "引用没有指向提交",
            repair: "使其指向由原有文件组成的提交；没有文件时删除该引用，随后由 docket sync 从远程仓库获取",
            by_hand: "",
        },
        DamageKind::StrayPeople => DamageText {
            what: "refs/docket/people 中有不属于本服务台联系人的文件",
            repair: "移除；下次 docket sync 时远程仓库也随之移除",
            by_hand: "",
        },
        DamageKind::UnknownPeople => DamageText {
            what: "本克隆没有以下联系人的个人信息",
            repair: "",
            by_hand: "远程仓库或其他克隆如有，docket sync 即可取得；没有时以编号显示联系人",
        },
        DamageKind::Unsendable => DamageText {
            what: "尚未推送，且会被他人拒收",
            repair: "撤回该提交及其后的提交，全部保存在一个分支上；他人已有的提交只能还原（git revert）",
            by_hand: "",
        },
    }
}
