//! The API as a process: it says where it is, answers probes, and ends in order when asked to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Stdio;
use std::time::Duration;

use tests::on_both_databases;
use tests::redis::{Redis, fresh_namespace};
use tests::wait::until;

use super::{Running, program};

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text
}

on_both_databases!(a_server_answers_probes_and_stops_in_order, |db| async move {
    let key = ["--mode", "development", "--auth-secret", "0123456789abcdef0123456789abcdef"];
    let mut command =
        program(&[&["serve", "--listen", "127.0.0.1:0", "--database-url", &db.url], &key[..]].concat());
    if db.url.starts_with("postgres") {
        let Some(redis) = Redis::shared().await else { return };
        command.args(["--with-worker", "--redis-url", &redis.url(), "--queue-namespace", &fresh_namespace()]);
    }
    let child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut serving = Running(child);
    let mut line = String::new();
    BufReader::new(serving.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();

    assert!(get(&address, "/healthz").starts_with("HTTP/1.1 200"));
    let ready = get(&address, "/readyz");
    assert!(ready.starts_with("HTTP/1.1 200"), "{ready}");
    for check in ["\"database\":\"ok\"", "\"queue\":\"ok\"", "\"migrations\":\"ok\""] {
        assert!(ready.contains(check), "{ready}");
    }
    let ticked = || async { get(&address, "/metrics").contains("partner_center_bells_total") };
    until("the worker ticks in the same process", Duration::from_secs(20), ticked).await;

    serving.stop().await;
});
