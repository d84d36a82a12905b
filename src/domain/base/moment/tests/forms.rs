//! Times as people write them, in both languages, each with the instant that it means.

use proptest::prelude::{Just, ProptestConfig, prop_assert_eq, prop_oneof, proptest};

use super::*;

/// A Thursday, as all of these tests have it: Thursday 2026-11-19, 10:30.
fn due(text: &str) -> String {
    meaning(text, Use::Due)
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of all that people write")]
fn a_time_by_which_something_is_to_happen_is_read_as_people_write_it() {
    for (texts, meant) in [
        (
            &[
                "5pm",
                "5 pm",
                "5:00pm",
                "17:00",
                "at 5 p.m.",
                "by 5pm",
                "下午5点",
                "17点",
                "下午五点前",
                "下午 5 点",
            ][..],
            "11-19T17:00",
        ),
        (&["5:30pm", "17:30", "下午5点半", "下午五点三十分", "下午5:30", "17点半"], "11-19T17:30"),
        (
            &[
                "2h",
                "in 2h",
                "+2h",
                "2 hours",
                "in 2 hours",
                "两小时后",
                "2个小时后",
                "两个小时内",
                "2 h from now",
            ],
            "11-19T12:30",
        ),
        (
            &[
                "+30m",
                "30m",
                "30 min",
                "in 30 min",
                "in half an hour",
                "half an hour from now",
                "30分钟后",
                "30 分钟后",
                "半小时后",
                "三十分钟后",
                "半个小时之内",
            ],
            "11-19T11:00",
        ),
        (
            &[
                "90 min",
                "1h30m",
                "1 h 30 min",
                "+1.5h",
                "1.5小时后",
                "一个半小时后",
                "in 1 h 30 min",
            ],
            "11-19T12:00",
        ),
        (&["noon", "12pm", "12:00", "中午", "中午12点"], "11-19T12:00"),
        (&["tonight 8:00", "8pm", "今晚8点", "晚上八点", "今天20:00", "today 8pm"], "11-19T20:00"),
        (&["today 17:00", "17:00 today", "5pm today", "今天下午5点", "今天 17:00"], "11-19T17:00"),
        (
            &[
                "tomorrow 9am",
                "tomorrow at 9:00",
                "9:00 tomorrow",
                "明天9:00",
                "明天上午9点",
                "明天 上午 9 点",
                "明早九点",
                "明天 09:00",
            ],
            "11-20T09:00",
        ),
        (&["tomorrow morning", "明天上午", "明早"], "11-20T12:00"),
        (&["tomorrow afternoon", "明天下午"], "11-20T18:00"),
        (&["tomorrow", "明天", "2026-11-20", "11-20", "11月20日", "Nov 20"], "11-20T23:59:59"),
        (&["day after tomorrow 10:00", "后天10:00", "后天上午十点"], "11-21T10:00"),
        (&["大后天 10:00"], "11-22T10:00"),
        (
            &[
                "friday 10:00",
                "fri 10am",
                "on friday at 10:00",
                "周五 10:00",
                "星期五上午10点",
                "本周五10:00",
            ],
            "11-20T10:00",
        ),
        (
            &[
                "monday 10:00",
                "mon 10:00",
                "next monday 10:00",
                "周一 10:00",
                "下周一10:00",
                "10:00 on monday",
            ],
            "11-23T10:00",
        ),
        (&["monday", "周一", "下星期一", "礼拜一"], "11-23T23:59:59"),
        (&["下周五 9:00"], "11-27T09:00"),
        (&["下下周一 9:00"], "11-30T09:00"),
        (&["thursday 10:00", "周四上午10点"], "11-26T10:00"),
        (
            &[
                "2026-12-01 10:00",
                "2026/12/01 10:00",
                "2026/12/1 10:00",
                "2026-12-1 10:00",
                "12-01 10:00",
                "12月1日 10:00",
                "12 月 1 日 10:00",
                "12月1号上午10点",
                "十二月一日 10:00",
                "2026年12月1日10:00",
                "Dec 1 10:00",
                "1 December 2026 10am",
                "Dec 1, 2026 10:00",
                "2026-12-01T10:00",
            ],
            "12-01T10:00",
        ),
        (&["25/12/2026 10:00", "12/25/2026 10:00", "25/12 10:00"], "12-25T10:00"),
        (&["in 1 day", "1天后", "+1d", "24h", "一天之后"], "11-20T10:30"),
        (&["in 2 days 09:00", "+2d 09:00", "两天后 9:00", "2天后上午9点"], "11-21T09:00"),
        (&["1 week", "+1w", "一周后", "in 7 days", "1个星期后"], "11-26T10:30"),
        (
            &["1 working day", "+1wd", "1个工作日后", "一个工作日内", "in 1 business day"],
            "11-21T10:30",
        ),
    ] {
        for text in texts {
            let wanted = if meant.len() == 11 { format!("{meant}:00") } else { meant.to_owned() };
            assert_eq!(due(text), format!("2026-{wanted}+08:00"), "{text}");
        }
    }
}

#[test]
fn a_time_at_which_something_happened_lies_back() {
    for (texts, meant) in [
        (
            &["20 min ago", "-20m", "20分钟前", "二十分钟之前", "20 minutes ago"][..],
            "11-19T10:10:00",
        ),
        (&["2h ago", "两小时前", "-2h", "2个小时以前"], "11-19T08:30:00"),
        (&["3 days ago 09:00", "3天前 9:00", "3 天前 9:00", "-3d 09:00"], "11-16T09:00:00"),
        (&["yesterday 11pm", "last night 11:00", "昨晚11点", "昨天 23:00"], "11-18T23:00:00"),
        (&["前天下午3点", "day before yesterday 3pm"], "11-17T15:00:00"),
        (&["monday 10:00", "周一 10:00"], "11-16T10:00:00"),
        (&["上周五 9:00"], "11-13T09:00:00"),
        (&["this morning 9:00", "今早9点", "9am", "早上九点"], "11-19T09:00:00"),
        (&["11-18 16:25", "11月18日 16:25"], "11-18T16:25:00"),
    ] {
        for text in texts {
            assert_eq!(meaning(text, Use::Instant), format!("2026-{meant}+08:00"), "{text}");
        }
    }
    assert_eq!(meaning("monday", Use::Start), "2026-11-16T00:00:00+08:00");
    assert_eq!(meaning("昨天下午", Use::Start), "2026-11-18T12:00:00+08:00");
    assert_eq!(meaning("昨天下午", Use::End), "2026-11-18T18:00:00+08:00");
    assert!(matches!(fault("昨天下午", Use::Instant), MomentError::NeedsClock { .. }));
}

#[test]
fn a_day_without_year_is_the_nearest_one() {
    let new_year = at("2026-12-20T10:30:00+08:00");
    let year = |text: &str| {
        let moment = Moment::parse(text).unwrap();
        moment.resolve(new_year, Use::Due, *SHANGHAI, None).unwrap().to_string()
    };
    assert_eq!(year("01-05 10:00"), "2027-01-05T10:00:00+08:00");
    assert_eq!(year("11-20 10:00"), "2026-11-20T10:00:00+08:00");
    assert_eq!(year("2月29日 10:00"), "2028-02-29T10:00:00+08:00");
}

#[test]
fn what_can_be_meant_in_two_ways_is_refused_with_both_and_each_is_read() {
    for (text, reading, readings) in [
        ("12/1", Use::Due, ["12-01", "01-12"]),
        ("12/1 10:00", Use::Due, ["12-01 10:00", "01-12 10:00"]),
        ("1/12/2026", Use::Due, ["2026-01-12", "2026-12-01"]),
        ("9", Use::Due, ["09:00", "21:00"]),
        ("tomorrow 9", Use::Due, ["tomorrow 09:00", "tomorrow 21:00"]),
        ("5点", Use::Due, ["05:00", "17:00"]),
        ("明天5点半", Use::Due, ["明天05:30", "明天17:30"]),
        ("midnight", Use::Due, ["00:00", "23:59"]),
        ("2h", Use::Instant, ["-2h", "+2h"]),
        ("90分钟", Use::Start, ["-90m", "+90m"]),
        ("thursday", Use::Due, ["2026-11-19", "2026-11-26"]),
        ("周四 17:00", Use::Due, ["2026-11-19 17:00", "2026-11-26 17:00"]),
        ("next friday", Use::Due, ["2026-11-20", "2026-11-27"]),
        ("last monday 10:00", Use::Instant, ["2026-11-09 10:00", "2026-11-16 10:00"]),
    ] {
        let MomentError::Ambiguous { readings: told, .. } = fault(text, reading) else {
            panic!("{text}: {:?}", fault(text, reading))
        };
        assert_eq!(told, readings, "{text}");
        for one in told {
            let moment = Moment::parse(&one).unwrap();
            assert!(moment.resolve(at(BASE), reading, *SHANGHAI, None).is_ok(), "{text}: {one}");
        }
    }
}

#[test]
fn hours_that_no_day_has_are_refused() {
    for text in ["13pm", "0am", "25点", "下午25点", "晚上3点", "上午13点", "明天下午24:00"]
    {
        let read = Moment::parse(text);
        assert!(matches!(read, Err(MomentError::NoSuchClock { .. })), "{text}: {read:?}");
    }
    for text in ["13月1日", "2月30日", "feb 30", "30/30", "2026/02/30"] {
        let read = Moment::parse(text);
        assert!(matches!(read, Err(MomentError::NoSuchDate { .. })), "{text}: {read:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_clock_time_is_the_same_in_figures_and_in_words(hour in 0_u32..24, minute in 0_u32..60) {
        let figures = due(&format!("2026-12-01 {hour:02}:{minute:02}"));
        let twelve = if hour % 12 == 0 { 12 } else { hour % 12 };
        let (half, part) = match hour {
            0..=5 => ("am", "凌晨"),
            6..=11 => ("am", "上午"),
            12..=17 => ("pm", "下午"),
            _ => ("pm", "晚上"),
        };
        prop_assert_eq!(&due(&format!("dec 1 {twelve}:{minute:02}{half}")), &figures);
        prop_assert_eq!(&due(&format!("12月1日{part}{twelve}点{minute}分")), &figures);
        prop_assert_eq!(&due(&format!("{twelve}:{minute:02} {half} 2026/12/01")), &figures);
    }

    #[test]
    fn a_length_is_the_same_in_every_spelling(
        amount in 1_i64..500,
        (short, english, chinese) in prop_oneof![
            Just(("m", "minutes", "分钟")),
            Just(("h", "hours", "个小时")),
            Just(("d", "days", "天")),
            Just(("w", "weeks", "周")),
        ],
    ) {
        let signed = due(&format!("+{amount}{short}"));
        prop_assert_eq!(&due(&format!("in {amount} {english}")), &signed);
        prop_assert_eq!(&due(&format!("{amount}{chinese}后")), &signed);
        prop_assert_eq!(&due(&format!("{amount} {english}")), &signed);
        let back = meaning(&format!("-{amount}{short}"), Use::Instant);
        prop_assert_eq!(&meaning(&format!("{amount} {english} ago"), Use::Instant), &back);
        prop_assert_eq!(&meaning(&format!("{amount}{chinese}前"), Use::Instant), &back);
    }

    #[test]
    fn a_day_and_an_hour_are_read_in_either_order(
        day in prop_oneof![
            Just("today"), Just("tomorrow"), Just("friday"), Just("明天"), Just("下周二"),
            Just("12-01"), Just("2026-12-01"), Just("12月1日"), Just("dec 1"),
        ],
        hour in prop_oneof![Just("17:00"), Just("5pm"), Just("17点"), Just("下午5点")],
    ) {
        prop_assert_eq!(due(&format!("{day} {hour}")), due(&format!("{hour} {day}")));
    }
}
