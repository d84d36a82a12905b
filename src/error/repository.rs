//! What is wrong with the repository, in every language.

use crate::{
    domain::history::merge::Clash,
    store::{
        self,
        git::{self, lock::Signer},
    },
    words::{Lang, Words},
};

pub(super) fn status(error: &store::error::Error) -> u8 {
    use store::error::Error as Store;
    match error {
        Store::NoRecord { .. }
        | Store::Ambiguous { .. }
        | Store::ShortTail { .. }
        | Store::Namesakes { .. }
        | Store::Conflict { .. }
        | Store::Unmergeable { .. }
        | Store::TwoPersons { .. }
        | Store::Git(git::error::Error::HandEdited { .. }) => 1,
        Store::Git(_)
        | Store::NotADesk { .. }
        | Store::Taken { .. }
        | Store::Broken { .. }
        | Store::Policy { .. }
        | Store::NoPolicy { .. }
        | Store::Newer { .. }
        | Store::Misplaced { .. }
        | Store::OutOfStep { .. }
        | Store::Grown { .. }
        | Store::NoRevision { .. }
        | Store::NotYet { .. }
        | Store::OtherBranch { .. }
        | Store::Detached { .. }
        | Store::FixedClock
        | Store::Keyless { .. }
        | Store::Unrelated
        | Store::NoRemote
        | Store::NotOurs { .. }
        | Store::Outrun { .. }
        | Store::File { .. } => 3,
    }
}

