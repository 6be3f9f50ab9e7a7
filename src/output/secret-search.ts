import type { ByteRange } from './byte-pattern.ts';
import { escapeRules, maxEscapeBytes } from './escapes.ts';
import { createPatternSearch } from './pattern-search.ts';
import { unescapeText, type UnescapedText } from './unescape-text.ts';

/** Finds byte sequences in a text, however much of them is escaped. */
export interface SecretSearch {
  add(secret: Buffer): void;
  /** @param goesOn false for the end of a text. */
  find(text: Buffer, goesOn: boolean): Found;
  occurIn(text: Buffer): boolean;
  /** The most that one occurrence can take. */
  longestBytes(): number;
}

interface Found {
  /** In no order; they may overlap. */
  hidden: ByteRange[];
  /** From here on the text may begin a secret or an escape that goes on. */
  undecidedFrom: number;
}

/**
 * A text is searched as it stands, and once more for each kind of escapes that there are in it, with these undone: whoever
 * reads a command, a URL, a JSON string, a trace of bash or an XML report sees that. So it makes no difference which characters
 * a writer escapes, and how.
 */
export function createSecretSearch(): SecretSearch {
  const patterns = createPatternSearch();
  const readings = (text: Buffer, goesOn: boolean): UnescapedText[] =>
    escapeRules
      .filter(({ onlyFor }) => onlyFor === undefined || patterns.holds(onlyFor))
      .map((rule) => unescapeText(text, rule, goesOn))
      .filter((reading) => reading !== undefined);

  function find(text: Buffer, goesOn: boolean): Found {
    const hidden: ByteRange[] = [];
    if (patterns.longestBytes() === 0) return { hidden, undecidedFrom: text.length };
    let undecidedFrom = text.length - patterns.find(text, hidden);
    const unescaped = readings(text, goesOn);
    for (const { bytes, rangeInText, startInText } of unescaped) {
      const found: ByteRange[] = [];
      undecidedFrom = Math.min(undecidedFrom, startInText(bytes.length - patterns.find(bytes, found)));
      for (const range of found) hidden.push(rangeInText(range));
    }
    return { hidden, undecidedFrom: outsideEscapes(unescaped, undecidedFrom) };
  }

  return {
    add: patterns.add,
    find,
    occurIn: (text) => patterns.longestBytes() > 0 && (patterns.occurIn(text) || readings(text, false).some(({ bytes }) => patterns.occurIn(bytes))),
    longestBytes: () => patterns.longestBytes() * maxEscapeBytes,
  };
}

/** A text that is cut inside an escape would be read in another way. */
function outsideEscapes(readings: readonly UnescapedText[], offset: number): number {
  const outside = readings.reduce((at, reading) => reading.outsideEscape(at), offset);
  return outside === offset ? offset : outsideEscapes(readings, outside);
}
