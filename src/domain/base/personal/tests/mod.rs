use super::*;

mod near;
mod ordinary;
mod sentences;

fn kinds(text: &str) -> Vec<&'static str> {
    personal_values(text).into_iter().map(|value| value.kind.code()).collect()
}

fn masked(text: &str) -> String {
    let without = without_personal(text, |kind| {
        Some(match kind {
            PersonalKind::Phone => "[phone]",
            PersonalKind::Email => "[email]",
            PersonalKind::IdCard => "[id card]",
            PersonalKind::BankCard => "[bank card]",
            PersonalKind::Password => "[password]",
        })
    });
    without.map_or_else(|| text.to_owned(), |(text, _)| text)
}

#[test]
fn values_are_taken_out_and_all_else_stays() {
    for (text, kept) in [
        ("call 13812341234 now", "call [phone] now"),
        ("电话13812341234，请回电", "电话[phone]，请回电"),
        ("手机：１３８１２３４１２３４", "手机：[phone]"),
        ("138 1234 1234", "[phone]"),
        ("138-1234-1234", "[phone]"),
        ("138\u{2011}1234\u{2011}1234", "[phone]"),
        ("1381\u{200b}2341\u{feff}234", "[phone]"),
        ("1 3 8 1 2 3 4 1 2 3 4", "[phone]"),
        ("(+86) 138 1234 1234", "[phone]"),
        ("+86 138 1234 1234.", "[phone]."),
        ("+8613812341234", "[phone]"),
        ("0086 138-1234-1234", "[phone]"),
        ("8613812341234", "[phone]"),
        ("tel13812341234", "tel[phone]"),
        ("wx13812341234", "wx[phone]"),
        ("微信WX13812341234。", "微信WX[phone]。"),
        ("WeChat_13812341234", "WeChat_[phone]"),
        ("T13812341234", "T[phone]"),
        ("T.13812341234 M8613812341234", "T.[phone] M[phone]"),
        ("tel-13812341234, wx-13812341234", "tel-[phone], wx-[phone]"),
        ("Telefon01062345678", "Telefon[phone]"),
        ("tel+8613812341234", "tel[phone]"),
        ("V138 1234 1234", "V[phone]"),
        ("手机13812341234", "手机[phone]"),
        ("手机_13812341234", "手机_[phone]"),
        ("_13812341234_", "_[phone]_"),
        ("ID11010519491231002X", "ID[id card]"),
        ("card4111111111111111", "card[bank card]"),
        ("١٣٨١٢٣٤١٢٣٤", "[phone]"),
        ("१३८-१२३४-१२३४", "[phone]"),
        ("𝟏𝟑𝟖𝟏𝟐𝟑𝟒𝟏𝟐𝟑𝟒 or 𝟣𝟥𝟪𝟣𝟤𝟥𝟦𝟣𝟤𝟥𝟦", "[phone] or [phone]"),
        ("①③⑧①②③④①②③④", "[phone]"),
        ("① ③ ⑧ ① ② ③ ④ ① ② ③ ④", "[phone]"),
        ("⓵⓷⓼⓵⓶⓷⓸⓵⓶⓷⓸", "[phone]"),
        ("¹³⁸¹²³⁴¹²³⁴", "[phone]"),
        ("①13812341234 ②13912341234²", "①[phone] ②[phone]²"),
        ("+٨٦ ١٣٨ ١٢٣٤ ١٢٣٤", "[phone]"),
        ("密码是١٢٣٤٥٦", "密码是[password]"),
        ("13812341234/13912341234", "[phone]/[phone]"),
        ("at 9:30 13812341234", "at 9:30 [phone]"),
        ("010-62345678", "[phone]"),
        ("（010）62345678", "[phone]"),
        ("(0755) 8634 5678", "[phone]"),
        ("0755 86345678", "[phone]"),
        ("075586345678", "[phone]"),
        ("01062345678", "[phone]"),
        ("010-62345678-8012", "[phone]"),
        ("010-62345678转8012", "[phone]转8012"),
        ("+49 7736 9219-0", "[phone]"),
        ("0049 7736 9219", "[phone]"),
        ("+1 (212) 555-0142", "[phone]"),
        ("(212) 555-0142", "[phone]"),
        ("212-555-0142", "[phone]"),
        ("write to Fang.Wang+it@example.com.", "write to [email]."),
        ("邮箱wang@example.com.cn谢谢", "邮箱[email]谢谢"),
        ("ｗａｎｇ＠example．com", "[email]"),
        ("wang\u{200b}@exam\u{ad}ple.com", "[email]"),
        ("13812341234@163.com", "[email]"),
        ("<a@b.cn>, c@d.org", "<[email]>, [email]"),
        ("id 11010519491231002X ok", "id [id card] ok"),
        ("身份证11010519491231002x。", "身份证[id card]。"),
        ("110105 19491231 002X", "[id card]"),
        ("４４０５２４１９８００１０１００１３", "[id card]"),
        ("440524198001010013", "[id card]"),
        ("card 4111 1111 1111 1111", "card [bank card]"),
        ("卡号6222021234567890128", "卡号[bank card]"),
        ("6222-0212-3456-7890-128", "[bank card]"),
        ("5555555555554444", "[bank card]"),
        ("3782-822463-10005", "[bank card]"),
        ("password: Winter2026!", "password: [password]"),
        ("Password = hunter2, thanks", "Password = [password], thanks"),
        ("pwd=x", "pwd=[password]"),
        ("password: x", "password: [password]"),
        ("db_password=s3cret&user=a", "db_password=[password]&user=a"),
        ("the password is Abc12345 for now", "the password is [password] for now"),
        ("her password is \"apple tree\"", "her password is \"[password] tree\""),
        ("密码是123456", "密码是[password]"),
        ("密码为Abc@123，请重置", "密码为[password]，请重置"),
        ("密码：abc123请改", "密码：[password]请改"),
        ("初始密码Abc12345", "初始密码[password]"),
        ("口令：opensesame", "口令：[password]"),
        ("ｐａｓｓｗｏｒｄ：Winter2026", "ｐａｓｓｗｏｒｄ：[password]"),
        ("PIN: 4711", "PIN: [password]"),
        ("PIN码是471100", "PIN码是[password]"),
        ("https://li:s3cret@host/path", "https://li:[password]@host/path"),
    ] {
        assert_eq!(masked(text), kept, "{text}");
        assert_eq!(kinds(&masked(text)), [""; 0], "{kept} holds none any more");
    }
}

