//! 仓库中的问题。

use std::io;

use crate::{
    domain::{
        base::{ids::ContactId, lang::LANGUAGES, print::minute},
        deciding::policy::{PolicyReference, agreements::AgreementFault, roles::RoleFault},
        history::merge::Clash,
    },
    store::{
        error::{Error, HolidayFault, PolicyFault},
        git::{
            error::{
                Cause, DamagedObject, Edit, Error as GitError, FileTask, GitTask, IndexDamage,
                PathFault, Transfer, Unfinished, UnsupportedFormat,
            },
            lock::Signer,
        },
        layout::{self, OptionalRules},
        rule_merge::RulesClash,
    },
    words::{
        typed,
        zh::{refusal::text_fault, time::calendar_fault, yaml},
    },
};

/// 切换到其中第一个分支的命令。
fn switch_to(branches: &[(String, String)], is_bare: bool) -> String {
    let first = branches.first().map_or("", |(_, own)| own.as_str());
    let first = typed(first, "分支");
    if is_bare {
        format!("git symbolic-ref HEAD refs/heads/{first}")
    } else {
        format!("git switch {first}")
    }
}

/// 出了什么问题，并指明所在。
pub(super) fn sentence(error: &Error) -> String {
    match error {
        Error::Git(error) => git(error),
        Error::NotADesk { dir, branch, .. } => {
            let dir = dir.trim_end_matches('/');
            format!("{dir} 是 git 仓库，但还不是服务台：分支 {branch} 上没有 docket.yaml")
        }
        Error::Taken { paths } => format!("以下已有文件会被服务台占用：{}", paths.join("、")),
        Error::Broken { path, source } => format!("{path}：{}", yaml::fault(source)),
        Error::Policy { path, line, key, fault } => {
            let line = line.map(|line| format!(" 第 {line} 行")).unwrap_or_default();
            format!("{path}{line}：{}{}", within(key.as_ref()), policy(fault))
        }
        Error::NoPolicy { path } => format!("缺少 {path}"),
        Error::NotBegun { rules } => not_begun(*rules),
        Error::Newer { path, format, ours } => {
            format!("{path} 的格式为 {format}，本程序只支持格式 {ours}")
        }
        Error::Misplaced { path, id } => format!("{path} 的内容属于 {id}"),
        Error::OutOfStep { path } => format!("{path} 的状态与其历史不符，文件曾被手工改动"),
        Error::NamesInHistory { path } => {
            format!("{path} 含有姓名：本服务台的提交历史中保存了个人信息")
        }
        Error::NotAPerson { path } => format!("{path} 的内容不是 docket 所写的联系人信息"),
        Error::Grown { path, size } => format!("{path} 将达 {size} 字节，超过大小上限"),
        Error::NoRecord { given, .. } if given == "last" => "您在这里还没有处理过记录".to_owned(),
        Error::NoRecord { given, .. } => format!("找不到记录 {given}"),
        Error::Ambiguous { given, records, numbered } => match (&records[..], &numbered[..]) {
            (_, []) => format!("有多条记录的编号以 {given} 结尾：{}", records.join("、")),
            ([], _) => {
                format!("有多条记录在其他系统的编号是 {given}：{}", numbered.join("、"))
            }
            (_, _) => format!(
                "{given} 既是 {} 的尾号，又是 {} 在其他系统的编号",
                records.join("、"),
                numbered.join("、")
            ),
        },
        Error::Namesakes { given, records } => {
            format!("{given} 对应 {} 条记录：{}", records.len(), records.join("、"))
        }
        Error::ShortTail { given } => format!("{given} 太短，不足以指定要更改的记录"),
        Error::NoRevision { given } => format!("没有版本“{given}”"),
        Error::CutOff { at } => format!("此浅克隆中没有 {} 时的服务台", minute(*at)),
        Error::NotYet { at } => format!("{} 时这里还没有服务台", minute(*at)),
        Error::OtherBranch { here, desk } => {
            format!("当前分支是 {here}，服务台使用分支 {desk}")
        }
        Error::Detached { commit, .. } => {
            format!("HEAD 处于游离状态（{commit}），服务台须在分支上写入")
        }
        Error::FixedClock => "设置了 DOCKET_NOW，而本服务台不接受固定时钟".to_owned(),
        Error::Keyless { person, .. } => {
            format!("policy/people.yaml 中没有 {person} 的密钥，而本服务台的每次提交都须签名")
        }
        Error::NotOurs { path } => format!("{path} 既不是记录也不是联系人"),
        Error::Unrelated => "两个历史没有共同的提交，是两个不同的服务台".to_owned(),
        Error::NoRemote => "此克隆没有可同步的远程仓库".to_owned(),
        Error::Outrun { remote, output } => format!("{remote} 不断有新的推送：{}", reason(output)),
        Error::Locked { remote, output } => {
            format!("{remote} 上的一个锁文件使所有人都无法推送：{}", reason(output))
        }
        Error::Conflict { paths, why, .. } => conflict(paths, why),
        Error::NotMergedByLead { merge, email, paths, .. } => format!(
            "合并 {merge} 的双方都改了 {}，而 {email} 不是双方共同的服务团队负责人",
            paths.join("、")
        ),
        Error::RulesApart { paths, with } => {
            format!("此处与 {with} 的规则合并后不能成立：{}", paths.join("、"))
        }
        Error::Unmergeable { id, clash } => {
            let why = match clash {
                Clash::SameId => "两个克隆以同一编号登记了不同事项".to_owned(),
                Clash::SameEvent(event) => format!("事件 {event} 有两种内容，曾被手工改动"),
                Clash::Intake => "登记时的内容曾被手工改动".to_owned(),
            };
            format!("{id} 无法合并：{why}")
        }
        Error::TwoPersons { id } => format!("两个克隆中 {id} 是不同的人"),
        Error::File { path, source } => format!("{path}：{}", system(source)),
    }
}

