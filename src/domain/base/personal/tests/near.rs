//! Spellings by which a value could slip through, each with ordinary texts that are written nearly so.

use proptest::prelude::*;

use super::{kinds, masked};

#[test]
fn numbers_in_rare_groups_and_behind_signs_are_found() {
    for (text, kept) in [
        ("138 12345 678", "[phone]"),
        ("(138)1234-5678", "[phone]"),
        ("(138) 1234 5678", "[phone]"),
        ("（138）12345678", "[phone]"),
        ("138(1234)5678", "[phone]"),
        ("138 1234-5678", "[phone]"),
        ("138-1234 5678", "[phone]"),
        ("138--1234--5678", "[phone]"),
        ("#13812345678", "#[phone]"),
        ("call #138 1234 5678 please", "call #[phone] please"),
        ("手机＃13812345678", "手机＃[phone]"),
        ("no.13812345678", "no.[phone]"),
        ("phone no.13812345678, new Nr.13912345678", "phone no.[phone], new Nr.[phone]"),
        ("number13812345678", "number[phone]"),
        ("Mobile 138_1234_5678", "Mobile [phone]"),
        ("phone no. 138·1234·5678", "phone no. [phone]"),
        ("tel 010_62345678", "tel [phone]"),
        ("please call 138 1234-5678", "please call [phone]"),
        ("电话138、1234、5678。", "电话[phone]。"),
        ("138.1234.5678", "[phone]"),
        ("13812345678、13912345678", "[phone]、[phone]"),
        ("138 12 34 56 78", "[phone]"),
        ("“138 12 34 56 78”.", "“[phone]”."),
        ("call 138 12 34 56 78 please", "call [phone] please"),
        (
            "Mobile: 13-81-23-45-67-8x, tel. 138 123 456 78",
            "Mobile: 13-81-23-45-67-8x, tel. [phone]",
        ),
        ("手机138-12-34-56-78，谢谢", "手机[phone]，谢谢"),
        ("138:1234:5678", "[phone]"),
        ("please ring 138:1234:5678.", "please ring [phone]."),
        ("手机：１３８：１２３４：５６７８", "手机：[phone]"),
    ] {
        assert_eq!(masked(text), kept, "{text}");
        assert_eq!(kinds(&masked(text)), [""; 0], "{kept} holds none any more");
    }
}

#[test]
fn addresses_with_blanks_are_found() {
    for (text, kept) in [
        ("e-mail wong @ harbour.hk", "e-mail [email]"),
        ("Mail: wong @harbour.com.hk.", "Mail: [email]."),
        ("write to m_wong7 @harbour.com.hk.", "write to [email]."),
        ("li.na@ example.cn, thanks", "[email], thanks"),
        ("邮箱 ｗｏｎｇ　＠　harbour.hk", "邮箱 [email]"),
        ("wong @ harbour.hk", "[email]"),
        ("<wong @ harbour.hk>.", "<[email]>."),
        ("please ask wong @ harbour.hk", "please ask [email]"),
        ("请联系 wong @ harbour.hk", "请联系 [email]"),
    ] {
        assert_eq!(masked(text), kept, "{text}");
        assert_eq!(kinds(&masked(text)), [""; 0], "{kept} holds none any more");
    }
}

#[test]
fn passwords_without_a_sign_are_found() {
    for (text, kept) in [
        ("password hunter2", "password [password]"),
        ("Logs in with password Winter2026!", "Logs in with password [password]!"),
        ("set the password to s3cret-x, please", "set the password to [password], please"),
        ("new password \"hunter2\" works", "new password \"[password]\" works"),
        ("passwd pa$$word", "passwd [password]"),
        ("pwd abc12345.", "pwd [password]."),
        ("Passwort Sommer2026", "Passwort [password]"),
        ("password hunter2.", "password [password]."),
        ("password hunter2 (the old one)", "password [password] (the old one)"),
        ("the password 123456", "the password [password]"),
        ("need password hunter2", "need password [password]"),
        ("reset password Summer2024!", "reset password [password]!"),
        ("reset password to Summer2024", "reset password to [password]"),
        ("the password is: hunter2", "the password is: [password]"),
        ("密码 hunter2", "密码 [password]"),
        ("密码hunter2，谢谢", "密码[password]，谢谢"),
        ("初始密码ABC12345。", "初始密码[password]。"),
        ("change password Hunt$er2", "change password [password]"),
        ("password police2025", "password [password]"),
        ("password policy2025!x", "password [password]"),
    ] {
        assert_eq!(masked(text), kept, "{text}");
        assert_eq!(kinds(&masked(text)), [""; 0], "{kept} holds none any more");
    }
}

