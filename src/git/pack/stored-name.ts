import { readlinkSync } from 'node:fs';
import {
  isSafeAttributes,
  isSafeTarget,
  judgeName,
  maxAttributesBytes,
  replacementName,
  type ArtefactKind,
  type RawName,
} from '../../model/artefact-name.ts';
import { createFileReader } from './read-file.ts';
import { toRaw, type DiskPath } from './raw-path.ts';

export interface StoredName {
  readonly name: RawName;
  /** Why it is not the name on disk. */
  readonly why?: string;
  /** A link that git would refuse: its target is stored as the content of a plain file. */
  readonly asFile: boolean;
}

/** Says under which name something is stored. Reads what only the content can tell. */
export type Namer = (name: RawName, kind: ArtefactKind, source: DiskPath) => StoredName;

/** The names of one directory: replacements avoid each other and all that is there. */
export function createNamer(siblings: readonly RawName[], atRoot: boolean): Namer {
  let taken: Set<RawName> | undefined;
  return (name, kind, source) => {
    const badLink = kind === 'link' && !hasSafeTarget(source);
    const why = badLink ? 'git servers may refuse links into a git directory' : whyNot(name, kind, atRoot, source);
    if (why === undefined) return { name, asFile: false };
    const occupied = (taken ??= new Set(siblings));
    const stored = replacementName(name, badLink ? 'file' : kind, (candidate) => occupied.has(candidate));
    occupied.add(stored);
    return { name: stored, why, asFile: badLink };
  };
}

function whyNot(name: RawName, kind: ArtefactKind, atRoot: boolean, source: DiskPath): string | undefined {
  const verdict = judgeName(name, kind, atRoot);
  if (verdict === 'reserved') return 'git jci writes a file of that name itself';
  if (verdict === 'refused') return 'git servers refuse that name';
  if (verdict === 'inspect' && !hasSafeAttributes(source)) return 'git servers refuse what it says as .gitattributes';
  return undefined;
}

/** What cannot be read here cannot be stored either, and is noted then. */
function hasSafeAttributes(source: DiskPath): boolean {
  try {
    const content = createFileReader(maxAttributesBytes)(source);
    return content !== undefined && isSafeAttributes(content);
  } catch {
    return true;
  }
}

function hasSafeTarget(source: DiskPath): boolean {
  try {
    return isSafeTarget(toRaw(readlinkSync(source, { encoding: 'buffer' })));
  } catch {
    // Gone or replaced: noted when it is stored.
    return true;
  }
}
