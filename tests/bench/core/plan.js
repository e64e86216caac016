// The plan as the core makes it, written in JavaScript on a date library: who must act, the guard, tracks and intervals
// moved by the answers, wishes, quiet seasons, the window, and what to write. Days off come ready-made. `dates` is what the
// library does: the two are at the end. The benchmark holds every due date and window to the core's.

const DAY = 86_400_000;
const GAP = 3 * DAY;

const MARKETS = {
  europe_america: { touch: [{ weeks: 3 }, { months: 1 }, { days: 45 }], greetings: true, openQuote: true },
  south_east_asia: { quote: [{ months: 2 }, { months: 3 }, { days: 135 }], samples: { months: 9 } },
  south_america: { quote: [{ months: 2 }, { months: 3 }, { days: 135 }], samples: { months: 9 } },
  india: { quote: [{ months: 2 }, { days: 75 }, { months: 3 }], sample: [{ months: 6 }, { days: 225 }, { months: 9 }] },
};
const TOPICS = {
  europe_america: [['lead_times', 'W5'], ['market_data', 'T1'], ['product_news', 'P2'], ['season_plan', 'W5'], ['proposal', 'T1']],
  south_east_asia: [['price_quality', 'S4'], ['product_news', 'S4'], ['promotion', 'S4'], ['market_data', 'T1']],
  south_america: [['price_quality', 'S4'], ['product_news', 'S4'], ['promotion', 'S4'], ['market_data', 'T1']],
  india: [['price_quality', 'I1'], ['product_news', 'P2'], ['market_data', 'T1'], ['proposal', 'T1']],
};
const REMINDERS = [3, 7, 14];
const RULES = { openQuote: 'E1', quote: 'S2', touch: 'W2', sample: 'S3' };

/** What comes as JSON, made ready for looking up. */
globalThis.readyPlaces = (places) => places.map((place) => ({
  ...place,
  rules: MARKETS[place.market],
  weekend: new Set(place.weekend),
  holidays: new Set(place.holidays),
}));

