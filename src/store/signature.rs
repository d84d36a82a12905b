//! Whether a commit was signed with one of somebody's keys, asked of the programs that git asks:
//! `ssh-keygen` and `gpg`.

use std::{
    fs,
    io::{self, Write},
    path::Path,
    process::{Command, Output, Stdio},
};

use super::git::signed::SignedCommit;

/// What stands before a fingerprint of `OpenPGP` in `policy/people.yaml`; any other key is of `OpenSSH`.
pub const OPENPGP: &str = "openpgp:";

/// What signatures of git are made for.
const NAMESPACE: &str = "git";
/// Who signed, to `ssh-keygen`: the file of allowed signers holds nobody else.
const SIGNER: &str = "signer";

/// A key as the roster keeps it: kind and key of `OpenSSH` without the comment, or a
/// fingerprint of `OpenPGP`; `None` for what is neither.
pub fn key(given: &str) -> Option<String> {
    if let Some(fingerprint) = given.strip_prefix(OPENPGP) {
        let fingerprint = bare(fingerprint);
        let whole = matches!(fingerprint.len(), 40 | 64);
        let hex = fingerprint.chars().all(|c| c.is_ascii_hexdigit());
        return (whole && hex).then(|| format!("{OPENPGP}{}", fingerprint.to_uppercase()));
    }
    let mut words = given.split_whitespace();
    let (kind, key) = (words.next()?, words.next()?);
    let kinds = ["ssh-ed25519", "ssh-rsa", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-sha2-"];
    let is_kind = kinds.iter().any(|kinds| kind.starts_with(kinds));
    let is_key = key.starts_with("AAAA")
        && key.chars().all(|c| c.is_ascii_alphanumeric() || "+/=".contains(c));
    (is_kind && is_key).then(|| format!("{kind} {key}"))
}

/// Why nobody is known to have signed.
#[derive(Debug)]
pub enum SignatureFault {
    /// The roster has no key of theirs.
    NoKey,
    /// A signature of another kind than SSH and `OpenPGP`.
    OtherKind,
    /// It is by none of these keys.
    OtherKey,
    /// What the program says that was asked.
    Reported(String),
    /// A program that cannot be run.
    NotRun { program: String, source: io::Error },
    /// A file for the program that cannot be written.
    Io(io::Error),
}

/// Whether one of `keys` made the signature.
pub fn verify(signed: &SignedCommit, keys: &[String]) -> Result<(), SignatureFault> {
    if keys.is_empty() {
        return Err(SignatureFault::NoKey);
    }
    let text = String::from_utf8_lossy(&signed.signature);
    if text.starts_with("-----BEGIN SSH SIGNATURE") {
        let own = keys.iter().filter(|key| !key.starts_with(OPENPGP));
        ssh(signed, &own.filter_map(|key| self::key(key)).collect::<Vec<_>>())
    } else if text.starts_with("-----BEGIN PGP ") {
        let own = keys.iter().filter_map(|key| key.strip_prefix(OPENPGP));
        openpgp(signed, &own.map(bare).collect::<Vec<_>>())
    } else {
        Err(SignatureFault::OtherKind)
    }
}

fn ssh(signed: &SignedCommit, keys: &[String]) -> Result<(), SignatureFault> {
    let folder = tempfile::tempdir()?;
    let (allowed, signature) = (folder.path().join("allowed"), folder.path().join("signature"));
    let lines = keys.iter().map(|key| format!("{SIGNER} namespaces=\"{NAMESPACE}\" {key}\n"));
    fs::write(&allowed, lines.collect::<String>())?;
    fs::write(&signature, &signed.signature)?;
    let mut program = Command::new("ssh-keygen");
    program.args(["-Y", "verify", "-n", NAMESPACE, "-I", SIGNER, "-f"]).arg(&allowed);
    program.arg("-s").arg(&signature);
    let output = fed(program, &signed.signed)?;
    if output.status.success() { Ok(()) } else { Err(fault(&output)) }
}

fn openpgp(signed: &SignedCommit, fingerprints: &[String]) -> Result<(), SignatureFault> {
    let folder = tempfile::tempdir()?;
    let signature = folder.path().join("signature");
    fs::write(&signature, &signed.signature)?;
    let mut program = Command::new("gpg");
    program.args(["--batch", "--no-auto-key-retrieve", "--status-fd", "1", "--verify"]);
    program.arg(&signature).arg(Path::new("-"));
    let output = fed(program, &signed.signed)?;
    // the fingerprint of the key that signed, and of the one that it belongs to
    let valid = String::from_utf8_lossy(&output.stdout);
    let valid = valid.lines().filter_map(|line| line.strip_prefix("[GNUPG:] VALIDSIG "));
    let by_one = valid.flat_map(str::split_whitespace).any(|word| {
        fingerprints.iter().any(|own| own.len() >= 40 && own.eq_ignore_ascii_case(word))
    });
    if output.status.success() && by_one { Ok(()) } else { Err(fault(&output)) }
}

/// A fingerprint without the blanks that people read it by.
fn bare(fingerprint: &str) -> String {
    fingerprint.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Runs a program on these bytes.
fn fed(mut program: Command, bytes: &[u8]) -> Result<Output, SignatureFault> {
    let name = program.get_program().to_string_lossy().into_owned();
    let mut child = program
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|source| SignatureFault::NotRun { program: name, source })?;
    if let Some(mut input) = child.stdin.take() {
        // a program that ends early says why itself
        let _ = input.write_all(bytes);
    }
    Ok(child.wait_with_output()?)
}

/// What a program had to say, in one line.
fn fault(output: &Output) -> SignatureFault {
    let text = String::from_utf8_lossy(&output.stderr);
    match text.split_whitespace().collect::<Vec<_>>().join(" ") {
        silent if silent.is_empty() => SignatureFault::OtherKey,
        text => SignatureFault::Reported(text),
    }
}

impl From<io::Error> for SignatureFault {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
