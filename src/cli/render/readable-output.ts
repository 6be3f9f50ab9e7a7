import { createCommandReplacer, type CommandReplacer } from '../../output/command-replacer.ts';
import { createEscapeFilter, type EscapeFilter } from '../../output/escape-filter.ts';
import { readableCommand } from '../../output/readable-command.ts';
import { createTerminalFilter } from '../../output/terminal-log.ts';
import type { Colors } from './colors.ts';

/** Who looks at the output. */
export interface Reader {
  colors: Colors;
  /** Whether they see more than ASCII. */
  unicode: boolean;
}

/**
 * What becomes of escape sequences.
 *
 * - `kept`: all stay, for a script's own output on the terminal of who runs it.
 * - `safe`: of all that a terminal acts on only colours stay: the log may come from elsewhere.
 * - `piped`: only colours stay, and they only where they are asked for; no other byte is touched.
 */
export type Escapes = 'kept' | 'safe' | 'piped';

/**
 * Makes a script's output, in any chunks, what a person reads: commands (`::group::build`, `::error file=a.c::...`) in words,
 * escape sequences as said.
 */
export function readableOutput(reader: Reader, escapes: Escapes, give: (bytes: Buffer) => void): CommandReplacer {
  const filter = filterOf(escapes, reader.colors.areShown);
  const giveSome = (bytes: Buffer): void => {
    if (bytes.length > 0) give(bytes);
  };
  const replacer = createCommandReplacer(
    (line) => {
      const shown = readableCommand(line, reader);
      return shown === undefined || shown === '' ? shown : `${shown}\n`;
    },
    (bytes) => giveSome(filter === undefined ? bytes : filter.write(bytes)),
  );
  return {
    write: (chunk) => replacer.write(chunk),
    end() {
      replacer.end();
      if (filter !== undefined) giveSome(filter.end());
    },
  };
}

function filterOf(escapes: Escapes, colors: boolean): EscapeFilter | undefined {
  if (escapes === 'kept') return undefined;
  if (escapes === 'piped') return createEscapeFilter({ colors });
  const filter = createTerminalFilter({ colors });
  return { write: (bytes) => Buffer.from(filter.write(bytes)), end: () => Buffer.from(filter.end()) };
}
