//! Remarks in Chinese.

use crate::{
    domain::{
        analysis::finding::phrase::Phrase,
        base::{
            characters::clean_line,
            print::minute,
            terms::{Channel, ContactKey, Party, Term},
        },
        deciding::contacts::Addressee,
        history::customer::CustomerField,
    },
    store::way_back::WayBack,
    words::{
        Words,
        message::{DrawnPart, Message, RosterEdit, named_attachments},
        typed, typed_text,
        zh::{detail::phrase, next, source},
    },
};

const WORDS: Words = Words::of(&super::CHINESE);

fn traffic(commits: usize, records: usize) -> String {
    match records {
        0 => format!(" {commits} 个提交"),
        records => format!(" {commits} 个提交，涉及 {records} 条记录"),
    }
}

#[expect(clippy::too_many_lines, reason = "one sentence for each remark")]
pub(super) fn message(message: &Message) -> String {
    match message {
        Message::WaitingForLock => "另一个 docket 正在写入，请稍候……".to_owned(),
        Message::WaitingForSigner { name, process } => {
            format!("正在等待 {name} 为提交签名（进程 {process}），最多两分钟……")
        }
        Message::PersonalFound { fields, kinds } => {
            let kinds: Vec<_> = kinds.iter().map(|kind| WORDS.term(*kind)).collect();
            format!("“{}”中含有个人信息：{}", fields.join("”“"), kinds.join("、"))
        }
        Message::PersonalListed(line) => {
            let kinds = line.values.iter().map(|(kind, count)| match count {
                1 => WORDS.term(*kind).to_owned(),
                count => format!("{} × {count}", WORDS.term(*kind)),
            });
            let contacts: Vec<String> = line.contacts.iter().map(ToString::to_string).collect();
            let contacts = Some(contacts.join("、")).filter(|contacts| !contacts.is_empty());
            let names = contacts.map(|contacts| format!("{contacts} 的姓名、号码或邮箱"));
            let kept = if line.kept { "（已说明保留理由）" } else { "" };
            let kinds = kinds.collect::<Vec<_>>().join("、") + kept;
            let found: Vec<String> =
                [Some(kinds).filter(|it| !it.is_empty()), names].into_iter().flatten().collect();
            let told: String = line.told.iter().map(|value| format!("“{value}”")).collect();
            let (record, n) = (&line.record, line.n);
            let field = WORDS.text_field(line.step, line.field);
            format!("{record} 事件 {n} {field}：{}{told}", found.join("；"))
        }
        Message::PersonalScanned { records, texts } => {
            format!("已检查 {records} 条记录，含个人信息的文本有 {texts} 处")
        }
        Message::RedactionAsked { texts } => {
            let lines = texts.iter().map(|text| format!("\n  {}", clean_line(text)));
            let lines: String = lines.collect();
            let for_good = "遮蔽后不能恢复";
            format!("以下文本今后在该记录中不再显示：{lines}\n{for_good}")
        }
        Message::TextHidden { archive } => {
            let archive = archive.as_ref();
            let kept = archive.map_or_else(String::new, |path| format!("和 {path} "));
            format!("今后所有查询、报告和检索都不再显示；git 历史{kept}中仍保留原文，只有重建历史才能去除")
        }
        Message::PersonalTakenOut { values } => format!("已从文本中删去 {values} 处个人信息"),
        Message::WaitingForGit { path } => {
            format!("正在等待 git 释放 {path}：可能有 git 命令、编辑器或其他程序占用……")
        }
        Message::WaitingForBranch => "不断有新的提交，请稍候……".to_owned(),
        Message::CommittedBefore { commit } => format!("此前已提交 {commit}，仍然有效"),
        Message::AnswerNeeded => "请填写；? 查看说明，Esc 取消".to_owned(),
        Message::ChoiceNeeded => "请选择：键入文字筛选，方向键移动，回车选定".to_owned(),
        Message::NothingFits => "没有匹配项".to_owned(),
        Message::MoreFit { more } => format!("另有 {more} 项；键入文字筛选"),
        Message::PossibleContact { contact, parts } => {
            format!("可能是以下联系人（号码相同，区号不确定）：{contact} {}", clean_line(&parts.join(" · ")))
        }
        Message::KnownCaller { parts } => format!("已知联系人：{}", clean_line(&parts.join(" · "))),
        Message::KnownCustomer { customer } => format!("已知客户：{}", clean_line(customer)),
        Message::UnknownPhone => "没有联系人使用该号码，请问是哪位？".to_owned(),
        Message::AnotherTry { line } => format!("已填写的内容如下，可再次执行：\n{line}"),
        Message::Recovered { commit, left } => {
            let done = format!("已补做上次中断的操作：{commit}");
            match left.as_slice() {
                [] => done,
                left => format!(
                    "{done}；以下文件之后有人改动，保持原样：{}；请看 git status",
                    left.join("、")
                ),
            }
        }
        Message::LogCutOff { commits } => {
            let commits = commits.join("、");
            format!("此克隆是浅克隆，{commits} 及更早的提交改动了什么无从得知；git fetch --unshallow")
        }
        Message::Interrupted => "上一次操作中断，未作记录，请重新执行".to_owned(),
        Message::CommentsLost { path, comments } => format!(
            "{path} 中的这些注释未能保留（git show HEAD^:{path} 可查看）：{}",
            comments.join("；")
        ),
        Message::JournalSetAside { path } => {
            format!("上次中断的操作日志无法读取，已另存为 {path}；请看 git status")
        }
        Message::MergeDriverInstalled => {
            "此克隆已可使用：docket sync 与远程仓库同步，git pull 也会合并记录".to_owned()
        },
        Message::SyncedAlready { remote } => format!("此克隆与 {remote} 一致"),
        Message::SyncReceived { commits, records } => {
            format!("已拉取{}", traffic(*commits, *records))
        }
        Message::SyncSent { commits, records, remote } => {
            format!("已推送到 {remote}：{}", traffic(*commits, *records).trim_start())
        }
        Message::FileStripped => "已去除拍摄位置等信息，保留照片方向".to_owned(),
        Message::NoVisits => "没有上门服务".to_owned(),
        Message::VisitNext { tail, number, state } => {
            let id = tail.to_lowercase();
            format!("下一步：{}", next::visit(*state, &format!("{id} {number}")))
        }
        Message::SessionNext { tail, number, also } => {
            format!("下一步：{}", next::end_session(&tail.to_lowercase(), *number, *also))
        }
        Message::SessionRefused { tail } => format!(
            "下一步：电话指导，或 docket visit plan {} --window 时间..时间 --engineer 人员 --reason 理由",
            tail.to_lowercase()
        ),
        Message::BrokenOnVisit { tail, prohibition, engineer } => format!(
            "违反 {}，可登记投诉：docket open complaint 标题 --trigger misconduct --prohibition {prohibition} --about {} --against {engineer}",
            WORDS.term(*prohibition),
            tail.to_lowercase()
        ),
        Message::SameFile { number } => format!("与附件 {number} 内容相同"),
        Message::FileDropped => "校验值保留在历史中；彻底清除本克隆中的内容：git gc --prune=now；\
             docket sync 之后，在远程仓库和其他克隆中也各执行一次\n\
             未能触及的副本：保留无引用对象的托管平台、镜像、备份、不再同步的克隆，以及他人另存的文件"
            .to_owned(),
        Message::ContentKept { others } => {
            let (named, commands, more) = named_attachments(others, WORDS);
            let named = named.iter().map(|(record, number)| format!("{record} 的附件 {number}"));
            let mut named: Vec<String> = named.collect();
            named.extend((more > 0).then(|| format!("另外 {more} 个附件")));
            format!(
                "校验值保留在历史中，内容也仍保留，因为{}与其相同；如需一并移除：{commands}",
                named.join("、")
            )
        }
        Message::SavedBefore => "文件已在该处，内容相同".to_owned(),
        Message::SavedInsideDesk => "文件已保存在服务台仓库内，git add 会将其加入历史".to_owned(),
        Message::ErasureAsked { known, records } => {
            let lines = known.iter().map(|known| format!("\n  {}", clean_line(&known.join(" · "))));
            let lines: String = lines.collect();
            let kept = match records {
                0 => "没有记录涉及此人".to_owned(),
                records => format!("{records} 条记录今后只保留其编号"),
            };
            format!("将从所有克隆中删除：{lines}\n{kept}；删除后不能恢复")
        }
        Message::MaybeKnownAgain { contact } => format!(
            "如 {contact} 就是已删除个人信息的那位联系人，则其信息重新进入了系统：\
             docket contact erase {contact} --reason 理由"
        ),
        Message::ContactLost { record, next } => {
            let tail = record.tail().to_lowercase();
            let next = next.as_ref().map_or_else(
                || format!("docket show {tail}"),
                |turn| next::hint(turn, Addressee::Other, &tail),
            );
            format!("{record} 未完结，而联系人的个人信息已删除；下一步：{next}")
        }
        Message::ContactAdded { contact, name, customer } => {
            format!("已新增联系人 {contact}：{}（{}）", clean_line(name), clean_line(customer))
        }
        Message::ContactUpdated { contact, name } => {
            format!("联系人 {contact}（{}）已更新", clean_line(name))
        }
        Message::SharedReach { contact, other, name } => format!(
            "{other}（{}）与 {contact} 有相同的号码或邮箱；若是同一人：docket contact merge {contact} --into {other}",
            clean_line(name)
        ),
        Message::LikeNamed { contact, other, name } => format!(
            "{other}（{}）与 {contact} 姓名相同，只是称谓或写法不同；若是同一人：docket contact merge {contact} --into {other}",
            clean_line(name)
        ),
        Message::SharedElsewhere { contact, others, more } => {
            let more = if *more > 0 { format!("等，另有 {more} 人") } else { String::new() };
            format!("{contact} 的号码或邮箱也是其他客户的联系人所用：{}{more}", others.join("、"))
        }
        Message::ContactMoved { contact, before, now } => format!(
            "联系人 {contact} 现属于客户“{}”，不再属于“{}”；已有记录的客户不变",
            clean_line(now),
            clean_line(before)
        ),
        Message::AlikeThere { contact, other, name } => format!(
            "该客户的 {other}（{}）有相同的姓名、号码或邮箱；若是同一人：docket contact merge {contact} --into {other}",
            clean_line(name)
        ),
        Message::CustomerAdded { customer } => format!("已新增客户 {customer}"),
        Message::CustomerListedAlready { customer } => format!(
            "客户 {customer} 已在清单中，未写入任何内容；将此名称记为其别名：docket customer change \
             {customer} --alias 名称"
        ),
        Message::CustomerChanged { customer } => format!("客户 {customer} 已更新"),
        Message::VersionTaken { entry } => {
            format!("有多个版本，所改为最新版本：{}", clean_line(entry))
        }
        Message::CountryChanged { year, has_holidays: false } => format!(
            "更改国家不会加载节假日，{year} 年的节假日仍未知，不计算该年的工作时间：docket calendar import 文件.ics 可加载，docket calendar import --no-holidays {year} 表示该年没有节假日"
        ),
        Message::CountryChanged { year, has_holidays: true } => format!(
            "{year} 年的节假日不变：docket calendar show 列出，docket calendar import 文件.ics 可另行加载"
        ),
        Message::RulesChanged { path, version: Some(version) } => {
            format!("{path} 第 {version} 版已生效")
        }
        Message::RulesChanged { path, version: None } => format!("{path} 已生效"),
        Message::RulesDrafted { path, day } => {
            format!("{path} 的草稿已保存，拟于 {day} 生效；请在该日之前批准：docket policy adopt {path}")
        }
        Message::RulesAdopted { path, version, day } => {
            format!("{path} 第 {version} 版将自 {day} 起生效")
        }
        Message::DraftDropped { path } => format!("{path} 的草稿已放弃"),
        Message::AdoptionWithdrawn { path, day, is_draft_again: false } => {
            format!("{path} 原定 {day} 生效的批准已撤回")
        }
        Message::AdoptionWithdrawn { path, day, is_draft_again: true } => format!(
            "{path} 原定 {day} 生效的批准已撤回，草稿已恢复：docket policy edit {path} --next"
        ),
        Message::AdoptedAlone => "草稿由本人批准，因为没有其他人可以批准；提交中已注明".to_owned(),
        Message::ReplacedOn { path, day } => {
            format!("自 {day} 起，为该日批准的版本将取代 {path}：docket policy show")
        }
        Message::AgreementUnread { path } => format!(
            "{path} 无法读取，该客户的协议可能未计入，因此按服务台的时限计算：docket doctor --repair"
        ),
        Message::AgreementGone { customer, agreement } => format!(
            "客户 {customer} 使用协议 {agreement}，而 policy/agreements.yaml 中没有该协议，因此按服务台的时限计算：docket policy edit agreements 可添加，docket customer change {customer} --agreement none 可取消"
        ),
        Message::AdoptionCame { of, path, day } => {
            format!("{of} 已批准，自 {day} 起生效：docket policy show {path}")
        }
        Message::DraftWaits { of, path, day } => {
            let day = day.map(|day| format!("拟自 {day} 起生效的")).unwrap_or_default();
            format!("{of} 有{day}草稿，尚未批准：docket policy show {path}")
        }
        Message::DraftStays { of, path } => format!(
            "{of} 的草稿在一个克隆中被放弃，在另一个克隆中又有修改，因此仍在：docket policy show {path}"
        ),
        Message::AdoptedOvertaken { of, path, day } => format!(
            "自 {day} 起，{path} 将撤回其起草之后的修改：docket policy edit {of} --next --on {day}"
        ),
        Message::UnsoundRules { path, back: Some(WayBack::Revert(commit)) } => format!(
            "{path} 自 {commit} 起无法读取：docket policy check 说明原因，git revert --no-edit {commit} 可恢复原状"
        ),
        Message::UnsoundRules { path, back: Some(WayBack::Restore { since, from }) } => format!(
            "{path} 自 {since} 起无法读取：docket policy check 说明原因；git restore --source={from} --staged --worktree {path} && git commit -m \"Restore {path}\" 可恢复原状"
        ),
        Message::UnsoundRules { path, back: None } => format!(
            "{path} 无法读取：docket policy check 说明原因，git log -p -- {path} 可查来源"
        ),
        Message::RulesDoubtful { path, values } => {
            format!("{path} 中有 {values} 个值可能有误：docket policy check")
        }
        Message::RulesUnchanged { path } => format!("{path} 没有变化"),
        Message::DraftKept { file: None, draft } => format!("所写内容已保留：{draft}"),
        Message::DraftKept { file: Some(file), draft } => {
            format!("所写内容已保留：docket policy edit {file} --from {draft} --reason 理由")
        }
        Message::CustomersMerged { from, into } => {
            format!("{from} 已合并至 {into}，此合并无法撤销；用两个名称都能查到其记录")
        }
        Message::RecordsFollow { name, records, customer } => {
            format!("“{}”名下的 {records} 条记录现归入客户 {customer}", clean_line(name))
        }
        Message::RecordsLeft { name, records } => {
            let name = clean_line(name);
            format!(
                "{records} 条记录仍用名称“{name}”，现已没有客户使用该名称：docket customer change 客户 --alias {}",
                typed_text(&name, "名称")
            )
        }
        Message::ContactStays { tail, contact, other } => format!(
            "联系人仍为 {} 的 {contact}：docket amend {tail} --set contact=姓名 --reason 理由",
            clean_line(other)
        ),
        Message::SiteStays { tail, site } => format!(
            "地点仍为 {}：docket amend {tail} --set site=地点 --reason 理由",
            clean_line(site)
        ),
        Message::LocationStays { tail, location } => format!(
            "故障地点为默认值，仍为 {}；以备注更正：docket amend {tail} --event 1 --reason 地点",
            clean_line(location)
        ),
        Message::CustomerMergeAsked { from, into, records, names, sites, products } => {
            let lists = [("名称", names), ("地点", sites), ("产品", products)];
            let told = lists.iter().filter(|(_, texts)| !texts.is_empty());
            let told = told.map(|(what, texts)| format!("{what} {}", clean_line(&texts.join("、"))));
            let told: Vec<String> = [format!("{records} 条记录")].into_iter().chain(told).collect();
            format!("合并后，{from} 的以下内容归入 {into}：{}；合并后无法撤销", told.join("；"))
        }
        Message::CustomerDisputed { customer }
        | Message::CustomersApart { customer, clash: Phrase::ValuesOf(..) } => {
            format!("两个克隆对客户 {customer} 的记载不一致：docket customer show {customer}")
        }
        Message::CustomersApart { clash, .. } => phrase(clash),
        Message::PersonStillKnown { erased, known } => format!(
            "{erased} 的个人信息已删除，但 {known} 是同一人：\
             docket contact erase {known} --reason 理由"
        ),
        Message::GoneAlong { merged, erased } => format!(
            "{erased} 的个人信息已删除，而另一克隆把 {merged} 合并到了 {erased}，因此 {merged} 的个人信息一并删除；如果并非同一人，请重新添加：docket contact add"
        ),
        Message::PersonsWithRecords { remote } => format!(
            "{remote} 上仍有联系人的个人信息，但现已改与另一远程仓库同步；如需删除：\
             git push {remote} :refs/docket/people"
        ),
        Message::FileStays { why } => {
            format!("操作已记录，但文件仍在本克隆中，下次 docket sync 时移除：{why}")
        }
        Message::NoAttachments => "没有附件".to_owned(),
        Message::AttachmentsVerified { intact, dropped, bad } => {
            format!("完好 {intact} 个，已移除 {dropped} 个，缺失或不符 {bad} 个")
        }
        Message::SyncFilesSent { records, remote } => {
            format!("已推送到 {remote}：{records} 条记录的附件")
        }
        Message::SyncFilesRefused { records, remote, why } => format!(
            "{remote} 未接受 {records} 条记录的附件；附件仍在本克隆中，\
             待 {remote} 允许推送 refs/docket/files/ 下的引用后，docket sync 会再次推送：\n{why}"
        ),
        Message::FilesLost { records, remote } => format!(
            "{records} 条记录的附件在本克隆和 {remote} 中均已缺失；docket check 会逐一列出，\
             在仍保有附件的克隆中先后运行 docket attachment verify ID 和 docket sync 即可重新推送"
        ),
        Message::SyncJoined { records } => format!("已合并双方都有更新的记录 {records} 条（事件全部保留）"),
        Message::PersonsLeftOut { remote, files } => {
            format!("{remote} 的 refs/docket/people 中有 {files} 个文件不是 docket 所写的联系人信息，未采用")
        }
        Message::PersonsRestored { people, remote } => {
            format!("{remote} 缺失 {people} 人的个人信息，已补齐")
        }
        Message::PersonsErased { people } => {
            format!("其他克隆已删除 {people} 人的个人信息，本克隆也已随之删除")
        }
        Message::NamedInTexts { texts } => {
            format!("有 {texts} 处文本写有此人的姓名、号码或邮箱；删除之后无法再按姓名查找。可由服务团队负责人逐条遮蔽：")
        }
        Message::FilesOfPerson { records } => {
            let shown: Vec<String> = records.iter().map(ToString::to_string).collect();
            format!(
                "此人记录中的附件仍保留：{}；docket attachment list ID 查看，\
                 docket attachment drop ID N --reason 理由 移除",
                shown.join("、")
            )
        }
        Message::AlikeStays { other, into } => {
            let merge = into.as_ref().map_or_else(String::new, |into| {
                format!("先合并：docket contact merge {other} --into {into}，或")
            });
            format!(
                "{other} 姓名或号码相同，信息仍保留；如为同一人，请{merge}一并删除：\
                 docket contact erase {other} --reason 理由"
            )
        }
        Message::PersonsReceived { people } => format!("已获取 {people} 位联系人的个人信息"),
        Message::SomeNamesNotHere { people } => {
            format!("有 {people} 位联系人的个人信息不在本克隆中；请执行 docket sync 获取")
        }
        Message::NamesNotHere => {
            "本克隆没有联系人的个人信息，无法识别是谁；请执行 docket sync 获取".to_owned()
        }
        Message::PersonErased { contact } => format!(
            "已删除本克隆中 {contact} 的个人信息；docket sync 后，远程仓库和其他克隆也随之删除"
        ),
        Message::PersonErasedInBranch { contact, branch, desk } => format!(
            "已删除分支 {branch} 中的 {contact} 及本克隆中的个人信息；如 {desk} 中也有此人，docket sync 会重新取回，\
             须再执行：docket contact erase {contact} --branch {desk} --reason 理由"
        ),
        Message::CustomerNamedSo { contact, listed } => {
            let renamed = listed.as_ref().map(|id| {
                format!("为客户更名：docket customer change {id} --name 新名称 --remove 旧名称；")
            });
            format!(
                "{contact} 所属客户与其同名，该名称仍保留在分支中；{}更正记录中的客户名称：\
                 docket amend 记录 --set customer=新名称",
                renamed.unwrap_or_default()
            )
        }
        Message::BeyondReach => {
            "未能触及的副本：尚未执行 git gc 的远程仓库、备份、镜像，以及此后未同步的克隆；\
             文本中写到的姓名不会删除，docket privacy scan 也无法再按姓名查找"
                .to_owned()
        }
        Message::PeopleOfToday => "联系人信息以今天为准；--ids 改为显示编号".to_owned(),
        Message::CollectGarbage => {
            "此前的内容仍在 git 对象库中；彻底清除：git gc --prune=now"
                .to_owned()
        }
        Message::PersonsRefused { remote, why } => format!(
            "{remote} 已收到记录，但不接受个人信息（refs/docket/people）；本克隆中的内容没有丢失，可在 docket.yaml \
             中用 people: {{remote: 名称}} 另行指定远程仓库：\n{why}"
        ),
        Message::HiddenReference { reference } => {
            format!("对方已有 {reference}，但不允许获取（对方的 uploadpack.hideRefs）")
        }
        Message::PersonsObstructed { remote, reference } => format!(
            "{remote} 已收到记录，但其上的 {reference} 使个人信息（refs/docket/people）无法写入；\
             本克隆中的内容没有丢失。如无人需要该引用：先 git push {remote} :{}，再 docket sync",
            typed(reference, "引用")
        ),
        Message::NoPeopleRemote { remote } => {
            format!("本克隆没有远程仓库 {remote}，未同步个人信息：git remote add {remote} URL")
        }
        Message::SyncClash { record } => format!(
            "{record}：两个克隆的操作互相冲突；docket show {record} 查看，\
             docket settle 或 docket sla recompute 解决"
        ),
        Message::SyncRenamed { from, to } => {
            format!("编号 {from} 重复：后登记的一条已改为 {to}，所有克隆相同")
        }
        Message::MergedApart { contact } => format!(
            "{contact}：两个克隆把它合并到不同的联系人；docket contact show {contact} 查看，\
             docket contact merge {contact} --into CONTACT 即可解决"
        ),
        Message::ContactDisputed { contact, of } => {
            let names: Vec<&str> = of.iter().map(|key| WORDS.term(*key)).collect();
            let set: Vec<String> = of.iter().map(|key| format!("--set {}=…", key.code())).collect();
            let set = set.join(" ");
            // of which customer somebody is hides behind no mask
            let reveal = if of[..] == [ContactKey::Customer] { "" } else { " --reveal" };
            format!(
                "{contact}：两个克隆对{}的修改不同；docket contact show {contact}{reveal} 查看，\
                 docket contact change {contact} {set} 即可解决",
                names.join("、")
            )
        }
        Message::MergedBothWays { contact, other } => format!(
            "{contact} 与 {other} 被互相合并；保留 {contact}：docket contact merge {other} --into {contact}；\
             保留 {other}：docket contact merge {contact} --into {other}"
        ),
        Message::Unsynced { count, since, remote } => {
            let since = since.as_ref().map(|since| format!("（最早 {since}）")).unwrap_or_default();
            let more = if *count >= 1_000 { "或更多" } else { "" };
            format!("有 {count} 步{more}尚未同步到 {remote}{since}：docket sync")
        }
        Message::Healthy => "未发现损坏".to_owned(),
        Message::Mended => "已修复".to_owned(),
        Message::EditDropped { copy } if copy.is_empty() => "已丢弃手工改动".to_owned(),
        Message::EditDropped { copy } => format!("已丢弃手工改动；副本保存为 {copy}"),
        Message::TakenBack { branch } => format!(
            "已撤回，保存在分支 {branch}：git log -p {branch} 可查看需用 docket 重新登记的内容"
        ),
        Message::NotMended { why } => format!("未能修复：{why}"),
        Message::OutOfStep => "状态与历史不符".to_owned(),
        Message::HistoryHasMore => "历史中的事件比文件多，或内容不同".to_owned(),
        Message::OtherStagedChanges { paths } => format!(
            "有人暂存了 {} 的其他修改；git restore --staged 可取消暂存",
            paths.join("、")
        ),
        Message::RepairNext => "docket doctor --repair 执行修复".to_owned(),
        Message::MoreOnBoard { shown, total } => {
            format!("共 {total} 项，显示 {shown} 项；docket due 与 docket list --mine 可列出全部")
        }
        Message::DeskCreated { dir, person } => format!(
            "已在 {dir} 建立服务台；{person} 是服务台人员、服务团队负责人和用户关系经理"
        ),
        Message::NoZoneKnown => {
            "本机没有指明时区，服务台采用 UTC；如服务台不在该时区，请在登记第一条记录之前更正 docket.yaml 中的 timezone".to_owned()
        }
        Message::PlaceOtherwise { has_holidays } => {
            let holidays =
                if *has_holidays { "，并删去所载节假日：docket policy edit calendar" } else { "" };
            format!(
                "如服务台不在此处，请在登记第一条记录之前更正：docket policy set docket.timezone 时区 --reason 文本；docket.locale 和 docket.country 同样修改{holidays}"
            )
        }
        Message::DeskPlace { timezone, from, language, country, holidays, year } => {
            let from = from.map(|from| format!("（取自 {from}）")).unwrap_or_default();
            let years: Vec<_> = holidays.iter().map(ToString::to_string).collect();
            let holidays = if years.is_empty() {
                format!(
                    "尚无节假日，因此不计算工作时间：docket calendar import 文件.ics 载入节假日，\
                     docket calendar import --no-holidays {year} 按没有节假日计算"
                )
            } else if holidays.contains(year) {
                format!("节假日 {} 年", years.join("、"))
            } else {
                format!(
                    "节假日 {} 年，尚无 {year} 年的节假日，因此不计算该年的工作时间：docket calendar import \
                     文件.ics 载入节假日，docket calendar import --no-holidays {year} 按没有节假日计算",
                    years.join("、")
                )
            };
            let country = country.as_deref().unwrap_or("未知");
            format!("时区 {timezone}{from}，语言 {language}，国家 {country}：{holidays}")
        }
        Message::DeskExists { dir } => format!("{dir} 已是服务台，未作任何改动"),
        Message::GoThere { dir } => format!("进入该目录：cd {dir}"),
        Message::FirstCall => "登记第一个来电：docket call 标题 -c 客户 -n 姓名；在终端中 docket call 会逐项询问".to_owned(),
        Message::OthersOpen => "第一条记录由服务台登记".to_owned(),
        Message::StepsInHelp => {
            "docket help 列出全部命令，docket help procedure 列出各步骤由谁操作".to_owned()
        }
        Message::LookOnly { why } => format!("在此只能查看，不能登记：{why}"),
        Message::AloneInRoster => {
            "目前名册中只有您一人，而处理人不得回访自己的记录；请添加同事：docket people add 编号 --name 姓名 --email 邮箱 --role agent".to_owned()
        }
        Message::Next { turn, addressee, tail, gaps } => {
            next::answer(turn, *addressee, &tail.to_lowercase(), gaps)
        }
        Message::NextAfterEnd { state, tail, remark, addressee } => {
            next::after_end(*state, &tail.to_lowercase(), *remark, *addressee)
        }
        Message::InsideAnother { dir } => {
            format!("本服务台是位于另一仓库 {dir} 之内的独立仓库，后者不保存其文件")
        }
        Message::NothingToReach => {
            "卡片上没有服务台的联系方式：请填写 docket.yaml 中的 reach:".to_owned()
        }
        Message::Assumed { kind, channel, need, time, location, symptom } => {
            let parts = [
                kind.map(|kind| format!("类型：{}", WORDS.term(kind))),
                channel.as_ref().map(|channel| format!("渠道：{}", WORDS.open_term(Channel::VOCABULARY, channel.code()))),
                need.as_ref().map(|need| format!("需求：{}", clean_line(need))),
                time.then(|| "发生时间：未知".to_owned()),
                location.as_ref().map(|place| format!("发生地点：{}", clean_line(place))),
                symptom.then(|| "故障现象：同客户原话".to_owned()),
            ];
            let parts: Vec<_> = parts.into_iter().flatten().collect();
            format!("未说明，按以下登记：{}", parts.join("；"))
        }
        Message::NoCategory { tail, categories } => {
            let (tail, categories) = (tail.to_lowercase(), categories.join("、"));
            let told = format!("尚无类别，关闭前须补上：docket update {tail} --category 类别");
            format!("{told}\n{}", format_args!("可用类别：{categories}"))
        }
        Message::LikelyDuplicate { records, more } => {
            let named = records.iter().map(|(id, title)| format!("{id}“{}”", clean_line(title)));
            let named = named.collect::<Vec<_>>().join("、");
            let more = if *more > 0 { format!("等 {} 条记录", records.len() + more) } else { String::new() };
            format!("可能与 {named}{more}是同一事项")
        }
        Message::NewCustomer { customer, near } => {
            let new = format!("新客户“{}”", clean_line(customer));
            match &near[..] {
                [] => new,
                near => format!(
                    "{new}，是否指“{}”？docket customer change 客户 --alias 名称 可将此名称记为已列入客户的别名",
                    clean_line(&near.join("”或“"))
                ),
            }
        }
        Message::CustomerToSettle { customer, fields } => {
            let change = format!("docket customer change {customer}");
            let flags: Vec<_> = fields.iter().map(|field| format!("--{}", field.name())).collect();
            let settle = format!("请确定以何为准：{change}，写明 {}", flags.join("、"));
            if !fields.contains(&CustomerField::Name) {
                return settle;
            }
            format!(
                "{settle}；如为两个客户，依次运行：{change} --name 名称、{change} --remove 另一名称、\
                 docket customer add 编号 --name 另一名称"
            )
        }
        Message::CustomerNear { customer, near } => format!(
            "是否指“{}”？如为同一客户：docket customer merge {customer} --into 客户；对方未列入清单时：\
             docket customer change {customer} --alias 名称",
            clean_line(&near.join("”或“"))
        ),
        Message::NoCustomerListed => "尚未列入客户；docket customer list --unlisted 列出记录中的名称".to_owned(),
        Message::MergeAsked { from, into } => {
            format!("将合并：{}；合并到：{}", from.join("，"), into.join("，"))
        }
        Message::CustomersUnlisted { first, more } => {
            let more = if *more > 0 { format!("，另有 {more} 个") } else { String::new() };
            format!("尚未列入的客户（按原文保留）：{}{more}；列入客户：docket customer add 编号 --from 客户", first.join("、"))
        }
        Message::NoCustomer { given, near } if near.is_empty() => format!(
            "没有客户“{}”；docket customer list --unlisted 列出记录中的名称",
            clean_line(given)
        ),
        Message::NoCustomer { given, near } => format!(
            "没有客户“{}”，是否指“{}”？",
            clean_line(given),
            clean_line(&near.join("”或“"))
        ),
        Message::NewContact { contact, name } => format!("新联系人 {contact}，{name}"),
        Message::ContactChanged { contact, label, before, now } => format!(
            "联系人 {contact} 的首选{}现为 {}；原来的 {} 仍保留",
            WORDS.label(*label),
            clean_line(now),
            clean_line(before)
        ),
        Message::DueUnknown { tail, hours: Some(hours), .. } => format!(
            "有时限无法确定：请在 policy/agreements.yaml 的 calendars.{hours} 中写入该年，再执行 docket sla recompute {}",
            tail.to_lowercase()
        ),
        Message::DueUnknown { was_tried: true, .. } => {
            "仍有时限无法确定：请先用 docket calendar import 文件（没有节假日则用 --no-holidays 年份）载入该年日历".to_owned()
        }
        Message::DueUnknown { tail, was_tried: false, .. } => format!(
            "有时限无法确定：请用 docket calendar import 文件（没有节假日则用 --no-holidays 年份）载入该年日历，再执行 docket sla recompute {}",
            tail.to_lowercase()
        ),
        Message::ProgressNeverPauses => {
            "更新进展不会暂停计时；要暂停请用 docket hold".to_owned()
        }
        Message::NothingToTakeOver => "没有待接手的记录".to_owned(),
        Message::NothingToHandOver => "您名下没有可交接的记录".to_owned(),
        Message::NothingToFollowUp => "今天没有需要了解进展的记录".to_owned(),
        Message::NoSurveyPending => "没有待发出或等待答复的调查".to_owned(),
        Message::LeaveWatch => "按 q 或 Ctrl-C 退出".to_owned(),
        Message::MoreLines { count } => format!("……另有 {count} 行"),
        Message::NothingDue => "没有到期事项".to_owned(),
        Message::NoRecordOfContact => "没有涉及此联系人的记录".to_owned(),
        Message::NothingFound => "没有找到记录".to_owned(),
        Message::NoContactFound => "没有找到联系人".to_owned(),
        Message::NoCustomerFound => "没有找到客户".to_owned(),
        Message::MoreRecords { shown, total } => {
            format!("共 {total} 条，显示 {shown} 条；--limit 0 显示全部")
        }
        Message::MoreOfCustomer { shown, total, customer } => {
            format!("共 {total} 条，显示 {shown} 条；docket list --all --customer {customer} 显示全部")
        }
        Message::ComplaintOpened { complaint } => format!(
            "已自动登记投诉 {complaint}，并与本记录互相关联；下一步：docket ack {} --reply-by 时间", complaint.tail().to_lowercase()
        ),
        Message::ComplaintRules => "投诉：被投诉人不得跟踪，也不得参与处理
  ack 只告知客户；route 之前：update --verified 或 --unverified，以及 update --notified
  route：由用户关系经理分派；重大投诉交服务团队负责人，一般投诉交服务小组
  resolve：须先 decide，并有 --informed、--method、--corrective、--preventive
  cancel：待认定的投诉不能撤销
  confirm：回访，或 --not-needed；不满意的由用户关系经理 close --dissatisfied --recourse
  回访不满意、调查非常不满意时自动登记投诉；投诉不再引发投诉".to_owned(),
        Message::LeftOut { path, why } => format!("已略过 {path}：{why}"),
        Message::AuditedCommits { commits, heads } => {
            let head = |(head, branch): &(String, Option<String>)| match branch {
                Some(branch) => format!("{branch} 的 {head}"),
                None => head.clone(),
            };
            let heads: Vec<_> = heads.iter().map(head).collect();
            format!("截至 {} 的 {commits} 个提交", heads.join("、"))
        }
        Message::HookCommits { hook, commits } => format!("{hook}：{commits} 个提交"),
        Message::HookStaged { hook, rules: 0, others: 0 } => {
            format!("{hook}：暂存的文件中没有规则文件，也没有只由 docket 写入的文件")
        }
        Message::HookStaged { hook, rules, others: 0 } => {
            format!("{hook}：已暂存 {rules} 个规则文件")
        }
        Message::HookStaged { hook, rules, others } => {
            format!("{hook}：已暂存 {rules} 个规则文件、{others} 个只由 docket 写入的文件")
        }
        Message::Checked { records, contacts } => {
            format!("{records} 条记录，{contacts} 个联系人")
        }
        Message::PolicyChecked { files } => format!("{files} 个规则文件"),
        Message::Verdict { of, errors, warnings, notes } => {
            let verdict = match (errors + warnings, notes) {
                (0, 0) => "无误",
                (0, _) => "仅有提示",
                _ => "有问题",
            };
            format!("{of}：{verdict}；错误 {errors}，警告 {warnings}，提示 {notes}")
        }
        Message::AssessorSample { month, records, seed, revision } => format!(
            "# {}审核抽样检查表\n\n{records} 条记录 · 种子 {seed} · 数据版本 {revision}\n\n\
             在当月关闭的记录中，取 `printf '%s' '编号 种子' | sha1sum | cut -c1-8` 数值最小者。\n",
            WORDS.month(*month)
        ),
        Message::RowLeft { rows, why } => source::rows(rows, "条记录", "未导入，", why),
        Message::RowLate { rows, why } => source::rows(rows, "行", "未追加，", why),
        Message::RowNoted { rows, why } => source::rows(rows, "行", "", why),
        Message::RowsRead(counts) => source::read(counts),
        Message::ImportStopped { why } => format!("已中止：{why}；已导入的保持不变，重新执行同一命令即可继续"),
        Message::Untold { untold } => source::untold(*untold).to_owned(),
        Message::YearsMissing { years } => {
            let years: Vec<String> = years.iter().map(ToString::to_string).collect();
            format!(
                "日历缺少 {} 年的工作日，这些年份的时限无法计算；用 docket calendar import 文件 补齐",
                years.join("、")
            )
        }
        Message::MapListed { name, system, documented, tried } => {
            source::map_line(name, system, *documented, *tried)
        }
        Message::BoardOf { desk, person: Some(person), now } => format!("{desk} · {person} · {now}"),
        Message::BoardOf { desk, person: None, now } => format!("{desk} · {now}"),
        Message::BoardEmpty => "目前没有待办事项".to_owned(),
        Message::NoRecordYet => "没有待办事项：还没有任何记录".to_owned(),
        Message::NothingRecorded => "没有找到记录：还没有任何记录；docket 会提示如何开始".to_owned(),
        Message::AllFinished => "没有待办事项：没有未完结的记录".to_owned(),
        Message::Unfinished { count } => format!("未完结 {count} 条；用 docket list 查看"),
        Message::DemoMade { dir, person, records, commits } => format!(
            "已在 {dir} 建立示例服务台（上海时间）：{records} 条记录，{commits} 次提交\n\
             您在示例中以{person}的身份操作（只在该仓库的 git 设置中）"
        ),
        Message::DemoClock { now } => format!("让时钟停在当时：export DOCKET_NOW={now}"),
        Message::ToTry { commands, other, switch } => format!(
            "在那里可以试试：\n  {}\n\
             改以{other}的身份操作：\n  {switch}",
            commands.join("\n  ")
        ),
        Message::RosterChanged { person, change } => match change {
            RosterEdit::Added => format!("已添加人员：{person}"),
            RosterEdit::Updated => format!("已修改人员：{person}"),
            RosterEdit::Retired => format!("已停用人员：{person}"),
            RosterEdit::Rejoined => format!("已恢复人员：{person}，自今日起"),
        },
        Message::ContactsMerged { from, into } => format!("联系人 {from} 已合并至 {into}"),
        Message::YearsLoaded { years } if years.is_empty() => "没有变化：日历中已有这些日期".to_owned(),
        Message::YearsLoaded { years } => {
            let years: Vec<_> = years.iter().map(ToString::to_string).collect();
            format!("日历已载入 {}", years.join("、"))
        }
        Message::HolidaysOf { hours, years } => {
            let years: Vec<_> = years.iter().map(ToString::to_string).collect();
            format!("{hours} 的节假日：{}", years.join("、"))
        }
        Message::HolidaysKept { year, path } => format!(
            "没有变化：日历中 {year} 年有休息日；如有误请从 {path} 中删去"
        ),
        Message::NoYearLoaded => "没有变化，但文件中有日历没有的日期".to_owned(),
        Message::EventsLeft => "以下事项未载入：".to_owned(),
        Message::DaysLeft { days } => {
            let days: Vec<_> = days.iter().map(ToString::to_string).collect();
            format!(
                "以下日期所在年份已载入，或在文件中不完整，未载入：{}；确需的请写入 policy/calendar.yaml",
                days.join("、")
            )
        }
        Message::FindingsAre => {
            "docket check 检查记录，发现以 A 开头的问题；docket audit 检查历史，发现以 H 开头的问题；\
             docket help A31 只说明其中一项"
                .to_owned()
        }
        Message::NoHolidays => "无，由 docket calendar import --no-holidays 登记".to_owned(),
        Message::CalendarMissing { year } => {
            format!(
                "尚不能计算 {year} 年的工作时间：docket calendar import 文件.ics 载入节假日，\
                 docket calendar import --no-holidays {year} 按没有节假日计算"
            )
        }
        Message::AskUnit { record, title, responsible } => {
            let asked = super::close(&format!("向 {responsible} 了解到的进展"));
            format!("{record} {title}——{asked}（留空跳过）")
        }
        Message::HookWritten { path } => format!("已写入 {path}"),
        Message::HookExists { path } => format!("{path} 已调用 docket"),
        Message::HookKept { path, line } => format!("{path} 是他人的钩子，保持不变；请在其中加入：{line}"),
        Message::LaterAnswer => "已保存，统计以首次答复为准".to_owned(),
        Message::EarlierQuestionnaire => "已保存；答复的是较早发出的问卷，不计入本次".to_owned(),
        Message::LateAnswer { until } => {
            format!("已保存，但逾期不计：答复期限为 {}", minute(*until))
        }
        Message::UnaskedAnswer => "客户主动反馈（未在样本中），单独统计".to_owned(),
        Message::Line { line } => format!("第 {line} 行："),
        Message::OfFile { file } => format!("{file}："),
        Message::AlreadyThere { record } => format!("{record} 已有，未作更改"),
        Message::ReopenedSince { record, state } => {
            format!("{record} 已抽中，但现为{}，再次关闭后再调查", WORDS.term(*state))
        }
        Message::Batch { done: 0, already: 0, refused: 0 } => "没有需要处理的调查".to_owned(),
        Message::Batch { done: 0, already, refused: 0 } => format!("未作更改（已存在 {already} 项）"),
        Message::Batch { done, already, refused } => {
            format!("完成 {done} 项，跳过 {already} 项（已存在），被拒 {refused} 项")
        }
        Message::SampleDrawn { month, parts } => {
            let alone = parts.iter().all(|part| part.party == Party::External);
            let part = |part: &DrawnPart| {
                let DrawnPart { party, closed, candidates, drawn, sample, cap } = part;
                let of = if alone { String::new() } else { format!("{} ", WORDS.term(*party)) };
                format!(
                    "{of}{candidates} 条中抽取 {drawn} 条（关闭 {closed} 条），抽样率 {sample}%，每客户 1 至 {cap} 条"
                )
            };
            let parts: Vec<_> = parts.iter().map(part).collect();
            format!("{}样本：{}", WORDS.month(*month), parts.join("；"))
        }
        Message::SurveyNext { months, over } => {
            let send =
                |month| format!("下一步：docket survey send --all --month {month} -o 目录\n");
            let mut text: String = months.iter().map(send).collect();
            if *over {
                text += "下一步：docket survey expire\n";
            }
            text
        }
        Message::ConsentRefused => "客户不同意延期，原时限不变".to_owned(),
    }
}