/// 双方未能合并的原因。
fn conflict(paths: &[String], why: &RulesClash) -> String {
    let paths = paths.join("、");
    match why {
        RulesClash::Values => format!("双方改了相同的行：{paths}"),
        RulesClash::SharedEmail(email) => format!("双方合并后 {email} 将属于两个人：{paths}"),
        RulesClash::NoLead => format!("双方合并后将没有服务团队负责人：{paths}"),
    }
}

/// 已指明文件时的说法。
pub(super) fn file_fault(error: &Error) -> String {
    match error {
        Error::Broken { source, .. } => yaml::fault(source),
        Error::Policy { line, key, fault, .. } => {
            let line = line.map(|line| format!("第 {line} 行：")).unwrap_or_default();
            format!("{line}{}{}", within(key.as_ref()), policy(fault))
        }
        other => sentence(other),
    }
}

/// docket 与 git 之间的问题。
pub(super) fn git(error: &GitError) -> String {
    match error {
        GitError::NotARepository { dir } => format!("{} 不在 git 仓库中", dir.display()),
        GitError::AlreadyARepository { dir } => format!("{} 已是 git 仓库", dir.display()),
        GitError::HalfMade { path } => {
            format!("{} 已存在但不是仓库，可能是 init 中途被终止所致", path.display())
        }
        GitError::ForeignOwner { dir } => format!("仓库 {} 属于其他用户", dir.display()),
        GitError::NoIdentity { output } => {
            format!("git 不知道您是谁：{}", reason(output))
        }
        GitError::IdentityNotUtf8 { person } => {
            format!("git 中您的姓名或邮箱不是 UTF-8 编码：{person}")
        }
        GitError::BadSetting { key, value } => {
            format!("git 的设置 {key} 是“{value}”，只能是 true 或 false")
        }
        GitError::Unsupported(format) => {
            format!("此仓库使用了{}，docket 无法读取", unsupported(format))
        }
        GitError::BadBranch { branch } => format!("“{branch}”不能作分支名称"),
        GitError::BadPath { path, why } => {
            format!("“{path}”不能作仓库中的路径：{}", path_fault(*why))
        }
        GitError::BadPerson { person, why } => {
            format!("提交中不能写“{person}”：{}", text_fault(why))
        }
        GitError::NotAFile { path } => format!("仓库中的 {path} 不是普通文件"),
        GitError::TooLarge { path, size } => format!("{path} 太大，无法读取（{size} 字节）"),
        GitError::Damaged(object) => format!("仓库已损坏：{}", damaged(object)),
        GitError::HandEdited { path, edit: Edit::Unstaged } => {
            format!("{path} 被手工修改且未提交")
        }
        GitError::HandEdited { path, edit: Edit::Staged } => {
            format!("{path} 有已暂存但未提交的修改")
        }
        GitError::Symlinked { path } => format!("{path} 是符号链接，或位于符号链接之下"),
        GitError::InProgress { what } => format!("git 正在进行{}", unfinished(*what)),
        GitError::CheckedOutElsewhere { branch, dir } => {
            format!("分支 {branch} 已在 {} 检出", dir.display())
        }
        GitError::NotCheckedOut { branch } => format!("此处已不再检出分支 {branch}"),
        GitError::LockTimeout { .. } => "另一个 docket 仍在写入，已等待过久".to_owned(),
        GitError::SignerTimeout(Signer { name, process }) => {
            format!("{name} 的提交一直在签名（进程 {process}），已等待过久")
        }
        GitError::GitLocked { path } => format!("{} 仍在，这是 git 自己的锁", path.display()),
        GitError::Contended { branch } => format!("分支 {branch} 不断变动，docket 未能写入"),
        GitError::Obstructed { reference, by } => {
            format!("{by} 存在，{reference} 无法写入")
        }
        GitError::NoSuchRemote { remote, .. } => format!("没有远程仓库“{remote}”"),
        GitError::Remote { transfer: Transfer::Fetch, remote, output } => {
            format!("无法从 {remote} 获取：{}", reason(output))
        }
        GitError::Remote { transfer: Transfer::Push, remote, output } => {
            format!("无法向 {remote} 推送：{}", reason(output))
        }
        GitError::Refused { task, output } => {
            format!("git 未能{}：{}", git_task(task), reason(output))
        }
        GitError::NotSigned { output } => format!("git 未能为提交签名：{}", reason(output)),
        GitError::NotFlushed { commit, source } => {
            format!("已提交 {commit}，但断电时可能丢失：{}", system(source))
        }
        GitError::Io { task, path, source } => {
            format!("无法{} {}：{}", file_task(*task), path.display(), system(source))
        }
        GitError::Missing { task } => format!("此克隆中没有所需的对象，无法{}", git_task(task)),
        GitError::Git { task, source } => {
            let cause = match source {
                Cause::DamagedObject => "对象已损坏，git fsck 可查看详情",
                Cause::Ambiguous => "有多个名称以此开头",
                Cause::Reported(said) => said,
            };
            format!("无法{}：{cause}", git_task(task))
        }
    }
}

