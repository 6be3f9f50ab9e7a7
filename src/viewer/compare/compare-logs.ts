import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { LogComparison } from '../../api/compare.ts';
import { refusal } from '../../base/errors.ts';
import { diffFiles } from '../../git/diff-files.ts';
import { resolveObjects } from '../../git/objects.ts';
import type { Repository } from '../../git/repository.ts';
import { makeTemporaryFolder } from '../../git/temporary-folder.ts';
import { logName } from '../../api/paths.ts';
import type { StoredRunRef } from '../../store/run-list.ts';
import { createHunkReader, type Hunk } from './hunks.ts';
import { normaliseLine } from './normalise-line.ts';
import { mostBytes, shownLines, type ComparedLog } from './shown-lines.ts';

/** Lines of all hunks together. */
const mostLines = 5000;

/** Characters of a line that are shown. */
const longestShown = 2000;

/**
 * How the log of one run differs from that of another. Git compares copies without times and the like; what is shown are the lines as they are.
 * @throws JciError (3) when a result has no log, the signal's reason when it is aborted.
 */
export async function compareLogs(repo: Repository, before: StoredRunRef, after: StoredRunRef, signal: AbortSignal): Promise<LogComparison> {
  const [a, b] = await Promise.all([findLog(repo, before), findLog(repo, after)]);
  const { hunks, added, removed, cut } = await findHunks(repo, a, b, signal);
  const [textsBefore, textsAfter] = await Promise.all([
    textsOf(repo, a, hunks, (kind) => kind === 'removed', signal),
    textsOf(repo, b, hunks, (kind) => kind !== 'removed', signal),
  ]);
  return {
    hunks: hunks.map((hunk) => ({
      ...hunk,
      lines: hunk.lines.map(({ kind, number }) => ({ kind, text: (kind === 'removed' ? textsBefore : textsAfter).get(number) ?? '' })),
    })),
    added,
    removed,
    cut: cut || a.size > mostBytes || b.size > mostBytes,
  };
}

async function findLog(repo: Repository, run: StoredRunRef): Promise<ComparedLog> {
  const [log] = await resolveObjects(repo, [`${run.result}:${logName}`]);
  if (log?.type !== 'blob') throw refusal(`run ${run.runId} has no log`, { hint: `git jci show ${run.runId}` });
  return log;
}

async function findHunks(repo: Repository, a: ComparedLog, b: ComparedLog, signal: AbortSignal): Promise<ReturnType<ReturnType<typeof createHunkReader>['result']>> {
  const folder = await makeTemporaryFolder(repo, 'compare');
  try {
    const [before, after] = [join(folder, 'before'), join(folder, 'after')];
    const linesBefore = await writeComparable(repo, a, before, signal);
    const linesAfter = await writeComparable(repo, b, after, signal);
    const reader = createHunkReader(mostLines, linesBefore, linesAfter);
    await diffFiles(repo, before, after, reader.take, signal);
    return reader.result();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Characters that are written in one piece. */
const pieceLength = 256 * 1024;

/** @returns how many lines of the log are before its first one here. */
async function writeComparable(repo: Repository, log: ComparedLog, path: string, signal: AbortSignal): Promise<number> {
  let first: number | undefined;
  const fd = openSync(path, 'wx', 0o600);
  let piece = '';
  const flush = (): void => {
    const bytes = Buffer.from(piece);
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
    piece = '';
  };
  try {
    await shownLines(repo, log, signal, (line, number, unread) => {
      first ??= number;
      piece += `${normaliseLine(line)}${unread === 0 ? '' : ` +${unread}`}\n`;
      if (piece.length > pieceLength) flush();
      return true;
    });
    flush();
    return (first ?? 1) - 1;
  } finally {
    closeSync(fd);
  }
}

/** The lines of one log that are in the hunks, by number. */
async function textsOf(repo: Repository, log: ComparedLog, hunks: readonly Hunk[], isMine: (kind: Hunk['lines'][number]['kind']) => boolean, signal: AbortSignal): Promise<Map<number, string>> {
  const wanted = new Set(hunks.flatMap(({ lines }) => lines.filter(({ kind }) => isMine(kind)).map(({ number }) => number)));
  const texts = new Map<number, string>();
  if (wanted.size === 0) return texts;
  await shownLines(repo, log, signal, (line, number) => {
    if (wanted.has(number)) texts.set(number, line.slice(0, longestShown));
    return texts.size < wanted.size;
  });
  return texts;
}
