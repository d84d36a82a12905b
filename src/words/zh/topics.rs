//! 以文字说明的帮助主题。

use crate::words::help::TopicText;

pub(super) const LANGUAGES: TopicText = TopicText {
    intro: "docket 有英文（en）与中文（zh-CN）两种语言，以下列各项中最先设置的为准：",
    entries: &[
        ("--lang zh-CN", "只用于这条命令"),
        ("DOCKET_LANG=zh-CN", "用于导出该变量的 shell"),
        ("git config --global docket.lang zh-CN", "用于您本人，在每个服务台"),
        ("LC_ALL、LC_MESSAGES、LANG", "用于这台机器，须为这两种语言之一"),
        ("locale: zh-CN", "用于服务台：docket.yaml 中的一行"),
    ],
    notes: &[
        "报告及发给用户的内容使用服务台的语言，除非以 --lang 另行指定。",
        "无论界面用哪种语言，两种语言的输入都能识别：--kind 故障 与 --kind fault 相同。文件与 JSON 中只有代码，不翻译。",
    ],
};

pub(super) const IDENTITY: TopicText = TopicText {
    intro: "docket 没有账户，也没有密码。您的身份即 git 的提交作者，按邮箱在服务台的人员名册（policy/people.yaml）中查找。",
    entries: &[
        ("git config user.email 邮箱", "您在这个仓库中的身份；加 --global 则用于全部仓库"),
        ("GIT_AUTHOR_EMAIL=邮箱", "您在一条命令中的身份，适合共用的机器"),
        ("docket people list", "名册中有哪些人、各有什么角色"),
        (
            "docket people add 编号 --name 姓名 --email 邮箱 --role 角色",
            "添加同事（限服务团队负责人）",
        ),
        ("docket people add --help", "有哪些角色"),
        ("docket help procedure", "各步骤由哪些角色操作"),
    ],
    notes: &[
        "查看不需要身份，操作需要。不在名册中的人只能查看。",
        "同事无法使用命令行时，由服务台代为登记：--on-behalf-of 人员 --method phone，双方姓名均有记录。",
        "没有签名时，身份只是自称：能推送的人可以用任何人的名义。docket.yaml 中写“signatures: required”后，每个提交都须签名，以名册中的公钥验证；登记公钥用 docket people change 编号 --key 公钥。",
        "DOCKET_NOW 用于设定时钟，供测试与演示：建立时未用它的服务台会拒绝它。补登先前的操作用 --at 时间 --late-because 理由。",
    ],
};
