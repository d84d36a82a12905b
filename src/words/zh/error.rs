//! 命令未能完成的原因。

use std::io::ErrorKind;

use crate::{
    domain::{
        base::{
            ids::RecordId,
            media::{FileFault, FileRemedy, FileShape, FoundContent},
            terms::{FileType, Term as _},
        },
        history::{
            steps::{Action, TABLE},
            visit_file::{FormField, MOST_PHOTOS, VISIT_FILE, VisitFileFault},
        },
    },
    error::{
        EditorEnd, Error, IoPlace, MissingField,
        template::{Bound, TemplateError},
    },
    store::{self, layout},
    words::{
        file_size,
        mending::{Mending, mending},
        typed,
        zh::{help::HELP, refusal, refusal::WORDS, repository, time, usage},
    },
};

/// 出了什么问题，并指明所在。
pub(super) fn sentence(error: &Error) -> String {
    match error {
        Error::Refused(refused) => refusal::refused(refused),
        Error::Store(error) | Error::WouldNotHold { why: error, .. } => repository::sentence(error),
        Error::Template(error) => template(error),
        Error::Missing { command, fields } => {
            let fields: Vec<_> = fields
                .iter()
                .map(|it| match it.flag.as_ref().filter(|flag| flag.starts_with("--")) {
                    Some(flag) => format!("{}（{flag}）", it.field),
                    // what stands by its place is called by its name alone
                    None => it.field.clone(),
                })
                .collect();
            format!("{command} 还缺：{}", fields.join("、"))
        }
        Error::Time { flag, fault } => {
            format!("{}：{}", HELP.placeholder(flag), time::moment_fault(fault))
        }
        Error::Usage(usage) => usage::sentence(usage),
        Error::Stranger { email } => format!("{email} 不在人员名册中"),
        Error::Namesakes { given, contacts }
        | Error::SeveralContacts { given, contacts, .. }
        | Error::SharedPhone { given, contacts } => {
            let each =
                contacts.iter().map(|(id, name, customer)| format!("{id} {name}（{customer}）"));
            let each: Vec<String> = each.collect();
            format!("“{given}”可能是以下几位联系人：{}", each.join("、"))
        }
        Error::NotWholeName { given, contact: (id, name, customer) } => {
            format!("“{given}”不是联系人的完整姓名，可能是 {id} {name}（{customer}）")
        }
        Error::NoContact { given, .. } => format!("没有联系人“{given}”"),
        Error::PersonNotHere { contact } => format!("本克隆没有 {contact} 的姓名和号码"),
        Error::NamesNotHere => "本克隆没有联系人的个人信息".to_owned(),
        Error::NoPhone { record } => format!("{record} 没有可拨打的电话"),
        Error::BadVariable { name, fault } => {
            format!("{name}：“{}”不是 2026-11-22T09:12:00+08:00 这样的时间", fault.0)
        }
        Error::ClockOutOfRange { name, year } => {
            let (first, last) = (RecordId::YEARS.start(), RecordId::YEARS.end());
            format!("{name}：编号只能表示 {first} 至 {last} 年，{year} 不在其中")
        }
        Error::NoChance => "系统无法提供随机数".to_owned(),
        Error::GivenUp => "已取消，未作任何更改".to_owned(),
        Error::Editor { editor, end: EditorEnd::NotStarted } => {
            format!("无法启动编辑器 {editor}，未作任何更改")
        }
        Error::Editor { editor, end: EditorEnd::Status(status) } => {
            format!("编辑器 {editor} 以状态 {status} 退出，未作任何更改")
        }
        Error::Editor { editor, end: EditorEnd::Killed } => {
            format!("编辑器 {editor} 被终止，未作任何更改")
        }
        Error::NoneOpen { command } => match states_for(command) {
            Some(states) => {
                format!("目前没有您可以执行 {command} 的记录：记录须为{}", states.join("、"))
            }
            None => "目前没有您可以执行此操作的记录".to_owned(),
        },
        Error::Io { what, source } => format!("{}：{}", place(what), repository::system(source)),
        Error::TooLarge { what, most } => format!("{}：超过 {most} 字节", place(what)),
        Error::NotUtf8 { what } => format!("{}：不是 UTF-8 文本", place(what)),
        Error::NotKept { file, fault } => format!("{file}：{}", file_fault(fault)),
        Error::VisitFile(fault) => visit_file_fault(fault),
        Error::NoContent { name, remote: Some(remote) } => {
            format!("本克隆中没有 {name}，{remote} 也没有")
        }
        Error::NoContent { name, remote: None } => {
            format!("本克隆中没有 {name}，也没有可以获取它的远程仓库")
        }
        Error::OtherContent { name } => format!("本克隆中的 {name} 与所添加的不符，校验值不同"),
        Error::InsideDesk { name, .. } => {
            format!("{name} 未保存：当前目录属于服务台仓库，git add 会将其加入历史")
        }
        Error::NoFolder { folder, .. } => format!("没有文件夹 {folder}"),
        Error::PlaceTaken { path, .. } => format!("{path} 已存在且内容不同，未覆盖"),
        Error::NoHead { what } => format!("{}：不含 --record-head 写入的提交名称", place(what)),
        Error::NotPrinted { what, source } => {
            format!("已提交，但无法输出 {what}：{}", repository::system(source))
        }
    }
}