/// 没有也可运行的规则文件不存在。
fn not_begun(rules: OptionalRules) -> String {
    let path = rules.path();
    match rules {
        OptionalRules::Agreements => format!("尚未与客户签订服务级别协议：没有 {path}"),
        OptionalRules::Kpi => format!("没有 {path}，各项指标均无目标值"),
        OptionalRules::Roles => format!("没有 {path}，各角色的权限按 docket 的默认规定"),
    }
}

/// 如何处理。
#[expect(clippy::too_many_lines, reason = "one hint for each error")]
pub(super) fn hint(error: &Error) -> Option<String> {
    Some(match error {
        Error::Git(GitError::BadPerson { .. }) => {
            "请由服务团队负责人执行 docket people change 人员 --name 姓名 --email 邮箱；\
             负责人本人的请手工修改 policy/people.yaml"
                .to_owned()
        }
        Error::NotADesk { others, is_bare, .. } if !others.is_empty() => {
            format!("服务台在 {} 上：{}", others.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join("、"), switch_to(others, *is_bare))
        }
        Error::NotADesk { .. } | Error::Git(GitError::NotARepository { .. }) => {
            "docket demo 新建示例服务台供试用，docket init 在此新建自己的服务台\n\
             docket -C 目录 使用其他目录中的服务台"
                .to_owned()
        }
        Error::Taken { .. } => {
            "用 git mv 移走，或用 docket init 目录 另建独立仓库的服务台".to_owned()
        }
        Error::NoRecord { given, .. } if given.parse::<ContactId>().is_ok() => {
            format!("docket contact show {given} 可查看该联系人及其记录")
        }
        Error::NoRecord { nearest, .. } if !nearest.is_empty() => {
            format!("是否指 {}？", nearest.join("、"))
        }
        Error::NoRecord { .. } => "docket list --all 可列出全部".to_owned(),
        Error::Ambiguous { .. } | Error::ShortTail { .. } => {
            "请给出尾号至少四位，或完整编号".to_owned()
        }
        Error::OtherBranch { here, desk } => {
            let (desk, here) = (typed(desk, "分支"), typed(here, "分支"));
            format!("git switch {desk}，或用 --branch {here} 写在此处")
        }
        Error::Detached { desk, .. } => format!("git switch {}", typed(desk.as_deref().unwrap_or_default(), "分支")),
        Error::FixedClock => {
            "请取消 DOCKET_NOW；补录较早的事用 --at 时间 --late-because 理由".to_owned()
        }
        Error::Keyless { person, lead: Some(lead) } => format!(
            "请由已有密钥的服务团队负责人（如 {lead}）执行：docket people change {person} --key \
             \"$(cat 公钥.pub)\""
        ),
        Error::Keyless { person, lead: None } => format!(
            "服务团队负责人均无密钥：请先将 docket.yaml 改为 signatures: optional 并提交，再执行 \
             docket people change {person} --key \"$(cat 公钥.pub)\""
        ),
        Error::Git(GitError::Missing { .. }) => {
            "部分克隆请用 git fetch --refetch --no-filter 取回全部；其他克隆可用 git fsck 查看缺失的内容"
                .to_owned()
        }
        Error::Git(GitError::NotCheckedOut { branch }) => {
            format!("git switch {} 后重新执行", typed(branch, "分支"))
        }
        Error::Git(GitError::HandEdited { path, .. }) => format!(
            "git diff HEAD -- {path} 查看；git restore --staged --worktree {path} 丢弃；\
             docket doctor --repair --edits keep 保留为您的更正（amend）"
        ),
        Error::Newer { path, .. } if path == "docket.yaml" => {
            "请更新 docket；更新之前只能查看此服务台".to_owned()
        }
        Error::Newer { .. } => "请更新 docket；其他记录仍可读取".to_owned(),
        Error::OutOfStep { path } | Error::Broken { path, .. } | Error::Misplaced { path, .. }
            if path.starts_with("records/") || path.starts_with("contacts/") =>
        {
            format!("docket doctor 可修复；git log -p -- {path} 可查看由来")
        }
        Error::Broken { path, .. } if error.is_unknown_key() => format!(
            "如由较新版本的 docket 写入，请更新 docket；否则请改正该行：git log -p -- {path} 可查看由来"
        ),
        // a file from files, which git does not know
        Error::Policy { fault, .. } if matches!(**fault, PolicyFault::Holidays(_)) => return None,
        Error::NamesInHistory { .. } => {
            "旧格式的服务台无法读取；请用 docket init 新建服务台".to_owned()
        }
        Error::NotAPerson { .. } => "docket doctor".to_owned(),
        Error::OutOfStep { path }
        | Error::Broken { path, .. }
        | Error::Misplaced { path, .. }
        | Error::Policy { path, .. } => format!("git log -p -- {path} 可查看由来"),
        Error::NoPolicy { path } => {
            format!("git log --diff-filter=D -- {path} 可查看何人删除")
        }
        Error::NotBegun { rules } => {
            format!("请用 docket policy edit {} 开始编写", layout::rule_name(rules.path()))
        }
        Error::Namesakes { .. } => "请用其中一个名称".to_owned(),
        Error::NoRemote => "git remote add origin 地址，然后 docket sync".to_owned(),
        Error::Git(GitError::InProgress { what: Unfinished::Merge }) => {
            "docket doctor --repair 结束合并；git merge --abort 放弃".to_owned()
        }
        Error::Git(GitError::InProgress { .. }) => "请先用 git 完成或放弃".to_owned(),
        Error::Git(GitError::ForeignOwner { dir }) => {
            format!("如信任它：git config --global --add safe.directory {}", dir.display())
        }
        Error::Git(GitError::NoIdentity { .. } | GitError::IdentityNotUtf8 { .. }) => {
            "git config --global user.name 姓名；git config --global user.email 邮箱".to_owned()
        }
        Error::Git(GitError::BadSetting { key, .. }) => format!("git config {key} true|false"),
        Error::Git(GitError::Unsupported(format)) => return way_out(format),
        Error::Git(GitError::Damaged(DamagedObject::Apart(_))) => {
            "docket doctor --repair 可保留其指向的内容，没有内容时移除该引用".to_owned()
        }
        Error::Git(GitError::Damaged(_)) => "git fsck 可查看详情".to_owned(),
        Error::Git(GitError::CheckedOutElsewhere { dir, .. }) => {
            format!("请在 {} 中执行", dir.display())
        }
        Error::Git(GitError::GitLocked { path }) => format!(
            "可能有 git 命令（如等待编辑器的 git commit）或调用 git 的程序正在占用；\
             如果没有，则是被中断的命令留下的：rm {}",
            path.display()
        ),
        Error::Git(GitError::Obstructed { by, .. }) => {
            format!("如无人需要该引用：git update-ref -d {}", typed(by, "引用"))
        }
        Error::Git(GitError::HalfMade { path }) => {
            format!("请先查看；如其中没有需要的内容：rm -r {}", path.display())
        }
        Error::Git(GitError::SignerTimeout(_)) => "待其结束后重新执行".to_owned(),
        Error::Git(GitError::NoSuchRemote { known, .. }) if !known.is_empty() => {
            format!("现有远程仓库：{}", known.join("、"))
        }
        Error::Outrun { .. } => "没有丢失任何内容；请再次 docket sync".to_owned(),
        Error::Locked { .. } => "没有丢失任何内容；它可能是中断的推送留下的：请远程仓库的管理者在无人推送时\
                                 将其删除，然后 docket sync"
            .to_owned(),
        Error::RulesApart { paths, with } => format!(
            "git diff HEAD...{with} -- policy 显示对方的规则；用 docket policy edit {} 使此处的规则\
             与之相容，然后 docket sync",
            paths.first().map_or("FILE", String::as_str)
        ),
        Error::Conflict { paths, with, .. } if paths.iter().any(|path| layout::is_of_lead(path)) => {
            format!("请由服务团队负责人执行：git merge {with}，改好这些文件，git commit，然后 docket sync")
        }
        Error::NotMergedByLead { merge, with, .. } => format!(
            "git reset --keep {merge}^1 回到合并之前，之后的提交可由 git reflog 找到；再由服务团队负责人执行：\
             git merge {with}，改好这些文件，git commit，docket sync"
        ),
        Error::Conflict { with, .. } => {
            format!("git merge {with}，改好这些文件，git commit，然后 docket sync")
        }
        Error::Unmergeable { clash: Clash::SameId, .. } => {
            "docket sync，或在合并中 docket doctor --repair，可为其分配不同编号".to_owned()
        }
        Error::Unmergeable { id, .. } => format!("docket doctor {id} --repair 恢复最初的内容"),
        Error::TwoPersons { .. } => {
            "请在尚未同步的克隆中用 docket open 为其中一人重新登记".to_owned()
        }
        Error::CutOff { .. } => "git fetch --unshallow".to_owned(),
        Error::Unrelated => "请用 git clone 克隆另一个，并在其中工作".to_owned(),
        Error::Grown { path, .. } => {
            let contact = layout::person_of_spelled(path)?;
            format!(
                "docket contact change {contact} --remove 号码 移除一个号码；--set name=姓名 \
                 解决各克隆的不同说法"
            )
        }
        Error::Git(_)
        | Error::NotOurs { .. }
        | Error::NoRevision { .. }
        | Error::NotYet { .. }
        | Error::File { .. } => return None,
    })
}

