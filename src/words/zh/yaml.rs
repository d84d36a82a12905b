//! YAML 文件的错误。

use crate::store::yaml::{
    Candidates, MAX_BLANKS, MAX_BYTES, MAX_VALUES, SyntaxFault, YamlError,
    fault::{GivenValue, WantedValue},
};

const QUOTE_IT: &str = "如为普通文本请加引号";

pub(super) fn fault(fault: &YamlError) -> String {
    match fault {
        YamlError::TooLarge { bytes } => format!("共 {bytes} 字节，最多可读取 {MAX_BYTES} 字节"),
        YamlError::Oversized { most } => format!("超过 {most} 字节，规则文件不得更大"),
        YamlError::NotUtf8 { line } => format!("第 {line} 行：不是 UTF-8 文本"),
        YamlError::Empty => "只有空行和注释".to_owned(),
        YamlError::ConflictMarkers { line } => {
            format!("第 {line} 行：有尚未结束的合并留下的冲突标记")
        }
        YamlError::Character { line, column, code } => {
            format!("第 {line} 行第 {column} 列：字符 U+{code:04X} 须写成转义形式")
        }
        YamlError::Anchor { line } => {
            format!("第 {line} 行：不支持锚点（`&名称`），{QUOTE_IT}")
        }
        YamlError::Alias { line } => format!("第 {line} 行：不支持引用（`*名称`），{QUOTE_IT}"),
        YamlError::Tag { line } => format!("第 {line} 行：不支持标签（`!名称`），{QUOTE_IT}"),
        YamlError::Directive { line } => format!("第 {line} 行：不支持指令（`%名称`）"),
        YamlError::SeveralDocuments { line } => format!("第 {line} 行：开始了第二个文档"),
        YamlError::ComplexKey { line } => {
            format!("第 {line} 行：不支持以 `?` 开头的键，{QUOTE_IT}")
        }
        YamlError::TooDeep { line } => format!("第 {line} 行：嵌套过深"),
        YamlError::TooMany { line } => {
            format!("第 {line} 行：一个文件中的值超过 {MAX_VALUES} 个")
        }
        YamlError::TooManyBlanks { line } => {
            format!("第 {line} 行：连续的空格或空行超过 {MAX_BLANKS} 个")
        }
        YamlError::DuplicateKey { line, key } => format!("第 {line} 行：键 `{key}` 重复"),
        YamlError::Syntax { line, column, fault } => {
            format!("{}{}", place(Some(*line), *column), syntax(*fault))
        }
        YamlError::UnknownKey { line, column, place: within, given, known } => {
            let near = match known {
                Candidates::Nearest(nearest) => format!("，是否指 `{nearest}`？"),
                Candidates::All(known) => format!("；此处可用：{}", known.join("、")),
            };
            let (place, within) = (place(*line, *column), within.replace(": ", "："));
            format!("{place}{within}未知的键或值 `{given}`{near}")
        }
        YamlError::Unfit { line, column, place: within, given, wanted } => {
            let (place, within) = (place(*line, *column), within.replace(": ", "："));
            format!("{place}{within}{}", unfit(given, wanted))
        }
        YamlError::MissingKey { line, column, place: within, key } => {
            let (place, within) = (place(*line, *column), within.replace(": ", "："));
            format!("{place}{within}缺少 `{key}`")
        }
        YamlError::Parse { line, column, message } => {
            format!("{}{}", place(*line, *column), parsed(message))
        }
        YamlError::Unwritable { message } => format!("无法写成 YAML：{message}"),
    }
}

fn place(line: Option<usize>, column: Option<usize>) -> String {
    match (line, column) {
        (Some(line), Some(column)) => format!("第 {line} 行第 {column} 列："),
        (Some(line), None) => format!("第 {line} 行："),
        (None, _) => String::new(),
    }
}

fn unfit(given: &GivenValue, wanted: &WantedValue) -> String {
    let what = match wanted {
        WantedValue::Whole { least, most: Some(most) } => format!("{least} 至 {most} 的整数"),
        WantedValue::Whole { least: i64::MIN, most: None } => "整数".to_owned(),
        WantedValue::Whole { least, most: None } => format!("不小于 {least} 的整数"),
        WantedValue::Number => "数字".to_owned(),
        WantedValue::Switch(_) => "`true` 或 `false`".to_owned(),
        WantedValue::Text => "文本".to_owned(),
        WantedValue::List => "列表：方括号内用英文逗号隔开，或每项一行、以 `- ` 开头".to_owned(),
        WantedValue::Map => "映射：每行一个“键: 值”".to_owned(),
        WantedValue::Items(items) => format!("{items} 项的列表"),
        WantedValue::Date => "2026-01-31 这样的日期".to_owned(),
        WantedValue::Other(wanted) => kind(wanted),
    };
    let meant = match wanted {
        WantedValue::Switch(Some(meant)) => format!("，是否指 `{meant}`？"),
        _ => String::new(),
    };
    super::close(&match given {
        GivenValue::Scalar(text) => format!("“{text}”不是 {what}{meant}"),
        GivenValue::Nothing => format!("此处为空，应为 {what}"),
        GivenValue::List => format!("此处是列表，应为 {what}"),
        GivenValue::Map => format!("此处是映射，应为 {what}"),
        GivenValue::Items(items) => format!("此处有 {items} 项，应为 {what}"),
    })
}

