//! A real Roundcube on the loopback address: Debian's packages, PHP's own web server, a Dovecot of our
//! own over Maildirs, and somebody to hand letters to who keeps none.
//!
//! Nothing outside one temporary directory is written or served, everything runs as a user without
//! rights, and all of it ends with the process. `tests/roundcube/seed.mjs` fills a mailbox.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::tools;

/// What Debian packs it in. `php-cgi` stands for the `php` that Roundcube wants, which else brings Apache.
const PACKAGES: [&str; 6] = [
    "roundcube-core",
    "roundcube-sqlite3",
    "dovecot-imapd",
    "php-cli",
    "php-cgi",
    "php-sqlite3",
];
/// Where Debian's package has it.
const INSTALLED: &str = "/var/lib/roundcube/public_html";
/// The password of every mailbox.
pub(crate) const PASSWORD: &str = "demo";
/// The domain of every mailbox.
const DOMAIN: &str = "lumenport.example";
/// Who runs it where we are the superuser.
const NOBODY: &str = "www-data";
/// How long it may take to come up.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running Roundcube; it ends when this is dropped.
pub(crate) struct Roundcube {
    directory: tempfile::TempDir,
    url: String,
    php: Child,
}

/// A user and a group by their numbers.
#[derive(Clone, Copy)]
struct Owner {
    user: u32,
    group: u32,
}

impl Roundcube {
    /// Starts one, installing the packages first where that can be done without asking.
    pub(crate) fn start() -> Result<Self> {
        install()?;
        let directory = tempfile::Builder::new()
            .prefix("cadence-roundcube-")
            .tempdir()?;
        let root = directory.path();
        for part in ["dovecot", "mail", "config", "temp", "logs", "database"] {
            fs::create_dir_all(root.join(part))?;
        }
        let (web, imap, smtp) = (free_port()?, free_port()?, take_letters()?);
        fs::write(root.join("dovecot/dovecot.conf"), dovecot(root, imap)?)?;
        fs::write(
            root.join("config/config.inc.php"),
            roundcube(root, imap, smtp),
        )?;
        fs::write(root.join("router.php"), ROUTER)?;
        for name in ["defaults.inc.php", "mimetypes.php"] {
            symlink(
                Path::new("/etc/roundcube").join(name),
                root.join("config").join(name),
            )?;
        }
        // It is walked through by a user who does not own it.
        fs::set_permissions(root, fs::Permissions::from_mode(0o711))?;
        own(root)?;
        make_database(root)?;
        run(as_nobody(
            Command::new("dovecot")
                .arg("-c")
                .arg(root.join("dovecot/dovecot.conf")),
        )?
        .stdin(Stdio::null())
        // The daemon keeps what it is given for as long as it runs.
        .stdout(Stdio::null())
        .stderr(fs::File::create(root.join("logs/start.txt"))?))
        .with_context(|| fs::read_to_string(root.join("logs/start.txt")).unwrap_or_default())?;
        let php = serve(root, web)?;
        let started = Self {
            directory,
            url: format!("http://127.0.0.1:{web}/"),
            php,
        };
        started.wait(web)?;
        Ok(started)
    }

    /// What the tests need to know of it, as JSON.
    pub(crate) fn address(&self) -> String {
        let mail = self.directory.path().join("mail");
        serde_json::json!({ "url": self.url, "mail": mail, "password": PASSWORD, "domain": DOMAIN })
            .to_string()
    }

