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
  obey(slots, effectsOf(before.slice(2, -1)));
  return {
    take(bytes) {
      // What comes before the last full reset means nothing any more.
      const reset = Math.max(bytes.lastIndexOf(resets[0]), bytes.lastIndexOf(resets[1]));
      if (reset !== -1) slots.fill('');
      // Plain code: such output has a sequence every few characters, and a call for each takes several times as long.
      const { length } = bytes;
      for (let at = bytes.indexOf(escape, Math.max(reset, 0)); at !== -1 && at < length; at += 1) {
        if (bytes[at] !== escape || bytes[at + 1] !== bracket) continue;
        const end = endOfParameters(bytes, at + 2);
        if (end === -1) continue;
        obey(slots, effectsIn(bytes, at + 2, end));
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
const resets = ['\x1b[0m', '\x1b[m'] as const;
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

/** What the parameters of a sequence bring about. The same few come again and again: they are known by a number. */
function effectsIn(bytes: Buffer, from: number, end: number): readonly Effect[] {
  if (end - from > longestNumbered) return effectsOf(bytes.toString('latin1', from, end));
  let number = 1;
  // Digits, `:` and `;`.
  for (let at = from; at < end; at += 1) number = number * 12 + (bytes[at] ?? 0) - 0x30;
  let effects = numbered.get(number);
  if (effects === undefined) {
    if (numbered.size === mostNumbered) numbered.clear();
    numbered.set(number, (effects = effectsOf(bytes.toString('latin1', from, end))));
  }
  return effects;
}

/** True colours are longer; a number of more digits would be none that the engine has without memory of its own. */
const longestNumbered = 8;
const numbered = new Map<number, readonly Effect[]>();
const mostNumbered = 2000;

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
