/** Which colours and weights are in force, as a terminal keeps them while it reads. */
export interface SgrState {
  /** Takes the sequences of these bytes. Those that are not finished, and all others, mean nothing. */
  take(bytes: Buffer): void;
  /** One sequence that brings about the same, as short as can be; empty where nothing is in force. */
  text(): string;
}

/** @param before what `text` gave. */
export function createSgrState(before = ''): SgrState {
  const slots = Array.from({ length: lineColor + 1 }, () => '');
  apply(slots, before.slice(2, -1));
  return {
    take(bytes) {
      const first = bytes.indexOf(escape);
      if (first === -1) return;
      // Plain code: such output has a sequence every few characters, and a call for each takes several times as long.
      for (let at = first; at < bytes.length; at += 1) {
        if (bytes[at] !== escape || bytes[at + 1] !== bracket) continue;
        const end = endOfParameters(bytes, at + 2);
        if (end === -1) continue;
        const code = oneCode(bytes, at + 2, end);
        if (code === -1) apply(slots, bytes.toString('latin1', at + 2, end));
        else obey(slots, (single[code] ??= effectsOf(String(code))));
        at = end;
      }
    },
    text() {
      const codes = slots.filter((code) => code !== '');
      return codes.length === 0 ? '' : `\x1b[${codes.join(';')}m`;
    },
  };
}

const escape = 0x1b;
const bracket = 0x5b;
/** No sequence that means anything is longer. */
const longestParameters = 64;

/** @returns where the `m` is; -1 if this is another sequence. */
function endOfParameters(bytes: Buffer, start: number): number {
  for (let at = start; at < start + longestParameters; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x6d) return at;
    if (byte < 0x30 || byte > 0x3b) return -1;
  }
  return -1;
}

/** A sequence of one code, as most are; -1 for any other. */
function oneCode(bytes: Buffer, from: number, end: number): number {
  if (end === from || end > from + 3) return -1;
  let code = 0;
  for (let at = from; at < end; at += 1) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit > 9) return -1;
    code = code * 10 + digit;
  }
  return code;
}

/** Positions of what is in force: a map takes several times as long. */
const [bold, dim, italic, underline, blink, inverse, hidden, strike, overline, color, background, lineColor] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] as const;
type Slot = number;

/** What one code does: it fills a slot or empties some. Without slots it is a full reset. */
interface Effect {
  /** -1 for none. */
  fill: Slot;
  with: string;
  empty: readonly Slot[] | 'all';
}

const fills = (slot: Slot, code: string): Effect => ({ fill: slot, with: code, empty: [] });
const empties = (empty: Effect['empty']): Effect => ({ fill: -1, with: '', empty });

const filled: Readonly<Record<string, Slot>> = {
  1: bold, 2: dim, 3: italic, 4: underline, 5: blink, 6: blink, 7: inverse, 8: hidden, 9: strike, 21: underline, 53: overline,
};
const emptied: Readonly<Record<string, readonly Slot[] | 'all'>> = {
  0: 'all', 22: [bold, dim], 23: [italic], 24: [underline], 25: [blink], 27: [inverse], 28: [hidden], 29: [strike],
  39: [color], 49: [background], 55: [overline], 59: [lineColor],
};
const extended: Readonly<Record<string, Slot>> = { 38: color, 48: background, 58: lineColor };

/** The same few sequences come again and again. */
const known = new Map<string, readonly Effect[]>();
const mostKnown = 2000;

function apply(slots: string[], parameters: string): void {
  let effects = known.get(parameters);
  if (effects === undefined) {
    if (known.size === mostKnown) known.clear();
    known.set(parameters, (effects = effectsOf(parameters)));
  }
  obey(slots, effects);
}

/** The effects of each single code, once it came. */
const single: (readonly Effect[] | undefined)[] = [];

function obey(slots: string[], effects: readonly Effect[]): void {
  for (const effect of effects) {
    if (effect.fill !== -1) slots[effect.fill] = effect.with;
    else if (effect.empty === 'all') slots.fill('');
    else for (const slot of effect.empty) slots[slot] = '';
  }
}

function effectsOf(parameters: string): Effect[] {
  const codes = parameters.split(';');
  const effects: Effect[] = [];
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index] ?? '';
    const [main = '', sub] = code.split(':');
    const number = String(Number(main));
    const slot = extended[number];
    if (slot !== undefined) {
      const used = sub === undefined ? colorLength(codes[index + 1]) : 0;
      effects.push(fills(slot, codes.slice(index, index + 1 + used).join(';')));
      index += used;
    } else if (code === '4:0') effects.push(empties([underline]));
    else effects.push(...simpleEffect(Number(main), code));
  }
  return effects;
}

/** How many codes follow a 38: `5;n` or `2;r;g;b`. */
const colorLength = (kind: string | undefined): number => (kind === '5' ? 2 : kind === '2' ? 4 : 0);

function simpleEffect(number: number, code: string): Effect[] {
  const isIn = (least: number, most: number): boolean => number >= least && number <= most;
  if (isIn(30, 37) || isIn(90, 97)) return [fills(color, code)];
  if (isIn(40, 47) || isIn(100, 107)) return [fills(background, code)];
  const empty = emptied[number];
  if (empty !== undefined) return [empties(empty)];
  const fill = filled[number];
  return fill === undefined ? [] : [fills(fill, code)];
}
