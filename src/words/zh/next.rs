//! Next steps in Chinese.

use crate::{
    domain::{
        analysis::next_step::{NextActor, NextStep, NextTurn},
        base::terms::{Role, State, VisitState, VisitStep},
        deciding::{
            contacts::Addressee,
            items::{ItemDuty, ItemStep},
        },
        history::{complaint::ComplaintStep, refusal::MissingPart, status::remote::SessionGaps},
    },
    words::zh::{
        refusal::{WORDS, hint::fills, or},
        set_off,
    },
};

/// What an answer says of the next step: `下一步由李雷操作：docket accept …`.
pub(super) fn answer(
    turn: &NextTurn,
    addressee: Addressee,
    id: &str,
    gaps: &[MissingPart],
) -> String {
    let by = match &turn.actor {
        NextActor::Viewer => String::new(),
        actor => format!("{}操作", by_whom(actor)),
    };
    let also = values(turn.step) + &without_contact(turn.step, addressee, id);
    let command = command(turn.step, addressee, id);
    let before: String = gaps.iter().map(|gap| fills(gap, id) + "；").collect();
    let then = if gaps.is_empty() { "" } else { "然后 " };
    format!("下一步{by}：{before}{then}{command}{also}")
}

/// What an answer says of a record that is over.
pub(super) fn after_end(state: State, id: &str, remark: bool, addressee: Addressee) -> String {
    match state {
        State::Closed if remark => format!("如客户要求答复，可用 {} 转为正式记录", formal(id)),
        State::Closed if addressee == Addressee::Contact => format!("下一步：{}", survey(id)),
        _ => format!("查看：docket show {id}"),
    }
}

/// The command for the next step, in the hint of a refusal.
pub(super) fn hint(turn: &NextTurn, addressee: Addressee, id: &str) -> String {
    let step = by(&turn.actor, &command(turn.step, addressee, id));
    let also = match turn.step {
        NextStep::Route => {
            let solved = format!("docket resolve {id} --result 文本 --cause 文本 --code 结论");
            format!("\n{}，首次接触即解决时", by(&turn.actor, &solved))
        }
        _ => values(turn.step),
    };
    format!("{step}{also}{}", without_contact(turn.step, addressee, id))
}

/// The command that goes on with a visit.
pub(super) fn visit(state: VisitState, id: &str) -> String {
    match state {
        VisitState::Planned => format!("docket visit depart {id}"),
        VisitState::Departed => format!("docket visit arrive {id}"),
        VisitState::Arrived => format!(
            "docket visit done {id} --work 服务内容 --result 结果 --conduct 遵守 --devices 无"
        ),
        VisitState::Done => format!("docket visit sign {id} --by 姓名 --opinion 5"),
        VisitState::Signed => format!("docket visit hand-in {id}"),
        VisitState::HandedIn => format!("docket visit archive {id}"),
        VisitState::Archived | VisitState::Missed | VisitState::Cancelled => {
            format!("docket visit list {}", id.split(' ').next().unwrap_or(id))
        }
    }
}

/// What comes next of an item, and whose it is.
pub(super) fn item(duty: &ItemDuty, person: &str) -> String {
    let number = duty.number;
    super::close(&match duty.next {
        ItemStep::Visit(VisitStep::Done) => format!("登记上门服务 {number} 的结果"),
        ItemStep::Visit(VisitStep::Sign) => format!("上门服务单 {number} 请客户签字"),
        ItemStep::Visit(VisitStep::HandIn) => format!("上门服务单 {number} 交单"),
        ItemStep::Visit(VisitStep::Archive) => format!("上门服务单 {number} 归档"),
        ItemStep::Visit(_) => format!("{person} 上门服务 {number}"),
        ItemStep::Remote(_) => format!("结束第 {number} 次远程排障"),
    })
}

/// The command that ends a remote session, with what else this one has to tell.
pub(super) fn end_session(id: &str, number: usize, also: SessionGaps) -> String {
    let client = if also.client { " --client removed" } else { "" };
    let category = if also.category { " --category 类别" } else { "" };
    format!(
        "docket remote end {id} {number} --steps 排障步骤 --result 结果 --other-software 否 --data 否{client}{category}"
    )
}

