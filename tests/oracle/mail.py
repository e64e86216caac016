"""What Python's email package reads of messages: whose, when, which.

Takes paths on standard input, one a line; prints one line of JSON for each: {"file", "from", "ms", "id"}, where what
cannot be read is null. With `dates` as its argument it takes dates, and prints {"text", "ms"} for each whose zone, if any is
said, it could read. Run by src/archive/corpora.rs.
"""

import email
import email.policy
import json
import sys
from datetime import timezone
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path


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
else:
    main()
