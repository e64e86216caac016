//! National domains: what the end of a mail address's or a site's domain says about a country.
//!
//! Weights are log-odds measured on authors of public repositories whose clock offsets are known:
//! how often somebody under a national domain keeps that country's time. Domains sold world-wide
//! for their look agree with their country no more often than chance and are worth nothing, save
//! under a second level that the registry keeps for the country (`com.co`, `co.in`).

use super::clue::{Clue, share};
use super::freemail::is_free_mail;
use super::signature::Line;
use super::{Because, ClueKind};
use crate::address::Email;
use crate::country::Country;

/// A national domain that nobody measured: the mean of those that were, rounded down.
const USUAL: f64 = 3.0;

/// Measured domains whose weight differs from [`USUAL`].
const MEASURED: [(&str, f64); 26] = [
    ("am", 2.0),
    ("at", 2.6),
    ("be", 3.2),
    ("ca", 3.3),
    ("ch", 3.7),
    ("cn", 3.3),
    ("cz", 3.5),
    ("de", 3.4),
    ("dk", 3.4),
    ("fi", 3.2),
    ("fr", 3.3),
    ("is", 1.8),
    ("it", 2.6),
    ("jp", 2.6),
    ("li", 1.8),
    ("md", 2.0),
    ("mn", 2.0),
    ("mu", 2.2),
    ("nl", 3.4),
    ("ps", 2.0),
    ("rs", 2.5),
    ("ru", 2.2),
    ("se", 3.4),
    ("si", 2.6),
    ("uk", 2.2),
    ("us", 2.2),
];

/// Domains that people anywhere buy for their look or for nothing, with the second levels that
/// their registry gives to the country's own.
const VANITY: [(&str, &[&str]); 44] = [
    ("ac", &[]),
    ("ad", &[]),
    ("ag", &["co", "com"]),
    ("ai", &["gov"]),
    ("as", &["gov"]),
    ("bz", &["com", "gov"]),
    ("cc", &[]),
    ("cd", &["gouv"]),
    ("cf", &[]),
    ("co", &["com", "edu", "gov", "mil", "net", "nom", "org"]),
    ("cx", &["gov"]),
    ("dj", &["gouv"]),
    ("eu", &[]),
    ("fm", &["gov"]),
    ("ga", &["gouv"]),
    ("gd", &["gov"]),
    ("gg", &["co", "gov"]),
    ("gl", &[]),
    ("gq", &[]),
    ("gs", &[]),
    ("im", &["ac", "co", "gov"]),
    (
        "in",
        &[
            "ac", "co", "edu", "ernet", "firm", "gen", "gov", "ind", "mil", "net", "nic", "org",
            "res",
        ],
    ),
    ("io", &["gov"]),
    ("ki", &["com", "gov"]),
    ("la", &["gov"]),
    ("lc", &["gov"]),
    (
        "ly",
        &["com", "edu", "gov", "med", "net", "org", "plc", "sch"],
    ),
    ("me", &["ac", "co", "edu", "gov"]),
    ("ml", &["gouv", "gov"]),
    ("ms", &["gov"]),
    ("nu", &[]),
    ("pw", &["gov"]),
    ("sc", &["com", "gov"]),
    ("sh", &["gov"]),
    ("sr", &[]),
    ("st", &["gov"]),
    ("su", &[]),
    ("sx", &["gov"]),
    ("tk", &[]),
    ("tl", &["gov"]),
    ("to", &["gov"]),
    ("tv", &["gov"]),
    ("vc", &["gov"]),
    ("ws", &["gov"]),
];