    /// Waits until it answers with its login.
    fn wait(&self, port: u16) -> Result<()> {
        let end = Instant::now() + PATIENCE;
        let ask = || -> Result<bool> {
            let mut stream = TcpStream::connect(("127.0.0.1", port))?;
            stream.set_read_timeout(Some(PATIENCE))?;
            stream.write_all(b"GET / HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")?;
            let mut lines = BufReader::new(stream).lines();
            Ok(lines.any(|line| line.is_ok_and(|line| line.contains("rcmloginuser"))))
        };
        while !ask().unwrap_or(false) {
            if Instant::now() > end {
                let log = fs::read_to_string(self.directory.path().join("logs/php.txt"));
                bail!("Roundcube does not answer: {}", log.unwrap_or_default());
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Roundcube {
    fn drop(&mut self) {
        // It leads a group of its own, with its workers in it.
        let group = format!("-{}", self.php.id());
        drop(Command::new("kill").args(["--", &group]).status());
        drop(self.php.wait());
        let config = self.directory.path().join("dovecot/dovecot.conf");
        drop(
            Command::new("doveadm")
                .arg("-c")
                .arg(config)
                .arg("stop")
                .stderr(Stdio::null())
                .status(),
        );
    }
}

/// Whether it is there, or can be installed without asking.
pub(crate) fn available() -> bool {
    is_installed() || (tools::superuser() && Path::new("/usr/bin/apt-get").exists())
}

fn is_installed() -> bool {
    [INSTALLED, "/usr/sbin/dovecot", "/usr/bin/php"]
        .iter()
        .all(|path| Path::new(path).exists())
}

fn install() -> Result<()> {
    if is_installed() {
        return Ok(());
    }
    // The packages' own scripts must neither start a mail server for the whole machine nor make a
    // database for it.
    let guard = Path::new("/usr/sbin/policy-rc.d");
    let guarded = tools::superuser() && !guard.exists();
    if guarded {
        fs::write(guard, "#!/bin/sh\nexit 101\n")?;
        fs::set_permissions(guard, fs::Permissions::from_mode(0o755))?;
        let mut selections = Command::new("debconf-set-selections")
            .stdin(Stdio::piped())
            .spawn()?;
        if let Some(mut input) = selections.stdin.take() {
            input.write_all(b"roundcube-core roundcube/dbconfig-install boolean false\n")?;
        }
        selections.wait()?;
    }
    let installed = tools::apt_get("Roundcube", &PACKAGES);
    if guarded {
        fs::remove_file(guard)?;
    }
    installed
}

/// The unprivileged user that everything runs as.
fn nobody() -> Result<Option<Owner>> {
    if !tools::superuser() {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd")?;
    let user = users.lines().find_map(|line| {
        let mut cells = line.split(':');
        (cells.next()? == NOBODY).then_some(())?;
        let mut number = || cells.nth(1)?.parse().ok();
        let user = number()?;
        Some(Owner {
            user,
            group: cells.next()?.parse().ok()?,
        })
    });
    Ok(Some(
        user.with_context(|| format!("there is no user {NOBODY}"))?,
    ))
}

/// The command, run as that user.
fn as_nobody(command: &mut Command) -> Result<&mut Command> {
    if let Some(owner) = nobody()? {
        command.uid(owner.user).gid(owner.group);
    }
    Ok(command)
}

/// Gives a directory and all in it to that user.
fn own(path: &Path) -> Result<()> {
    let Some(owner) = nobody()? else {
        return Ok(());
    };
    let mut open: Vec<PathBuf> = vec![path.into()];
    while let Some(path) = open.pop() {
        if path.is_symlink() {
            continue;
        }
        chown(&path, Some(owner.user), Some(owner.group))?;
        if path.is_dir() {
            open.extend(fs::read_dir(path)?.flatten().map(|entry| entry.path()));
        }
    }
    Ok(())
}

fn make_database(root: &Path) -> Result<()> {
    let make = "$d = new PDO('sqlite:' . $argv[1]); $d->exec(file_get_contents($argv[2]));";
    run(as_nobody(
        Command::new("php")
            .args(["-r", make])
            .arg(root.join("database/roundcube.sqlite"))
            .arg("/usr/share/roundcube/SQL/sqlite.initial.sql"),
    )?)
}

fn serve(root: &Path, port: u16) -> Result<Child> {
    let log = fs::File::create(root.join("logs/php.txt"))?;
    let mut php = Command::new("php");
    php.args(["-d", "display_errors=0", "-d"])
        .arg(format!("session.save_path={}", root.join("temp").display()))
        .args(["-S", &format!("127.0.0.1:{port}"), "-t", INSTALLED])
        .arg(root.join("router.php"))
        .env("ROUNDCUBE_CONFIG_DIR", root.join("config"))
        .env("PHP_CLI_SERVER_WORKERS", "4")
        .current_dir(root)
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log);
    as_nobody(&mut php)?.spawn().context("cannot start PHP")
}

fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start {:?}", command.get_program()))?;
    if !status.success() {
        bail!("{:?} failed ({status})", command.get_program());
    }
    Ok(())
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// Listens for letters and takes every one, as a mail server would (RFC 5321). None goes anywhere.
fn take_letters() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let port = listener.local_addr()?.port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || drop(take_letter(&stream)));
        }
    });
    Ok(port)
}

