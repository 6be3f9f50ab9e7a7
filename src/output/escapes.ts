/** One way in which writers escape characters, and readers undo it. Texts have one character per byte. */
export interface EscapeRule {
  /** The byte that every escape begins with. */
  readonly lead: number;
  /** Finds every escape of a text. */
  readonly escapes: RegExp;
  /** The bytes that an escape stands for; `undefined` if it is none after all. */
  undo(match: readonly (string | undefined)[]): string | undefined;
  /** A text, from a lead byte to its end, that may become another escape with what follows. */
  readonly unfinished: RegExp;
}

/** No escape is longer. */
export const maxEscapeBytes = 12;

const [percent, ampersand, backslash] = [0x25, 0x26, 0x5c];

const undoPercent = ([, hex = '']: readonly (string | undefined)[]): string => String.fromCharCode(Number.parseInt(hex, 16));

const letters: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function undoBackslash([, letter, high, low, only = '']: readonly (string | undefined)[]): string {
  if (letter !== undefined) return letters[letter] ?? letter;
  const units = high === undefined || low === undefined ? [only] : [high, low];
  return utf8(String.fromCharCode(...units.map((hex) => Number.parseInt(hex, 16))));
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function undoEntity([, name, decimal, hex]: readonly (string | undefined)[]): string | undefined {
  if (name !== undefined) return entities[name];
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimal, 10);
  return code > 0x10ffff ? undefined : utf8(String.fromCodePoint(code));
}

const utf8 = (text: string): string => Buffer.from(text).toString('latin1');

/**
 * Messages of commands, properties of commands, URLs, JSON with what other languages have in strings, XML.
 *
 * The rules for commands stand beside that for URLs, because they leave alone what is an escape in a URL only.
 */
export const escapeRules: readonly EscapeRule[] = [
  { lead: percent, escapes: /%(25|0A|0D)/g, undo: undoPercent, unfinished: /^%[02]?$/ },
  { lead: percent, escapes: /%(25|0A|0D|3A|2C)/g, undo: undoPercent, unfinished: /^%[023]?$/ },
  { lead: percent, escapes: /%([0-9A-Fa-f]{2})/g, undo: undoPercent, unfinished: /^%[0-9A-Fa-f]?$/ },
  {
    lead: backslash,
    escapes: /\\(?:(["'\\/bfnrt])|u([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4}))/g,
    undo: undoBackslash,
    unfinished: /^\\(?:u[0-9A-Fa-f]{0,3}|u[Dd][89ABab][0-9A-Fa-f]{2}(?:\\(?:u[0-9A-Fa-f]{0,3})?)?)?$/,
  },
  {
    lead: ampersand,
    escapes: /&(?:(amp|lt|gt|quot|apos)|#0{0,2}(\d{1,7})|#[xX]0{0,2}([0-9A-Fa-f]{1,6}));/g,
    undo: undoEntity,
    unfinished: /^&(?:[a-z]{0,4}|#\d{0,9}|#[xX][0-9A-Fa-f]{0,8})$/,
  },
];
