//! Which names may be those of one company; the only home of `pinyin`.

use pinyin::{Pinyin, ToPinyinMulti};

use super::{
    nearest::slips,
    text::{folded, is_without_blanks},
};

/// So many names are given.
const MOST: usize = 5;
/// Letters of a name that are looked at.
const MOST_LETTERS: usize = 64;

/// What a company is by law, as a word of its own.
#[rustfmt::skip]
const FORMS: [&str; 22] = [
    "ab", "ag", "bv", "co", "company", "corp", "corporation", "gmbh", "group", "inc", "kg",
    "limited", "llc", "llp", "ltd", "oy", "plc", "pte", "sa", "sarl", "spa", "srl",
];
/// The same in Chinese, which no blanks part from the name.
#[rustfmt::skip]
const ENDINGS: [&str; 9] = [
    "股份有限公司", "有限责任公司", "有限公司", "分公司", "子公司", "总公司", "公司", "集团", "股份",
];
/// Letters of a form that is told from the end of a name without blanks.
const LEAST_OF_FORM: usize = 3;
/// What many companies of a town do.
#[rustfmt::skip]
const TRADES: [&str; 24] = [
    "信息技术", "电子商务", "商贸", "贸易", "经贸", "工贸", "科技", "技术", "信息", "网络", "软件",
    "电子", "实业", "工程", "服务", "咨询", "管理", "发展", "投资", "物流", "文化", "传媒", "设备",
    "制造",
];
/// Where many companies are; one that two names share tells nothing.
#[rustfmt::skip]
const TOWNS: [&str; 34] = [
    "上海", "北京", "天津", "重庆", "广州", "深圳", "杭州", "南京", "苏州", "成都", "武汉", "西安",
    "宁波", "青岛", "大连", "厦门", "长沙", "郑州", "济南", "合肥", "福州", "昆明", "沈阳", "无锡",
    "佛山", "东莞", "广东", "江苏", "浙江", "山东", "四川", "湖北", "湖南", "福建",
];
/// What tells one house of a company from another.
const NUMERALS: &str = "0123456789一二三四五六七八九十东南西北";

/// Why two names may be one company's, the likeliest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// The same but for legal form and trade.
    Same,
    /// One stands in the other.
    Within,
    /// The same to the ear, or one in the other: Chinese is typed by sound.
    SoundsAlike,
    /// One leaves characters of the other out, and begins as it does.
    Shortened,
    /// So many letters were inserted, dropped, changed or swapped.
    Slips(usize),
    /// One begins as the other, but for a slip.
    BegunNearly,
}

/// Up to five of `names` that may be another spelling of a company, likeliest first: the same but for legal
/// form and trade, one within the other, the same to the ear, or a few letters off.
pub fn nearest_companies<'a>(
    given: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Vec<&'a str> {
    let wanted = essence(given);
    let scored =
        names.into_iter().filter_map(|name| Some((likeness(&wanted, &essence(name))?, name)));
    let mut scored: Vec<_> = scored.collect();
    scored.sort_unstable();
    scored.dedup();
    scored.into_iter().take(MOST).map(|(_, name)| name).collect()
}

/// What of a name no other company has: without legal form and trade, where something is left.
fn essence(name: &str) -> String {
    let is_mark = |c: char| !c.is_alphanumeric();
    let words = name.split(is_mark).map(folded);
    let words = words.filter(|word| !FORMS.contains(&word.as_str()));
    let mut rest: String = words.flat_map(|word| word.chars().collect::<Vec<_>>()).collect();
    if rest.is_empty() {
        rest = folded(name);
    }
    let forms = || FORMS.iter().filter(|form| form.len() >= LEAST_OF_FORM);
    let endings = || ENDINGS.iter().chain(forms()).chain(&TRADES);
    while let Some(shorter) = endings().find_map(|ending| rest.strip_suffix(ending)) {
        if shorter.chars().count() < 2 {
            break;
        }
        rest.truncate(shorter.len());
    }
    rest.chars().take(MOST_LETTERS).collect()
}

