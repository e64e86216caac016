//! `cargo xtask run`: a browser with Cadence at work.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use tokio::process::{Child, Command};

use crate::mailbox::{HOST, Mailbox};
use crate::manifest::Browser;
use crate::{build, package, tools};

/// What to open.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Open the real Gmail, in a browser profile of its own that is kept
    #[arg(long, conflicts_with_all = ["headless", "screenshot", "theme", "lang", "browser"])]
    gmail: bool,
    /// Show no window
    #[arg(long)]
    headless: bool,
    /// Save what a user sees in this directory, and end
    #[arg(long, value_name = "DIR")]
    screenshot: Option<PathBuf>,
    /// The colours of the mailbox
    #[arg(long, default_value = "light")]
    theme: Theme,
    /// The language of the mailbox and of the browser
    #[arg(long, default_value = "en")]
    lang: Language,
    /// The browser to open
    #[arg(long, default_value = "chromium")]
    browser: Choice,
    /// Build what is shipped
    #[arg(long)]
    release: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Choice {
    Chromium,
    Firefox,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Theme {
    Light,
    Dark,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Language {
    En,
    Ru,
    #[value(name = "zh-CN")]
    Chinese,
}

impl Language {
    /// Its code in the variable `LANGUAGE`, by which Chromium chooses its own.
    fn gettext(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ru => "ru",
            Self::Chinese => "zh_CN",
        }
    }
}

impl Args {
    /// The demo mailbox's address, with what was asked for.
    fn address(&self) -> String {
        let theme = if self.theme == Theme::Dark {
            "dark"
        } else {
            "light"
        };
        let language = match self.lang {
            Language::En => "en",
            Language::Ru => "ru",
            Language::Chinese => "zh",
        };
        format!("https://{HOST}/mail/u/0/?theme={theme}&lang={language}")
    }
}

/// Builds, and opens a browser until it is closed or Ctrl-C is pressed.
pub(crate) fn run(args: &Args) -> Result<()> {
    if args.browser == Choice::Firefox {
        return run_firefox(args);
    }
    let chromium = tools::chromium()?;
    if args.lang != Language::En {
        tools::chromium_languages()?;
    }
    if args.lang == Language::Chinese {
        tools::chinese_font()?;
    }
    build::build(&build::Args {
        release: args.release,
        faults: false,
    })?;

    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    if args.gmail {
        return runtime.block_on(open_gmail(&chromium));
    }
    let mailbox = Mailbox::start(0)?;
    let screen = has_screen();
    if args.screenshot.is_some() || args.headless || !screen {
        if !screen && !args.headless {
            eprintln!("! There is no screen here (DISPLAY is not set), so no window is shown.");
        }
        tools::node()?;
        return runtime.block_on(show(args, &mailbox, &chromium));
    }
    runtime.block_on(open_demo(args, &mailbox, &chromium))
}

/// Firefox, which takes an unpacked extension from a driver alone.
fn run_firefox(args: &Args) -> Result<()> {
    let firefox = tools::firefox()?;
    tools::node()?;
    if args.lang == Language::Chinese {
        tools::chinese_font()?;
    }
    build::build(&build::Args {
        release: args.release,
        faults: false,
    })?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let mailbox = Mailbox::start(0)?;
    runtime.block_on(show(args, &mailbox, &firefox))
}

async fn open_demo(args: &Args, mailbox: &Mailbox, chromium: &Path) -> Result<()> {
    let profile = tempfile::tempdir().context("cannot make a browser profile")?;
    let mut browser = browser(chromium, profile.path());
    browser.args(mailbox.chromium_flags()).arg(args.address());
    if args.lang != Language::En {
        let code = if args.lang == Language::Ru {
            "ru"
        } else {
            "zh_CN"
        };
        browser.env("LANGUAGE", code);
    }
    eprintln!("\nCadence is at work on the demo mailbox. Close the window or press Ctrl-C to end.");
    until_closed(browser.spawn().context("cannot start Chromium")?).await?;
    // A browser that is still writing its profile must not make the command fail.
    drop(profile.close());
    Ok(())
}

async fn open_gmail(chromium: &Path) -> Result<()> {
    if !has_screen() {
        bail!("Gmail needs a window to sign in to, and there is no screen here.");
    }
    let profile = data_directory()?.join("cadence").join("gmail-profile");
    std::fs::create_dir_all(&profile)
        .with_context(|| format!("cannot make the profile {}", profile.display()))?;
    let mut browser = browser(chromium, &profile);
    browser.arg(format!("https://{HOST}/mail/u/0/"));
    eprintln!(
        "\nCadence is at work on Gmail. You stay signed in: {}",
        profile.display()
    );
    eprintln!("Close the window or press Ctrl-C to end.");
    until_closed(browser.spawn().context("cannot start Chromium")?).await?;
    Ok(())
}

/// Opens the mailbox without a window; `xtask/show.mjs` takes the pictures.
async fn show(args: &Args, mailbox: &Mailbox, browser: &Path) -> Result<()> {
    let mut node = Command::new("node");
    node.arg(tools::root().join("xtask/show.mjs"))
        .arg(args.address())
        .env("CADENCE_MAILBOX", mailbox.address())
        .env("LANGUAGE", args.lang.gettext())
        .current_dir(tools::root());
    let name = match args.browser {
        Choice::Chromium => "CADENCE_CHROMIUM",
        Choice::Firefox => {
            node.env("CADENCE_BROWSER", "firefox");
            if has_screen() && !args.headless && args.screenshot.is_none() {
                node.env("CADENCE_WINDOW", "1");
            }
            "CADENCE_FIREFOX"
        }
    };
    node.env(name, browser);
    if let Some(directory) = &args.screenshot {
        std::fs::create_dir_all(directory)
            .with_context(|| format!("cannot make {}", directory.display()))?;
        node.arg(std::path::absolute(directory)?);
    }
    let ended = until_closed(node.spawn().context("cannot start Node")?).await?;
    match ended {
        Some(status) if !status.success() => bail!("Cadence could not be shown ({status})"),
        _ => Ok(()),
    }
}

/// Chromium with Cadence loaded, in a profile of its own.
fn browser(chromium: &Path, profile: &Path) -> Command {
    let with = |flag: &str, path: &Path| {
        let mut flag = OsString::from(flag);
        flag.push(path);
        flag
    };
    let mut command = Command::new(chromium);
    command
        .arg(with("--user-data-dir=", profile))
        .arg(with(
            "--load-extension=",
            &package::directory(Browser::Chrome),
        ))
        .args([
            "--no-first-run",
            "--no-default-browser-check",
            "--password-store=basic",
        ])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null());
    if tools::superuser() {
        command.arg("--no-sandbox");
    }
    command
}

/// Waits for the program to end. On Ctrl-C, which the program gets as well, it is given five seconds.
async fn until_closed(mut child: Child) -> Result<Option<ExitStatus>> {
    tokio::select! {
        status = child.wait() => return Ok(Some(status?)),
        interrupted = tokio::signal::ctrl_c() => interrupted?,
    }
    if tokio::time::timeout(Duration::from_secs(5), child.wait())
        .await
        .is_err()
    {
        child.kill().await?;
    }
    Ok(None)
}

fn has_screen() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(not(target_os = "linux")) || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// Where the user's programs keep their data.
fn data_directory() -> Result<PathBuf> {
    let set = |name| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    if cfg!(windows) {
        return set("LOCALAPPDATA").context("LOCALAPPDATA is not set");
    }
    let home = || set("HOME").context("HOME is not set");
    if cfg!(target_os = "macos") {
        return Ok(home()?.join("Library/Application Support"));
    }
    match set("XDG_DATA_HOME") {
        Some(directory) => Ok(directory),
        None => Ok(home()?.join(".local/share")),
    }
}