/** A function that plans one client at an instant. */
globalThis.planner = (dates) => {
  const works = (place, day) => !place.weekend.has(dates.weekday(day)) && !place.holidays.has(dates.key(day));

  function opening(place, after) {
    for (let day = dates.day(after, place.zone), tries = 0; tries < 400; day = dates.plus(day, { days: 1 }), tries += 1) {
      if (!works(place, day)) continue;
      const closes = dates.at(day, 15, place.zone);
      if (after < closes) return { day, opens: Math.max(dates.at(day, 10, place.zone), after), closes };
    }
    return null;
  }

  function warmth(touches, run) {
    const hours = [];
    let answer = null;
    for (let n = touches.length - run.length - 1; n >= 0 && hours.length < 10; n -= 1) {
      const touch = touches[n];
      if (touch.kind === 'greeting') continue;
      if (!touch.mine) answer = touch.at;
      else {
        hours.push(answer === null ? Infinity : Math.trunc((answer - touch.at) / 3_600_000));
        answer = null;
      }
    }
    hours.sort((a, b) => a - b);
    const unanswered = run.filter((touch) => touch.kind !== 'greeting').length;
    if (unanswered >= 3) return { factor: 1.5, rule: 'F1' };
    if (unanswered === 2) return { factor: 1.25, rule: 'F1' };
    if (hours.length < 2) return null;
    if (hours[Math.floor((hours.length - 1) / 2)] > 168) return { factor: 1.15, rule: 'F1' };
    return hours[Math.floor(hours.length / 2)] <= 48 ? { factor: 0.85, rule: 'F2' } : null;
  }

  return function plan(place, touches, now) {
    const { rules } = place;
    const last = touches.at(-1);
    if (!last.mine) {
      const slot = opening(place, now);
      return { status: 'reply_now', due: last.at, opens: slot.opens, closes: slot.closes, rules: ['P1', 'W3'] };
    }
    const run = touches.slice(touches.findLastIndex((touch) => !touch.mine) + 1);
    const chases = run.filter((touch) => touch.kind !== 'greeting');
    const tooClose = chases.length > 1 && chases.at(-1).at - chases.at(-2).at <= GAP;
    const earliest = run.at(-1).at + GAP + 1;
    const welcome = earliest > now ? opening(place, earliest).opens : earliest;
    const open = (at) => opening(place, Math.max(at, welcome));
    const start = (day) => dates.at(day, 0, place.zone);
    const openForLetter = (at) => {
      const slot = open(at);
      const key = dates.key(slot.day);
      const season = place.quiet.find(([from, to]) => from <= key && key <= to);
      return season ? { ...open(start(dates.plus(dates.parse(season[1], place.zone), { days: 1 }))), quiet: season[1] } : slot;
    };
    const influence = warmth(touches, run);
    const contact = (touches.findLast((touch) => touch.kind !== 'greeting') ?? last).at;

    const paced = (track, [shortest, usual, longest], since) => {
      const from = dates.day(since, place.zone);
      const usualOn = dates.plus(from, usual);
      const usualDays = dates.days(from, usualOn);
      let days = usualDays;
      if (influence) {
        const most = dates.days(from, dates.plus(from, longest));
        const least = dates.days(from, dates.plus(from, shortest));
        days = Math.max(Math.min(Math.floor(usualDays * influence.factor + 0.5), most), least);
      }
      return { track, usualOn, days, on: dates.plus(from, { days }) };
    };
    const turn = (pace, on = pace.on) => ({ ...pace, ...openForLetter(start(on)) });

    const turns = [];
    const quoted = run.findLastIndex((touch) => touch.kind === 'quote');
    if (rules.openQuote && quoted >= 0) {
      const sent = run.slice(quoted + 1).filter((touch) => touch.kind !== 'greeting').length;
      if (sent < REMINDERS.length) {
        let day = dates.day(run[quoted].at, place.zone);
        for (let left = REMINDERS[sent]; left > 0;) {
          day = dates.plus(day, { days: 1 });
          if (works(place, day)) left -= 1;
        }
        turns.push({ track: 'openQuote', ...openForLetter(start(day)) });
      }
    }
    if (rules.quote) turns.push(turn(paced('quote', rules.quote, contact)));
    if (rules.touch) turns.push(turn(paced('touch', rules.touch, contact)));
    if (rules.sample) {
      const sampled = touches.findLast((touch) => touch.mine && touch.kind === 'sample') ?? touches[0];
      const pace = paced('sample', rules.sample, sampled.at);
      const spaced = dates.plus(dates.day(contact, place.zone), rules.quote[0]);
      turns.push(turn(pace, dates.days(pace.on, spaced) > 0 ? spaced : pace.on));
    }
    let next = turns.reduce((first, one) => (one.opens < first.opens ? one : first));

    // Wishes for a main holiday of the client's, not in the days of a letter.
    if (rules.greetings) {
      const [from, to] = [Math.max(contact, now) - DAY, next.opens + 5 * DAY].map((at) => new Date(at).toISOString().slice(0, 10));
      const near = place.main.filter((key) => from <= key && key <= to);
      if (near.length > 0) {
        const [today, contactDay] = [dates.day(now, place.zone), dates.day(contact, place.zone)];
        const usual = turns.map((one) => one.usualOn ?? dates.day(one.opens, place.zone));
        const apart = (one, other) => Math.abs(dates.days(one, other)) >= 7;
        for (const key of near) {
          const day = dates.parse(key, place.zone);
          if (dates.days(today, day) < 0 || dates.days(contactDay, day) <= 0 || !apart(contactDay, day)) continue;
          if (!usual.every((one) => apart(one, day))) continue;
          const greeted = touches.some((touch) => touch.mine && touch.kind === 'greeting' && !apart(dates.day(touch.at, place.zone), day));
          const slot = !greeted && [-2, -5].map((days) => open(start(dates.plus(day, { days })))).find(({ opens }) => opens < start(day));
          if (!slot) continue;
          if (slot.opens < next.opens) {
            const carries = dates.days(day, dates.day(next.opens, place.zone)) < 7;
            next = carries ? { ...next, opens: slot.opens, closes: slot.closes, pulled: key } : { track: 'greeting', ...slot, pulled: key };
          }
          break;
        }
      }
    }

    const due = next.opens;
    const status = now >= due ? 'due' : tooClose && now < welcome ? 'too_soon' : 'waiting';
    const slot = now <= next.opens ? next : openForLetter(now);
    const letters = touches.filter((touch) => touch.mine && touch.kind !== 'greeting');
    const topics = [...TOPICS[place.market]];
    if (next.track === 'quote' && !letters.some((touch) => touch.kind === 'quote')) topics.unshift(['quotation', 'P1']);
    const [topic, because] = topics[letters.length % topics.length];
    const sample = touches.findLast((touch) => touch.mine && touch.kind === 'sample');
    const lacksSample = rules.samples
      && (!sample || dates.days(dates.plus(dates.day(sample.at, place.zone), rules.samples), dates.day(next.opens, place.zone)) >= 0);
    const names = [RULES[next.track] ?? 'W4', ...(influence && next.days ? [influence.rule] : []), because, 'W3'];
    if (lacksSample) names.push('S3');
    return { status, due, topic, also: lacksSample ? 'sample' : null, opens: slot.opens, closes: slot.closes, rules: names };
  };
};

/** On Luxon: a day is a DateTime at its beginning in the client's zone. */
globalThis.onLuxon = ({ DateTime }) => ({
  day: (at, zone) => DateTime.fromMillis(at, { zone }).startOf('day'),
  parse: (key, zone) => DateTime.fromISO(key, { zone }),
  key: (day) => day.toISODate(),
  weekday: (day) => day.weekday,
  plus: (day, span) => day.plus(span),
  days: (from, to) => Math.round((to - from) / DAY),
  at: (day, hour) => (hour === 0 ? day : day.set({ hour })).toMillis(),
});

/** On Temporal: a day is a PlainDate. */
globalThis.onTemporal = ({ Instant, PlainDate, PlainTime }) => {
  const times = new Map([0, 10, 15].map((hour) => [hour, new PlainTime(hour)]));
  return {
    day: (at, zone) => Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate(),
    parse: (key) => PlainDate.from(key),
    key: (day) => day.toString(),
    weekday: (day) => day.dayOfWeek,
    plus: (day, span) => day.add(span),
    days: (from, to) => from.until(to).days,
    at: (day, hour, timeZone) => day.toZonedDateTime({ timeZone, plainTime: times.get(hour) }).epochMilliseconds,
  };
};
