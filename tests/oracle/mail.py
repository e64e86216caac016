"""What Python's email package reads of messages: whose, when, which.

Takes paths on standard input, one a line; prints one line of JSON for each: {"file", "from", "ms", "id"}, where what
cannot be read is null. With `dates` as its argument it takes dates, and prints {"text", "ms"} for each whose zone, if any is
said, it could read. With `made SEED COUNT` it makes messages, as odd as the standards allow and some odder, and prints what it reads
of each: {"hex", "from", "name", "to", "ms", "id", "files"}. Run by src/archive/corpora.rs.
"""

import email
import email.policy
import json
import random
import sys
from datetime import datetime, timedelta, timezone
from email.header import Header, decode_header, make_header
from email.utils import encode_rfc2231, format_datetime, getaddresses, parsedate_to_datetime
from pathlib import Path
from urllib.parse import quote


def attempt(read):
    try:
        return read()
    except Exception:
        return None


def sender(message):
    """The first address of the first From; what has blanks in it, or nothing before the @, is none."""
    raw = next(value for name, value in message.raw_items() if name.lower() == "from")
    text = raw.encode("ascii", "surrogateescape").decode("utf-8", "replace") if isinstance(raw, str) else str(raw)
    first = next(address for _, address in getaddresses([text]) if "@" in address)
    return first if "@" in first[1:] and not any(c.isspace() for c in first) else None


def instant(text):
    date = parsedate_to_datetime(text)
    if date.tzinfo is None:
        date = date.replace(tzinfo=timezone.utc)
    return round(date.timestamp() * 1000)


def number(message):
    text = str(message["Message-ID"]).strip()
    return text.strip("<>") if text.startswith("<") and text.endswith(">") else None


def dates():
    for line in sys.stdin:
        text = line.rstrip("\n")
        print(json.dumps({"text": text, "ms": attempt(lambda: instant(text))}))


NAMES = [
    ("Anna Weber", "us-ascii"), ("Weber, Anna (Sales)", "us-ascii"), ("Zoë Müller", "iso-8859-1"), ("João Lima", "utf-8"),
    ("Ольга Белова", "koi8-r"), ("Пётр Ильич", "windows-1251"), ("阮文安", "utf-8"), ("王伟", "gb2312"), ("山田太郎", "iso-2022-jp"), ("陳大文", "big5"),
    ("김철수", "euc-kr"), ("Fatma Yılmaz", "iso-8859-9"), ("Łukasz Żółć", "iso-8859-2"), ("Дуже довге ім’я, яке не вміститься в один рядок", "utf-8"),
]
DOMAINS = ["weber.de", "mail.firm.co.uk", "lima-luz.com.br", "a1.example", "xn--bcher-kva.example"]
LOCALS = ["anna", "a.weber", "a+b", "o'neil", "weber_1", "x-y=z", "A.Weber"]


def word(text, charset, chance):
    """A name as a header holds it: plain, quoted, in encoded words that end anywhere."""
    if charset == "us-ascii":
        if "," in text or "(" in text or chance.random() < 0.3:
            return '"' + text + '"'
        return text
    if chance.random() < 0.2:
        # Each character in a word of its own; blanks between such words are none.
        return " ".join(Header(c, charset).encode() for c in text if c != " ")
    return Header(text, charset, maxlinelen=chance.choice([40, 60, 76])).encode()


def blank(chance):
    return chance.choice([" ", "  ", "\t", "\r\n ", "\r\n\t "])


def address(chance):
    text, charset = chance.choice(NAMES)
    plain = f"{chance.choice(LOCALS)}@{chance.choice(DOMAINS)}"
    name = word(text, charset, chance)
    return chance.choice([
        lambda: plain,
        lambda: f"<{plain}>",
        lambda: f"{name}{blank(chance)}<{plain}>",
        lambda: f"{name} <{plain}>",
        lambda: f"{name} (at work (mostly)) <{plain}>",
        lambda: f"{plain} (Anna Weber)",
        lambda: f"{name} < {plain} >",
    ])()


def people(chance, most):
    some = [address(chance) for _ in range(chance.randint(1, most))]
    text = ("," + blank(chance)).join(some)
    if chance.random() < 0.15:
        text = f"Buyers: {text};"
    if chance.random() < 0.1:
        text += ", undisclosed-recipients:;"
    return text