fn take_letter(mut stream: &TcpStream) -> Result<()> {
    let mut lines = BufReader::new(stream).lines();
    stream.write_all(b"220 127.0.0.1 ready\r\n")?;
    while let Some(line) = lines.next() {
        let answer: &[u8] = match line?.to_ascii_uppercase() {
            command if command.starts_with("DATA") => {
                stream.write_all(b"354 go on\r\n")?;
                for line in lines.by_ref() {
                    if line? == "." {
                        break;
                    }
                }
                b"250 taken\r\n"
            }
            command if command.starts_with("QUIT") => {
                stream.write_all(b"221 bye\r\n")?;
                break;
            }
            _ => b"250 127.0.0.1\r\n",
        };
        stream.write_all(answer)?;
    }
    Ok(())
}

/// Only what lies in the skin, the program and the plugins is a file; the rest is Roundcube.
const ROUTER: &str = r"<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$file = $path !== '/' && is_file($_SERVER['DOCUMENT_ROOT'] . $path);
if ($file && !preg_match('/\.(php|inc)$/', $path)) return false;
$_SERVER['SCRIPT_NAME'] = '/index.php';
require $_SERVER['DOCUMENT_ROOT'] . '/index.php';
";

/// One process tree without rights, on one port, for every user that has a directory.
fn dovecot(root: &Path, port: u16) -> Result<String> {
    let id = |flag| -> Result<String> {
        if tools::superuser() {
            return Ok(NOBODY.to_owned());
        }
        let output = Command::new("id").arg(flag).output()?;
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    };
    let (user, group, root) = (id("-un")?, id("-gn")?, root.display());
    let folders: String = ["Sent", "Drafts", "Trash"]
        .iter()
        .map(|name| {
            format!("  mailbox {name} {{\n    auto = subscribe\n    special_use = \\{name}\n  }}\n")
        })
        .collect();
    Ok(format!(
        "base_dir = {root}/dovecot/run
state_dir = {root}/dovecot/state
instance_name = cadence-tests
log_path = {root}/logs/dovecot.txt
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={root}/mail/%n
}}
namespace inbox {{
  inbox = yes
{folders}}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"
    ))
}

/// Answers are kept where the answered letter lies, so that conversations are whole.
fn roundcube(root: &Path, imap: u16, smtp: u16) -> String {
    let root = root.display();
    format!(
        "<?php
$config = [
  'db_dsnw' => 'sqlite:///{root}/database/roundcube.sqlite?mode=0640',
  'imap_host' => ['127.0.0.1:{imap}'],
  'smtp_host' => '127.0.0.1:{smtp}',
  'smtp_user' => '',
  'smtp_pass' => '',
  'temp_dir' => '{root}/temp',
  'log_dir' => '{root}/logs',
  'des_key' => 'for-tests-alone-24-bytes',
  'product_name' => 'Demo mail',
  'plugins' => [],
  'skin' => 'elastic',
  'enable_spellcheck' => false,
  'language' => $_COOKIE['demo_language'] ?? 'en_US',
  'timezone' => 'auto',
  'mail_domain' => '{DOMAIN}',
  'create_default_folders' => false,
  'session_lifetime' => 600,
  'reply_same_folder' => true,
  'default_list_mode' => 'threads',
  'autoexpand_threads' => 0,
  'message_sort_col' => 'date',
  'message_sort_order' => 'DESC',
  'mail_pagesize' => 200,
  'max_pagesize' => 6000,
];
"
    )
}
