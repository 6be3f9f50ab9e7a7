import { JciError } from '../../base/errors.ts';
import { streamBlob } from '../../git/objects.ts';
import type { Repository } from '../../git/repository.ts';
import { summaryName } from '../../model/artefact-name.ts';
import { stripEscapes } from '../../output/strip-escapes.ts';
import { printable } from '../../output/terminal-text.ts';
import type { ResultFile } from '../../store/read-result.ts';
import type { Account, Look, ShownRun } from './shown-run.ts';

/** No more of it is read: what is larger was not written for people. */
const maxBytes = 1024 * 1024;
const shownLines = 40;
/** A line with more is no text. */
const maxColumns = 500;

/** The script's own account of a run, if it left one that can be read. */
export async function readAccount(repo: Repository, files: readonly ResultFile[]): Promise<Account | null> {
  const file = files.find(({ path, mode }) => path === summaryName && mode.startsWith('100'));
  if (file === undefined) return null;
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    await streamBlob(repo, file.id, (chunk) => {
      chunks.push(chunk);
      length += chunk.length;
      return length < maxBytes;
    });
  } catch (error) {
    // Results come from others too: without its object there is still the rest to show.
    if (error instanceof JciError) return null;
    throw error;
  }
  const bytes = Buffer.concat(chunks).subarray(0, maxBytes);
  return { markdown: bytes.toString('utf8'), omittedBytes: Math.max(0, file.size - bytes.length) };
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
