// Makes weekday_names.tsv: how languages name the days of the week and today, from Unicode CLDR as it comes with Node.
// A line: the language, then today and the seven days from Sunday on, each with its spellings parted by `|`.
//
// node data/make_weekdays.mjs > data/weekday_names.tsv

// Two-letter codes, as webmails put them into `<html lang>`. `zh` and `pt` stand for all who write them.
const LANGUAGES = `ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr fy ga gl he hr hi hu hy id is it ja ka km kn ko
  lt lv mk ml mr ms nb ne nl nn no pl ps pt ro ru si sk sl sq sr sv ta th ti tr uk ur uz vi zh`.split(/\s+/);
const VARIANTS = { zh: ['zh', 'zh-TW'], pt: ['pt', 'pt-PT'], sr: ['sr', 'sr-Latn'], en: ['en', 'en-GB'], es: ['es', 'es-419'], fr: ['fr', 'fr-CA'] };
// Spellings in use that CLDR lacks and that do not begin one of its own: today, then Sunday to Saturday.
const MORE = {
  ar: ['', 'أحد', 'إثنين|الإثنين', 'ثلاثاء', 'أربعاء', 'خميس', 'جمعة', 'سبت'],
  pl: ['', 'nd', 'pn', '', '', '', '', 'sb'],
  ro: ['astăzi', '', '', '', '', '', '', ''],
  sv: ['idag', '', '', '', '', '', '', ''],
  tr: ['', '', '', '', 'çrş', '', '', 'cts'],
  zh: ['今日', '', '', '', '', '', '', ''],
};
const SUNDAY = Date.UTC(2026, 10, 22);

const plain = (word) => word.normalize('NFC').toLowerCase().replace(/[.\u200e\u200f]+/g, '').trim();

/** A weekday alone and within a date, long and short. */
function* names(locale, day) {
  const at = SUNDAY + day * 86_400_000;
  for (const weekday of ['short', 'long']) {
    for (const more of [{}, { day: 'numeric', month: 'short' }]) {
      const parts = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday, ...more }).formatToParts(at);
      yield plain(parts.find(({ type }) => type === 'weekday').value);
    }
  }
}

console.log('# language\ttoday\tsunday\tmonday\ttuesday\twednesday\tthursday\tfriday\tsaturday');
for (const language of LANGUAGES) {
  const locales = VARIANTS[language] ?? [language];
  if (!Intl.DateTimeFormat.supportedLocalesOf(locales).length) continue;
  const today = new Set(locales.map((locale) => plain(new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'day'))));
  const days = Array.from({ length: 7 }, (_, day) => new Set(locales.flatMap((locale) => [...names(locale, day)])));
  const more = (at) => MORE[language]?.[at]?.split('|').filter(Boolean) ?? [];
  const cells = [today, ...days].map((words, at) => [...new Set([...words, ...more(at)])].join('|'));
  console.log([language, ...cells].join('\t'));
}
