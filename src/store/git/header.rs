//! A commit as it is stored: whether it holds anything that git does not show as docket reads it.

use std::iter;

use git2::Oid;

use super::{
    Repository,
    error::{Error, GitTask},
    ids::CommitId,
    ids::parse_oid,
    read,
};
use crate::domain::base::characters::has_control;

/// What a commit holds besides tree, parents, author, committer, signature and message in UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// What no git writes, and what one program reads otherwise than another.
    Ambiguous(OddPart),
    /// What git writes by some settings, and other programs for themselves.
    Unusual(OddPart),
}

/// The part of a commit that is odd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OddPart {
    /// A zero byte, after which git shows nothing.
    ZeroByte,
    /// No tree in the first line.
    NoTree,
    /// A parent that is not the name of a commit.
    BadParent,
    /// No author, or no committer, in its place.
    Absent(&'static str),
    /// A line that is written otherwise than git writes it.
    Line {
        key: String,
        value: String,
    },
    /// A message that begins with an empty line.
    EmptyFirstLine,
    /// A second line of a sort of which there is one.
    SecondLine(String),
    /// Text in the place of a signature.
    NotASignature,
    /// A line of a sort that plain commits do not have.
    ExtraLine(String),
    NotUtf8,
}

/// No date has more digits than this, in seconds: it is the year 5138.
const LONGEST_DATE: usize = 11;
/// How the blocks of signatures end in their first line.
const SIGNATURES: [&str; 4] =
    ["PGP SIGNATURE-----", "PGP MESSAGE-----", "SSH SIGNATURE-----", "SIGNED MESSAGE-----"];
/// What programs of `OpenPGP` say at the head of a block.
const ABOUT: [&str; 4] = ["Version", "Comment", "Hash", "Charset"];

impl Repository {
    /// The first thing that a commit holds and should not; `None` for a plain one.
    pub fn oddity(&self, commit: CommitId) -> Result<Option<Oddity>, Error> {
        let odb = self.odb()?;
        let object = read::object(&odb, commit.0);
        let object = object.map_err(Error::git(GitTask::ReadCommit(commit.to_string())))?;
        Ok(oddity(object.data()))
    }
}

/// The parents that a stored commit names, as far as it can be read.
pub(super) fn parents(object: &[u8]) -> Vec<Oid> {
    let lines = object.split(|byte| *byte == b'\n').take_while(|line| !line.is_empty());
    let named = lines.filter_map(|line| line.strip_prefix(b"parent "));
    named.filter_map(|name| parse_oid(std::str::from_utf8(name).ok()?)).collect()
}

fn oddity(object: &[u8]) -> Option<Oddity> {
    let end = object.windows(2).position(|pair| pair == b"\n\n").unwrap_or(object.len());
    let (head, message) = object.split_at(end);
    if message.contains(&0) {
        return Some(Oddity::Ambiguous(OddPart::ZeroByte));
    }
    // a name in another encoding is looked at all the same
    let head = String::from_utf8_lossy(head);
    let mut fields = fields(&head).peekable();
    let ambiguous = |part: OddPart| Some(Oddity::Ambiguous(part));
    let line =
        |key: &str, value: &str| OddPart::Line { key: key.to_owned(), value: value.to_owned() };
    if fields.next().is_none_or(|(key, value)| key != "tree" || parse_oid(value).is_none()) {
        return ambiguous(OddPart::NoTree);
    }
    while let Some((_, value)) = fields.next_if(|(key, _)| *key == "parent") {
        if parse_oid(value).is_none() {
            return ambiguous(OddPart::BadParent);
        }
    }
    for role in ["author", "committer"] {
        let Some((_, value)) = fields.next_if(|(key, _)| *key == role) else {
            return ambiguous(OddPart::Absent(role));
        };
        if !is_person(value) {
            return ambiguous(line(role, value));
        }
    }
    let names = || head.lines().filter_map(|line| line.split_once(' '));
    let mut unusual = names().take_while(|(key, _)| *key != "gpgsig").find_map(|(key, value)| {
        let is_neat = match key {
            "author" | "committer" => is_neat(value),
            _ => !value.bytes().any(|b| b.is_ascii_uppercase()),
        };
        (!is_neat).then(|| line(key, value))
    });
    if message.starts_with(b"\n\n\n") {
        unusual = unusual.or(Some(OddPart::EmptyFirstLine));
    }
    let mut signed = false;
    for (key, value) in fields {
        match key {
            "tree" | "parent" | "author" | "committer" => {
                return ambiguous(OddPart::SecondLine(key.to_owned()));
            }
            "gpgsig" if !signed => {
                signed = true;
                if !is_signature(value) {
                    unusual = unusual.or(Some(OddPart::NotASignature));
                }
            }
            key => unusual = unusual.or_else(|| Some(OddPart::ExtraLine(key.to_owned()))),
        }
    }
    let unusual =
        unusual.or_else(|| std::str::from_utf8(object).is_err().then_some(OddPart::NotUtf8));
    unusual.map(Oddity::Unusual)
}

