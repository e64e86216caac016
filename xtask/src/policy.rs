//! The content security policies that a page of the demo mailbox can be served with.

/// A policy by the name that the query parameter `csp` gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Policy {
    /// The default: nonces only, and Trusted Types.
    Strict,
    /// `none`: no policy at all.
    None,
    /// `self`: the page's own scripts.
    Own,
    /// `nonce`: as Gmail's is known: a nonce, eval allowed, and Trusted Types.
    Nonce,
    /// `tt-none`: no script and no Trusted Types policy, so the page arrives finished.
    Still,
}

impl Policy {
    /// The policy of that name.
    pub(crate) fn named(name: Option<&str>) -> Option<Self> {
        Some(match name {
            None | Some("strict") => Self::Strict,
            Some("none") => Self::None,
            Some("self") => Self::Own,
            Some("nonce") => Self::Nonce,
            Some("tt-none") => Self::Still,
            Some(_) => return None,
        })
    }

    /// The value of the header `Content-Security-Policy`.
    pub(crate) fn header(self, nonce: &str) -> Option<String> {
        match self {
            Self::None => None,
            Self::Strict => Some(format!(
                "script-src 'nonce-{nonce}' 'strict-dynamic'; object-src 'none'; \
                 base-uri 'self'; require-trusted-types-for 'script'"
            )),
            Self::Own => Some("script-src 'self'".into()),
            Self::Nonce => Some(format!(
                "script-src 'nonce-{nonce}' 'unsafe-inline' 'strict-dynamic' https: http: \
                 'unsafe-eval'; object-src 'none'; base-uri 'self'; \
                 require-trusted-types-for 'script'"
            )),
            Self::Still => Some(
                "default-src 'none'; script-src 'none'; style-src 'unsafe-inline'; \
                 require-trusted-types-for 'script'; trusted-types 'none'"
                    .into(),
            ),
        }
    }
}
