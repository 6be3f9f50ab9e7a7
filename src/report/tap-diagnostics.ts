import { inspect } from 'node:util';

/** What the YAML block below a TAP test says. */
export interface TapDiagnostics {
  message: string;
  details: string;
  file?: string;
  line?: number;
}

/**
 * Reads the parsed diagnostics of any TAP writer: node:test (`error`, `location`), node-tap (`at: {fileName}`, `diff`),
 * tape (`expected`, `actual`, `at`), Perl and bats (`message`, `file`, `line`).
 */
export function readDiagnostics(diagnostics: unknown): TapDiagnostics {
  if (!isObject(diagnostics)) return { message: '', details: textOf(diagnostics ?? '') };
  const fields = Object.entries(diagnostics).filter(([, value]) => value !== undefined && value !== null);
  return {
    message: messageIn(new Map(fields)),
    details: fields.map(([name, value]) => formatField(name, value)).join('\n'),
    ...placeIn(new Map(fields)),
  };
}

type Fields = ReadonlyMap<string, unknown>;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function messageIn(fields: Fields): string {
  const said = ['message', 'error', 'reason'].map((key) => fields.get(key)).find((value) => typeof value === 'string');
  if (typeof said === 'string' && said.trim() !== '') return said;
  const expected = fields.get('expected') ?? fields.get('wanted');
  const actual = fields.get('actual') ?? fields.get('found') ?? fields.get('got');
  return expected === undefined || actual === undefined ? '' : `expected ${textOf(expected)}, got ${textOf(actual)}`;
}

/** Long texts (stack, diff) start on a line of their own. */
function formatField(name: string, value: unknown): string {
  const text = textOf(value).trimEnd();
  return text.includes('\n') ? `${name}:\n${text.replace(/^/gm, '  ')}` : `${name}: ${text}`;
}

/** Whatever YAML can build: aliases make cycles and tags make dates, symbols and functions. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : inspect(value, shortly));

const shortly = { depth: 6, maxArrayLength: 100, maxStringLength: 16_000, breakLength: 100, customInspect: false };

interface Place {
  file?: string;
  line?: number;
}

function placeIn(fields: Fields): Place {
  const at = fields.get('at') ?? fields.get('location');
  if (typeof at === 'string') return placeInText(at);
  const own = isObject(at) ? new Map(Object.entries(at)) : fields;
  return place(own.get('fileName') ?? own.get('file'), own.get('lineNumber') ?? own.get('line'));
}

/** `path/to/test.js:12:3` or `Test.<anonymous> (path/to/test.js:12:3)`. */
function placeInText(text: string): Place {
  const [, file, line] = /(?:^|\()(?:file:\/\/)?([^()\n]{1,4096}?):(\d{1,9})(?::\d{1,9})?\)?$/.exec(text.trim()) ?? [];
  return place(file, line);
}

function place(file: unknown, line: unknown): Place {
  if (typeof file !== 'string' || file === '') return {};
  const number = Number(line);
  return Number.isSafeInteger(number) && number > 0 ? { file, line: number } : { file };
}