/// 系统的错误。
pub(super) fn system(error: &io::Error) -> String {
    let text = match error.kind() {
        io::ErrorKind::NotFound => "文件或目录不存在",
        io::ErrorKind::PermissionDenied => "没有权限",
        io::ErrorKind::AlreadyExists => "已存在",
        io::ErrorKind::IsADirectory => "是目录",
        io::ErrorKind::NotADirectory => "不是目录",
        io::ErrorKind::DirectoryNotEmpty => "目录不为空",
        io::ErrorKind::ReadOnlyFilesystem => "文件系统只读",
        io::ErrorKind::StorageFull => "磁盘空间不足",
        io::ErrorKind::QuotaExceeded => "超出磁盘配额",
        io::ErrorKind::FileTooLarge => "文件太大",
        io::ErrorKind::Unsupported => "不支持这样读取",
        io::ErrorKind::InvalidFilename => "文件名无效",
        io::ErrorKind::BrokenPipe => "管道已断开",
        io::ErrorKind::InvalidData => "内容不是 UTF-8 文本",
        io::ErrorKind::UnexpectedEof => "内容意外结束",
        io::ErrorKind::Interrupted => "被中断",
        _ => return error.to_string(),
    };
    text.to_owned()
}

/// 有问题的条目。
fn within(key: Option<&String>) -> String {
    key.map(|key| format!("{key}：")).unwrap_or_default()
}

