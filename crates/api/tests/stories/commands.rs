//! The real program when it is not to serve: hashes of passwords, and whether another is healthy.
//! And when it serves behind a door.

use std::io::Write;
use std::net::TcpListener;
use std::process::{Command, Output, Stdio};

use reqwest::header::{CONTENT_TYPE, COOKIE};
use serde_json::{Value, json};
use shared_types::paths;
use tempfile::TempDir;
use testkit::ApiProcess;
use tokio::task::spawn_blocking;

use crate::settings::program;

fn hash(typed: &str) -> Output {
    let mut command = program();
    command.arg("--hash-password");
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(typed.as_bytes())
        .unwrap();
    child.wait_with_output().unwrap()
}

fn probe(host: &str, port: u16) -> Output {
    let mut command: Command = program();
    command
        .arg("--probe")
        .env("API_HOST", host)
        .env("API_PORT", port.to_string());
    command.output().unwrap()
}

/// One line that says why, and no more.
fn failed(output: &Output, code: i32, said: &str) {
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.starts_with("error: ") && told.contains(said), "{told}");
    assert!(output.stdout.is_empty());
}

#[test]
fn a_password_that_anybody_could_guess_is_not_hashed() {
    for short in ["", "\n", "1234567\n", "1234567\r\n", "short\nand more\n"] {
        failed(&hash(short), 2, "8 characters");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_has_the_password_that_was_hashed_comes_in() {
    let folder = TempDir::new().unwrap();
    let hashed = spawn_blocking(|| hash("correct horse battery\n"))
        .await
        .unwrap();
    assert!(hashed.status.success() && hashed.stderr.is_empty());
    let hashed = String::from_utf8(hashed.stdout).unwrap();
    assert!(
        hashed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
        "{hashed}"
    );
    let again = spawn_blocking(|| hash("correct horse battery"))
        .await
        .unwrap();
    assert_ne!(
        hashed.as_bytes(),
        again.stdout,
        "each has a salt of its own"
    );
    let file = folder.path().join("users");
    std::fs::write(&file, format!("# people\nana:admin:{hashed}")).unwrap();
    let (file, state) = (
        file.display().to_string(),
        folder.path().display().to_string(),
    );
    let start = move || {
        let users = ("AUTH_USERS_FILE", file.as_str());
        // Others can reach it, and need not be let in by anything else.
        let host = ("API_HOST", "0.0.0.0");
        ApiProcess::start(&[("AUTH", "basic"), users, ("STATE_DIR", &state), host])
    };
    let api = spawn_blocking(start).await.unwrap();
    let url = api.url().replace("0.0.0.0", "127.0.0.1");
    let client = reqwest::Client::new();
    let status = client
        .get(format!("{url}{}", paths::STATUS))
        .send()
        .await
        .unwrap();
    assert_eq!(status.status(), 401);
    for (password, code) in [
        ("correct house battery", 401),
        ("correct horse battery", 200),
    ] {
        let body = json!({ "name": "ana", "password": password }).to_string();
        let sent = client.post(format!("{url}{}", paths::SESSION)).body(body);
        let answer = sent
            .header(CONTENT_TYPE, "application/json")
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), code);
        if let Some(set) = answer.headers().get("set-cookie") {
            let cookie = set.to_str().unwrap().split(';').next().unwrap().to_owned();
            let me = client
                .get(format!("{url}{}", paths::ME))
                .header(COOKIE, cookie);
            let me: Value = me.send().await.unwrap().json().await.unwrap();
            assert_eq!(me["role"], "admin");
        }
    }
    let port = url.rsplit_once(':').unwrap().1.parse().unwrap();
    let probed = spawn_blocking(move || probe("0.0.0.0", port))
        .await
        .unwrap();
    assert!(
        probed.status.success(),
        "nobody needs to sign in to ask whether it is healthy"
    );
    assert!(probed.stdout.is_empty() && probed.stderr.is_empty());
    let log = api.logged();
    for secret in ["correct", "horse", hashed.trim(), "omni2_session"] {
        assert!(!log.contains(secret), "{secret} is in the log: {log}");
    }
    assert!(spawn_blocking(|| api.stop()).await.unwrap());
}

#[test]
fn what_is_not_healthy_is_told_in_one_line() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let other = std::thread::spawn(move || {
        let (mut stream, _) = taken.accept().unwrap();
        stream
            .write_all(b"HTTP/1.1 503 Service Unavailable\r\n\r\n")
            .unwrap();
    });
    failed(&probe("127.0.0.1", port), 1, "not with 200");
    other.join().unwrap();
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    // It listens, and never answers.
    failed(&probe("127.0.0.1", port), 1, "within 3s");
    drop(free);
    failed(&probe("127.0.0.1", port), 1, "refused");
}
