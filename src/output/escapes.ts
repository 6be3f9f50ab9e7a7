type Match = readonly (string | undefined)[];

/** One way in which writers escape characters, and readers undo it. Texts have one character per byte. */
export interface EscapeRule {
  /** The bytes that an escape can begin with. */
  readonly leads: readonly number[];
  /** A byte without which in a secret this rule finds nothing that no other does. */
  readonly onlyFor?: number;
  /** Finds every escape of a text. */
  readonly escapes: RegExp;
  /** The bytes that an escape stands for; `undefined` if it is none after all. */
  undo(match: Match): string | undefined;
  /** The end of a text, if what follows can make an escape of it. */
  readonly unfinished: RegExp;
}

/** No escape is longer. */
export const maxEscapeBytes = 12;

const [space, percent, ampersand, quote, plus, backslash] = [0x20, 0x25, 0x26, 0x27, 0x2b, 0x5c];

const undoPercent = ([, hex = '']: Match): string => byte(hex, 16);

const undoForm = ([, hex]: Match): string => (hex === undefined ? ' ' : byte(hex, 16));

const undoQuotes = ([, quotes = "'"]: Match): string => quotes;

const undoBackslash = ([, character]: Match): string | undefined => character;

const letters: Readonly<Record<string, string>> = { a: '\x07', b: '\b', e: '\x1b', E: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

function undoString([, letter, high, low, only = '', hex, octal]: Match): string {
  if (letter !== undefined) return letters[letter] ?? letter;
  if (hex !== undefined) return byte(hex, 16);
  if (octal !== undefined) return byte(octal, 8);
  const units = high === undefined || low === undefined ? [only] : [high, low];
  return utf8(String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))));
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function undoEntity([, name, decimal, hex]: Match): string | undefined {
  if (name !== undefined) return entities[name];
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimal, 10);
  return code > 0x10ffff ? undefined : utf8(String.fromCodePoint(code));
}

const utf8 = (text: string): string => Buffer.from(text).toString('latin1');

const byte = (digits: string, radix: number): string => String.fromCharCode(Number.parseInt(digits, radix));

/**
 * Messages of commands, properties of commands, URLs, forms; strings of JSON, of C and its kin, and of bash as `$'...'`;
 * `\` before any character, as bash and Markdown have it; quotes inside the single quotes of a shell; XML.
 *
 * Rules with the same lead stand beside each other because each leaves alone what is an escape for another only.
 */
export const escapeRules: readonly EscapeRule[] = [
  { leads: [percent], escapes: /%(25|0A|0D)/g, undo: undoPercent, unfinished: /%[02]?$/ },
  { leads: [percent], escapes: /%(25|0A|0D|3A|2C)/g, undo: undoPercent, unfinished: /%[023]?$/ },
  { leads: [percent], escapes: /%([0-9A-Fa-f]{2})/g, undo: undoPercent, unfinished: /%[0-9A-Fa-f]?$/ },
  { leads: [percent, plus], onlyFor: space, escapes: /%([0-9A-Fa-f]{2})|\+/g, undo: undoForm, unfinished: /%[0-9A-Fa-f]?$/ },
  {
    leads: [backslash],
    escapes:
      /\\(?:(["'\\/?abeEfnrtv])|u([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})|u((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([0-3][0-7]{2}))/g,
    undo: undoString,
    unfinished: /\\(?:u[0-9A-Fa-f]{0,3}|u[Dd][89ABab][0-9A-Fa-f]{2}(?:\\(?:u[0-9A-Fa-f]{0,3})?)?|x[0-9A-Fa-f]?|[0-3][0-7]?)?$/,
  },
  { leads: [backslash], escapes: /\\([^])/g, undo: undoBackslash, unfinished: /\\$/ },
  { leads: [quote], onlyFor: quote, escapes: /'(?:\\'|"('{1,8})")'/g, undo: undoQuotes, unfinished: /'(?:\\'?|"'{0,8}|"'{1,8}")?$/ },
  {
    leads: [ampersand],
    escapes: /&(?:(amp|lt|gt|quot|apos)|#0{0,2}(\d{1,7})|#[xX]0{0,2}([0-9A-Fa-f]{1,6}));/g,
    undo: undoEntity,
    unfinished: /&(?:[a-z]{0,4}|#\d{0,9}|#[xX][0-9A-Fa-f]{0,8})$/,
  },
];