/// 使两个规则文件互相一致的命令。
fn policy(fault: &PolicyFault) -> String {
    match fault {
        PolicyFault::NotAZone { given } => super::time::not_a_zone(given),
        PolicyFault::NotACountry { given } => {
            format!("“{given}”不是两个大写字母的国家（地区）代码，例如 CN、DE")
        }
        PolicyFault::NotAPrefix { given } => {
            format!("“{given}”不能作编号前缀：一至八位大写字母或数字")
        }
        PolicyFault::NotALocale { given } => {
            format!("“{given}”不是可用的语言：{}", LANGUAGES.join(" 或 "))
        }
        PolicyFault::Calendar(fault) => calendar_fault(fault),
        PolicyFault::Agreement(fault) => agreement(fault),
        PolicyFault::Dangling(found) => {
            let what = match found.what {
                PolicyReference::Unit => "责任单位",
                PolicyReference::Person => "人员",
                PolicyReference::MajorCriterion => "重大事件标准",
                PolicyReference::Channel => "渠道",
                PolicyReference::PersonId => "编号",
                PolicyReference::Email => "邮箱",
            };
            let nearest = match found.nearest.as_slice() {
                [] => String::new(),
                nearest => format!("，是否指 {}？", nearest.join(" 或 ")),
            };
            if found.is_shared {
                format!("两个人使用了同一{what}“{}”{nearest}", found.given)
            } else {
                let file = found.what.file();
                format!("policy/{file}.yaml 中没有{what}“{}”{nearest}", found.given)
            }
        }
        PolicyFault::Role { action, fault: RoleFault::Nobody } => {
            format!("{action}：没有任何角色可以操作")
        }
        PolicyFault::Role { action, fault: RoleFault::KeptFrom { role, only } } => {
            let only: Vec<_> = only.iter().map(ToString::to_string).collect();
            format!("{action}：不得由 {role} 操作，只能由 {} 操作", only.join("、"))
        }
        PolicyFault::Target { kpi, given } => {
            let given = given.as_ref().map(|given| format!("，不能是 {given}"));
            format!(
                "{kpi} 须用 at_least 或 at_most{}：比率为百分之 0 至 100，数量为数字，时间为 8h 这样的时限，未计量的指标不设目标",
                given.unwrap_or_default()
            )
        }
        PolicyFault::Holidays(fault) => holidays(fault),
        PolicyFault::NotReadBack => {
            "docket 无法在此写入该值：写入后读回的内容与原意不符".to_owned()
        }
    }
}