#[expect(clippy::too_many_lines, reason = "one sentence for each error")]
pub(super) fn sentence(error: &store::error::Error, lang: Lang) -> String {
    use store::error::Error as Store;
    let english = || {
        let mut sentence = error.to_string();
        let mut cause = std::error::Error::source(error);
        while let Some(next) = cause {
            let told = next.to_string();
            if !sentence.contains(&told) {
                sentence += &format!(": {told}");
            }
            cause = next.source();
        }
        sentence
    };
    if lang == Lang::En {
        return english();
    }
    match error {
        Store::NotADesk { dir, branch } => {
            format!("{dir} 是 git 仓库，但还不是服务台：分支 {branch} 上没有 docket.yaml")
        }
        Store::Taken { paths } => format!("已有文件会被占用：{}", paths.join("、")),
        Store::NoPolicy { path } => format!("缺少 {path}"),
        Store::Newer { path, format, ours } => {
            format!("{path} 的格式为 {format},本程序只写格式 {ours}")
        }
        Store::Misplaced { path, id } => format!("{path} 中是记录 {id}"),
        Store::OutOfStep { path } => format!("{path} 的状态与其历史不符，文件曾被改动"),
        Store::Grown { path, size } => format!("{path} 将达 {size} 字节，超过可读回的大小"),
        Store::NoRecord { given, .. } if given == "last" => "您在这里还没有处理过记录".to_owned(),
        Store::NoRecord { given, .. } => format!("没有记录 {given}"),
        Store::Ambiguous { given, records } => {
            format!("{given} 是多条记录的尾号：{}", records.join(", "))
        }
        Store::ShortTail { given } => format!("{given} 太短，不足以指定要更改的记录"),
        Store::NoRevision { given } => format!("没有版本 {given}"),
        Store::NotYet { at } => format!("{at} 时这里还没有服务台"),
        Store::OtherBranch { here, desk } => format!("当前分支是 {here},服务台写在 {desk} 上"),
        Store::Detached { commit } => format!("HEAD 游离于 {commit},服务台只写在分支上"),
        Store::FixedClock => "设置了 DOCKET_NOW，而本服务台不接受固定时钟".to_owned(),
        Store::Keyless { person, .. } => {
            format!("policy/people.yaml 中没有 {person} 的密钥，而本服务台的每次提交都须签名")
        }
        Store::Git(git::error::Error::Missing { operation }) => {
            format!("此克隆中没有所需的对象：{operation}")
        }
        Store::Git(git::error::Error::BadPerson { person, why }) => {
            format!("提交中不能写“{person}”：{}", Words::new(lang).text_fault(why))
        }
        Store::Git(git::error::Error::NotARepository { dir }) => {
            format!("{} 不在 git 仓库中", dir.display())
        }
        Store::Git(git::error::Error::HalfMade { path }) => {
            format!("{} 已存在但不是仓库，可能是 init 中途被终止所致", path.display())
        }
        Store::Git(git::error::Error::HandEdited { path, edit: git::error::Edit::Unstaged }) => {
            format!("{path} 被手工修改且未提交")
        }
        Store::Git(git::error::Error::HandEdited { path, edit: git::error::Edit::Staged }) => {
            format!("{path} 有已暂存但未提交的修改")
        }
        Store::Git(git::error::Error::NotCheckedOut { branch }) => {
            format!("此处已不再检出分支 {branch}")
        }
        Store::Git(git::error::Error::LockTimeout { .. }) => {
            "另一个 docket 仍在写入，已等待过久".to_owned()
        }
        Store::NotOurs { path } => format!("{path} 既不是记录也不是联系人"),
        Store::Namesakes { given, records } => {
            format!("{given} 被给了 {} 件事：{}", records.len(), records.join("、"))
        }
        Store::Unrelated => "两个历史没有共同的提交，是两个不同的服务台".to_owned(),
        Store::NoRemote => "此克隆没有可同步的远程仓库".to_owned(),
        Store::Outrun { remote, said } => format!("总有人抢先推送到 {remote}：{said}"),
        Store::Conflict { paths, .. } => format!("双方改了相同的行：{}", paths.join(", ")),
        Store::Unmergeable { id, clash } => {
            let why = match clash {
                Clash::SameId => "两个克隆把同一编号给了两件事".to_owned(),
                Clash::SameEvent(event) => format!("事件 {event} 有两种内容，曾被手工改动"),
                Clash::Intake => "登记时的内容曾被手工改动".to_owned(),
            };
            format!("{id} 无法合并：{why}")
        }
        Store::TwoPersons { id } => format!("两个克隆把 {id} 给了两个人"),
        Store::Git(git::error::Error::Remote { operation, remote, said }) => {
            let what = if operation.starts_with("fetch") { "从" } else { "向" };
            let deed = if operation.starts_with("fetch") { "获取" } else { "推送" };
            format!("无法{what} {remote} {deed}：{said}")
        }
        Store::Git(git::error::Error::InProgress { what }) => {
            format!("git 正在进行 {what}，请先完成或放弃")
        }
        Store::Git(git::error::Error::SignerTimeout(signer)) => {
            let Signer { name, process } = signer;
            format!("{name} 的提交一直在签名（进程 {process}），已等待过久")
        }
        Store::Git(git::error::Error::GitLocked { path }) => {
            format!("{} 仍在，这是 git 自己的锁", path.display())
        }
        Store::Git(git::error::Error::NoSuchRemote { remote, .. }) => {
            format!("没有远程仓库 {remote}")
        }
        Store::Git(_) | Store::Broken { .. } | Store::Policy { .. } | Store::File { .. } => {
            english()
        }
    }
}