/// 规则改动被拒绝后的出路。
fn would_not_hold(path: &str, why: &store::error::Error) -> String {
    match mending(path, why, ["值", "理由"]) {
        Some(Mending { command, kept: None }) => {
            format!("规则没有改动；可先更正：{command}")
        }
        Some(Mending { command, kept: Some(kept) }) => {
            format!("规则没有改动；请先同时保留“{kept}”，再执行：{command}，最后去掉“{kept}”")
        }
        None if why.is_not_read_back() => {
            format!("规则没有改动；可用编辑器修改：docket policy edit {}", layout::rule_name(path))
        }
        None => match why.next_version() {
            Some(next) => format!(
                "规则没有改动；请另写一条版本 {next}，在前一版本结束后开始：docket policy edit agreements"
            ),
            None => format!("规则没有改动；现行内容见 docket policy show {path}"),
        },
    }
}

/// 下一步，如果有的话。
pub(super) fn hint(error: &Error) -> Option<String> {
    Some(match error {
        Error::Refused(refused) => return refusal::hint(refused),
        Error::Store(error) => return repository::hint(error),
        Error::Editor { end: EditorEnd::NotStarted, .. } => {
            "请指定可用的编辑器，例如：export VISUAL=nano".to_owned()
        }
        Error::WouldNotHold { path, why } => would_not_hold(path, why),
        Error::Missing { command, fields } => {
            let one = |field: &MissingField| {
                let values = field.values.join("、");
                let flag = field.flag.as_deref().filter(|_| !values.is_empty())?;
                Some(format!("{}：{values}\n", HELP.placeholder(flag)))
            };
            let values: String = fields.iter().filter_map(one).collect();
            format!("{values}docket {command} --help 有说明；在终端中会询问其中多数")
        }
        Error::Stranger { email } => {
            let email = typed(email, "邮箱");
            format!(
                "请服务团队负责人添加您：docket people add 编号 --name 姓名 --email {email} --role agent"
            )
        }
        Error::NotWholeName { contact: (id, ..), .. } => {
            format!("请用联系人编号指明：docket contact erase {id} --reason 理由")
        }
        Error::SeveralContacts { command, contacts, .. } => {
            let first = contacts.first().map_or("联系人", |(id, ..)| id.as_str());
            let rest = match *command {
                "contact merge" => " --into 联系人",
                "contact erase" => " --reason 理由",
                _ => "",
            };
            format!("请用联系人编号指明：docket {command} {first}{rest}")
        }
        Error::SharedPhone { contacts, .. } => {
            let first = contacts.first().map_or("CONTACT", |(id, ..)| id.as_str());
            format!("用 --caller {first} 指明其中一位；同号码的其他人用 --name 姓名")
        }
        Error::Namesakes { .. } => {
            "请用联系人编号指明，或用 --namesake 文本 登记同名的新联系人".to_owned()
        }
        Error::NoContact { nearest, .. } if !nearest.is_empty() => {
            format!("是否指 {}？", nearest.join("、"))
        }
        Error::NoContact { .. } => {
            "请给出编号、姓名、姓名开头或电话；docket contact list 列出全部".to_owned()
        }
        Error::NamesNotHere | Error::PersonNotHere { .. } => "docket sync".to_owned(),
        Error::NoPhone { .. } => "docket contact list".to_owned(),
        Error::NoneOpen { .. } => "docket list 列出未完结的记录".to_owned(),
        Error::Usage(usage) => return usage::hint(usage),
        Error::Template(TemplateError::Fault { near, .. }) => {
            suggested(near, "docket report 名称 --fields")
        }
        Error::Template(TemplateError::Beyond { template, .. }) => {
            format!("请简化 {template}，或将其删除以使用内置模板")
        }
        Error::NotUtf8 { .. } => "请存为 UTF-8（电子表格软件中称 CSV UTF-8）".to_owned(),
        Error::NotKept { fault: FileFault::Empty, .. } => {
            "请从来源处重新保存，或用 docket note ID 文本 说明其内容".to_owned()
        }
        Error::NotKept { fault: FileFault::TooLarge { .. }, .. } => {
            "请缩小文件；上限由服务团队负责人在 docket.yaml 的 attachments 中设置".to_owned()
        }
        Error::NotKept { fault: FileFault::Damaged { .. }, .. } => {
            "请打开文件重新保存，再添加".to_owned()
        }
        Error::NotKept { fault: FileFault::NotAFile(_), .. } => "请给出文件本身的路径".to_owned(),
        Error::NotKept {
            fault: FileFault::NotPermitted { found, .. } | FileFault::OtherContent { found, .. },
            ..
        } => match found.remedy() {
            FileRemedy::Rename(kept) => format!("请将文件改名，以 .{kept} 结尾"),
            FileRemedy::SavePicture => "请用图片软件另存为 jpg 或 png；只改名无效".to_owned(),
            FileRemedy::PackAgain => "请解压后重新压缩为 zip".to_owned(),
            FileRemedy::SaveOtherwise => permitted_types(),
        },
        Error::VisitFile(fault) => visit_file_hint(fault).to_owned(),
        Error::OtherContent { .. } => "docket attachment verify ID".to_owned(),
        Error::NoFolder { command, .. } => format!("请先执行 {command}，再重新执行该命令"),
        Error::InsideDesk { command, .. } | Error::PlaceTaken { command, .. } => command.clone(),
        Error::NoContent { .. } => {
            "在存有该附件的克隆中执行：docket attachment verify ID，然后 docket sync".to_owned()
        }
        Error::NotPrinted { .. } => "请勿重复执行：git log 可查看已提交的内容".to_owned(),
        Error::Time { .. } => "docket help times 列出时间的各种写法".to_owned(),
        Error::Io { what: IoPlace::File(_), source } if source.kind() == ErrorKind::NotFound => {
            "路径从当前目录或 / 写起；可用的文件见该命令的 --help".to_owned()
        }
        Error::ClockOutOfRange { name, .. } => format!("unset {name} 后按本机时钟"),
        Error::BadVariable { .. }
        | Error::Editor { .. }
        | Error::NoChance
        | Error::GivenUp
        | Error::NoHead { .. }
        | Error::TooLarge { .. }
        | Error::Io { .. } => return None,
    })
}

