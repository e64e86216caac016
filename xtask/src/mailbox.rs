//! The demo mailbox, served over TLS on the loopback address.
//!
//! A browser that maps mail.google.com to it, and trusts its one-off certificate, sees it as Gmail.
//! Nothing else on the machine does.

use std::collections::HashMap;
use std::fs;
use std::net::TcpListener;
use std::path::{Component, Path as FilePath};
use std::process::Command;
use std::sync::Arc;
use std::thread;
use std::time::SystemTime;

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::{Path, Query, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum_server::tls_rustls::RustlsConfig;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::policy::Policy;
use crate::tools;

/// The host that the mailbox stands in for.
pub(crate) const HOST: &str = "mail.google.com";

/// A running server; it ends with the process.
pub(crate) struct Mailbox {
    /// Where it listens, on 127.0.0.1.
    pub(crate) port: u16,
    /// The SHA-256 of its certificate's public key, in Base64, as Chromium's
    /// `--ignore-certificate-errors-spki-list` wants it.
    pub(crate) spki: String,
}

impl Mailbox {
    /// Starts a server. Port 0 takes a free one.
    pub(crate) fn start(port: u16) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port))
            .with_context(|| format!("cannot listen on 127.0.0.1:{port}"))?;
        listener.set_nonblocking(true)?;
        let port = listener.local_addr()?.port();

        let key = rcgen::KeyPair::generate()?;
        let spki = ring::digest::digest(
            &ring::digest::SHA256,
            &rcgen::PublicKeyData::subject_public_key_info(&key),
        );
        let certificate =
            rcgen::CertificateParams::new(vec![HOST.to_owned()])?.self_signed(&key)?;
        let private = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let mut tls = rustls::ServerConfig::builder_with_provider(Arc::new(
            rustls::crypto::ring::default_provider(),
        ))
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], private)?;
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];

        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        thread::spawn(move || {
            let served = runtime.block_on(async {
                axum_server::from_tcp_rustls(listener, RustlsConfig::from_config(Arc::new(tls)))?
                    .serve(routes().into_make_service())
                    .await
            });
            if let Err(error) = served {
                eprintln!("✗ The demo mailbox has stopped: {error}");
            }
        });
        Ok(Self {
            port,
            spki: BASE64.encode(spki),
        })
    }

    /// What a program needs to reach it: one JSON line.
    pub(crate) fn address(&self) -> String {
        serde_json::json!({ "port": self.port, "spki": self.spki }).to_string()
    }

    /// The flags that make a Chromium see this mailbox as Gmail, and no other host at all.
    pub(crate) fn chromium_flags(&self) -> [String; 2] {
        [
            format!(
                "--host-resolver-rules=MAP {HOST} 127.0.0.1:{}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                self.port
            ),
            format!("--ignore-certificate-errors-spki-list={}", self.spki),
        ]
    }
}

/// When the server came up, in Unix milliseconds. The mailbox dates everything from there, so that a
/// page that is loaded again shows the same messages with the same ids.
#[derive(Clone, Copy)]
struct Began(u128);

fn routes() -> Router {
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    Router::new()
        .route("/", get(|| async { Redirect::to("/mail/u/0/") }))
        .route("/mail/u/{user}/", get(page))
        .route("/demo/{*file}", get(file))
        .with_state(Began(now.as_millis()))
}

async fn page(
    State(began): State<Began>,
    Path(user): Path<u8>,
    Query(query): Query<HashMap<String, String>>,
    RawQuery(raw): RawQuery,
) -> Response {
    let Some(policy) = Policy::named(query.get("csp").map(String::as_str)) else {
        return refused("csp is one of strict, none, self, nonce, tt-none");
    };
    let html = match query.get("fixture") {
        Some(case) => read(&format!("tests/fixtures/gmail/{case}/page.html")),
        None if policy == Policy::Still => still(
            &format!("/mail/u/{user}/?{}", raw.unwrap_or_default()),
            began,
        ),
        None => read("demo/index.html"),
    };
    let html = match html {
        Ok(html) => html,
        Err(error) => return missing(&error),
    };
    let nonce = match nonce() {
        Ok(nonce) => nonce,
        Err(error) => return missing(&error),
    };
    let html = html
        .replace("{{nonce}}", &nonce)
        .replace("{{began}}", &began.0.to_string());
    let mut headers = headers("text/html; charset=utf-8");
    if let Some(value) = policy
        .header(&nonce)
        .and_then(|it| HeaderValue::try_from(it).ok())
    {
        headers.insert(header::CONTENT_SECURITY_POLICY, value);
    }
    (headers, html).into_response()
}

async fn file(Path(name): Path<String>) -> Response {
    let kind = match name.rsplit_once('.') {
        Some((_, "js")) => "text/javascript; charset=utf-8",
        Some((_, "css")) => "text/css; charset=utf-8",
        Some((_, "svg")) => "image/svg+xml",
        _ => "application/octet-stream",
    };
    match read(&format!("demo/{name}")) {
        Ok(text) => (headers(kind), text).into_response(),
        Err(error) => missing(&error),
    }
}

/// A file of the repository; never one above it.
fn read(path: &str) -> Result<String> {
    let plain = |part: Component| matches!(part, Component::Normal(_));
    anyhow::ensure!(
        FilePath::new(path).components().all(plain),
        "{path} is not served"
    );
    fs::read_to_string(tools::root().join(path)).with_context(|| format!("cannot read {path}"))
}

/// The page as its own scripts would make it, for a policy that lets no script run.
fn still(path: &str, began: Began) -> Result<String> {
    let output = Command::new("node")
        .arg(tools::root().join("demo/still.js"))
        .args([path, &began.0.to_string()])
        .output()
        .context("Node is needed to make a still page")?;
    anyhow::ensure!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8(output.stdout)?)
}

fn headers(kind: &'static str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers
}

fn refused(why: &str) -> Response {
    (StatusCode::BAD_REQUEST, format!("{why}\n")).into_response()
}

fn missing(error: &anyhow::Error) -> Response {
    (StatusCode::NOT_FOUND, format!("{error:#}\n")).into_response()
}

fn nonce() -> Result<String> {
    use ring::rand::SecureRandom as _;
    let mut bytes = [0; 16];
    ring::rand::SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| anyhow::anyhow!("the system gives no random numbers"))?;
    Ok(BASE64.encode(bytes))
}
