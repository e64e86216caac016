"""Telephone prefixes: which country, which zone, which lengths, service line or not.

libphonenumber's rules are regular expressions; this asks them about sample numbers, prefix by
prefix, and keeps the shortest prefixes that give the same answers. The samples come from a fixed
seed, so the table is the same at every run.
"""

import collections
import datetime
import random
import zoneinfo

import phonenumbers as pn
from phonenumbers import PhoneNumberType as Type
from phonenumbers import timezone

SERVICE = {Type.TOLL_FREE, Type.PREMIUM_RATE, Type.SHARED_COST, Type.UAN, Type.VOICEMAIL, Type.PAGER}
SAMPLES = 12
# Deepest national prefix looked at; five digits tell Guernsey from England.
DEEPEST = 4
DEEPEST_SHARED = 5


def possible_lengths(code):
    lengths = set()
    for region in pn.COUNTRY_CODE_TO_REGION_CODE[code]:
        metadata = pn.PhoneMetadata.metadata_for_region(region)
        for description in (metadata.fixed_line, metadata.mobile, metadata.toll_free, metadata.shared_cost,
                            metadata.premium_rate, metadata.uan):
            if description:
                lengths.update(l for l in description.possible_length if l > 0)
    return sorted(lengths)


def fold_number(code, national):
    zeros = len(national) - len(national.lstrip("0"))
    number = pn.PhoneNumber(country_code=code, national_number=int(national))
    if zeros:
        number.italian_leading_zero = True
        number.number_of_leading_zeros = zeros
    return number


class Plan:
    """One calling code."""

    def __init__(self, code, zones):
        self.code = code
        self.zones = zones
        # Seven digits reach Canadian service lines without an area code: no number for abroad.
        self.lengths = [10] if code == 1 else possible_lengths(code)
        self.shared = len(pn.COUNTRY_CODE_TO_REGION_CODE[code]) > 1
        self.rows = {}

    def answers(self, prefix):
        """(country, service, zone) -> how many samples, and the lengths that were valid."""
        dice = random.Random(f"{self.code}/{prefix}")
        found, lengths = collections.Counter(), set()
        for length in self.lengths:
            if length <= len(prefix):
                continue
            for _ in range(SAMPLES if len(prefix) < 3 else SAMPLES // 3):
                rest = "".join(dice.choice("0123456789") for _ in range(length - len(prefix)))
                national = prefix + rest
                if not national.strip("0"):
                    continue
                number = fold_number(self.code, national)
                region = pn.region_code_for_number(number)
                if region is None or region == "001":
                    continue
                kind = pn.number_type(number)
                service = kind in SERVICE
                zone = "-"
                if not service and region in self.zones:
                    names = [z for z in timezone.time_zones_for_number(number) if z in self.zones[region]]
                    zone = names[0] if len(names) == 1 else "-"
                found[region, service, zone] += 1
                lengths.add(length)
        return found, lengths

    def areas(self):
        """Each area code of three digits by itself."""
        found = {f"{area}": self.walk(f"{area}", None) for area in range(200, 1000)}
        return {area: answer for area, answer in found.items() if answer}

    def walk(self, prefix, lengths_above):
        """The node's own answer; rows are added for children that differ from it."""
        found, lengths = self.answers(prefix)
        if lengths_above and len(prefix) > 2:
            lengths = lengths_above
        regions = {region for region, _, _ in found}
        mixed = len(found) > 1
        deepest = DEEPEST_SHARED if len(regions) > 1 else DEEPEST
        # An area code of North America is one place; elsewhere a shared code hides small islands
        # that samples miss, so every four digits are looked at.
        certain = 2
        if self.code == 1:
            certain = deepest = 3
        elif self.shared and self.code != 7:
            certain = DEEPEST
        if not found and len(prefix) >= certain:
            return None
        if len(prefix) < certain or (mixed and len(prefix) < deepest):
            children = {d: self.walk(prefix + d, lengths if len(prefix) >= 2 else None) for d in "0123456789"}
            common = collections.Counter(child for child in children.values() if child).most_common(1)
            if common:
                answer = common[0][0]
                for digit, child in children.items():
                    if child and child != answer:
                        self.rows[prefix + digit] = child
                return answer
            if not found:
                return None
        (region, service, zone), _ = found.most_common(1)[0]
        if mixed:
            # Mobile numbers of an area carry no zone of their own; the area's one still holds.
            named = {z for c, _, z in found if z != "-" and c == region}
            zone = named.pop() if len(named) == 1 else "-"
        return region, service, zone, tuple(sorted(lengths))


def prune(rows, root):
    """Drops a row that says what the next shorter prefix says already."""
    kept = {"": root}
    for prefix in sorted(rows, key=lambda p: (len(p), p)):
        above = next(kept[prefix[:n]] for n in range(len(prefix) - 1, -1, -1) if prefix[:n] in kept)
        if rows[prefix] != above:
            kept[prefix] = rows[prefix]
    return kept


def several_clocks(zones):
    """The countries whose zones do not all show the same time."""
    moments = [datetime.datetime(2026, month, 15, tzinfo=datetime.UTC) for month in (1, 7)]
    return {
        country: names
        for country, names in zones.items()
        if len({tuple(m.astimezone(zoneinfo.ZoneInfo(name)).utcoffset() for m in moments) for name in names}) > 1
    }


def phone_prefixes(zones, countries):
    """Rows: international prefix, country, zone or '-', 'service' or '-', national lengths."""
    out = []
    zones = several_clocks(zones)
    for code in sorted(pn.COUNTRY_CODE_TO_REGION_CODE):
        if pn.COUNTRY_CODE_TO_REGION_CODE[code] == ("001",):
            continue
        plan = Plan(code, zones)
        root = plan.walk("", None)
        if root is None:
            continue
        kept = prune(plan.rows, root)
        if code == 1:
            # Every area code has its row, so that one which does not exist fits no length.
            kept = plan.areas() | {"": ("US", False, "-", ())}
        for prefix, (region, service, zone, lengths) in sorted(kept.items()):
            if region not in countries:
                # Ascension and Tristan da Cunha have no country code of their own here.
                region = {"AC": "SH", "TA": "SH"}[region]
            out.append([f"{code}{prefix}", region, zone, "service" if service else "-",
                        " ".join(map(str, lengths))])
    return out


def calling_codes(countries):
    """Rows: country, calling code, the trunk prefix dialled inside the country or '-'."""
    out = []
    for region in sorted(pn.SUPPORTED_REGIONS):
        if region in countries:
            metadata = pn.PhoneMetadata.metadata_for_region(region)
            out.append([region, str(metadata.country_code), metadata.national_prefix or "-"])
    return out
