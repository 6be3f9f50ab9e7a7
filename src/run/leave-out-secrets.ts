import { closeSync, openSync, readlinkSync, readSync } from 'node:fs';
import { createNoteBook } from '../git/pack/notes.ts';
import { toRaw, type DiskPath, type RawPath } from '../git/pack/raw-path.ts';
import { readFlags } from '../git/pack/read-file.ts';
import type { Scan, ScannedEntry } from '../git/pack/scan.ts';
import { diskPath } from '../git/pack/stored-item.ts';
import type { KnownSecrets } from '../output/known-secrets.ts';

/** What is read at a time; a file of this size or less is read once. */
const pieceBytes = 1024 * 1024;

/**
 * Takes artefacts that hold a secret, or have one in their name, out of what is stored: a git object travels with every
 * push, and is not taken back.
 * They are not masked like the log, since an artefact with other bytes is broken in silence.
 */
export function leaveOutSecrets(found: Scan, secrets: KnownSecrets): Scan {
  if (!secrets.areAll) return leaveOutAll(found);
  if (secrets.longestBytes() === 0) return found;
  const holds = createSearch(secrets);
  const notes = createNoteBook();
  const inName = (name: RawPath): boolean => secrets.occurIn(bytesOf(name));
  const redact = (name: RawPath): RawPath => (inName(name) ? toRaw(secrets.redact(bytesOf(name).toString())) : name);
  const entries = found.entries.filter((entry) => {
    const isSecret = inName(entry.path) || inName(entry.source) || holds(entry, diskPath(found.root, entry.source));
    // Before the note is shortened: a part of a secret would not be found in it.
    if (isSecret) notes.add('left out, it holds a secret (the value of a masked variable, or of ::add-mask::)', redact(entry.path));
    return !isSecret;
  });
  const leftOut = found.entries.length - entries.length;
  return { ...found, entries, notes: [...found.notes, ...notes.sentences()], unread: found.unread + leftOut };
}

/** Without names: a secret may stand in one. */
function leaveOutAll({ root, entries, unread }: Scan): Scan {
  const what = entries.length === 1 ? 'the only artefact' : `all ${entries.length} artefacts`;
  const note = `left out ${what}, which could not be searched for secrets: the run knew some (masked variables, ::add-mask::) that nobody knows now; git jci rerun makes them anew`;
  return { root, entries: [], notes: entries.length === 0 ? [] : [note], unread: unread + entries.length };
}

const bytesOf = (name: RawPath): Buffer => Buffer.from(name, 'latin1');

function createSearch(secrets: KnownSecrets): (entry: ScannedEntry, path: DiskPath) => boolean {
  const overlap = secrets.longestBytes() - 1;
  // Blocking calls and one buffer, as where files are stored: for many small files anything else takes several times as long.
  const buffer = Buffer.allocUnsafeSlow(overlap + pieceBytes);
  return ({ kind }, path) => {
    try {
      return kind === 'link' ? secrets.occurIn(readlinkSync(path, 'buffer')) : fileHolds(path, buffer, overlap, secrets);
    } catch {
      // What cannot be read now is noted by whoever stores it.
      return false;
    }
  };
}

function fileHolds(path: DiskPath, buffer: Buffer, overlap: number, secrets: KnownSecrets): boolean {
  const fd = openSync(path, readFlags);
  try {
    for (let kept = 0; ; ) {
      const read = readSync(fd, buffer, kept, buffer.length - kept, null);
      if (read === 0) return false;
      const end = kept + read;
      if (secrets.occurIn(buffer.subarray(0, end))) return true;
      kept = Math.min(overlap, end);
      buffer.copyWithin(0, end - kept, end);
    }
  } finally {
    closeSync(fd);
  }
}