fn syntax(fault: SyntaxFault) -> String {
    match fault {
        SyntaxFault::TextStart(byte) => format!("文本不能以 `{}` 开头", byte.escape_ascii()),
        SyntaxFault::ListItem => "此处不能开始列表项".to_owned(),
        SyntaxFault::LoneColon => format!("`:` 前没有键，{QUOTE_IT}"),
        SyntaxFault::StrayLine => "此行既不是“键: 值”，也不是列表项".to_owned(),
        SyntaxFault::BlockStart => "文本块须从 `|` 或 `>` 的下一行开始".to_owned(),
        SyntaxFault::TabIndent => "不能用制表符缩进".to_owned(),
        SyntaxFault::OpenQuote => "引号没有闭合".to_owned(),
        SyntaxFault::CutShort => "文件在一行中间结束".to_owned(),
    }
}

/// What the libraries and values that read YAML say, with `{}` for what they name, and the same in
/// Chinese. A value tells serde its fault in one language alone.
const SAID: &[(&str, &str)] = &[
    ("missing field `{}`", "缺少 `{}`"),
    ("duplicate field `{}`", "`{}` 重复"),
    ("unknown field `{}`, expected {}", "未知的键 `{}`（可用：{}）"),
    ("unknown field `{}`, there are no fields", "未知的键 `{}`"),
    ("unknown variant `{}`, expected {}", "未知的值 `{}`（可用：{}）"),
    ("invalid type: {}, expected {}", "类型不符：此处为 {}，应为 {}"),
    ("invalid value: {}, expected {}", "值不符：此处为 {}，应为 {}"),
    ("invalid length {}, expected {}", "长度不符：此处为 {}，应为 {}"),
    ("a list cannot be a key", "列表不能作键"),
    ("a map cannot be a key", "映射不能作键"),
    ("“{}” is not an id like {}", "“{}”不是 {} 这样的编号"),
    ("“{}” is not a limit like {}", "“{}”不是时限，可写成 {}"),
    ("“{}” is not a time like {}", "“{}”不是 {} 这样的时间"),
    ("“{}” is not the full name of a git object", "“{}”不是 git 对象的完整名称"),
    ("expected value", "此处不是 JSON 的值"),
    ("expected `{}`", "此处应为 `{}`"),
    ("key must be a string", "键须为文本"),
    ("trailing characters", "其后还有内容"),
    ("trailing comma", "多余的逗号"),
    ("EOF while parsing {}", "文件不完整"),
    ("a line of support is 1, 2, 3 or supplier", "支持层级为 1、2、3 或 supplier"),
    ("{} is more than 100 per cent", "{} 超过百分之一百"),
    ("{} is written twice", "{} 写了两次"),
    (
        "“{}” runs past midnight; write {} on that day and {} on the next one",
        "“{}”跨越午夜，请写成两段：当日 {}，次日 {}",
    ),
    ("“{}” is not a window like {}", "“{}”不是时段，应写成 09:00-12:00，最晚至 24:00"),
    ("“{}” is not a date like {}", "“{}”不是 {} 这样的日期"),
    ("“{}” is not a year like {}", "“{}”不是 {} 这样的年份"),
    ("did not find expected {}", "此处的 YAML 语法有误"),
    ("could not find expected {}", "此处的 YAML 语法有误"),
    ("found {}", "此处的 YAML 语法有误"),
    ("mapping values are not allowed in this context{}", "此处的 YAML 语法有误"),
    ("block {} entries are not allowed in this context{}", "此处的 YAML 语法有误"),
    ("contains no visible characters", "没有可见的字符"),
    ("control character U+{} at line {}, column {}", "控制字符 U+{}（第 {} 行第 {} 列）"),
    ("{} characters; at most {} are allowed", "有 {} 个字符，最多 {} 个"),
    ("must be one line", "只能是一行"),
    ("git drops “{}” from the names of its commits", "git 会从提交的姓名中去掉“{}”"),
    ("input contains invalid characters", "不是 2026-01-31 这样的日期"),
    ("premature end of input", "不是 2026-01-31 这样的日期"),
    ("trailing input", "不是 2026-01-31 这样的日期"),
    ("input is out of range", "日期不存在"),
    ("data did not match any variant of untagged enum {}", "值的形式不对"),
];

