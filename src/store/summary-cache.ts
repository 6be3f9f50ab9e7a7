import { join } from 'node:path';
import { attempt } from '../base/attempt.ts';
import { addKeptLines, readKeptFile } from '../base/kept-file.ts';
import { isObjectId } from '../model/object-id.ts';
import { isOutcome, isTrigger, isRunStatus } from '../model/outcome.ts';
import type { ResultSummary } from '../model/trailers.ts';
import { cacheRoot } from './paths.ts';

/** Summaries by the id of the result commit. A result never changes, so an entry is never wrong. */
export interface SummaryCache {
  has(id: string): boolean;
  get(id: string): ResultSummary | undefined;
}

/** What is worth keeping: a result without a summary may only be missing now. */
export interface CacheEntry {
  result: string;
  summary: ResultSummary | undefined;
}

/** The name carries the version of the format: an older git jci beside ours keeps its own. */
const cachePath = (commonDir: string): string => join(cacheRoot(commonDir), 'summaries-3');

const none = '-';
const fieldCount = 12;
/** The last field: a line that a crash cut short has none. */
const whole = '.';

/** Finds the entries of the cache, and takes apart only those that are asked for. */
export function loadSummaryCache(commonDir: string): SummaryCache {
  const text = readKeptFile(cachePath(commonDir)).toString('latin1');
  const lines = findLines(text);
  return {
    has: (id) => lines.has(id),
    get(id) {
      const start = lines.get(id);
      return start === undefined ? undefined : decode(text.slice(start, text.indexOf('\n', start)).split(' '));
    },
  };
}

/** Where the line of each id starts. */
function findLines(text: string): Map<string, number> {
  const starts = new Map<string, number>();
  for (let start = 0, end = text.indexOf('\n'); end >= 0; start = end + 1, end = text.indexOf('\n', start)) {
    if (text.startsWith(` ${whole}`, end - 2)) starts.set(text.slice(start, text.indexOf(' ', start)), start);
  }
  return starts;
}

/** Adds entries. The cache may be deleted or unwritable at any time: then there is none. */
export function extendSummaryCache(commonDir: string, added: readonly CacheEntry[]): void {
  const lines = added.flatMap(({ result, summary }) => (summary !== undefined && isRegular(summary) ? [encode(result, summary)] : []));
  if (lines.length > 0) attempt(() => addKeptLines(cachePath(commonDir), lines));
}

/** Somebody else's trailers may hold anything, also what would be two fields here. */
const isRegular = ({ tree, script }: ResultSummary): boolean => [tree, script].every((id) => id === undefined || isObjectId(id));

function encode(id: string, s: ResultSummary): string {
  const branch = s.branch === undefined ? none : encodeURIComponent(s.branch).replace(/^[-.]$/, (sign) => (sign === none ? '%2D' : '%2E'));
  const fields = [id, s.status, s.outcome, s.durationMs, s.tree, s.script, branch, s.trigger, s.exitCode, s.about, s.dirty ? 1 : 0, whole];
  return fields.map((field) => field ?? none).join(' ');
}

function decode(fields: readonly string[]): ResultSummary | undefined {
  const [, status = '', outcome, duration, tree, script, branch, trigger, exit, about, dirty] = fields.map((field) => (field === none ? undefined : field));
  if (fields.length !== fieldCount || !isRunStatus(status) || !isCount(duration) || !isCount(exit) || (dirty !== '0' && dirty !== '1')) return undefined;
  return {
    status,
    outcome: outcome !== undefined && isOutcome(outcome) ? outcome : undefined,
    durationMs: duration === undefined ? undefined : Number(duration),
    tree,
    script,
    branch: branch === undefined ? undefined : decodeBranch(branch),
    trigger: trigger !== undefined && isTrigger(trigger) ? trigger : undefined,
    exitCode: exit === undefined ? undefined : Number(exit),
    dirty: dirty === '1',
    ...aboutIn(about),
  };
}

const aboutIn = (about: string | undefined): Pick<ResultSummary, 'about'> => (about === undefined ? {} : { about });

const isCount = (text: string | undefined): boolean => text === undefined || /^\d+$/.test(text);

/** A garbled one is not worth an error: it is only shown. */
function decodeBranch(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    // URIError: `%` without its digits, or bytes that are not UTF-8.
    return undefined;
  }
}