/// National domains in other scripts, as the name system writes them (IANA root zone).
const OTHER_SCRIPTS: [(&str, &str); 27] = [
    ("xn--3e0b707e", "KR"),
    ("xn--54b7fta0cc", "BD"),
    ("xn--90a3ac", "RS"),
    ("xn--90ae", "BG"),
    ("xn--90ais", "BY"),
    ("xn--clchc0ea0b2g2a9gcd", "SG"),
    ("xn--d1alf", "MK"),
    ("xn--fiqs8s", "CN"),
    ("xn--fiqz9s", "CN"),
    ("xn--fzc2c9e2c", "LK"),
    ("xn--h2brj9c", "IN"),
    ("xn--j1amh", "UA"),
    ("xn--j6w193g", "HK"),
    ("xn--kprw13d", "TW"),
    ("xn--l1acc", "MN"),
    ("xn--lgbbat1ad8j", "DZ"),
    ("xn--mgba3a4f16a", "IR"),
    ("xn--mgbaam7a8h", "AE"),
    ("xn--mgbayh7gpa", "JO"),
    ("xn--mgbc0a9azcg", "MA"),
    ("xn--mgberp4a5d4ar", "SA"),
    ("xn--mgbtx2b", "IQ"),
    ("xn--node", "GE"),
    ("xn--o3cw4h", "TH"),
    ("xn--p1ai", "RU"),
    ("xn--qxam", "GR"),
    ("xn--wgbh1c", "EG"),
];

/// Parts of a domain or a mailbox's name that tell a diplomatic service, whose people work in
/// every country but their own.
const DIPLOMATIC: [&str; 12] = [
    "bmeia",
    "botschaft",
    "consul",
    "diplo",
    "emb",
    "embassy",
    "esteri",
    "exteriores",
    "itamaraty",
    "mfa",
    "mofa",
    "state",
];

/// What a site or another address in a signature is worth beside the client's own domain.
const OTHER_SITE: f64 = 0.7;
/// Services whose national domain is only for its look, or that anybody has a page at.
const SERVICES: [&str; 12] = [
    "youtu.be",
    "instagr.am",
    "wa.me",
    "t.me",
    "goo.gl",
    "bit.ly",
    "about.me",
    "line.me",
    "ow.ly",
    "fb.me",
    "telegram.me",
    "linktr.ee",
];

/// What the domain of a client's own address says, if anything.
pub(super) fn mailbox(email: &Email) -> Option<Because> {
    let posted = email.local().split(['.', '-', '_']).any(is_diplomatic);
    clue(email.domain()).filter(|_| !posted)
}

/// What sites and other addresses in a signature say: the strongest for each country.
pub(super) fn sites(lines: &[Line<'_>], email: &Email) -> Vec<Clue> {
    let mut found: Vec<Clue> = Vec::new();
    for line in lines {
        for token in line.raw.split([
            ' ', ',', ';', '|', '<', '>', '(', ')', '[', ']', '\t', '"', '：', '，',
        ]) {
            let Some(domain) = domain_of(token) else {
                continue;
            };
            if domain == email.domain()
                || is_free_mail(&domain)
                || SERVICES.contains(&domain.as_str())
            {
                continue;
            }
            let Some(mut because) = clue(&domain) else {
                continue;
            };
            because.weight *= OTHER_SITE * if line.numberless { 1.0 } else { share(line) };
            let said = |one: &&mut Clue| one.because.country == because.country;
            match found.iter_mut().find(said) {
                Some(one) => one.because.weight = one.because.weight.max(because.weight),
                None => found.push(Clue::from(because)),
            }
        }
    }
    found
}

/// The domain of a web or mail address, in lower case.
fn domain_of(token: &str) -> Option<String> {
    if token.len() < 4 || !token.contains('.') || !token.is_ascii() {
        return None;
    }
    let token = token.to_ascii_lowercase();
    let (marked, rest) = match token.rsplit_once('@') {
        Some((_, rest)) => (true, rest),
        None => match token.split_once("://") {
            Some((_, rest)) => (true, rest),
            None => (token.contains("www."), token.as_str()),
        },
    };
    let rest = rest
        .split(':')
        .find(|part| part.contains('.'))
        .unwrap_or(rest);
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.trim_end_matches('.').trim_start_matches("www.");
    let labels = || host.split('.');
    let sound = labels().count() >= 2
        && labels().all(|label| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        });
    // “e.K.”, “S.A.”: an address without any mark has a longer name.
    let plain = marked || labels().next().is_some_and(|label| label.len() >= 4);
    (sound && plain).then(|| host.to_owned())
}

