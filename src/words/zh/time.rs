//! 不成立的时间、时长与日历。

use crate::domain::base::{
    calendar::{CalendarError, MissingYear},
    moment::{MomentError, NotADuration},
    nearness::{Nearness, RoundedLength},
    print::{date_and_second, hour_and_minute},
    zone::Zone,
};
use crate::words::Words;

const WORDS: Words = Words::of(&super::CHINESE);

/// 不是时区的文本，以及可能要写的时区。
pub(super) fn not_a_zone(given: &str) -> String {
    match Zone::nearest(given) {
        Some(nearest) => format!("“{given}”不是时区，是否指 {nearest}？"),
        None => format!("“{given}”不是时区（例：Asia/Shanghai）"),
    }
}

/// 文本为何不是时间。
pub(super) fn moment_fault(fault: &MomentError) -> String {
    match fault {
        MomentError::NotATime { text, clock } => format!(
            "不是时间：“{text}”（例：{}、下午 5 点半、+2h、30 分钟后、周一 10:00、12 月 1 日 10:00、2026-12-01、+1wd）",
            hour_and_minute(clock)
        ),
        MomentError::Ambiguous { text, readings } => {
            let text =
                text.as_ref().map_or_else(|| "该时间".to_owned(), |text| format!("“{text}”"));
            format!("{text}有两种理解，请写成 {}", readings.join(" 或 "))
        }
        MomentError::NoUnit { text } => {
            format!("“{text}”缺少单位，可写成 {text}m、{text}h、{text}d 或 {text}wd")
        }
        MomentError::NoWorkingDay { text } => {
            format!("“{text}”不含工作日，可写成 +1wd、今天 09:00 或现在")
        }
        MomentError::NoSuchDate { text } => format!("“{text}”中的日期不存在"),
        MomentError::NoSuchClock { text } => {
            format!("“{text}”中的钟点不存在，应在 00:00 至 23:59 之间")
        }
        MomentError::NeedsClock { date } => format!("{date} 没有钟点，可写成 {date} 09:15"),
        MomentError::Skipped { local, zone, next } => {
            format!("{zone} 没有 {} 这一时刻（时钟拨快），可写成 {next}", date_and_second(*local))
        }
        MomentError::Twice { local, zone, first, second } => {
            format!(
                "{zone} 有两个 {}（时钟拨慢），请写成 {first} 或 {second}",
                date_and_second(*local)
            )
        }
        MomentError::NoCalendar => "没有工作日历，无法计算工作日".to_owned(),
        MomentError::MissingYear(MissingYear { year }) => {
            format!("{year} 年的日历尚未载入")
        }
        MomentError::TooFar => "时间太远，应在公元 1 年至 9999 年之间".to_owned(),
    }
}

/// 文本为何不是时长。
pub(super) fn duration_fault(NotADuration(given): &NotADuration) -> String {
    format!("不是时长：“{given}”（例：90m、2h、1h30m、1d）")
}

/// 日历规则中自相矛盾之处。
pub(super) fn calendar_fault(fault: &CalendarError) -> String {
    match fault {
        CalendarError::NoWindow => "一周中没有任何工作时段".to_owned(),
        CalendarError::Overlap { day, earlier, later } => {
            format!("{day}：{later} 在 {earlier} 结束之前开始")
        }
        CalendarError::OutsideYear { year, date } => format!("{date} 列在 {year} 年之下"),
        CalendarError::OffAndWork { date } => format!("{date} 既是休息日又是工作日"),
    }
}

/// `2026 年 11 月`。
pub(super) fn month(year: i32, number: u32) -> String {
    format!("{year} 年 {number} 月")
}

/// `30 分钟后`、`明天 09:00`。
pub(super) fn nearness(at: &Nearness) -> String {
    match at {
        Nearness::Now => "现在".to_owned(),
        Nearness::InMinutes(minutes) => format!("{minutes} 分钟后"),
        Nearness::MinutesAgo(minutes) => format!("{minutes} 分钟前"),
        Nearness::Today(clock) => format!("今天 {clock}"),
        Nearness::Tomorrow(clock) => format!("明天 {clock}"),
        Nearness::Yesterday(clock) => format!("昨天 {clock}"),
        Nearness::On(day, clock) => format!("{} {clock}", WORDS.weekday(*day)),
        Nearness::Date(date) => date.clone(),
    }
}

/// `超时 2 天`。
pub(super) fn late(length: RoundedLength) -> String {
    match length {
        RoundedLength::Minutes(minutes) => format!("超时 {minutes} 分钟"),
        RoundedLength::Hours(hours, _) => format!("超时 {hours} 小时"),
        RoundedLength::Days(days, _) => format!("超时 {days} 天"),
    }
}

/// `超时 3 天 6 小时`。
pub(super) fn late_by(length: RoundedLength) -> String {
    match length {
        RoundedLength::Minutes(_) | RoundedLength::Hours(_, 0) | RoundedLength::Days(_, 0) => {
            late(length)
        }
        RoundedLength::Hours(_, minutes) => format!("{} {minutes} 分钟", late(length)),
        RoundedLength::Days(_, hours) => format!("{} {hours} 小时", late(length)),
    }
}
