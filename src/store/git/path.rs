//! Paths inside the repository: plain, relative and harmless.

use super::error::{Error, PathFault};
use crate::domain::base::characters::{clean_line, has_control, is_invisible};

/// Longer paths are refused: systems stop at 4096 bytes, and so does every recursion over folders.
const LONGEST: usize = 4000;

/// Refuses every path that could leave the repository, reach into `.git` or confuse a reader.
pub(super) fn check_plain(path: &str) -> Result<(), Error> {
    let bad = |why| Err(Error::BadPath { path: clean_line(path).into_owned(), why });
    if path.is_empty() {
        return bad(PathFault::Empty);
    }
    if path.len() > LONGEST {
        return bad(PathFault::TooLong);
    }
    if path.contains('\\') || has_control(path) {
        return bad(PathFault::BadCharacter);
    }
    for part in path.split('/') {
        match part {
            "" => return bad(PathFault::NotRelative),
            "." | ".." => return bad(PathFault::Dots),
            _ if is_dot_git(part) => return bad(PathFault::GitFolder),
            _ => {}
        }
    }
    Ok(())
}

/// Whether some file system takes this name for `.git`: by case, as a short name, by trailing
/// dots and blanks, or by characters that are not seen, some of which macOS ignores.
fn is_dot_git(part: &str) -> bool {
    let visible: String = part.chars().filter(|c| !is_invisible(*c)).collect();
    let name = visible.split(':').next().unwrap_or_default().trim_end_matches(['.', ' ']);
    name.eq_ignore_ascii_case(".git") || name.eq_ignore_ascii_case("git~1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_paths_pass() {
        for path in ["docket.yaml", "records/2026/11/R-1.yaml", ".gitattributes", "a b", "客户"] {
            assert!(check_plain(path).is_ok(), "{path}");
        }
        let long = "a/".repeat(3000) + "a";
        for path in [
            "",
            "/etc/passwd",
            "../x",
            "a/../b",
            "a//b",
            "a/",
            "./a",
            ".git/config",
            "a/.GIT/x",
            "git~1/x",
            ".git./x",
            ".git:x",
            ".g\u{200c}it/x",
            "a\nb",
            "a\\b",
            "a\0b",
            &long,
        ] {
            assert!(matches!(check_plain(path), Err(Error::BadPath { .. })), "{path:?}");
        }
    }
}
