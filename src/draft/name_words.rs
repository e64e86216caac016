//! Words in the names that mail shows, in lower case, by what they tell.

/// Titles that are no part of a name.
pub(super) const TITLES: [&str; 16] = [
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "herr", "frau", "sr", "sra", "mme",
    "eng", "ing", "madam",
];
/// What stands behind a comma and is no given name: ranks and degrees.
pub(super) const RANKS: [&str; 24] = [
    "ceo",
    "cfo",
    "coo",
    "cto",
    "md",
    "phd",
    "mba",
    "msc",
    "bsc",
    "jr",
    "ii",
    "iii",
    "esq",
    "manager",
    "director",
    "president",
    "owner",
    "founder",
    "buyer",
    "engineer",
    "partner",
    "head",
    "gerente",
    "директор",
];
/// What people do, and what departments are called by.
pub(super) const ROLES: [&str; 40] = [
    "sales",
    "info",
    "purchasing",
    "purchase",
    "procurement",
    "export",
    "import",
    "imports",
    "exports",
    "office",
    "team",
    "support",
    "service",
    "admin",
    "contact",
    "einkauf",
    "vertrieb",
    "compras",
    "ventas",
    "vendas",
    "comercial",
    "achats",
    "commercial",
    "marketing",
    "logistics",
    "accounting",
    "accounts",
    "finance",
    "department",
    "dept",
    "reception",
    "webmaster",
    "newsletter",
    "noreply",
    "customer",
    "customers",
    "order",
    "orders",
    "отдел",
    "закупки",
];
/// Words that show a name to be a company's.
pub(super) const NOT_PERSONS: [&str; 43] = [
    "gmbh",
    "ltd",
    "llc",
    "inc",
    "co",
    "corp",
    "company",
    "limited",
    "srl",
    "sarl",
    "sas",
    "spa",
    "bv",
    "ag",
    "oy",
    "ab",
    "pvt",
    "ltda",
    "trading",
    "group",
    "ооо",
    "зао",
    "technology",
    "technologies",
    "industries",
    "industrial",
    "international",
    "electronics",
    "lighting",
    "solutions",
    "enterprises",
    "manufacturing",
    "supplies",
    "systems",
    "holding",
    "holdings",
    "pte",
    "pty",
    "plc",
    "kg",
    "sdn",
    "bhd",
    "kft",
];
/// The ends of Chinese names of companies and departments.
pub(super) const NOT_PERSONS_ZH: [&str; 4] = ["公司", "集团", "工厂", "部"];
/// The ends of patronymics, which stand behind the given name they are said with.
pub(super) const PATRONYMICS: [&str; 4] = ["вич", "ьич", "вна", "чна"];
/// The ends of Russian and Ukrainian family names, which many write first.
pub(super) const FAMILIES: [&str; 12] = [
    "ов", "ова", "ев", "ева", "ёв", "ёва", "ский", "ская", "цкий", "цкая", "енко", "чук",
];
/// Given names with such an end.
pub(super) const GIVEN: [&str; 3] = ["лев", "яков", "ева"];
/// Parts of a family name that stay small.
pub(super) const PARTICLES: [&str; 15] = [
    "de", "la", "las", "los", "del", "da", "das", "do", "dos", "di", "van", "der", "den", "von",
    "y",
];
/// Where the family name is written first, or where people are not called by the first word alone.
pub(super) const WHOLE_NAME: [&str; 10] =
    ["CN", "TW", "HK", "MO", "JP", "KR", "VN", "HU", "KH", "MM"];