/// Why two names may be one company's; `None` where they have nothing to do with each other.
fn likeness(one: &str, other: &str) -> Option<Likeness> {
    if one == other {
        return Some(Likeness::Same);
    }
    let bare = |name: &str| name.chars().filter(|c| !NUMERALS.contains(*c)).collect::<String>();
    if one.is_empty() || other.is_empty() || bare(one) == bare(other) {
        return None;
    }
    let (one, other) = without_shared_town(one, other);
    let is_shorter = one.chars().count() <= other.chars().count();
    let (shorter, longer) = if is_shorter { (one, other) } else { (other, one) };
    if shorter.chars().all(is_without_blanks) {
        likeness_in_chinese(shorter, longer)
    } else {
        likeness_in_letters(shorter, longer)
    }
}

/// Where a character is a word: another one of another sound makes another name.
fn likeness_in_chinese(shorter: &str, longer: &str) -> Option<Likeness> {
    let [shorter_chars, longer_chars] =
        [shorter, longer].map(|name| name.chars().collect::<Vec<_>>());
    let (length, others) = (shorter_chars.len(), longer_chars.len());
    if length < 2 {
        return None;
    }
    if longer.contains(shorter) {
        return Some(Likeness::Within);
    }
    let sound_alike =
        |part: &[char]| part.iter().zip(&shorter_chars).all(|(a, b)| sound_alike(*a, *b));
    if longer_chars.windows(length).any(sound_alike) {
        return Some(Likeness::SoundsAlike);
    }
    let mut rest = longer_chars.iter();
    let mut is_left = |c: &char| rest.any(|other| self::sound_alike(*c, *other));
    if length > 2 && sound_alike(&longer_chars[..2]) && shorter_chars.iter().all(&mut is_left) {
        return Some(Likeness::Shortened);
    }
    let sorted = |mut chars: Vec<char>| {
        chars.sort_unstable();
        chars
    };
    let is_swapped = length == others && slips(shorter, longer) == 1;
    (is_swapped && sorted(shorter_chars) == sorted(longer_chars)).then_some(Likeness::Slips(1))
}

fn likeness_in_letters(shorter: &str, longer: &str) -> Option<Likeness> {
    let (length, most) = (shorter.chars().count(), longer.chars().count());
    if length >= 4 && longer.starts_with(shorter) {
        return Some(Likeness::Within);
    }
    // an ending that both have, as Hotel, allows for no more slips
    let bound = (most - shared_end(shorter, longer)).div_ceil(3).min(2);
    let apart = slips(shorter, longer);
    if apart <= bound {
        return Some(Likeness::Slips(apart));
    }
    begins_nearly(shorter, longer).then_some(Likeness::BegunNearly)
}

/// Two names without the town with which both begin.
fn without_shared_town<'n>(one: &'n str, other: &'n str) -> (&'n str, &'n str) {
    let rests = TOWNS.iter().find_map(|town| one.strip_prefix(town).zip(other.strip_prefix(town)));
    rests.unwrap_or((one, other))
}

/// So many letters at the end are the same.
fn shared_end(one: &str, other: &str) -> usize {
    let pairs = one.chars().rev().zip(other.chars().rev());
    pairs.take_while(|(one, other)| one == other).count()
}

/// Whether a name begins with a word, but for a slip in each four letters that do not end both, and two at
/// most.
fn begins_nearly(word: &str, name: &str) -> bool {
    let length = word.chars().count();
    let is_near = |end: usize| {
        let beginning: String = name.chars().take(end).collect();
        let others = length - shared_end(word, &beginning);
        slips(word, &beginning) <= others.div_ceil(4).min(length / 4).min(2)
    };
    [length, length + 1].into_iter().any(is_near)
}