/// What stands there, in the words of serde, and in Chinese.
const KINDS: &[(&str, &str)] = &[
    ("one of ", ""),
    ("a map", "映射"),
    ("map", "映射"),
    ("a sequence", "列表"),
    ("sequence", "列表"),
    ("a string", "文本"),
    ("string ", "文本 "),
    ("integer ", "整数 "),
    ("floating point ", "小数 "),
    ("boolean ", "布尔值 "),
    ("unit value", "空值"),
    ("a boolean", "布尔值"),
    ("a formatted date string", "2026-01-31 这样的日期"),
    ("a YAML tag starting with '!'", "一个词"),
    ("an array of length ", "列表，长度为 "),
    (" whose keys are each a date like ", "，其键为日期，如 "),
    (" whose keys are each a year like ", "，其键为年份，如 "),
    ("u8", "整数"),
    ("u32", "整数"),
    ("i32", "整数"),
    ("f64", "数"),
    ("a number or a limit like ", "数字或时限，如 "),
    ("1, 2, 3 or supplier", "1、2、3 或 supplier"),
    ("the name of a make-up day, or hours like ", "补班日的名称，或时段，如 "),
    (" or ", " 或 "),
    ("30m, 24h, 4wh or 1wd", "30m、24h、4wh 或 1wd"),
];

/// What the reader of JSON says, in Chinese as far as it is known.
pub(super) fn json_fault(message: &str) -> String {
    let known = named(message, "{} at line {} column {}");
    match known.as_deref() {
        Some([said, line, column]) => format!("第 {line} 行第 {column} 列：{}", parsed(said)),
        _ => parsed(message),
    }
}

/// What a library says, in Chinese as far as it is known; `place: ` may stand before it.
fn parsed(message: &str) -> String {
    let parts = message.rmatch_indices(": ").map(|(at, _)| at + 2);
    let starts = std::iter::once(0).chain(parts);
    for start in starts {
        let (place, said) = message.split_at(start);
        let known = SAID.iter().find_map(|(pattern, chinese)| {
            let named = named(said, pattern)?;
            Some(
                named
                    .into_iter()
                    .fold((*chinese).to_owned(), |text, name| text.replacen("{}", &kind(name), 1)),
            )
        });
        if let Some(known) = known {
            return super::close(&format!("{}{known}", place.replace(": ", "：")));
        }
    }
    message.to_owned()
}

/// What stands in a message in the places of `{}`; `None` where it is another message.
fn named<'m>(message: &'m str, pattern: &str) -> Option<Vec<&'m str>> {
    let mut parts = pattern.split("{}");
    let mut rest = message.strip_prefix(parts.next()?)?;
    let mut named = Vec::new();
    for part in parts {
        let end = if part.is_empty() { rest.len() } else { rest.find(part)? };
        named.push(&rest[..end]);
        rest = &rest[end + part.len()..];
    }
    rest.is_empty().then_some(named)
}

fn kind(named: &str) -> String {
    if named.starts_with("struct ") {
        return "映射".to_owned();
    }
    match KINDS.iter().find(|(english, _)| named.starts_with(english)) {
        Some((english, chinese)) => format!("{chinese}{}", kind(&named[english.len()..])),
        None => named.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_library_says_is_said_in_chinese() {
        for (message, chinese) in [
            ("missing field `intake`", "缺少 `intake`"),
            (
                "intake: invalid type: integer `5`, expected a map",
                "intake：类型不符：此处为整数 `5`，应为映射",
            ),
            ("unknown field `x`, expected one of `a`, `b`", "未知的键 `x`（可用：`a`, `b`）"),
            (
                "due: “5” is not a limit like 30m, 24h, 4wh or 1wd",
                "due：“5”不是时限，可写成 30m、24h、4wh 或 1wd",
            ),
            (
                "did not find expected key, while parsing a block mapping at line 3 column 1",
                "此处的 YAML 语法有误",
            ),
            (
                "people[0].active_from: input contains invalid characters",
                "people[0].active_from：不是 2026-01-31 这样的日期",
            ),
            ("control character U+001B at line 1, column 3", "控制字符 U+001B（第 1 行第 3 列）"),
            ("what nobody has said yet", "what nobody has said yet"),
        ] {
            assert_eq!(parsed(message), chinese);
        }
    }
}
