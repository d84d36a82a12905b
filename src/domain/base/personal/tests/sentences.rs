use super::*;

#[test]
fn a_password_that_a_sentence_tells_is_taken_out() {
    for (text, kept) in [
        ("PIN 4711 for the door", "PIN [password] for the door"),
        ("the card's PIN 4711 is blocked", "the card's PIN [password] is blocked"),
        ("PIN for the door: 4711", "PIN for the door: [password]"),
        ("PIN码4711", "PIN码[password]"),
        ("the password for grace is Hunter22", "the password for grace is [password]"),
        ("password of the guest wifi was blue!sky", "password of the guest wifi was [password]"),
        ("password for grace: Winter2026!", "password for grace: [password]!"),
        ("the password was changed to Winter2026", "the password was changed to [password]"),
        (
            "password has been reset to hunter2, thanks",
            "password has been reset to [password], thanks",
        ),
        ("the password is hunter", "the password is [password]"),
        ("the new password was sunshine, thanks", "the new password was [password], thanks"),
        ("the password for grace is hunter.", "the password for grace is [password]."),
        ("das Passwort lautet sommer", "das Passwort lautet [password]"),
        ("密码是abcdef", "密码是[password]"),
        ("密码改成了abcdef", "密码改成了[password]"),
        ("密码改成了abc123", "密码改成了[password]"),
        ("密码重置为Abc@123，请登录", "密码重置为[password]，请登录"),
        ("密码已修改为 hunter2", "密码已修改为 [password]"),
        ("login with admin / hunter2", "login with admin / [password]"),
        ("log in with admin/Admin123", "log in with admin/[password]"),
        ("Credentials: root / t00r!", "Credentials: root / [password]"),
        ("登录用 admin/Admin@123", "登录用 admin/[password]"),
    ] {
        assert_eq!(masked(text), kept, "{text}");
        assert_eq!(kinds(&masked(text)), [""; 0], "{kept} holds none any more");
    }
}

#[test]
fn a_sentence_about_a_password_passes() {
    for text in [
        "password is expired",
        "Password is wrong!",
        "the password is incorrect",
        "the password is unknown.",
        "password is forgotten",
        "his password is too short",
        "the password was not accepted",
        "the password is temporary, please change it",
        "das Passwort ist falsch",
        "das Passwort ist abgelaufen",
        "密码重置",
        "密码重置为默认",
        "密码重置成功",
        "密码改成了什么",
        "密码改为OA统一认证",
        "密码改为8位以上",
        "reset the password for grace",
        "password for grace is expired",
        "the password for the portal is wrong again",
        "reset password for user: jdoe2",
        "password reset to default",
        "password was changed to a longer one",
        "password set to expire",
        "PIN 3 of the connector is bent",
        "PIN 2026 rollout",
        "PIN pad 4711000 broken",
        "log in with user / password fails",
        "login with corp/user01",
        "cannot log in with SSO / Office365",
        "登录 OA/邮箱 失败",
    ] {
        assert_eq!(kinds(text), [""; 0], "{text}");
    }
}