/// What a desk writes every day and is nearly one of these spellings.
const ORDINARY: &str = r"
Order #13812341234 was not delivered
Ticket #13812341234 is a copy of case no.13812341235
Invoice No.13812341234, serial no. SN13812341234
工单#13812341234重复，快递单#13812341235未到
订单编号#13812341234
#4711 of 2026-11-22 and #12
Step no.13 of 15, room no.1381
Firmware no.138.1234
开放端口139、1433、3306
端口139、1433、3306、8080不通
请开放139、1433、3306、8080、80
80、139、1433、3306
会议室150、2001、3001没有网络
错误代码139、1404、5003
料号150、2001、3002
Ports 139_1433_3306 in the file name of the export
150_20261122 is the folder of the export
export_150_2026_1122.csv
0300_20261122.log is empty
Meeting room 150 1400-1630 has no picture
VLAN 150 1000-2000 is down
Pages 139 1024-2048 are blank
Values 150 20 30 rose to 200 25 40
Values 150 20 30 40 50
Rose from 150 20 30 40 50 to 200 25 40 50 60
Phone 192.168.100.20 does not register
Phone 13.11.2026 9:30 was silent
Call 13:12:34 was cut
Calls at 13:12:34, 14:12:34 and 15:12:34
Address fe80:150:2001:3001 is taken, 150:2001:3001::1 is not
Address 2001:150:2001:3001::1 of the phone
main.c:150:2001:3001: warning
Version 138.0.7204.97 and 13:8:12
MAC of phone 18:12:34:56:78:90
Cards 4111:1111:1111:1111
1:3:8:1:2:3:4:5:6:7:8
Workshop @ contoso.com
vpn @ contoso.com
citrix @ contoso.com?
Sizes 150 x 2000 x 3000 mm
Ports 1380 1381 1382
4001、4002、4003、4004号终端离线
Error (139) 1404 times
Site down @ example.com
Two labels @ 4.50 each
Meeting @ room.one at 3
Login fails @ portal.example.com since 9
Certificate error @ db01.example.internal
3 @ 12.com
@example.com is our domain
Version 3 @ next.js
Password reset
Password expired yesterday
Password reset: link broken
Password needs 8 characters
Password 90 days old
Password 8-character minimum is not met
Password 12characters long
Reset password OA2024
Forgot password office365
Cannot change password Windows10
Password Office365 does not sync
Password server01 is not known
Reset password db01.example.internal
Password sha256 hashes are old
Password list2024.xlsx is protected
Password R-261122-7K3QX
Password INC0012345 was the old ticket
Password KB5031455
Password 802.1x is asked for
Password 2026-11-22T09:12 was the last change
Password 20261122 was the last day
Password 123456 times wrong
Password wrong!
Citrix password sharepoint2019 prompt keeps coming back
Password sync2cloud job failed last night
Password BitLocker2 prompt appears at every start
password ios17 dialog keeps appearing
password gitlab16 login
Password policy2025 rollout
Password policy2025
New password policy2025.
Password rules-2026, please
Password guidelines2026
The password Self-Service2 page is down
Password WPA2-Enterprise fails on floor 3
password 100234 tickets opened
Kennwort Citrix7 wird nicht angenommen
PW Citrix7 wird nicht angenommen
密码NC65登录失败
密码EAS8系统不能登录
密码k3cloud登录失败
密码MES3系统报错
密码H3C-AP5无法登录
忘记密码NC65
Password 90-day
New rule for passwords: minimum 12 characters, maximum 90 days
Password: last 3 attempts failed
Password: only 2 tries left
PR #13900001111 waits for approval
SR #13812345678
RMA #13812345678
DHL #13812345678
backup 138_0012_3456 failed
dims 138·1234·5678
counter 138、1234、5678 on printers
coordinates 138 1234-5678
backup 010_62345678 failed
printing @ contoso.com is down
VPN @ contoso.com drops
WiFi @ contoso.com drops
sync @ contoso.com stopped
tenant @ contoso.com is locked
SPF @ contoso.com is wrong
MFA @ contoso.com loops
Teams @ contoso.com breaks off
printer @ contoso.com is down
Mail fails @ contoso.com
Password policy* see below
Password /etc/shadow2
Password self-service portal
Reset password 00451234
pwd shows the folder
pw reset
密码重置
密码 Office365
重置密码Office365
密码 Windows10 登录不了
密码8位以上
忘记密码了
密码过期
";

