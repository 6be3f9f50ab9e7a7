import { formatDuration } from '../base/duration.ts';
import { printable } from './terminal-text.ts';
import { parseWorkflowCommand, type WorkflowCommand } from './workflow-command.ts';

type Paint = (text: string) => string;

/** How commands in a log are shown to a person. */
export interface CommandLook {
  /** Colours, or functions that leave a text as it is. */
  colors: Readonly<Record<'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue' | 'cyan', Paint>>;
  /** Whether more than ASCII can be shown. */
  unicode: boolean;
}

/**
 * What a person sees in place of a line that is a command to us (`::group::build`, `::error file=a.c::...`): one line
 * without its end, empty where there is nothing to see.
 * @param line without its line feed.
 * @returns `undefined` for a line that is no command, which is shown as it is.
 */
export function readableCommand(line: string, look: CommandLook): string | undefined {
  const command = parseWorkflowCommand(line.trimEnd());
  return command === undefined ? undefined : describe(command, look);
}

function describe({ name, message, properties }: WorkflowCommand, look: CommandLook): string {
  const { colors, unicode } = look;
  switch (name) {
    case 'group':
      return `${colors.bold(colors.blue(unicode ? '▸' : '>'))} ${colors.bold(printable(message))}`;
    case 'endgroup':
      return describeEnd(message, properties, look);
    case 'add-mask':
      return '';
    case 'error':
      return `${colors.red('error')} ${whereAndWhat(message, properties)}`;
    case 'warning':
      return `${colors.yellow('warning')} ${whereAndWhat(message, properties)}`;
    case 'notice':
      return `${colors.cyan('notice')} ${whereAndWhat(message, properties)}`;
  }
}

/** Only `git jci step` knows how a step ended. */
function describeEnd(name: string, properties: WorkflowCommand['properties'], { colors, unicode }: CommandLook): string {
  const exit = wholeNumber(properties.get('exit'));
  const ms = wholeNumber(properties.get('ms'));
  if (exit === undefined || ms === undefined) return '';
  const time = formatDuration(ms);
  if (exit === 0) return `${colors.green(unicode ? '✓' : '+')} ${printable(name)} ${colors.dim(time)}`;
  return `${colors.red(unicode ? '✗' : 'x')} ${printable(name)} ${colors.red(`exit ${exit}`)} ${colors.dim(`after ${time}`)}`;
}

const wholeNumber = (text: string | undefined): number | undefined => (text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : undefined);

function whereAndWhat(message: string, properties: WorkflowCommand['properties']): string {
  const file = properties.get('file');
  const line = properties.get('line');
  const title = properties.get('title');
  const where = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`}: `;
  return printable(`${where}${title === undefined ? '' : `${title}: `}${message}`);
}

const asIs = (text: string): string => text;

/** The same for a whole text. */
export const readableText = (text: string, look: CommandLook): string =>
  text.includes('::') ? text.split('\n').flatMap((line) => readableLine(line, look)).join('\n') : text;

function readableLine(line: string, look: CommandLook): string[] {
  const shown = /^\s*::/.test(line) ? readableCommand(line, look) : undefined;
  if (shown === undefined) return [line];
  return shown === '' ? [] : [shown];
}

/** For where colours are not wanted. */
export const plainLook = (unicode: boolean): CommandLook => ({
  colors: { bold: asIs, dim: asIs, red: asIs, green: asIs, yellow: asIs, blue: asIs, cyan: asIs },
  unicode,
});
