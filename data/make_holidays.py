"""Makes holidays.tsv, the public holidays of every country in regions.tsv, 2015 to 2037; and
region_holidays.tsv, in what the parts of countries in subdivisions.tsv differ from their country.

Run by `cargo xtask data` with PyPI holidays 0.109 (MIT) installed. For every holiday of every
country it looks for the shortest list of rules that yields the very dates the library gives, and
checks that it does; what no rule yields is written as plain dates. data/README.md tells how to
read the table.
"""

import sys
import warnings
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

import holidays
from dateutil.easter import EASTER_ORTHODOX, easter
from holidays.calendars.buddhist import _BuddhistLunisolar
from holidays.calendars.chinese import _ChineseLunisolar
from holidays.calendars.hebrew import _HebrewLunisolar
from holidays.calendars.hindu import _HinduLunisolar
from holidays.calendars.islamic import _IslamicLunar, _IslamicMabimsLunar
from holidays.calendars.mongolian import _MongolianLunisolar

HERE = Path(__file__).parent
# The tables are in the worker with all they hold; whence they come stands in data/README.md.
HEAD = "# By data/make_holidays.py: data/README.md"
FIRST, LAST = 2015, 2037
YEARS = range(FIRST, LAST + 1)
# Where the library says itself that a table ends early.
REACHES = {"IN": 2035}
# Estimated dates are not marked here unless one asks.
UNMARKED = {"CI", "PS", "SA"}
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
ABOUT = {"(estimated)": "", "(observed, estimated)": "(observed)"}
FEASTS = {
    _IslamicLunar: "ramadan_beginning eid_al_fitr eid_al_adha hijri_new_year mawlid ashura arbaeen isra_and_miraj",
    _IslamicMabimsLunar: "ramadan_beginning eid_al_fitr eid_al_adha hijri_new_year mawlid isra_and_miraj",
    _ChineseLunisolar: "lunar_new_year dragon_boat mid_autumn double_ninth hung_kings",
    _BuddhistLunisolar: "vesak vesak_may",
    _HinduLunisolar: "diwali diwali_india dussehra holi ganesh_chaturthi thaipusam",
    _HebrewLunisolar: "purim shavuot sukkot",
    _MongolianLunisolar: "tsagaan_sar",
}
# The furthest a holiday follows or precedes the feast it hangs on, in days.
REACH = 60


def countries():
    rows = (HERE / "regions.tsv").read_text().splitlines()[1:]
    return [row.split("\t")[0] for row in rows]


def given(country, part=None):
    """What the library says: {(name, about): {date, ...}}."""
    entity = getattr(holidays, country)
    language = "en_US" if "en_US" in entity.supported_languages else None
    options = {"years": YEARS, "language": language, "subdiv": part}
    if country in UNMARKED:
        options["islamic_show_estimated"] = True
    found = defaultdict(set)
    for day, names in entity(**options).items():
        for name in names.split("; "):
            about = False
            for mark, instead in ABOUT.items():
                if name.endswith(mark):
                    name, about = f"{name.removesuffix(mark).strip()} {instead}".strip(), True
            if FIRST <= day.year <= LAST:
                found[name, about].add(day)
    return found


def make_up_days(country):
    """Days of the weekend that are worked in place of others."""
    days = getattr(getattr(holidays, country)(years=YEARS), "weekend_workdays", set())
    return {day for day in days if FIRST <= day.year <= LAST}


def parts():
    """{country: [part, ...]} of subdivisions.tsv."""
    found = defaultdict(list)
    for row in (HERE / "subdivisions.tsv").read_text().splitlines():
        if not row.startswith("#") and not row.startswith("code"):
            country, part = row.split("\t")[0].split("-")
            found[country].append(part)
    return found


def differences(country, country_parts, bases):
    """Rows of what parts of a country keep beside its holidays, or do not keep of them (`-`)."""
    of_country = given(country)
    rows = defaultdict(list)
    for part in country_parts:
        if part not in getattr(holidays, country).subdivisions:
            continue  # Only its week differs: weeks.tsv.
        of_part = given(country, part)
        for key in sorted(set(of_part) | set(of_country)):
            kept, known = of_part.get(key, set()), of_country.get(key, set())
            for sign, dates in (("", kept - known), ("-", known - kept)):
                if dates:
                    rows[sign, key, frozenset(dates)].append(part)
    for (sign, (name, about), dates), which in rows.items():
        yield f"{sign}{' '.join(which)}\t{'~' if about else ''}{name}\t{shortest(dates, bases)}"


def feasts():
    """The feasts that others hang on: Easter, and tables of the library's calendars."""
    found = {
        "easter": [easter(year) for year in YEARS],
        "pascha": [easter(year, EASTER_ORTHODOX) for year in YEARS],
    }
    for calendar, names in FEASTS.items():
        for name in names.split():
            table = getattr(calendar, f"{name.upper()}_DATES")
            if calendar is _IslamicMabimsLunar:
                name += "_mabims"
            found[name] = []
            for year in range(FIRST - 1, LAST + 2):
                several = table.get(year, ())
                if several and isinstance(several[0], int):
                    several = (several,)
                found[name] += [date(year, month, day) for month, day in several]
    return found


