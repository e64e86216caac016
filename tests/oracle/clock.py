"""An independent computation of what tests/clock.rs expects.

    python3 -m venv target/oracle
    target/oracle/bin/pip install holidays==0.109 tzdata==2026.6
    target/oracle/bin/python tests/oracle/clock.py [CASES]

Python's own zoneinfo reads the zones, PyPI holidays knows weekends and holidays. Writes
clock.jsonl, one case a line, at random from a fixed seed:

    ["zone", zone, at, offset_s, local]
    ["day", country, date, weekend, name or null]
    ["window", country, zone, after, from, to, opens, closes]

and holidays.tsv: for every country the number and the FNV-1a hash of its holidays' dates from
2015 to 2037, as lines of date, name and 1 where all that falls on it is estimated. Then the number
and the hash of the days that are worked, as lines of date. Likewise for every part of a country in
data/subdivisions.tsv that the library has.

With CASES it prints that many cases of each kind and writes nothing.
"""

import json
import random
import sys
import warnings
import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path

import holidays

HERE = Path(__file__).parent
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
YEARS = range(2015, 2036)
DAY = timedelta(days=1)
MARKS = {" (estimated)": "", " (observed, estimated)": " (observed)"}

zoneinfo.reset_tzpath(to=[])  # the pinned package alone, not this machine's zones
warnings.simplefilter("ignore")
COUNTRIES = [
    line.split("\t")[0]
    for line in (HERE / "../../data/regions.tsv").read_text().splitlines()[1:]
]
ZONES = sorted(zoneinfo.available_timezones())


PARTS = [
    line.split("\t")[0]
    for line in (HERE / "../../data/subdivisions.tsv").read_text().splitlines()
    if not line.startswith(("#", "code"))
]


@cache
def calendar(place):
    country, _, part = place.partition("-")
    entity = getattr(holidays, country)
    language = "en_US" if "en_US" in entity.supported_languages else None
    options = {"years": range(2015, 2038), "language": language, "subdiv": part or None}
    if country in ("CI", "PS", "SA"):  # elsewhere it is on, or there is no such option
        options["islamic_show_estimated"] = True
    return entity(**options)


def names_on(country, day):
    """The names of a date's holidays, without the library's mark; and whether it was there."""
    found = []
    for name in filter(None, calendar(country).get(day, "").split("; ")):
        about = False
        for mark, instead in MARKS.items():
            if name.endswith(mark):
                name, about = name.removesuffix(mark) + instead, True
        found.append((name, about))
    return sorted(set(found))


def is_working(country, day):
    of_country = calendar(country)
    # Of a day of the weekend that makes up for another the library does not ask for a holiday.
    return of_country.is_working_day(day) and day not in of_country


def ms(instant):
    return (instant - EPOCH) // timedelta(milliseconds=1)


def first_shown(zone, wall):
    """The first instant at which the zone's clocks show a time, or the end of the gap it is in."""
    readings = [wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    real = [u for u in readings if u.astimezone(zone).replace(tzinfo=None) == wall]
    if real:
        return min(real)
    # In a gap, the two readings lie on either side of its end.
    low, high = min(readings), max(readings)
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + ((high - low) // 2 // timedelta(seconds=1)) * timedelta(seconds=1)
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high


def wall_time(day, minutes):
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def window(country, zone, after, begin, end):
    day = after.astimezone(zone).date()
    while True:
        if is_working(country, day):
            opens = first_shown(zone, wall_time(day, begin))
            closes = first_shown(zone, wall_time(day, end))
            if opens < closes and after < closes:
                return max(opens, after), closes
        day += DAY


def clock(minutes):
    return f"{minutes // 60:02}:{minutes % 60:02}"


class Cases:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def instant(self, zone=None):
        """Any second of the years; a third of them within a day of a change of the clocks."""
        start = datetime(YEARS[0], 1, 1, tzinfo=UTC)
        end = datetime(YEARS[-1] + 1, 1, 1, tzinfo=UTC)
        at = start + timedelta(seconds=self.random.randrange(int((end - start).total_seconds())))
        if zone and self.random.random() < 1 / 3:
            offset = at.astimezone(zone).utcoffset()
            for _ in range(370):
                at += DAY
                if at.astimezone(zone).utcoffset() != offset:
                    return at - timedelta(seconds=self.random.randrange(2 * 86_400))
        return at

    def zone(self):
        name = self.random.choice(ZONES)
        return name, zoneinfo.ZoneInfo(name)

    def zones(self):
        name, zone = self.zone()
        at = self.instant(zone)
        local = at.astimezone(zone)
        seconds = int(local.utcoffset().total_seconds())
        return ["zone", name, ms(at), seconds, local.replace(tzinfo=None).isoformat()]

    def days(self):
        country = self.random.choice(COUNTRIES)
        if calendar(country) and self.random.random() < 0.5:
            day = self.random.choice([d for d in calendar(country) if d.year in YEARS])
        else:
            day = self.instant().date()
        weekend = calendar(country).is_weekend(day)
        name = "; ".join(name for name, _ in names_on(country, day)) or None
        return ["day", country, str(day), weekend, name]

    def windows(self):
        country, (name, zone) = self.random.choice(COUNTRIES), self.zone()
        begin, end = 600, 900
        if self.random.random() < 0.5:
            begin, end = sorted(self.random.sample(range(0, 1441), 2))
        after = self.instant(zone)
        opens, closes = window(country, zone, after, begin, end)
        return ["window", country, name, ms(after), clock(begin), clock(end), ms(opens), ms(closes)]


def fnv1a(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return value


def all_holidays(country):
    lines = []
    day = date(2015, 1, 1)
    while day.year < 2038:
        if found := names_on(country, day):
            name = "; ".join(name for name, _ in found)
            lines.append(f"{day}\t{name}\t{int(all(about for _, about in found))}\n")
        day += DAY
    return lines


def all_working_days(place):
    days = [date(2015, 1, 1) + timedelta(n) for n in range(8401)]  # to the end of 2037
    return [f"{day}\n" for day in days if is_working(place, day)]


def has(place):
    country, _, part = place.partition("-")
    return not part or part in getattr(holidays, country).subdivisions


def main():
    if len(sys.argv) > 1:
        cases = Cases(random.randrange(2**32))
        for kind in (cases.zones, cases.days, cases.windows):
            for _ in range(int(sys.argv[1])):
                print(json.dumps(kind()))
        return
    cases = Cases(20261123)
    with open(HERE / "clock.jsonl", "w") as out:
        for kind, count in ((cases.zones, 800), (cases.days, 1500), (cases.windows, 1600)):
            for _ in range(count):
                out.write(json.dumps(kind(), ensure_ascii=False, separators=(",", ":")) + "\n")
    with open(HERE / "holidays.tsv", "w") as out:
        for place in filter(has, COUNTRIES + PARTS):
            cells = [place]
            for lines in (all_holidays(place), all_working_days(place)):
                cells += [str(len(lines)), f"{fnv1a(''.join(lines).encode()):016x}"]
            out.write("\t".join(cells) + "\n")


if __name__ == "__main__":
    main()
