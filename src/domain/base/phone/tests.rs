use super::*;

fn read(text: &str) -> PhoneNumber {
    PhoneNumber::read(text).unwrap_or_else(|| panic!("{text}"))
}

#[test]
fn one_number_is_one_number_however_it_is_written() {
    for ways in [
        &[
            "+49 7736 9219-0",
            "0049 7736 92190",
            "07736/92190",
            "+49 (0)7736 92190",
            "(07736) 92190",
            "＋４９ ７７３６ ９２１９０",
            "+49\u{a0}7736\u{2011}92190",
            "0049 (0)7736 92190",
            "tel:+497736 92190",
            "\u{202a}+49 7736 92190\u{202c}",
        ][..],
        &[
            "010-62345678",
            "+86 10 62345678",
            "0086-10-6234-5678",
            "（010）62345678",
            "０１０－６２３４５６７８",
            "٠١٠-٦٢٣٤٥٦٧٨",
        ],
        &[
            "13812341234",
            "+86-0138 1234 1234",
            "0086 0138 1234 1234",
            "+0086 138 1234 1234",
            "86 0138 1234 1234",
            "[138]12341234",
            "138·1234·1234",
            "138_1234_1234",
            "+86 138 1234 1234",
            "138-1234-1234",
            "0086 13812341234",
            "8613812341234",
            "86-138-1234-1234",
        ],
        // there the nought is part of the number
        &["+39 06 1234567", "0039 061234567", "06 1234567"],
        &["(212) 555-0142", "+1 212 555 0142", "001 212 555 0142"],
        &["01632 960001", "+44 1632 960001", "+44 (0) 1632 960001".trim()],
        &[
            "010-62345678转8012",
            "010-62345678 x8012",
            "+86 10 62345678 ext. 8012",
            "010-62345678 分机 8012",
            "01062345678#8012",
            "010-62345678-8012",
            "010 62345678-8012",
            "010 6234 5678 - 8012",
            "+86 (0)10 62345678–8012",
            "tel:+86-10-62345678;ext=8012",
            "010-62345678,8012",
            "010-62345678;8012",
            "+86 010 62345678 p8012",
            "【010】62345678，，8012",
            "０１０－６２３４５６７８转８０１２",
        ],
    ] {
        for (one, two) in ways.iter().flat_map(|one| ways.iter().map(move |two| (one, two))) {
            assert!(read(one).is_same(&read(two)), "{one} and {two}");
            assert_eq!(read(one).tail(), read(two).tail(), "{one} and {two}");
        }
    }
}

#[test]
fn other_numbers_are_others() {
    for (one, two) in [
        ("13812341234", "13812341235"),
        ("+49 7736 92190", "+43 7736 92190"),
        ("1381234", "13812341234"),
        ("62345678", "+86 10 62345678"),
        ("010-62345678转8012", "010-62345678转8013"),
        ("010-62345678转8012", "010-62345678"),
        ("8321", "8321"),
        ("+39 6 1234567", "+39 06 1234567"),
        ("0571-8888-1234", "0571-8888"),
    ] {
        assert!(!read(one).is_same(&read(two)), "{one} and {two}");
    }
    assert!(read("010-62345678转8012").may_be(&read("+86 10 62345678")));
    assert!(!read("010-62345678转8012").may_be(&read("010-62345678转8013")));
}

#[test]
fn what_can_be_dialled_is_a_number() {
    for text in [
        "110",
        "8321",
        "+49 7736 9219-0",
        "010-62345678转8012",
        "0800 555 0142",
        "０１０－６２３４５６７８",
        "+683 4000",
    ] {
        assert!(PhoneNumber::dialled(text).is_ok(), "{text}");
    }
    for text in [
        "ask at reception",
        "7",
        "12",
        "010",
        "+86",
        "+86 1234",
        "+86 10 6234 5678 9012 34",
        "٠١٠-٦٢٣٤٥٦٧٨",
        "010-6234567२",
        "13812341234/13912341234",
        "010-62345678 or 8321",
        "-",
        "无",
    ] {
        assert_eq!(PhoneNumber::dialled(text), Err(PhoneFault::Shape), "{text}");
    }
    for text in ["+86 138 1234 567", "0086 138123412345", "1381234567", "138 1234 12345"] {
        assert_eq!(PhoneNumber::dialled(text), Err(PhoneFault::Mobile), "{text}");
    }
}

#[test]
fn a_number_without_the_code_of_its_town_may_be_that_of_any_town() {
    for (own, whole) in [
        ("58881234", "021-58881234"),
        ("5888 1234", "+86 21 58881234"),
        ("8765432", "0571-8765432"),
        ("58881234 x12", "021-58881234"),
        ("555-0142", "(212) 555-0142"),
        ("555-0142", "+1 212 555 0142"),
        ("960001", "01632 960001"),
    ] {
        let (own, whole) = (read(own), read(whole));
        assert!(own.may_be_in_town(&whole) && whole.may_be_in_town(&own), "{own:?}");
        assert!(!own.may_be(&whole), "{own:?}");
        assert_eq!(own.tail(), whole.tail());
    }
    for (own, whole) in [
        ("12341234", "13812341234"),
        ("12341234", "+86 138 1234 1234"),
        ("58881234", "021-58881235"),
        ("58881234 x12", "021-58881234 x13"),
        ("021-58881234", "010-58881234"),
        ("81234", "021-58881234"),
        ("58881234", "58881234"),
    ] {
        assert!(!read(own).may_be_in_town(&read(whole)), "{own} and {whole}");
    }
}

#[test]
fn a_number_of_the_country_is_that_of_no_other() {
    for (text, code, whole) in [
        ("07736/92190", "49", Some("+49 773692190")),
        ("861062345678", "86", Some("+86 1062345678")),
        ("8613812341234", "86", None),
        ("86-10-62345678 x12", "86", Some("+86 1062345678 x12")),
        ("138 1234 1234", "86", Some("+86 13812341234")),
        ("1 (212) 555-0142", "1", Some("+1 2125550142")),
        // a town's code, or a number within a town, may begin like the country's
        ("04921 12345678", "49", Some("+49 492112345678")),
        ("8612 3456", "86", Some("+86 86123456")),
        ("+43 7736 92190", "49", None),
        ("0043 7736 92190", "49", None),
        ("8321", "86", None),
        ("Ms Wang", "86", None),
    ] {
        let told = PhoneNumber::from_abroad(text, code);
        assert_eq!(told.as_deref(), whole, "{text}");
        if let Some(told) = told {
            assert!(read(text).is_same(&read(&told)) || text.starts_with(code), "{text}");
        }
    }
}

#[test]
fn a_mobile_phone_is_told_from_a_line() {
    for text in ["13812341234", "+86 199 1234 1234", "0086-13812341234"] {
        assert!(PhoneNumber::is_mobile(text), "{text}");
    }
    for text in ["010-62345678", "12812341234", "+1 312 555 0142 9", "8321", "Ms Wang"] {
        assert!(!PhoneNumber::is_mobile(text), "{text}");
    }
}

#[test]
fn a_name_is_no_number() {
    for name in [
        "Wang",
        "王芳 13800001111",
        "Ms Fox 12",
        "",
        "+",
        "Line x12",
        "Line 3, 12",
        "010-62345678,62345679",
        "12+34+56",
        "R-261122-7K3QX",
    ] {
        assert_eq!(PhoneNumber::read(name), None, "{name}");
    }
}
