import type { OutputStream } from '../../base/output-stream.ts';
import { printable } from '../../output/terminal-text.ts';
import { parseWorkflowCommand } from '../../output/workflow-command.ts';
import type { Colors } from '../render/colors.ts';

const colon = 0x3a;
const lineFeed = 0x0a;

/** A line that begins with `::` and is longer than this is no command: it is shown as it is. */
const maxCommandBytes = 4096;

/**
 * Shows a script's output to a person: lines that are commands to us (`::group::build`, `::error file=a.c::...`) in the
 * form a person wants, everything else as it comes, byte for byte and without delay.
 * @param unicode whether the terminal shows more than ASCII.
 */
export function liveOutput(terminal: OutputStream, colors: Colors, unicode: boolean): OutputStream {
  /** The beginning of a line that may become a command; `undefined` in the middle of a line that is none. */
  let held: Buffer | undefined = Buffer.alloc(0);

  /** Takes bytes up to the end of a line, and gives the rest. */
  function take(bytes: Buffer): Buffer {
    const end = bytes.indexOf(lineFeed);
    const line = end < 0 ? bytes : bytes.subarray(0, end + 1);
    const isWhole = end >= 0;
    if (held === undefined) {
      terminal.write(line);
      held = isWhole ? Buffer.alloc(0) : undefined;
    } else {
      held = showOrHold(Buffer.concat([held, line]), isWhole);
    }
    return bytes.subarray(line.length);
  }

  function showOrHold(line: Buffer, isWhole: boolean): Buffer | undefined {
    const mayBeCommand = line.length < maxCommandBytes && (line[0] ?? colon) === colon && (line[1] ?? colon) === colon;
    if (mayBeCommand && !isWhole) return line;
    terminal.write(mayBeCommand ? describe(line, colors, unicode) : line);
    return isWhole ? Buffer.alloc(0) : undefined;
  }

  return {
    isTTY: terminal.isTTY,
    get columns() {
      return terminal.columns;
    },
    get rows() {
      return terminal.rows;
    },
    get closed() {
      return terminal.closed;
    },
    write(chunk) {
      let rest: Buffer = Buffer.from(chunk);
      while (rest.length > 0) rest = take(rest);
    },
    drained: () => terminal.drained(),
    flushed() {
      if (held !== undefined && held.length > 0) terminal.write(held);
      held = undefined;
      return terminal.flushed();
    },
  };
}

function describe(line: Buffer, colors: Colors, unicode: boolean): string | Buffer {
  const command = parseWorkflowCommand(line.toString('utf8').trimEnd());
  if (command === undefined) return line;
  const { name, message, properties } = command;
  switch (name) {
    case 'group':
      return `${colors.bold(colors.blue(unicode ? '▸' : '>'))} ${colors.bold(printable(message))}\n`;
    case 'endgroup':
    case 'add-mask':
      return '';
    case 'error':
      return `${colors.red('error')} ${place(properties)}${printable(message)}\n`;
    case 'warning':
      return `${colors.yellow('warning')} ${place(properties)}${printable(message)}\n`;
    case 'notice':
      return `${colors.cyan('notice')} ${place(properties)}${printable(message)}\n`;
  }
}

function place(properties: ReadonlyMap<string, string>): string {
  const file = properties.get('file');
  const line = properties.get('line');
  return file === undefined ? '' : `${printable(file)}${line === undefined ? '' : `:${printable(line)}`}: `;
}