/// The fields of a head, each with its key; a line that begins with a blank goes on with the last.
fn fields(head: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = Some(head);
    iter::from_fn(move || {
        let text = rest?;
        let mut ends = text.match_indices('\n').map(|(end, _)| end);
        let end = ends.find(|end| !text[end + 1..].starts_with(' '));
        let (field, more) = text.split_at(end.unwrap_or(text.len()));
        rest = more.strip_prefix('\n');
        Some(field.split_once(' ').unwrap_or((field, "")))
    })
}

/// One whole block of `OpenPGP`, `OpenSSH` or X.509, and no text beside it.
fn is_signature(value: &str) -> bool {
    let mut lines: Vec<&str> = value.split("\n ").map(str::trim_end).collect();
    // the pages of hosts end with a line of nothing
    while lines.pop_if(|line| line.is_empty()).is_some() {}
    let [first, between @ .., last] = &lines[..] else { return false };
    let Some(kind) = first.strip_prefix("-----BEGIN ") else { return false };
    let about = |line: &&&str| {
        let key = line.split_once(": ").map(|(key, _)| key);
        kind.starts_with("PGP ") && key.is_some_and(|key| ABOUT.contains(&key))
    };
    let is_encoded =
        |line: &&str| line.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b));
    SIGNATURES.contains(&kind)
        && last.strip_prefix("-----END ") == Some(kind)
        && between.iter().skip_while(about).all(is_encoded)
}

/// `NAME <ADDRESS> SECONDS ZONE`, which every program reads alike.
fn is_person(text: &str) -> bool {
    let read = || {
        let (name, rest) = text.split_once('<')?;
        let (address, rest) = rest.split_once("> ")?;
        let (seconds, zone) = rest.split_once(' ')?;
        let plain = |text: &str| !text.contains(['<', '>']) && !has_control(text);
        let (sign, zone) = zone.split_at_checked(1)?;
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let is_date = digits(seconds) && seconds.len() <= LONGEST_DATE;
        let is_zone = matches!(sign, "+" | "-") && zone.len() == 4 && digits(zone);
        let is_near = zone.parse::<u32>().is_ok_and(|zone| zone <= 1400 && zone % 100 < 60);
        Some(plain(name) && plain(address) && is_date && is_zone && is_near)
    };
    read().unwrap_or(false)
}

