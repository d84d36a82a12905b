//! Every line of a commit object, left out, said twice, said otherwise, and lines that are none.

use super::{
    Forgery,
    forger::{Forger, Signature, Step},
    values::Kind,
};

/// Another text for a commit object, out of its own.
type Rewrite = Box<dyn Fn(&str, &Step) -> String + Send + Sync>;

/// Actions whose commit objects are forged in every way; of others each line is made longer.
const ACTIONS: &[&str] = &["open", "ack", "confirm", "close", "import"];

pub(super) fn forgeries(nth: usize, step: &Step, text: &str) -> Vec<Forgery> {
    let whole = ACTIONS.contains(&step.action.as_str());
    let mut made = Vec::new();
    let mut add = |field: String, kind: Kind, label: &str, rewrite: Rewrite| {
        let commit = move |forger: &Forger, step: &Step| {
            Ok(forger.raw(rewrite(&forger.text(&step.commit), step).as_bytes()))
        };
        made.push(Forgery::new(nth, step, &field, kind, label, Box::new(commit)));
    };
    let lines_of_it = text.lines().enumerate().filter(|(_, line)| !line.is_empty());
    for (at, line) in lines_of_it.skip_while(|(at, _)| !whole && *at < 2) {
        let word = line.split([' ', ':']).next().unwrap_or_default();
        let field = format!("commit.{at:02}.{word}");
        add(field.clone(), Kind::Invalid, "longer", lines(move |all| all[at] += "x"));
        if whole {
            let twice = move |all: &mut Vec<String>| all.insert(at, all[at].clone());
            add(field.clone(), Kind::Added, "twice", lines(twice));
            add(field, Kind::Removed, "removed", lines(move |all| drop(all.remove(at))));
        }
    }
    if !whole {
        return made;
    }
    for (label, header, before) in [
        ("a header before all", "foo bar", 0),
        ("a header after all", "foo bar", 4),
        ("another encoding", "encoding ISO-8859-1", 4),
        ("its own encoding", "encoding UTF-8", 4),
        ("a second author in front", "author Boss <boss@example.com> 1795482000 +0800", 2),
        ("a second author behind", "author Boss <boss@example.com> 1795482000 +0800", 3),
        ("a second committer", "committer Boss <boss@example.com> 1795482000 +0800", 4),
    ] {
        let insert = lines(move |all: &mut Vec<String>| all.insert(before, header.to_owned()));
        add("commit.header".to_owned(), Kind::Added, label, insert);
    }
    signatures(&mut add);
    add(
        "commit.parent".to_owned(),
        Kind::Valid,
        "itself twice",
        lines(|all| all.insert(1, all[1].clone())),
    );
    add(
        "commit.message".to_owned(),
        Kind::Invalid,
        "a line of blanks more",
        Box::new(|text, _| format!("{text}\n\n")),
    );
    add(
        "commit.message".to_owned(),
        Kind::Invalid,
        "no end of line",
        Box::new(|text, _| text.trim_end().to_owned()),
    );
    add(
        "commit.message".to_owned(),
        Kind::Invalid,
        "ends of lines of another system",
        Box::new(|text, _| {
            let (head, message) = text.split_once("\n\n").unwrap();
            format!("{head}\n\n{}", message.replace('\n', "\r\n"))
        }),
    );
    add(
        "commit.message".to_owned(),
        Kind::Huge,
        "long",
        Box::new(|text, _| text.to_owned() + &"x".repeat(900_000)),
    );
    add(
        "commit.message".to_owned(),
        Kind::Blank,
        "empty",
        Box::new(|text, _| text.split_once("\n\n").unwrap().0.to_owned() + "\n\n"),
    );
    made
}

/// Other people and dates in the two lines that have some.
fn signatures(add: &mut impl FnMut(String, Kind, &str, Rewrite)) {
    for (line, who) in [(2, "author"), (3, "committer")] {
        let mut sign = |label: &str, kind: Kind, change: fn(&mut Signature)| {
            let rewrite = move |text: &str, step: &Step| {
                let own = if line == 2 { &step.author } else { &step.committer };
                let mut signature = own.clone();
                change(&mut signature);
                let mut all: Vec<String> = text.split('\n').map(str::to_owned).collect();
                all[line] = format!("{who} {}", signature.line());
                all.join("\n")
            };
            add(format!("commit.{who}"), kind, label, Box::new(rewrite));
        };
        sign("another name", Kind::Valid, |it| "Lin Tao".clone_into(&mut it.name));
        sign("no name", Kind::Blank, |it| it.name = String::new());
        sign("another person's address", Kind::Valid, |it| {
            "lin@example.com".clone_into(&mut it.email);
        });
        sign("a stranger's address", Kind::Invalid, |it| "x@example.com".clone_into(&mut it.email));
        sign("capitals in the address", Kind::Valid, |it| it.email = it.email.to_uppercase());
        sign("no address", Kind::Blank, |it| it.email = String::new());
        sign("a minute later", Kind::Valid, |it| it.seconds += 60);
        sign("a minute earlier", Kind::Valid, |it| it.seconds -= 60);
        sign("in 2031", Kind::Invalid, |it| it.seconds = 1_924_997_400);
        sign("no date at all", Kind::Huge, |it| it.seconds = i64::MAX);
        sign("another zone", Kind::Valid, |it| "+0000".clone_into(&mut it.offset));
        sign("no zone", Kind::Invalid, |it| "+9999".clone_into(&mut it.offset));
    }
}

fn lines(change: impl Fn(&mut Vec<String>) + Send + Sync + 'static) -> Rewrite {
    Box::new(move |text, _| {
        let mut all: Vec<String> = text.split('\n').map(str::to_owned).collect();
        change(&mut all);
        all.join("\n")
    })
}