/// What is to be known of a step for which a customer is spoken to, where the contact was erased.
fn without_contact(step: NextStep, addressee: Addressee, id: &str) -> String {
    if addressee == Addressee::Contact || !step.speaks_to_customer() {
        return String::new();
    }
    let other = "；原联系人的个人信息已删除，姓名处请填该客户的其他人";
    let close = format!("docket close {id} --exception other --reason 理由");
    let lead = by(&NextActor::Role(Role::TeamLead), &close);
    let alone = format!("如该客户没有其他人，{lead}");
    format!("{other}\n{alone}")
}

/// A command, with who does it where that is not whoever is told.
pub(super) fn by(actor: &NextActor, command: &str) -> String {
    match actor {
        NextActor::Viewer => command.to_owned(),
        NextActor::Person { id, is_entered: true, .. } => {
            format!("{command} --on-behalf-of {id} --method phone")
        }
        actor => format!("{}操作：{command}", by_whom(actor)),
    }
}

fn by_whom(actor: &NextActor) -> String {
    match actor {
        NextActor::Viewer => String::new(),
        NextActor::Person { name, .. } => format!("由{}", set_off(name)),
        NextActor::Colleague => "由服务台其他人员".to_owned(),
        NextActor::Desk => "由服务台".to_owned(),
        NextActor::Role(role) => format!("由{}", WORDS.term(*role)),
    }
}

/// The command that makes a formal record of a remark.
pub(super) fn formal(id: &str) -> String {
    format!("docket open 类型 --from {id} --name 姓名 --need 文本")
}

/// The command that records an answer to the survey.
pub(super) fn survey(id: &str) -> String {
    format!("docket survey record {id} --satisfaction 等级 --by 姓名")
}

fn command(step: NextStep, addressee: Addressee, id: &str) -> String {
    let told = match addressee {
        Addressee::Contact => "",
        Addressee::Other => " --informed 姓名",
    };
    match step {
        NextStep::Acknowledge => format!("docket ack {id} --reply-by 时间{told}"),
        NextStep::Route | NextStep::OfComplaint(ComplaintStep::Route) => {
            format!("docket route {id} --to 人员 --reason 理由")
        }
        NextStep::Accept => format!("docket accept {id} --respond-by 时间"),
        NextStep::Respond => format!("docket respond {id} --note 文本{told}"),
        NextStep::Resolve => format!("docket resolve {id} --result 文本 --cause 文本 --code 结论"),
        NextStep::Resume => format!("docket resume {id}"),
        NextStep::CallBack => format!("docket confirm {id} --with 姓名 --satisfaction 等级"),
        NextStep::Close => format!("docket close {id}"),
        NextStep::TakeOver => format!("docket takeover {id}"),
        NextStep::OfComplaint(ComplaintStep::Verify) => {
            format!("docket update {id} --verified 文本")
        }
        NextStep::OfComplaint(ComplaintStep::Notify) => {
            format!("docket update {id} --notified 人员")
        }
        NextStep::OfComplaint(ComplaintStep::Decide) => {
            format!("docket decide {id} --finding 文本 --validity 认定")
        }
        NextStep::OfComplaint(ComplaintStep::Resolve) => format!(
            "docket resolve {id} --result 文本 --cause 文本 --code 结论 --informed 姓名 \
             --method 方式 --corrective 文本 --preventive 文本"
        ),
        NextStep::OfComplaint(ComplaintStep::CloseDissatisfied) => {
            format!("docket close {id} --dissatisfied 理由 --recourse 文本")
        }
    }
}

/// What else can be said in a command, behind it.
fn values(step: NextStep) -> String {
    let values = || or(&step.values());
    match step {
        NextStep::OfComplaint(ComplaintStep::Verify) => "，或 --unverified 理由".to_owned(),
        NextStep::OfComplaint(ComplaintStep::Decide) => format!("；认定：{}", values()),
        NextStep::OfComplaint(ComplaintStep::Resolve) => format!("；结论：{}", values()),
        _ => String::new(),
    }
}
