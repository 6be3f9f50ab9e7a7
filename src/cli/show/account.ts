import { JciError } from '../../base/errors.ts';
import type { ObjectSink } from '../../git/batch-parser.ts';
import { streamObjects } from '../../git/objects.ts';
import type { Repository } from '../../git/repository.ts';
import { summaryName } from '../../model/artefact-name.ts';
import type { ObjectId } from '../../model/object-id.ts';
import { stripEscapes } from '../../output/strip-escapes.ts';
import { printable } from '../../output/terminal-text.ts';
import { findFile } from '../../store/read-result.ts';
import type { StoredRunRef } from '../../store/run-list.ts';
import type { Account, Look, ShownRun } from './shown-run.ts';

/** No more of it is read: what is larger was not written for people. */
const maxBytes = 1024 * 1024;
const shownLines = 40;
/** A line with more is no text. */
const maxColumns = 500;

/** The script's own account of a run, if it left one that can be read. */
export async function readAccount(repo: Repository, run: StoredRunRef): Promise<Account | null> {
  try {
    const file = await findFile(repo, run, summaryName);
    return file?.mode.startsWith('100') === true ? await readBeginning(repo, file.id) : null;
  } catch (error) {
    // Results come from others too: without its object there is still the rest to show.
    if (error instanceof JciError) return null;
    throw error;
  }
}

async function readBeginning(repo: Repository, id: ObjectId): Promise<Account | null> {
  const stop = new AbortController();
  const chunks: Buffer[] = [];
  let [size, rest] = [-1, maxBytes];
  const sink: ObjectSink = {
    begin(header) {
      size = header?.size ?? -1;
    },
    data(chunk) {
      chunks.push(Buffer.from(chunk.subarray(0, Math.max(0, rest))));
      rest -= chunk.length;
      if (rest <= 0) stop.abort();
    },
    end: () => undefined,
  };
  await streamObjects(repo, [id], sink, stop.signal);
  const bytes = Buffer.concat(chunks).subarray(0, maxBytes);
  return size < 0 ? null : { markdown: bytes.toString('utf8'), omittedBytes: size - bytes.length };
}

/** The beginning of the account: Markdown is made to be read as it is. */
export function accountLines({ account, runId }: ShownRun, { colors }: Look): string[] {
  if (account === null) return [];
  const text = stripEscapes(Buffer.from(account.markdown)).toString('utf8').trim();
  if (text === '') return [];
  const lines = text.split(/\r?\n/);
  const isCut = lines.length > shownLines || account.omittedBytes > 0;
  return [
    '',
    colors.bold('Summary'),
    ...lines.slice(0, shownLines).map((line) => `  ${printable(line).slice(0, maxColumns)}`.trimEnd()),
    ...(isCut ? [colors.dim(`  and more: git jci cat ${runId} ${summaryName}`)] : []),
  ];
}
