export const workflowCommandNames = ['group', 'endgroup', 'error', 'warning', 'notice', 'add-mask'] as const;
export type WorkflowCommandName = (typeof workflowCommandNames)[number];

/** `::name property=value,property=value::message`, with the escapes undone. */
export interface WorkflowCommand {
  name: WorkflowCommandName;
  /** By name in lower case; of two with the same name the last one counts. */
  properties: ReadonlyMap<string, string>;
  message: string;
}

/**
 * Reads one line of output, without its line end, as GitHub's runner would.
 *
 * White space before the first `::` is allowed. Names of commands are in lower case. `undefined` for any other
 * text, and for commands that mean nothing here.
 */
export function parseWorkflowCommand(line: string): WorkflowCommand | undefined {
  const text = line.trimStart();
  const infoEnd = text.startsWith('::') ? text.indexOf('::', 2) : -1;
  if (infoEnd === -1) return undefined;
  const info = text.slice(2, infoEnd);
  const nameEnd = info.search(/\s|$/);
  const name = workflowCommandNames.find((known) => known === info.slice(0, nameEnd));
  if (name === undefined) return undefined;
  return { name, properties: parseProperties(info.slice(nameEnd)), message: unescapeMessage(text.slice(infoEnd + 2)) };
}

/** A pair without `=` or without a name is left out. */
function parseProperties(text: string): Map<string, string> {
  const properties = new Map<string, string>();
  for (const pair of text.split(',')) {
    const equals = pair.indexOf('=');
    const name = pair.slice(0, Math.max(equals, 0)).trim().toLowerCase();
    if (name !== '') properties.set(name, unescapeProperty(pair.slice(equals + 1).trim()));
  }
  return properties;
}

const escapes: Readonly<Record<string, string>> = { '25': '%', '0D': '\r', '0A': '\n', '3A': ':', '2C': ',' };
const decode = (whole: string, code: string): string => escapes[code] ?? whole;

/** Undoes `%25`, `%0D` and `%0A`. Once: `%250A` is the text `%0A`. */
export const unescapeMessage = (text: string): string => text.replace(/%(25|0D|0A)/g, decode);

/** Values of properties may have `%3A` and `%2C` as well, for the two characters that end them. */
const unescapeProperty = (text: string): string => text.replace(/%(25|0D|0A|3A|2C)/g, decode);