#[expect(clippy::too_many_lines, reason = "one hint for each error")]
pub(super) fn hint(error: &store::error::Error, lang: Lang) -> Option<String> {
    use store::error::Error as Store;
    let pick = |en: String, zh: String| {
        Some(match lang {
            Lang::En => en,
            Lang::Zh => zh,
        })
    };
    match error {
        Store::Git(git::error::Error::BadPerson { .. }) => pick(
            "a team lead changes it: docket people change ID --name NAME --email ADDRESS, or, for \
             themselves, policy/people.yaml by hand"
                .to_owned(),
            "请由服务团队负责人执行 docket people change ID --name 姓名 --email 地址；负责人本人的请手工修改 \
             policy/people.yaml"
                .to_owned(),
        ),
        Store::NotADesk { .. } | Store::Git(git::error::Error::NotARepository { .. }) => pick(
            "docket init makes a desk, docket demo a sample one, -C DIR goes to another".to_owned(),
            "docket init 新建服务台，docket demo 新建示例，-C DIR 指定其他目录".to_owned(),
        ),
        Store::Taken { .. } => pick(
            "git mv puts them elsewhere, docket init DIR makes a desk in a repository of its own"
                .to_owned(),
            "用 git mv 移走，或用 docket init DIR 另建独立仓库的服务台".to_owned(),
        ),
        Store::NoRecord { nearest, .. } if !nearest.is_empty() => {
            let nearest = nearest.join(", ");
            pick(format!("did you mean {nearest}?"), format!("是否指 {nearest}?"))
        }
        Store::NoRecord { .. } => pick(
            "docket list --all shows them".to_owned(),
            "docket list --all 可列出全部".to_owned(),
        ),
        Store::Ambiguous { .. } | Store::ShortTail { .. } => pick(
            "give at least four characters of the tail, or the whole id".to_owned(),
            "请给出尾号至少四位，或完整编号".to_owned(),
        ),
        Store::OtherBranch { here, desk } => pick(
            format!("git switch {desk}, or --branch {here} to write here"),
            format!("git switch {desk},或用 --branch {here} 写在此处"),
        ),
        Store::Detached { .. } => {
            pick("git switch BRANCH".to_owned(), "git switch 分支".to_owned())
        }
        Store::FixedClock => pick(
            "unset DOCKET_NOW; --at T --late REASON enters what happened earlier".to_owned(),
            "请取消 DOCKET_NOW；补录较早的事用 --at 时间 --late 原因".to_owned(),
        ),
        Store::Keyless { person, lead: Some(lead) } => pick(
            format!(
                "a team lead who has one, such as {lead}: docket people change {person} --key \
                 \"$(cat KEY.pub)\""
            ),
            format!(
                "请由已有密钥的服务团队负责人（如 {lead}）执行：docket people change {person} --key \
                 \"$(cat KEY.pub)\""
            ),
        ),
        Store::Keyless { person, lead: None } => pick(
            format!(
                "no team lead has one: commit docket.yaml with signatures: optional until then, and \
                 docket people change {person} --key \"$(cat KEY.pub)\""
            ),
            format!(
                "负责人均无密钥：请先将 docket.yaml 改为 signatures: optional 并提交，再执行 \
                 docket people change {person} --key \"$(cat KEY.pub)\""
            ),
        ),
        Store::Git(git::error::Error::Missing { .. }) => pick(
            "git fetch --refetch --no-filter gets what a partial clone has left out; in another \
             clone git fsck tells what is missing"
                .to_owned(),
            "部分克隆请用 git fetch --refetch --no-filter 取回全部；其他克隆可用 git fsck 查看缺失的内容"
                .to_owned(),
        ),
        Store::Git(git::error::Error::NotCheckedOut { branch }) => pick(
            format!("git switch {branch}, then say it again"),
            format!("git switch {branch} 后重新执行"),
        ),
        Store::Git(git::error::Error::HandEdited { path, .. }) => pick(
            format!(
                "git diff HEAD -- {path} shows it; git restore --staged --worktree {path} drops it; \
                 docket doctor --repair --edits keep makes it an amend of yours"
            ),
            format!(
                "git diff HEAD -- {path} 查看；git restore --staged --worktree {path} 丢弃；\
                 docket doctor --repair --edits keep 作为您的更正保留"
            ),
        ),
        Store::Newer { .. } => pick(
            "a later docket writes it; reading the others goes on".to_owned(),
            "请使用更新版本的 docket".to_owned(),
        ),
        Store::OutOfStep { path } | Store::Broken { path, .. } | Store::Misplaced { path, .. }
            if path.starts_with("records/") || path.starts_with("contacts/") =>
        {
            pick(
                format!("docket doctor mends it; git log -p -- {path} shows how it came about"),
                format!("docket doctor 可修复；git log -p -- {path} 可查看由来"),
            )
        }
        Store::OutOfStep { path }
        | Store::Broken { path, .. }
        | Store::Misplaced { path, .. }
        | Store::Policy { path, .. } => pick(
            format!("git log -p -- {path} shows how it came about"),
            format!("git log -p -- {path} 可查看由来"),
        ),
        Store::NoPolicy { path } => pick(
            format!("git log --diff-filter=D -- {path} shows who removed it"),
            format!("git log --diff-filter=D -- {path} 可查看何人删除"),
        ),
        Store::Namesakes { .. } => {
            pick("say one of these names".to_owned(), "请用其中一个名称".to_owned())
        }
        Store::NoRemote => pick(
            "git remote add origin URL, then docket sync".to_owned(),
            "git remote add origin 地址，然后 docket sync".to_owned(),
        ),
        Store::Git(git::error::Error::InProgress { what: "a merge" }) => pick(
            "docket doctor --repair ends it; git merge --abort gives it up".to_owned(),
            "docket doctor --repair 结束合并；git merge --abort 放弃".to_owned(),
        ),
        Store::Git(git::error::Error::GitLocked { path }) => {
            let path = path.display();
            pick(
                format!(
                    "a git command may hold it, such as a commit that waits for its editor, or a \
                     program that runs git; if there is none, one was killed: rm {path}"
                ),
                format!(
                    "可能有 git 命令（如等待编辑器的 git commit）或调用 git 的程序正在占用；\
                     如果没有，则是被中断的命令留下的：rm {path}"
                ),
            )
        }
        Store::Git(git::error::Error::HalfMade { path }) => {
            let path = path.display();
            pick(
                format!("look into it; if nothing in it is needed: rm -r {path}"),
                format!("请先查看；如其中没有需要的内容：rm -r {path}"),
            )
        }
        Store::Git(git::error::Error::SignerTimeout(_)) => pick(
            "once that has come to its end, run it again".to_owned(),
            "待其结束后重新执行".to_owned(),
        ),
        Store::Git(git::error::Error::NoSuchRemote { known, .. }) if !known.is_empty() => {
            let known = known.join(", ");
            pick(format!("there is {known}"), format!("现有 {known}"))
        }
        Store::Outrun { .. } => pick(
            "nothing is lost; docket sync tries again".to_owned(),
            "没有丢失任何内容；请再次 docket sync".to_owned(),
        ),
        Store::Conflict { with, .. } => pick(
            format!("git merge {with}, settle these files, git commit, then docket sync"),
            format!("git merge {with}，改好这些文件，git commit，然后 docket sync"),
        ),
        Store::Unmergeable { clash: Clash::SameId, .. } => pick(
            "docket sync, or docket doctor --repair in a merge, tells them apart".to_owned(),
            "docket sync，或在合并中 docket doctor --repair，可将其分开".to_owned(),
        ),
        Store::Unmergeable { id, .. } => pick(
            format!("docket doctor {id} --repair brings back what was first written"),
            format!("docket doctor {id} --repair 恢复最初的内容"),
        ),
        Store::TwoPersons { .. } => pick(
            "open their records anew in the clone that has not been synced yet, under docket open"
                .to_owned(),
            "请在尚未同步的克隆中为其中一人重新登记".to_owned(),
        ),
        Store::Unrelated => pick(
            "git clone the other one, and work there".to_owned(),
            "请用 git clone 克隆另一个，并在其中工作".to_owned(),
        ),
        Store::Git(_)
        | Store::NotOurs { .. }
        | Store::Grown { .. }
        | Store::NoRevision { .. }
        | Store::NotYet { .. }
        | Store::File { .. } => None,
    }
}
