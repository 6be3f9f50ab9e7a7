import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../base/errors.ts';
import { isOutcome, isTrigger, isVerdict } from '../model/outcome.ts';
import type { ResultSummary } from '../model/trailers.ts';
import { cacheRoot } from './paths.ts';

/** Summaries by the id of the result commit. A result never changes, so an entry is never wrong. */
export type SummaryCache = Map<string, ResultSummary>;

/** The name carries the version of the format: an older git jci beside ours keeps its own. */
const cachePath = (commonDir: string): string => join(cacheRoot(commonDir), 'summaries-1');

const none = '-';
const fieldCount = 10;

/** Reads the cache; lines that a crash cut short or mixed up are passed over. */
export function loadSummaryCache(commonDir: string): SummaryCache {
  const cache: SummaryCache = new Map();
  for (const line of readText(cachePath(commonDir)).split('\n')) {
    const fields = line.split(' ');
    const summary = fields.length === fieldCount ? decode(fields) : undefined;
    if (summary !== undefined) cache.set(fields[0] ?? '', summary);
  }
  return cache;
}

/** Adds entries. The cache may be deleted or unwritable at any time: then there is none. */
export function extendSummaryCache(commonDir: string, added: Iterable<[string, ResultSummary]>): void {
  const text = [...added].map(([id, summary]) => `${encode(id, summary)}\n`).join('');
  if (text === '') return;
  try {
    mkdirSync(cacheRoot(commonDir), { recursive: true });
    appendFileSync(cachePath(commonDir), text);
  } catch (error) {
    if (!hasCode(error, 'EACCES', 'EROFS', 'ENOSPC', 'EPERM')) throw error;
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return '';
    throw error;
  }
}

function encode(id: string, s: ResultSummary): string {
  const branch = s.branch === undefined ? none : encodeURIComponent(s.branch).replace(/^-$/, '%2D');
  const fields = [id, s.status, s.outcome, s.durationMs, s.tree, s.script, branch, s.trigger, s.exitCode, s.dirty ? 1 : 0];
  return fields.map((field) => field ?? none).join(' ');
}

function decode(fields: string[]): ResultSummary | undefined {
  const [, status = '', outcome, duration, tree, script, branch, trigger, exit, dirty] = fields.map((field) =>
    field === none ? undefined : field,
  );
  if (!isVerdict(status) || !isCount(duration) || !isCount(exit) || (dirty !== '0' && dirty !== '1')) return undefined;
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
  };
}

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
