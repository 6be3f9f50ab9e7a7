import type { Context } from '../../base/context.ts';
import { printableLines } from '../../output/terminal-text.ts';
import { createColors, type Colors } from './colors.ts';

/** How a command talks: data to stdout, talk to stderr, in colour where a person looks. */
export interface Ui {
  /** `--json` was given. */
  readonly json: boolean;
  /** Colours for stdout, and for stderr: they may be two different things. */
  readonly out: Colors;
  readonly err: Colors;
  /** Columns of the terminal on stdout; unlimited when it is none. */
  readonly width: number;
  /** A line of data. */
  print(line: string): void;
  /** One JSON document. */
  printJson(value: unknown): void;
  /** A line of talk. Whatever others wrote in it is made safe for a terminal; the colours of `err` stay. */
  say(line: string): void;
  /** A line of talk about something the user should know of, without colours. */
  warn(line: string): void;
}

export function createUi(ctx: Context, { json }: { json: boolean }): Ui {
  let out: Colors | undefined;
  let err: Colors | undefined;
  // Made when first used: to ask whether a stream is a terminal is to open it.
  const errColors = (): Colors => (err ??= createColors(ctx.stderr, ctx.env));
  return {
    json,
    get out() {
      return (out ??= createColors(ctx.stdout, ctx.env));
    },
    get err() {
      return errColors();
    },
    get width() {
      return ctx.stdout.isTTY ? (ctx.stdout.columns ?? 80) : Number.POSITIVE_INFINITY;
    },
    print: (line) => ctx.stdout.write(`${line}\n`),
    printJson: (value) => ctx.stdout.write(`${JSON.stringify(value, null, ctx.stdout.isTTY ? 2 : 0)}\n`),
    say: (line) => ctx.stderr.write(`${errColors().areShown ? printableButColors(line) : printableLines(line)}\n`),
    warn: (line) => ctx.stderr.write(`${errColors().yellow('warning:')} ${printableLines(line)}\n`),
  };
}

/** What colorette writes; nothing that hides text or lets it blink. */
const color = /(\x1b\[(?:0|1|2|3|4|22|23|24|3[0-79]|9[0-7])m)/;

/** Every other part is a colour: so `split` gives what its pattern holds. */
const printableButColors = (line: string): string =>
  line.split(color).map((part, index) => (index % 2 === 1 ? part : printableLines(part))).join('');