/// 某一步骤要求的记录状态。
fn states_for(command: &str) -> Option<Vec<&'static str>> {
    let is_meant = |action: Action| match action {
        Action::Hold => command == "hold",
        other => command == other.code(),
    };
    let step = TABLE.iter().find(|row| is_meant(row.action))?;
    Some(step.from.iter().map(|state| WORDS.term(*state)).collect())
}

/// 可以保存的文件类型。
fn permitted_types() -> String {
    let types: Vec<_> = FileType::ALL.iter().map(|it| it.code()).collect();
    format!("允许的文件类型：{}；请另存为其中一种", types.join("、"))
}

/// 文件不能作为附件的原因。
fn file_fault(fault: &FileFault) -> String {
    match fault {
        FileFault::Empty => "文件是空的".to_owned(),
        FileFault::TooLarge { most } => format!("文件超过 {}", file_size(*most)),
        FileFault::NotPermitted { ending, found } if ending.is_empty() => {
            format!("文件名没有扩展名；内容为{}", content(*found))
        }
        FileFault::NotPermitted { ending, found } => {
            format!("不允许的文件类型 .{ending}；内容为{}", content(*found))
        }
        FileFault::OtherContent { ending, found } => {
            format!("扩展名为 .{ending}，内容却是{}", content(*found))
        }
        FileFault::Damaged { file_type: FileType::Eml } => {
            "开头没有邮件头，不是邮件文件".to_owned()
        }
        FileFault::Damaged { file_type } => format!("已损坏或不完整，不是完整的 {file_type} 图片"),
        FileFault::NotAFile(shape) => match shape {
            FileShape::Directory => "是目录，不是文件",
            FileShape::Link => "是符号链接，不是文件",
            FileShape::Pipe => "是管道，不是文件",
            FileShape::Device => "是设备，不是文件",
            FileShape::Socket => "是套接字，不是文件",
        }
        .to_owned(),
    }
}

