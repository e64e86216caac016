"""What Python's email package reads of messages: whose, when, which.

Takes paths on standard input, one a line; prints one line of JSON for each: {"file", "from", "ms", "id"}, where what
cannot be read is null. Run by src/archive/corpora.rs.
"""

import email
import email.policy
import json
import sys
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path


def attempt(read):
    try:
        return read()
    except Exception:
        return None


def sender(message):
    addresses = [address for _, address in getaddresses([str(message["From"])]) if "@" in address]
    return addresses[0] if addresses else None


def instant(message):
    date = parsedate_to_datetime(str(message["Date"]))
    if date.tzinfo is None:
        from datetime import timezone

        date = date.replace(tzinfo=timezone.utc)
    return round(date.timestamp() * 1000)


def number(message):
    text = str(message["Message-ID"]).strip()
    return text.strip("<>") if text.startswith("<") and text.endswith(">") else None


def main():
    for line in sys.stdin:
        path = Path(line.rstrip("\n"))
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.compat32)
        reading = {
            "file": str(path),
            "from": attempt(lambda: sender(message)),
            "ms": attempt(lambda: instant(message)),
            "id": attempt(lambda: number(message)),
        }
        print(json.dumps(reading))


main()