def dated(chance):
    at = datetime(1995, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=chance.randint(0, 1_000_000_000))
    at = at.astimezone(timezone(timedelta(minutes=chance.choice([0, 60, 120, 330, -210, -300, 480, 765]))))
    text = format_datetime(at)
    return chance.choice([
        lambda: text,
        lambda: text + " (some zone (or other))",
        lambda: text.split(", ")[1],
        lambda: text.replace(" ", blank(chance), 1),
        lambda: at.strftime("%a, %d %b %y %H:%M:%S %z"),
        lambda: at.strftime("%d %b %Y %H:%M %z"),
        lambda: at.astimezone(timezone.utc).strftime("%A, %d-%b-%y %H:%M:%S GMT"),
        lambda: at.strftime("%a %b %d %H:%M:%S %Y"),
        lambda: at.astimezone(timezone(timedelta(hours=-5))).strftime("%a, %d %b %Y %H:%M:%S EST"),
        lambda: "yesterday",
    ])()


def identity(chance):
    own = f"<{chance.randrange(10 ** 12)}.{chance.choice(['x', 'a-b', 'c$d', 'e=f'])}@{chance.choice(DOMAINS)}>"
    return chance.choice([own, own, "\r\n " + own, own + " ", "  " + own])


def attached(name, charset, chance):
    """A part with a file's name, as RFC 2231 has it, in pieces, or as programs write it."""
    whole = encode_rfc2231(name, "utf-8")
    half = len(name) // 2
    said = chance.choice([
        f"filename*={whole}",
        f"filename*0*={encode_rfc2231(name[:half], 'utf-8')};\r\n filename*1*={quote(name[half:], safe='')}",
        f'filename="{Header(name, charset).encode().splitlines()[0]}"' if len(name) < 12 else f"filename*={whole}",
    ])
    return f"Content-Type: application/octet-stream\r\nContent-Disposition: attachment;\r\n {said}\r\n\r\nx\r\n"


def message(chance):
    lines = [f"Date: {dated(chance)}" if chance.random() < 0.95 else None, f"From: {address(chance)}", f"To: {people(chance, 4)}"]
    lines += [f"Cc: {people(chance, 3)}" if chance.random() < 0.5 else None, f"Message-ID: {identity(chance)}" if chance.random() < 0.95 else None]
    text, charset = chance.choice(NAMES)
    lines += [f"Subject: {word(text, charset, chance)}", f"X-Odd: {'y' * chance.randint(0, 2000)}", "MIME-Version: 1.0"]
    chance.shuffle(lines)
    files = [chance.choice(NAMES) for _ in range(chance.randint(0, 2))]
    parts = "".join("--b\r\n" + attached(f"{name}.pdf".replace("’", ""), charset, chance) for name, charset in files)
    head = "\r\n".join(line for line in lines if line)
    body = "--b\r\nContent-Type: text/plain\r\n\r\nHi\r\n" + parts + "--b--\r\n"
    whole = head + "\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + body
    # Python's own names of these.
    return whole.replace("big5_tw", "big5").replace("eucgb2312_cn", "gb2312").encode("ascii")


def name_of(text):
    return " ".join(str(make_header(decode_header(text))).split())


def made(seed, count):
    chance = random.Random(int(seed))
    for _ in range(int(count)):
        raw = message(chance)
        read = email.message_from_bytes(raw, policy=email.policy.compat32)
        named = getaddresses(read.get_all("From", []))[0]
        files = [part.get_filename() for part in read.walk() if part.get_filename()]
        print(json.dumps({
            "hex": raw.hex(),
            "from": attempt(lambda: sender(read)),
            # Python takes the inner parentheses of a remark away.
            "name": name_of(named[0]).replace("(at work mostly)", "(at work (mostly))"),
            "to": sorted({address.lower() for _, address in getaddresses(read.get_all("To", []) + read.get_all("Cc", [])) if "@" in address}),
            "ms": attempt(lambda: instant(str(read["Date"]))),
            "id": attempt(lambda: number(read)),
            "files": sorted(name_of(name) for name in files),
        }))


def main():
    for line in sys.stdin:
        path = Path(line.rstrip("\n"))
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.compat32)
        reading = {
            "file": str(path),
            "from": attempt(lambda: sender(message)),
            "ms": attempt(lambda: instant(str(message["Date"]))),
            "id": attempt(lambda: number(message)),
        }
        print(json.dumps(reading))


if sys.argv[1:] == ["dates"]:
    dates()
elif sys.argv[1:2] == ["made"]:
    made(*sys.argv[2:])
else:
    main()