fn agreement(fault: &AgreementFault) -> String {
    match fault {
        AgreementFault::Name { version, fault, .. } => {
            format!("版本 {version} 的名称：{}", text_fault(fault))
        }
        AgreementFault::EndsBefore { version, from, to, .. } => {
            format!("版本 {version} 的结束日期 {to} 早于开始日期，最早为 {from}")
        }
        AgreementFault::Twice { id, version, .. } => {
            format!("{id} 的版本 {version} 出现两次，是否指 {}？", version.saturating_add(1))
        }
        AgreementFault::Overlap { earlier, until, later, from, .. } => {
            let until = match until {
                Some(until) => format!("有效期至 {until}"),
                None => "没有结束日期".to_owned(),
            };
            let last = from.pred_opt().unwrap_or(*from);
            format!(
                "版本 {earlier} {until}，而版本 {later} 自 {from} 开始；版本 {earlier} 最晚应于 {last} 结束"
            )
        }
        AgreementFault::UnknownCalendar { version, given, nearest, .. } => {
            let nearest = match nearest.as_slice() {
                [] => String::new(),
                nearest => format!("，是否指 {}？", nearest.join(" 或 ")),
            };
            format!("版本 {version} 没有对应的日历“{given}”{nearest}")
        }
        AgreementFault::NotAZone { given, .. } => super::time::not_a_zone(given),
        AgreementFault::Gone { id, version, since } => format!(
            "协议 {id} 的版本 {version} 自 {since} 起有效，不得从文件中删去；用 valid_to 写明终止日期"
        ),
        AgreementFault::Changed { id, version, next, since, .. } => format!(
            "协议 {id} 的版本 {version} 自 {since} 起有效，承诺内容不再改动；改动请写为版本 {next}"
        ),
        AgreementFault::EndsAfterwards { id, version, to, earliest, .. } => format!(
            "{to} 已过，协议 {id} 的版本 {version} 不能再定于该日终止，已作的承诺不变；最早可于 {earliest} 终止"
        ),
        AgreementFault::Hours { fault, .. } => calendar_fault(fault),
    }
}

