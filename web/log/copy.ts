import { formatCount } from '../parts/format-count.ts';
import { withoutColors } from '../../src/output/colored-text.ts';
import type { LineStore } from './line-store.ts';
import { mostCopied, selectedPart, type TextSelection } from './selection.ts';

/**
 * The plain text of a part of the log, of lines that are folded or were never shown too.
 * @throws an Error for people if it is too much, or if lines cannot be had.
 */
export async function selectedText(store: LineStore, selection: TextSelection): Promise<string> {
  const { start, end } = selection;
  const count = end.line - start.line + 1;
  if (count > mostCopied.lines) throw new Error(`${formatCount(count)} lines are too many to copy: download the log`);
  const parts: string[] = [];
  let line = start.line;
  let characters = 0;
  const add = (text: string): void => {
    const part = selectedPart(withoutColors(text), line, selection);
    characters += part.length + 1;
    if (characters > mostCopied.characters) throw new Error('This is too much to copy: download the log');
    parts.push(part);
    line += 1;
  };
  await store.read(line, end.line, ({ text }) => add(text));
  return parts.join('\n');
}

/** The same, if all of it is here: browsers take what they copy at once. */
export function textAtHand(store: LineStore, selection: TextSelection): string | undefined {
  const parts: string[] = [];
  for (let { line } = selection.start; line <= selection.end.line; line += 1) {
    const here = store.get(line);
    if (here === undefined) return undefined;
    parts.push(selectedPart(withoutColors(here.text), line, selection));
  }
  return parts.join('\n');
}

/** Puts the text of a part of the log on the clipboard. @returns what to tell the reader. */
export async function copyLines(store: LineStore, selection: TextSelection): Promise<string> {
  try {
    return await copyText(await selectedText(store, selection), copied(selection));
  } catch (error) {
    return error instanceof Error ? error.message : 'The lines cannot be read';
  }
}

/** Puts a text on the clipboard. @returns what to tell the reader: `done` if that went well. */
export async function copyText(text: string, done: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return done;
  } catch {
    // Without a secure context, or without leave.
    return 'The browser did not allow to copy';
  }
}

/** What to tell the reader once it is on the clipboard. */
export function copied({ start, end }: TextSelection): string {
  const count = end.line - start.line + 1;
  return count === 1 ? 'Copied' : `Copied ${formatCount(count)} lines`;
}