/// 文件的内容。
fn content(found: FoundContent) -> String {
    match found {
        FoundContent::Named(name) => format!(" {name}"),
        FoundContent::Text => "文本".to_owned(),
        FoundContent::WideText => "UTF-16 文本（请另存为 UTF-8）".to_owned(),
        FoundContent::ControlText => "含控制字符的文本，如终端颜色".to_owned(),
        FoundContent::Unknown => "无法识别的数据".to_owned(),
    }
}

fn place(place: &IoPlace) -> String {
    match place {
        IoPlace::File(path) => path.clone(),
        IoPlace::StandardInput => "标准输入".to_owned(),
        IoPlace::StandardOutput => "标准输出".to_owned(),
        IoPlace::Editor(editor) => format!("编辑器 {editor}"),
    }
}

/// 模板为何无法生成报告。
fn template(error: &TemplateError) -> String {
    match error {
        TemplateError::Fault { template, why, .. } => format!("{template}：模板有误：{why}"),
        TemplateError::Beyond { template, bound } => match bound {
            Bound::Time { seconds } => format!("{template}：计算超过 {seconds} 秒"),
            Bound::Memory { mebibytes } => {
                format!("{template}：内存超过 {mebibytes} MiB，或嵌套过深")
            }
            Bound::Output { mebibytes } => format!("{template}：输出超过 {mebibytes} MiB"),
        },
    }
}

/// 可能所指的，以及列出全部的命令。
fn suggested(near: &[String], all: &str) -> String {
    match near {
        [] => format!("{all} 列出全部"),
        near => format!("是否指 {}？{all} 列出全部", near.join("、")),
    }
}

/// 上门服务单上的一项。
pub(super) fn form_field(field: FormField) -> &'static str {
    match field {
        FormField::DepartedAt => "出发时间",
        FormField::ArrivedAt => "到达时间",
        FormField::LateReason => "迟到原因",
        FormField::Told => "被告知人",
        FormField::ToldAt => "告知客户的时间",
        FormField::LeftAt => "离开时间",
        FormField::Work => "服务内容",
        FormField::Result => "处理结果",
        FormField::Parts => "更换备件",
        FormField::LeftOpen => "遗留问题",
        FormField::Conduct => "服务规范遵守情况",
        FormField::Devices => "客户通讯设备使用情况",
        FormField::Signature => "客户签字或未签字原因",
        FormField::SignedBy => "签字人",
        FormField::Opinion => "满意程度",
        FormField::Comment => "客户意见",
        FormField::Refused => "未签字原因",
        FormField::Drawn => "手写签名",
        FormField::Photo => "照片",
    }
}

fn visit_file_fault(fault: &VisitFileFault) -> String {
    match fault {
        VisitFileFault::NotAForm => "不是上门服务单离线页面保存的文件".to_owned(),
        VisitFileFault::Torn => "文件不完整，缺少结尾部分".to_owned(),
        VisitFileFault::Altered => "文件保存后被改动，校验值不符".to_owned(),
        VisitFileFault::OtherVersion { given } => {
            format!("文件格式为第 {given} 版，本程序读取第 {VISIT_FILE} 版")
        }
        VisitFileFault::Unreadable => "文件中有页面不会保存的内容".to_owned(),
        VisitFileFault::Incomplete(field) => format!("服务单未填完整：缺少{}", form_field(*field)),
        VisitFileFault::NotAPicture(field) => {
            format!("{}不是可以保存的图片", form_field(*field))
        }
        VisitFileFault::TooManyPhotos { given } => {
            format!("有 {given} 张照片，每份服务单最多 {MOST_PHOTOS} 张")
        }
        VisitFileFault::OtherDesk { desk, own } => {
            format!("该服务单属于另一服务台“{desk}”，本服务台为“{own}”")
        }
        VisitFileFault::NoSuchVisit { record } => {
            format!("本克隆中没有该服务单所指的上门服务（{record}）")
        }
    }
}

fn visit_file_hint(fault: &VisitFileFault) -> &'static str {
    match fault {
        VisitFileFault::NotAForm | VisitFileFault::Unreadable => "请给出离线页面按钮保存的文件",
        VisitFileFault::Torn | VisitFileFault::Altered => "请在页面上重新保存文件，再导入",
        VisitFileFault::OtherVersion { .. } => "请用更新版本的 docket 导入",
        VisitFileFault::Incomplete(_) | VisitFileFault::NotAPicture(_) => {
            "请在页面上补全后重新保存文件"
        }
        VisitFileFault::TooManyPhotos { .. } => "请在页面上移除部分照片后重新保存文件",
        VisitFileFault::OtherDesk { .. } => "请在该服务台导入",
        VisitFileFault::NoSuchVisit { .. } => "docket sync 可取回其他克隆中预约的上门服务",
    }
}
