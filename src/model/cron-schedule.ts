/**
 * The five time fields of a crontab line, each spelled out as the values it stands for, ascending.
 *
 * `daysOfWeek` counts from 0, Sunday.
 */
export interface ScheduleTimes {
  minutes: readonly number[];
  hours: readonly number[];
  daysOfMonth: readonly number[];
  months: readonly number[];
  daysOfWeek: readonly number[];
  /**
   * Both day fields must match. Otherwise one is enough, which is cron's rule unless one of them begins with `*`
   * (also for `*` with a step).
   */
  bothDays: boolean;
}

/** When an entry is due. */
export interface Schedule {
  /** As cron reads it: the five fields one space apart, or `@daily` and its kin. */
  text: string;
  times: ScheduleTimes | 'when cron starts';
}

interface Field {
  name: string;
  first: number;
  last: number;
  /** Three-letter names, the first of them standing for `first`. */
  names?: readonly string[];
}

const fields: readonly Field[] = [
  { name: 'minute', first: 0, last: 59 },
  { name: 'hour', first: 0, last: 23 },
  { name: 'day of month', first: 1, last: 31 },
  { name: 'month', first: 1, last: 12, names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { name: 'day of week', first: 0, last: 7, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

/** What cron takes the short forms for. It knows them in lower case only. */
const shortForms: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

/** How many words of a line are its schedule. */
export const scheduleLength = (firstWord: string): number => (firstWord.startsWith('@') ? 1 : fields.length);

/**
 * Reads the words of a schedule.
 *
 * Never laxer than cron: what this takes, every cron takes and means the same by. Debian's also takes a few things that
 * it then never runs or misreads (`5-1`, `1-2-3`, `5#2`); these are refused here.
 * @returns the schedule, or in words what is wrong with it.
 */
export function parseSchedule(words: readonly string[]): Schedule | { problem: string } {
  const [first = ''] = words;
  if (first === '@reboot') return { text: first, times: 'when cron starts' };
  if (first.startsWith('@')) return parseShortForm(first);
  if (words.length !== fields.length) return { problem: `a schedule has 5 fields (minute hour day month weekday), not ${words.length}` };
  return parseFields(words, words.join(' '));
}

function parseShortForm(word: string): Schedule | { problem: string } {
  const meaning = Object.hasOwn(shortForms, word) ? shortForms[word] : undefined;
  if (meaning === undefined) return { problem: `'${word}' is not one of ${['@reboot', ...Object.keys(shortForms)].join(' ')}` };
  return parseFields(meaning.split(' '), word);
}

function parseFields(words: readonly string[], text: string): Schedule | { problem: string } {
  const parsed: number[][] = [];
  for (const [index, field] of fields.entries()) {
    const values = parseField(words[index] ?? '', field);
    if (typeof values === 'string') return { problem: values };
    parsed.push(values);
  }
  const [minutes = [], hours = [], daysOfMonth = [], months = [], weekdays = []] = parsed;
  const daysOfWeek = ascending(weekdays.map((day) => day % 7));
  const bothDays = words[2]?.startsWith('*') === true || words[4]?.startsWith('*') === true;
  return { text, times: { minutes, hours, daysOfMonth, months, daysOfWeek, bothDays } };
}

/** @returns the values, ascending, or what is wrong. */
function parseField(text: string, field: Field): number[] | string {
  const values: number[] = [];
  for (const item of text.split(',')) {
    const range = parseItem(item, field);
    if (typeof range === 'string') return `${field.name} '${text}': ${range}`;
    for (let value = range.from; value <= range.to; value += range.step) values.push(value);
  }
  return ascending(values);
}

const itemPattern = /^(?:(\*)|([a-z]+|\d+)(?:-([a-z]+|\d+))?)(?:\/(\d+))?$/i;

interface Range {
  from: number;
  to: number;
}

function parseItem(item: string, field: Field): (Range & { step: number }) | string {
  const [whole, star, low = '', high, stepText] = itemPattern.exec(item) ?? [];
  if (whole === undefined) return `'${item}' is neither *, a value, a range nor a step (cron knows no more)`;
  const step = stepText === undefined ? 1 : Number(stepText);
  if (step === 0) return 'a step of 0';
  if (star !== undefined) return { from: field.first, to: field.last, step };
  if (stepText !== undefined && high === undefined) return `a step needs * or a range: write ${low}-${field.last}/${stepText}`;
  const range = parseRange(low, high ?? low, field);
  return typeof range === 'string' ? range : { ...range, step };
}

function parseRange(low: string, high: string, field: Field): Range | string {
  const from = parseValue(low, field);
  const to = parseValue(high, field);
  if (typeof from === 'string') return from;
  if (typeof to === 'string') return to;
  return from <= to ? { from, to } : `the range '${low}-${high}' runs backwards`;
}

function parseValue(text: string, { first, last, names }: Field): number | string {
  if (/^\d/.test(text)) {
    const value = Number(text);
    return value >= first && value <= last ? value : `${text} is not within ${first}-${last}`;
  }
  const index = names?.indexOf(text.toLowerCase()) ?? -1;
  if (index >= 0) return index + first;
  return names === undefined ? `'${text}' is not a number` : `'${text}' is neither a number nor one of ${names.join(' ')}`;
}

const ascending = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);