fn holidays(fault: &HolidayFault) -> String {
    match fault {
        HolidayFault::NotUtf8 => "不是 UTF-8 文本".to_owned(),
        HolidayFault::Unknown { why } => {
            format!("既不是 holiday-cn JSON，也不是 iCalendar：{}", yaml::json_fault(why))
        }
        HolidayFault::NotAYear { given } => format!("{given} 不是 2026 这样的年份"),
        HolidayFault::BothOffAndWork { day } => format!("{day} 既是休息日又是工作日"),
        HolidayFault::NoDayOff { year } => format!("{year} 年没有休息日"),
        HolidayFault::Repeats { property } => {
            format!("不支持 {property}：每个假日须单独列为一个事件")
        }
        HolidayFault::Transparent => "此事项不占用时间（TRANSP:TRANSPARENT）".to_owned(),
        HolidayFault::Observance => "此为纪念日，不是公共假日".to_owned(),
        HolidayFault::CutShort => "文件在 END:VCALENDAR 之前结束".to_owned(),
        HolidayFault::NoStart => "有事件缺少 DTSTART".to_owned(),
        HolidayFault::NoDay { from, to } => format!("{from} 至 {to} 年间没有此事项的日期"),
        HolidayFault::TooManyDays { most } => {
            format!("各事件合计超过 {most} 天，不是假日日历")
        }
        HolidayFault::EventLength { days } => format!("事件长达 {days} 天，不是假日"),
        HolidayFault::NotADate { given } => {
            format!("“{given}”不是 20260101 这样的日期；只支持全天事件")
        }
    }
}

fn unsupported(format: &UnsupportedFormat) -> String {
    match format {
        UnsupportedFormat::Objects(hash) => {
            format!(" {hash} 对象（extensions.objectFormat）")
        }
        UnsupportedFormat::References(form) => {
            format!(" {form} 引用（extensions.refStorage）")
        }
        UnsupportedFormat::Extension(extension) => format!("格式扩展 {extension}"),
        UnsupportedFormat::IndexVersion(version) => format!("版本 {version} 的索引"),
        UnsupportedFormat::SplitIndex => "拆分索引（core.splitIndex）".to_owned(),
        UnsupportedFormat::SparseIndex => "稀疏索引（index.sparse）".to_owned(),
        UnsupportedFormat::IndexExtension(name) => format!("索引扩展 {name}"),
        UnsupportedFormat::CommonDirectory => "环境变量 GIT_COMMON_DIR".to_owned(),
        UnsupportedFormat::BranchAlias(branch) => {
            format!("只是其他分支别名的分支 {branch}")
        }
    }
}

fn way_out(format: &UnsupportedFormat) -> Option<String> {
    let command = match format {
        UnsupportedFormat::IndexVersion(_) => "git update-index --index-version 4",
        UnsupportedFormat::SplitIndex => "git update-index --no-split-index",
        UnsupportedFormat::SparseIndex => "git sparse-checkout reapply --no-sparse-index",
        UnsupportedFormat::Objects(_)
        | UnsupportedFormat::References(_)
        | UnsupportedFormat::Extension(_)
        | UnsupportedFormat::IndexExtension(_)
        | UnsupportedFormat::BranchAlias(_) => return None,
        UnsupportedFormat::CommonDirectory => "unset GIT_COMMON_DIR",
    };
    Some(format!("{command} 可将其取消"))
}

fn path_fault(fault: PathFault) -> &'static str {
    match fault {
        PathFault::Empty => "为空",
        PathFault::TooLong => "过长",
        PathFault::BadCharacter => "含有反斜杠或控制字符",
        PathFault::NotRelative => "不是相对路径，或有空的部分",
        PathFault::Dots => "含有“.”或“..”",
        PathFault::GitFolder => "指向 git 自己的目录",
        PathFault::NamedTwice => "本次更改已包含它或它上级的文件",
        PathFault::NotUtf8 => "工作区的名称不是 UTF-8",
    }
}

fn damaged(object: &DamagedObject) -> String {
    match object {
        DamagedObject::Named(name) => name.clone(),
        DamagedObject::Hash => "无法计算对象的校验值".to_owned(),
        DamagedObject::NoCommit(id) => format!("没有提交 {id}"),
        DamagedObject::NotATree(id) => format!("{id} 不是目录对象"),
        DamagedObject::Apart(name) => format!("{name} 没有指向本仓库中的提交"),
        DamagedObject::TreeCutShort(id) => format!("目录对象 {id} 不完整"),
        DamagedObject::FolderTooLarge(path) => format!("{path} 内容过多"),
        DamagedObject::FolderTooDeep(path) => format!("{path}/ 嵌套过深"),
        DamagedObject::Index(damage) => match damage {
            IndexDamage::Sum => "索引与其校验值不符".to_owned(),
            IndexDamage::NotAnIndex => "索引文件不是索引".to_owned(),
            IndexDamage::Count => "索引所计条目多于实际条目".to_owned(),
            IndexDamage::Order => "索引顺序错乱".to_owned(),
            IndexDamage::LongNames => "索引中的名称过长".to_owned(),
            IndexDamage::CutShortAfterEntries => "索引在条目之后不完整".to_owned(),
            IndexDamage::CutShortAt { entry } => format!("索引在第 {entry} 个条目处不完整或损坏"),
        },
    }
}

