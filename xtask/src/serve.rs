//! `cargo xtask serve`: the demo mailbox alone.

use anyhow::Result;

use crate::mailbox::Mailbox;

/// How to serve.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Serve a real Roundcube with the demo's letters in it instead
    #[arg(long, conflicts_with = "port")]
    roundcube: bool,
    /// The port on 127.0.0.1; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// End when standard input closes, that is with the program that started this one
    #[arg(long)]
    with_parent: bool,
}

/// Prints `{"port":…,"spki":"…"}` on one line, then serves until it is stopped.
pub(crate) fn serve(args: &Args) -> Result<()> {
    if args.roundcube {
        #[cfg(unix)]
        {
            let roundcube = crate::roundcube::Roundcube::start()?;
            println!("{}", roundcube.address());
            return wait(args);
        }
        #[cfg(not(unix))]
        anyhow::bail!("Roundcube is served on Linux alone");
    }
    let mailbox = Mailbox::start(args.port)?;
    println!("{}", mailbox.address());
    wait(args)
}

/// Until whoever asked for it has enough.
fn wait(args: &Args) -> Result<()> {
    if args.with_parent {
        std::io::copy(&mut std::io::stdin(), &mut std::io::sink())?;
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(tokio::signal::ctrl_c())?;
    Ok(())
}