class Rule:
    """A way to write many dates: its text, and the dates it yields."""

    def __init__(self, text, dates, reach=0):
        self.text, self.dates, self.reach = text, dates, reach

    def within(self, wanted):
        """The rule cut down to the years in which all it yields is wanted; None if in none."""
        by_year = defaultdict(list)
        for day in self.dates:
            if FIRST <= day.year <= LAST:
                by_year[day.year].append(day)
        good = {year for year, days in by_year.items() if all(day in wanted for day in days)}
        if not good:
            return None
        bad = [FIRST - 1, *sorted(set(by_year) - good), LAST + 1]
        ranges = []
        for before, after in zip(bad, bad[1:]):
            inside = [year for year in sorted(good) if before < year < after]
            if inside:
                low = "" if before < FIRST else inside[0]
                high = "" if after > LAST else inside[-1]
                ranges.append(f"{low}" if low == high != "" else f"{low}-{high}")
        years = "" if ranges == ["-"] else ":" + ",".join(ranges)
        dates = {day for year in good for day in by_year[year]}
        return Rule(self.text + years, dates, self.reach)


def day_of(year, month, day):
    try:
        return date(year, month, day)
    except ValueError:
        return None


def filtered(text, dates, wanted, reach=0):
    """The rule as it is, and on the weekdays that are wanted only (`12-27@mon,tue`)."""
    yield Rule(text, dates, reach)
    kept = {day.weekday() for day in dates if day in wanted}
    if len(kept) < 7:
        names = ",".join(WEEKDAYS[weekday] for weekday in sorted(kept))
        yield Rule(f"{text}@{names}", {day for day in dates if day.weekday() in kept}, reach)
    often = Counter(day.weekday() for day in dates if day in wanted)
    never = {day.weekday() for day in dates if day not in wanted}
    if strict := set(often) - never:
        names = ",".join(WEEKDAYS[weekday] for weekday in sorted(strict))
        yield Rule(f"{text}@{names}", {day for day in dates if day.weekday() in strict}, reach)


def candidates(wanted, bases):
    for month, day in {(day.month, day.day) for day in wanted}:
        dates = {d for year in YEARS if (d := day_of(year, month, day))}
        yield from filtered(f"{month:02}-{day:02}", dates, wanted)
    starts = Counter()
    for day in wanted:
        for back in range(7):
            start = day - timedelta(back)
            starts[day.weekday(), start.month, start.day] += 1
    for (weekday, month, day), hits in starts.items():
        if hits >= 3 and (month, day) != (2, 29):
            dates = set()
            for year in range(FIRST - 1, LAST + 1):
                start = date(year, month, day)
                dates.add(start + timedelta((weekday - start.weekday()) % 7))
            yield Rule(f"{WEEKDAYS[weekday]}>={month:02}-{day:02}", dates)
    for name, base in bases.items():
        shifts = Counter()
        for feast in base:
            for day in wanted:
                if abs(shift := (day - feast).days) <= REACH:
                    shifts[shift] += 1
        for shift, hits in shifts.items():
            if hits >= 3:
                dates = {feast + timedelta(shift) for feast in base}
                text = f"{name}{shift:+}" if shift else name
                yield from filtered(text, dates, wanted, abs(shift))


def shortest(wanted, bases):
    """Rules that together yield `wanted`, as one text.

    Greedy: the most characters saved against plain dates first, near feasts before far ones.
    """
    rules = [rule for each in candidates(wanted, bases) if (rule := each.within(wanted))]
    left, texts = set(wanted), []
    while True:
        def saved(rule):
            return 11 * len(rule.dates & left) - len(rule.text) - 1 - rule.reach // 4
        best = max(rules, key=lambda rule: (saved(rule), rule.text), default=None)
        if best is None or saved(best) <= 0:
            break
        assert best.dates <= wanted
        texts.append((min(best.dates), best.text))
        left -= best.dates
    return " ".join([text for _, text in sorted(texts)] + [str(day) for day in sorted(left)])


def main():
    warnings.simplefilter("ignore")  # about years that a country's table does not reach
    bases = feasts()
    lines = []
    for country in countries():
        last = REACHES.get(country, min(getattr(holidays, country).end_year, LAST))
        lines.append(f"\n[{country}]\t{last}")
        for (name, about), wanted in sorted(given(country).items()):
            rules = shortest(wanted, bases)
            lines.append(f"{'~' if about else ''}{name}\t{rules}")
        if worked := make_up_days(country):
            lines.append(f"+\t{' '.join(map(str, sorted(worked)))}")
    head = [HEAD]
    for name, dates in sorted(bases.items()):
        head.append(f"{name}\t{' '.join(map(str, dates))}")
    (HERE / "holidays.tsv").write_text("\n".join(head + lines) + "\n")
    lines = [HEAD]
    for country, country_parts in sorted(parts().items()):
        if rows := sorted(differences(country, country_parts, bases)):
            lines += [f"\n[{country}]", *rows]
    (HERE / "region_holidays.tsv").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())