/// git 正在进行的操作。
pub(super) fn unfinished(what: Unfinished) -> &'static str {
    match what {
        Unfinished::Merge => "合并（merge）",
        Unfinished::Revert => "还原（revert）",
        Unfinished::CherryPick => "拣选（cherry-pick）",
        Unfinished::Bisect => "二分查找（bisect）",
        Unfinished::Rebase => "变基（rebase）",
        Unfinished::Am => "应用补丁（git am）",
        Unfinished::RebaseOrAm => "变基（rebase）或应用补丁（git am）",
    }
}

fn file_task(task: FileTask) -> &'static str {
    match task {
        FileTask::Read => "读取",
        FileTask::Inspect => "查看",
        FileTask::Write => "写入",
        FileTask::Create => "创建",
        FileTask::Open => "打开",
        FileTask::Lock => "锁定",
        FileTask::Rename => "重命名",
        FileTask::Replace => "替换",
        FileTask::Repair => "修复",
        FileTask::Remove => "删除",
        FileTask::Flush => "落盘",
        FileTask::Run => "运行",
        FileTask::Draw => "取得随机数用于",
    }
}

fn git_task(task: &GitTask) -> String {
    match task {
        GitTask::LookForRepository(dir) => format!("在 {dir} 查找仓库"),
        GitTask::OpenRepository(dir) => format!("打开仓库 {dir}"),
        GitTask::MakeRepository(dir) => format!("在 {dir} 建立仓库"),
        GitTask::OpenObjects => "打开 git 的对象库".to_owned(),
        GitTask::ReadObjects(path) => format!("读取 {path} 中的对象"),
        GitTask::ReadCommit(id) => format!("读取提交 {id}"),
        GitTask::ReadTree(id) => format!("读取目录对象 {id}"),
        GitTask::ReadFile(path) => format!("读取 {path}"),
        GitTask::ReadFileOf { path, commit } => format!("读取提交 {commit} 中的 {path}"),
        GitTask::ReadSignature(id) => format!("读取 {id} 的签名"),
        GitTask::ReadBranch(branch) => format!("读取分支 {branch}"),
        GitTask::ReadHead => "读取 HEAD".to_owned(),
        GitTask::ReadIndex => "读取索引".to_owned(),
        GitTask::WriteObject => "写入对象".to_owned(),
        GitTask::MoveBranch(branch) => format!("移动分支 {branch}"),
        GitTask::MergeFile(path) => format!("合并 {path}"),
        GitTask::ListRemotes => "列出远程仓库".to_owned(),
        GitTask::ListBranches => "列出分支".to_owned(),
        GitTask::ReadSettings => "读取 git 的设置".to_owned(),
        GitTask::WalkBack(tip) => format!("从 {tip} 向前查找"),
        GitTask::FindBefore { old, new } => format!("在 {new} 之前查找 {old}"),
        GitTask::FindFork { one, other } => format!("查找 {one} 与 {other} 的分叉处"),
        GitTask::FindRevision(given) => format!("查找 {given}"),
        GitTask::ChangeSetting(key) => format!("修改 git 设置 {key}"),
        GitTask::CompareWorkingTree => "比较工作区".to_owned(),
        GitTask::CompareJournal => "比较分支与日志".to_owned(),
        GitTask::StageFiles => "暂存文件".to_owned(),
        GitTask::CommitMerge => "提交合并".to_owned(),
        GitTask::AbortMerge => "放弃合并".to_owned(),
        GitTask::Merge => "合并".to_owned(),
        GitTask::RestoreFiles => "恢复文件".to_owned(),
        GitTask::TakeBack => "撤回提交".to_owned(),
        GitTask::RemoveFile => "删除文件".to_owned(),
    }
}

/// What git said; it may have been silent.
fn reason(output: &str) -> &str {
    if output.is_empty() { "git 未说明原因" } else { output }
}