#[test]
fn ordinary_texts_that_are_written_nearly_so_pass() {
    let stopped: Vec<&str> = ORDINARY.lines().filter(|text| !kinds(text).is_empty()).collect();
    assert!(stopped.is_empty(), "{stopped:#?}");
}

/// A mobile number in the usual groups.
fn mobile() -> impl Strategy<Value = [String; 3]> {
    (3_u32..=9, 0_u32..=9, 0_u32..=9999, 0_u32..=9999).prop_map(|(two, three, b, c)| {
        [format!("1{two}{three}"), format!("{b:04}"), format!("{c:04}")]
    })
}

proptest! {
    /// A mobile number is found whatever usually joins its groups, whatever stands before it.
    #[test]
    fn a_mobile_number_is_found_however_it_is_joined(
        [one, two, three] in mobile(),
        joint in prop::sample::select(vec!["", " ", "-", ".", "/", "–", " - ", "--"]),
        before in prop::sample::select(vec!["", "#", "no.", "call ", "电话", "手机：", "Tel. ", "\"", "wx_"]),
        behind in prop::sample::select(vec!["", " please", "，谢谢", ".", "!", "\"", " or later"]),
    ) {
        let text = format!("{before}{one}{joint}{two}{joint}{three}{behind}");
        prop_assert_eq!(kinds(&text), ["phone"], "{}", text);
    }

    /// What seldom joins groups makes a mobile number of them behind a word for one, and nowhere else.
    #[test]
    fn a_rare_joint_makes_a_phone_only_behind_a_word_for_one(
        [one, two, three] in mobile(),
        joint in prop::sample::select(vec!["_", "·", "、"]),
        phone in prop::sample::select(vec!["call ", "电话", "手机：", "Tel. ", "phone no. "]),
        other in prop::sample::select(vec!["", "backup ", "counter ", "端口", "dims: ", "no. "]),
    ) {
        let number = format!("{one}{joint}{two}{joint}{three}");
        prop_assert_eq!(kinds(&format!("{phone}{number}")), ["phone"], "{}", number);
        prop_assert_eq!(kinds(&format!("{other}{number}")), [""; 0], "{}", number);
    }

    /// The same number is none behind a word for what has numbers of its own.
    #[test]
    fn the_number_of_a_thing_is_no_phone(
        [one, two, three] in mobile(),
        thing in prop::sample::select(vec!["order", "Ticket", "invoices", "case", "serial", "parcel", "工单", "编号"]),
        sign in prop::sample::select(vec!["#", " #", " no.", "-no.", " Nr."]),
    ) {
        let text = format!("{thing}{sign}{one}{two}{three}");
        prop_assert_eq!(kinds(&text), [""; 0], "{}", text);
    }

    /// Words alone are never a password, whatever they are.
    #[test]
    fn a_sentence_without_digits_and_signs_holds_no_password(
        word in prop::sample::select(vec!["password", "Password", "passphrase", "pwd", "密码 "]),
        next in "[a-z]{1,12}",
        end in prop::sample::select(vec!["", ".", "!", "?", " now"]),
    ) {
        let text = format!("{word} {next}{end}");
        prop_assert_eq!(kinds(&text), [""; 0], "{}", text);
    }

    /// A word with digits in it is one.
    #[test]
    fn a_word_with_digits_behind_a_word_for_a_password_is_one(
        word in prop::sample::select(vec!["password", "the password", "user li, password", "密码"]),
        value in "[b-ln-z][a-z]{4,8}[a-z][0-9]{1,4}[a-z]{2}",
    ) {
        let text = format!("{word} {value}");
        prop_assert_eq!(kinds(&text), ["password"], "{}", text);
    }
}