/// Whether a person who can be read is written as git writes one, without a blank or a zero too
/// many, which programs show differently.
fn is_neat(text: &str) -> bool {
    let read = || {
        let (name, rest) = text.split_once('<')?;
        let (address, rest) = rest.split_once("> ")?;
        let name = name.strip_suffix(' ')?;
        let has_zero = rest.starts_with('0') && !rest.starts_with("0 ");
        Some(name.trim() == name && address.trim() == address && !has_zero)
    };
    read().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &str = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n\
        parent ce013625030ba8dba906f756967f9e9ca394464a\n\
        author 陈静 <chen@example.com> 1795651200 +0800\n\
        committer Front Desk <desk@example.com> 1795651200 +0800\n\
        gpgsig -----BEGIN SSH SIGNATURE-----\n U1NIU0lH\n \n -----END SSH SIGNATURE-----\n\
        \n\
        ack R-261122-7K3QX\n\nauthor of nothing\n";

    #[test]
    fn a_commit_of_git_is_plain_signed_or_not() {
        assert_eq!(oddity(PLAIN.as_bytes()), None);
        let unsigned = PLAIN.split("gpgsig").next().unwrap().to_owned() + "\nmessage\n";
        assert_eq!(oddity(unsigned.as_bytes()), None);
        assert_eq!(parents(PLAIN.as_bytes()).len(), 1);
    }

    #[test]
    fn what_programs_read_differently_is_ambiguous() {
        let twice = "author Li <li@example.com> 1795651200 +0800\nauthor 陈静";
        for (from, to) in [
            ("author 陈静", twice),
            ("gpgsig", "committer Li <li@example.com> 1795651200 +0800\ngpgsig"),
            ("gpgsig", "parent ce013625030ba8dba906f756967f9e9ca394464a\ngpgsig"),
            ("<chen@example.com>", "<chen@example.com> <li@example.com>"),
            ("陈静 <chen", "陈静 <li@example.com> <chen"),
            ("陈静", "陈\u{7}静"),
            ("1795651200 +0800\ncommitter", "9999999999999 +0800\ncommitter"),
            ("1795651200 +0800\ncommitter", "1795651200 +9900\ncommitter"),
            ("1795651200 +0800\ncommitter", "-1795651200 +0800\ncommitter"),
            ("author of nothing", "author of\0nothing"),
            ("\nauthor", "\n pay Mallory\nauthor"),
            ("\ngpgsig", "\n pay Mallory\ngpgsig"),
        ] {
            let odd = oddity(PLAIN.replacen(from, to, 1).as_bytes());
            assert!(matches!(odd, Some(Oddity::Ambiguous(_))), "{to}: {odd:?}");
        }
    }

    #[test]
    fn a_signature_is_one_block_and_nothing_beside_it() {
        const SSH: &str = "-----BEGIN SSH SIGNATURE-----\n U1NIU0lH\n -----END SSH SIGNATURE-----";
        let armour = "-----BEGIN PGP SIGNATURE-----\n Version: GnuPG v2\n Comment: GPGTools\n \n \
                      iQEz+/==\n =abcd\n -----END PGP SIGNATURE-----\n ";
        let x509 = "-----BEGIN SIGNED MESSAGE-----\n MIIB\n -----END SIGNED MESSAGE-----";
        for whole in [SSH, armour, x509] {
            assert!(is_signature(whole), "{whole}");
        }
        for text in [
            "pay Mallory".to_owned(),
            "-----BEGIN SSH SIGNATURE-----\n U1NI".to_owned(),
            format!("{SSH}\n pay Mallory"),
            SSH.replace("U1NI", "pay Mallory\n U1NI"),
            SSH.replace("U1NI", "Comment: pay Mallory\n U1NI"),
            SSH.replace("END SSH", "END PGP"),
            SSH.replace("SSH SIGNATURE", "SSH PUBLIC KEY"),
        ] {
            assert!(!is_signature(&text), "{text}");
        }
    }

    #[test]
    fn other_lines_and_other_encodings_are_unusual() {
        for line in
            ["encoding GBK", "mergetag object", "change-id zzz", "gpgsig again", " pay Mallory"]
        {
            let odd = oddity(PLAIN.replace("\n\nack", &format!("\n{line}\n\nack")).as_bytes());
            assert!(matches!(odd, Some(Oddity::Unusual(_))), "{line}: {odd:?}");
        }
        for (from, to) in [
            ("陈静 <", "陈静  <"),
            ("author 陈静", "author  陈静"),
            ("陈静 <", "陈静<"),
            ("<chen@example.com>", "< chen@example.com >"),
            ("1795651200 +0800\ncommitter", "01795651200 +0800\ncommitter"),
            ("tree 4b825dc", "tree 4B825DC"),
            ("\n\nack", "\n\n\nack"),
        ] {
            let odd = oddity(PLAIN.replacen(from, to, 1).as_bytes());
            assert!(matches!(odd, Some(Oddity::Unusual(_))), "{to}: {odd:?}");
        }
        let bytes = [PLAIN.as_bytes(), b"\xff\n"].concat();
        assert!(matches!(oddity(&bytes), Some(Oddity::Unusual(_))));
    }
}