fn is_diplomatic(part: &str) -> bool {
    DIPLOMATIC.contains(&part)
}

/// What a domain says, if anything.
fn clue(domain: &str) -> Option<Because> {
    let mut labels = domain.rsplit('.');
    let top = labels.next()?;
    let second = labels.next()?;
    let third = labels.next();
    let (country, weight) = national(top, second, third)?;
    if domain.split(['.', '-']).any(is_diplomatic) {
        return None;
    }
    let value = if third.is_some() && second.len() <= 4 {
        format!(".{second}.{top}")
    } else {
        format!(".{top}")
    };
    Some(Because {
        clue: ClueKind::Domain,
        value,
        country: Some(country),
        weight,
    })
}

/// The country of a top-level domain and its weight.
fn national(top: &str, second: &str, third: Option<&str>) -> Option<(Country, f64)> {
    if let Some((_, kept)) = VANITY.iter().find(|(name, _)| *name == top) {
        return (third.is_some() && kept.contains(&second))
            .then(|| Some((top.parse().ok()?, USUAL)))?;
    }
    let code = match OTHER_SCRIPTS.iter().find(|(name, _)| *name == top) {
        Some((_, code)) => code,
        None if top == "uk" => "gb",
        None if top == "swiss" => "ch",
        None if top.len() == 2 => top,
        None => return None,
    };
    let weight = MEASURED
        .iter()
        .find(|(name, _)| *name == top)
        .map_or(USUAL, |(_, weight)| *weight);
    Some((code.parse().ok()?, weight))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn country(domain: &str) -> Option<String> {
        clue(domain).and_then(|because| Some(because.country?.code().to_owned()))
    }

    #[test]
    fn national_domains_name_their_country() {
        for (domain, code) in [
            ("acme.de", "DE"),
            ("acme.co.uk", "GB"),
            ("mail.acme.com.br", "BR"),
            ("acme.co.in", "IN"),
            ("acme.com.co", "CO"),
            ("iitb.ac.in", "IN"),
            ("acme.xn--p1ai", "RU"),
            ("acme.com.ly", "LY"),
        ] {
            assert_eq!(country(domain).as_deref(), Some(code), "{domain}");
        }
    }

    #[test]
    fn vanity_domains_regions_and_posts_abroad_say_nothing() {
        for domain in [
            "acme.io",
            "acme.co",
            "acme.me",
            "acme.tv",
            "acme.ai",
            "acme.cc",
            "acme.in",
            "acme.eu",
            "acme.com",
            "acme.asia",
            "co.in",
            "mail.acme.io",
            "acme.co.cc",
            "state.gov",
            "diplo.de",
            "mfa.gov.tr",
            "emb-japan.go.jp",
            "acme.zz",
            "localhost",
            "acme.ac",
            "acme.su",
        ] {
            assert_eq!(country(domain), None, "{domain}");
        }
    }

    #[test]
    fn sites_of_a_signature_count_beside_the_client_s_own_domain() {
        let email: Email = "anna@gmail.com".parse().unwrap();
        let text =
            "Anna\nweb: https://www.acme.com.br/contato | anna@acme.com.br\nyoutu.be/x e.K. S.A.";
        let found = sites(&super::super::signature::lines(text), &email);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].because.country, "BR".parse().ok());
        let embassy: Email = "consul.general@acme.de".parse().unwrap();
        assert_eq!(mailbox(&embassy), None);
    }

    #[test]
    fn a_reason_shows_the_end_of_the_domain() {
        assert_eq!(clue("mail.acme.com.br").unwrap().value, ".com.br");
        assert_eq!(clue("acme.de").unwrap().value, ".de");
        assert_eq!(clue("mail.siemens.de").unwrap().value, ".de");
    }
}