#[test]
fn each_value_has_its_kind() {
    let text = "13812341234 a@b.cn 11010519491231002X 4111111111111111 pwd=x";
    assert_eq!(kinds(text), ["phone", "email", "id_card", "bank_card", "password"]);
}

#[test]
fn what_only_looks_like_a_value_passes() {
    for text in [
        "cannot reset password",
        "密码忘了",
        "密码：忘了",
        "重置密码：OA系统",
        "密码是什么",
        "密码3次错误被锁定",
        "密码 2026年过期",
        "password: user cannot log in",
        "Password: expired",
        "password is wrong",
        "the password is 90 days old",
        "password=***",
        "password: <your password>",
        "password: [password]",
        "密码：[密码]",
        "compass: north",
        "bypass=1",
        "PIN: 3 wrong digits",
        "R-261122-7K3QX",
        "C-4TZ9M of the 22nd",
        "01K8Q2V3J5X7N9P1R3T5V7X9ZA",
        "INC0000045",
        "INC-13812341234",
        "order #13812341234",
        "order SN13812341234",
        "order S13812341234",
        "SN13812341234X",
        "invoice INV-13812341234, PO13812341234",
        "T-13812341234 and P-13812341234",
        "https://example.com/t/13812341234",
        "T13812341234X",
        "wx13812341234ab",
        "wx426b3015555a46be",
        "V11012341234",
        "asset IT13812341234",
        "parcel YT13812341234",
        "job_13812341234",
        "file_13812341234_v2",
        "msgid 13812341234abc",
        "ID4711000000000000",
        "①②③④⑤⑥⑦⑧⑨ steps",
        "10⁹ rows, 10¹² bytes, x₁ x₂ x₃ x₄ x₅ x₆ x₇",
        "2026-11-22 09:12:00",
        "2026-11-22T09:12:00+08:00",
        "20261122091200",
        "1669108320000",
        "09:12-10:30 11:00-12:00",
        "192.168.100.200",
        "10.0.0.1:8080",
        "255.255.255.0 192.168.0.1",
        "2001:0db8:85a3:0000:0000:8a2e:0370:7334",
        "00:1A:2B:3C:4D:5E",
        "v2.11.13812",
        "¥13812341234",
        "13812341234 bytes",
        "13812341234元",
        "13812341234.50",
        "0.13812341234",
        "13,812,341,234",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "550e8400-e29b-41d4-a716-446655440000",
        "/var/13812341234/log",
        "https://example.com/13812341234",
        "git@github.com:northwind/desk.git",
        "logo@2x.png",
        "@types/node@18.2.1",
        "root@server01",
        "4111111111111112",
        "110105194912310021",
        "110105194913310020",
        "400-810-1234",
        "ports 1380 1381 1382 1383",
        "+0800",
        "C++11 and 12+345678901",
        "1234567890123456789012345678901234567890",
        "IMEI 490154203237518",
    ] {
        assert_eq!(kinds(text), [""; 0], "{text}");
    }
}

#[test]
fn a_long_text_takes_no_longer_than_its_length() {
    for part in [
        "1 ",
        "13812341234 ",
        "@",
        "a@",
        "a.",
        "a@b.c",
        "password: ",
        "pwd",
        "://",
        "(",
        "+1 ",
        "4111-",
        "密码",
        "密码：",
        "x",
        "9",
        "\u{200b}1",
        "①",
        "wx-",
        "wx138",
        "_",
        "0-",
        ") (",
        "no ",
        "no.1",
        "#",
        "#13812341234 ",
        "138、",
        "138_1234_",
        "password a1b2",
        "password for a ",
        "密码改成",
        "login with a/",
        "password  ",
        "pw to ",
        "a @ ",
        "@ b.com ",
    ] {
        let [short, long] =
            [20_000, 80_000].map(|length| work_of(&part.repeat(length / part.len())));
        assert!(long < 10 * short, "{part:?}: {short} ns, four times as long {long} ns");
    }
}

/// The work of looking through a text, in nanoseconds of this thread alone, which no busy machine makes
/// more; anything below what the system counts in is as much.
fn work_of(text: &str) -> u64 {
    const COUNTED: u64 = 20_000_000;
    let spent = || {
        let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
        told.split(' ').next().and_then(|spent| spent.parse::<u64>().ok()).unwrap_or_default()
    };
    let once = || {
        let before = spent();
        std::hint::black_box(personal_values(text));
        (spent() - before).max(COUNTED)
    };
    once().min(once())
}

#[test]
fn two_hundred_ordinary_texts_pass() {
    let texts: Vec<&str> = ordinary::TEXTS.lines().filter(|line| !line.is_empty()).collect();
    assert!(texts.len() >= 200, "{}", texts.len());
    for text in texts {
        assert_eq!(kinds(text), [""; 0], "{text}");
    }
}
