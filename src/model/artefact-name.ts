/**
 * Which artefact names can be stored as they are.
 *
 * Some names belong to git jci; others make a server with `receive.fsckObjects` refuse the whole push. The rules
 * are those of git's `fsck.c`, of every release since 2.39; the tests hold them against the git that is installed.
 */

/**
 * A file name as a string of one character per byte (`latin1`), so that names that are not UTF-8 survive.
 * For plain ASCII it reads as usual. Convert with `Buffer.from(name, 'latin1')`.
 */
export type RawName = string;

export type ArtefactKind = 'file' | 'link' | 'directory';

/** `inspect`: only a look at the content can tell, see `isSafeAttributes`. */
export type NameVerdict = 'fine' | 'reserved' | 'refused' | 'inspect';

/** Paths that git jci itself writes at the root of a result. Never `index.html`: the script's own wins. */
export const reservedNames: ReadonlySet<RawName> = new Set([
  'status.txt',
  'run.output.txt',
  'jci.json',
  'steps.json',
  'tests.json',
  'timing.idx',
]);

/** The script's own account of the run, in Markdown: an artefact, which is shown besides. */
export const summaryName = 'summary.md';

const suffix = '.artefact';
/** What file systems allow: a longer name could be stored but never be written out again. */
const maxNameBytes = 255;
/** `ATTR_MAX_LINE_LENGTH` and, far below git's own 100 MiB, what we are willing to look at. */
const maxAttributesLine = 2048;
export const maxAttributesBytes = 1024 * 1024;

/** Whether an artefact called `name` may keep its name. `atRoot`: it stands directly in the output directory. */
export function judgeName(name: RawName, kind: ArtefactKind, atRoot: boolean): NameVerdict {
  if (atRoot && reservedNames.has(name)) return 'reserved';
  if (ordinary.test(name)) return 'fine';
  if (isDotGit(name) || isDotGitmodules(name)) return 'refused';
  if (attributes(name)) return kind === 'file' ? 'inspect' : 'refused';
  // Only a complaint in fsck today, but `receive.fsck.gitignoreSymlink=error` makes it a refusal.
  if (kind === 'link' && (ignore(name) || mailmap(name))) return 'refused';
  return 'fine';
}

/** No spelling of a git file, seen at one glance: no dot, mark or short name to begin with, no backslash. */
const ordinary = /^[^.~\\\x80-\xff][^~\\]*$/;

/**
 * The name an artefact gets instead: `<name>.artefact`, then `<name>.artefact.2` and so on.
 *
 * Where the suffix alone does not help (`.git:stream`, or bytes that end the name), what is in the way becomes `_`.
 * @param isTaken true for names of siblings, stored or not.
 */
export function replacementName(name: RawName, kind: ArtefactKind, isTaken: (name: RawName) => boolean): RawName {
  for (let n = 1; ; n += 1) {
    const tail = n === 1 ? suffix : `${suffix}.${n}`;
    const base = name.slice(0, maxNameBytes - tail.length);
    const isCured = judgeName(base + tail, kind, false) === 'fine';
    const candidate = (isCured ? base : base.replaceAll(/[:\\\x80-\xff]/g, '_')) + tail;
    if (!isTaken(candidate)) return candidate;
  }
}

/** False for the content of a `.gitattributes` file that git refuses: too large, or a line too long. */
export function isSafeAttributes(content: Uint8Array): boolean {
  if (content.length > maxAttributesBytes) return false;
  const lines = Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('latin1').split('\n');
  return lines.every((line) => line.length < maxAttributesLine);
}

/**
 * False for the target of a link that leads into a git directory: releases of May 2024 (2.39.4 to 2.45.1) refuse
 * it, the next ones do not any more, and servers are updated late.
 */
export const isSafeTarget = (target: RawName): boolean => !target.split('/').some(isDotGit);

/** `.git`, in the spellings by which Windows (NTFS) and macOS (HFS+) would find it, also behind a backslash. */
export const isDotGit = (name: RawName): boolean =>
  hfsName(name) === '.git' || name.split('\\').some((part) => ntfsDotGit.test(part));

/** The content would be parsed, and may be refused for what it says: such a file never keeps its name. */
const isDotGitmodules = (name: RawName): boolean => name.split('\\').some((part) => modules(part));

/** A backslash ends the name on Windows: parts are tested one by one. */
const ntfsDotGit = /^(?:\.git|git~1)[. ]*(?::|$)/i;

const modules = dotFile('gitmodules', 'gi7eba');
const attributes = dotFile('gitattributes', 'gi7d29');
const ignore = dotFile('gitignore', 'gi250a');
const mailmap = dotFile('mailmap', 'maba30');

/**
 * Tests for one of git's own dot files in any spelling.
 * @param hashed the fall-back short name NTFS gives when `<six letters>~1` to `~4` are taken.
 */
function dotFile(word: string, hashed: string): (name: RawName) => boolean {
  const fallBacks = Array.from({ length: 7 }, (_, n) => `${hashed.slice(0, n)}~[1-9]\\d{${6 - n}}`);
  const spellings = [`\\.${word}`, `${word.slice(0, 6)}~[1-4]`, ...fallBacks];
  const ntfs = new RegExp(`^(?:${spellings.join('|')})[. ]*(?::|$)`, 'i');
  return (name) => ntfs.test(name) || hfsName(name) === `.${word}`;
}

/** Code points that HFS+ leaves out of a name when it compares. */
const hfsIgnored = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;
/** Git stops reading at bytes that are not UTF-8 and takes what came before for the whole name. */
const notUtf8 = /[\ufffd-\uffff].*$/s;

function hfsName(name: RawName): string {
  // `ignoreBOM`: a leading U+FEFF is part of the name and must be seen.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.from(name, 'latin1'));
  return text.replace(hfsIgnored, '').replace(notUtf8, '').toLowerCase();
}