/// Whether two characters may be pronounced the same, whatever the tones.
fn sound_alike(one: char, other: char) -> bool {
    let sounds = |c: char| c.to_pinyin_multi().into_iter().flatten().map(Pinyin::plain);
    one == other || sounds(one).any(|sound| sounds(other).any(|it| it == sound))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_spelling_of_a_company_is_near() {
        for (given, known) in [
            ("嘉禾商贸有限公司", "嘉禾商贸"),
            ("嘉禾", "嘉禾商贸有限公司"),
            ("嘉和", "嘉禾"),
            ("嘉和商贸", "嘉禾商贸有限公司"),
            ("恒源科技", "恒远科技有限公司"),
            ("恒遠科技", "恒远科技有限公司"),
            ("上海嘉禾商贸", "嘉禾"),
            ("嘉禾（上海）商贸有限公司", "嘉禾商贸"),
            ("嘉禾集团", "嘉禾股份有限公司"),
            ("北方机电", "北方机电设备制造有限公司"),
            ("王小明商行", "王晓明商行"),
            ("恒远达通", "恒远通达"),
            ("ＡＣＭＥ　Ｌｔｄ", "acme"),
            ("Acme Ltd Shanghai", "acme"),
            ("Acme", "acmeltd."),
            ("Acme Co., Ltd.", "acme"),
            ("Acme GmbH", "Acme AG"),
            ("Harbor Hotel", "harbourhotel"),
            ("Northwnid Bakery", "Northwind Bakery Ltd"),
            ("Contoso", "Contoso Pharma"),
            ("habour", "harbourhotel"),
            ("北京华厦物流", "北京华夏物流有限公司"),
            ("宏大机械", "上海宏达机械有限公司"),
            ("青岛兰海水产", "青岛蓝海水产食品有限公司"),
            ("苏州金马模具", "苏州金马精密模具厂"),
            ("苏州锦马模具厂", "苏州金马精密模具厂"),
        ] {
            assert_eq!(nearest_companies(given, [known]), [known], "{given}");
            assert_eq!(nearest_companies(known, [given]), [given], "{known}");
        }
    }

    #[test]
    fn another_company_of_the_same_town_trade_and_form_is_not_near() {
        for (given, known) in [
            ("嘉禾商贸有限公司", "恒远商贸有限公司"),
            ("上海嘉禾科技有限公司", "上海恒远科技有限公司"),
            ("嘉禾", "嘉兴"),
            ("恒远科技", "恒通科技"),
            ("第一医院", "第二医院"),
            ("城东商行", "城西商行"),
            ("上海商贸", "北京商贸"),
            ("科技有限公司", "嘉禾科技有限公司"),
            ("张三商贸", "李四商贸"),
            ("上海远达机械有限公司", "上海宏达机械有限公司"),
            ("青岛蓝天水产食品有限公司", "青岛蓝海水产食品有限公司"),
            ("明德中学", "明德小学"),
            ("成都城东银行", "成都城关银行"),
            ("Acme Ltd", "Apex Ltd"),
            ("Harbour Hotel", "Central Hotel"),
            ("Hotel Central", "Hotel Garni"),
            ("Ltd", "Acme Ltd"),
            ("Store 12", "Store 21"),
            ("", "Acme"),
        ] {
            assert_eq!(nearest_companies(given, [known]), [""; 0], "{given}: {known}");
        }
    }

    #[test]
    fn of_many_companies_of_one_town_and_trade_none_is_taken_for_another() {
        let distinct = "嘉禾 恒远 瑞丰 天成 明德 华盛 金泰 永信 安达 博文 长青 大鹏 东升 富康 广联 海纳 和兴 \
                        宏图 建业 京华 凯旋 蓝天 利民 龙腾 美佳 南洋 鹏程 启明 荣昌 顺达";
        let names = distinct.split_whitespace().map(|name| format!("上海{name}商贸有限公司"));
        let english = "Abbey Birch Cedar Dove Eagle Falcon Garnet Heron Iris Jasper Kestrel Linden Maple \
                       Nettle Osprey Poplar Quartz Raven Sorrel Thistle";
        let english = english.split(' ').map(|name| format!("{name} Trading Shanghai Ltd"));
        let names: Vec<String> = names.chain(english).collect();
        for name in &names {
            let all = names.iter().map(String::as_str);
            assert_eq!(nearest_companies(name, all), [name], "{name}");
        }
    }

    #[test]
    fn the_likeliest_comes_first_and_each_once() {
        let names = ["嘉和", "上海嘉禾", "嘉禾商贸", "嘉禾商贸", "恒远"];
        assert_eq!(nearest_companies("嘉禾有限公司", names), ["嘉禾商贸", "上海嘉禾", "嘉和"]);
    }
}
