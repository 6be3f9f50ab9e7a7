/** A diagnostic block beyond this (UTF-16 units) loses its end. */
const mostYaml = 65_536;

/** The lines of diagnostics that still count where nobody wants them all: how long it took, and a short reason. */
const briefYaml = /^(?:duration_ms|message|error): /;

/** 32 levels of subtests, four blanks each: the parser goes one call deeper per level. */
const deepestIndent = 128;

const tapLine = /^(?:(?:not )?ok(?=[\s{]|$)|\d+\.\.\d+|bail out!|TAP version |pragma [+-]|# Subtest|[{}]$)/i;

/** A line of a TAP stream, as the reader needs it. */
export type TapLineKind = 'test' | 'tap' | 'comment' | 'noise';

/**
 * Tells which lines to hand to the TAP parser. It remembers every other line until the next test, and parses
 * diagnostics of any size, so what is not TAP (the output of the tests, mostly) must not get that far.
 * @param wantsDetails false once there is no room for diagnostics: parsing them takes most of the time.
 */
export function createTapFilter(wantsDetails: () => boolean): (line: string) => TapLineKind {
  let yamlIndent: string | undefined;
  let yamlRoom = 0;
  return (line) => {
    if (yamlIndent !== undefined && (line.startsWith(yamlIndent) || line.trim() === '')) {
      if (line === `${yamlIndent}...`) {
        yamlIndent = undefined;
        return 'tap';
      }
      if (!wantsDetails() && !briefYaml.test(line.slice(yamlIndent.length))) return 'noise';
      yamlRoom -= line.length + 1;
      return yamlRoom >= 0 ? 'tap' : 'noise';
    }
    // A line further left ends diagnostics that had no end of their own.
    yamlIndent = /^([ \t]+)---$/.exec(line)?.[1];
    yamlRoom = mostYaml;
    return yamlIndent === undefined ? kindOf(line) : 'tap';
  };
}

function kindOf(line: string): TapLineKind {
  const text = line.trimStart();
  if (line.length - text.length > deepestIndent) return 'noise';
  if (!tapLine.test(text)) return text.startsWith('#') ? 'comment' : 'noise';
  return /^(?:not )?ok/i.test(text) ? 'test' : 'tap';
}
