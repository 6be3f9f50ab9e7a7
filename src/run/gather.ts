import { open } from 'node:fs/promises';
import { messageOf } from '../base/errors.ts';
import { showPath, type DiskPath, type RawPath } from '../git/pack/raw-path.ts';
import { scanDirectory, type ScannedEntry } from '../git/pack/scan.ts';
import { diskPath } from '../git/pack/stored-item.ts';
import type { TestsFile } from '../model/test-case.ts';
import type { KnownSecrets } from '../output/known-secrets.ts';
import { mayBeReport } from '../report/detect.ts';
import { leaveOutSecrets } from './leave-out-secrets.ts';

/** What a script left in its output directory. */
export interface Gathered {
  /** The output directory. */
  root: RawPath;
  entries: ScannedEntry[];
  tests: TestsFile | undefined;
  /** Sentences for the log: what was left out or stored under another name. */
  notes: string[];
  /** How many were left out that may hold something. */
  unread: number;
}

/**
 * Looks through the output directory. Never throws for what is in it: a directory that is gone holds nothing.
 * @param outputDir empty when the run did not get as far as having one.
 * @param secrets artefacts that hold one are left out; what test reports say is kept, without them.
 */
export async function gatherOutput(outputDir: string, secrets: KnownSecrets): Promise<Gathered> {
  if (outputDir === '') return { root: '', entries: [], tests: undefined, notes: [], unread: 0 };
  const scan = scanDirectory(outputDir);
  const { notes, ...found } = leaveOutSecrets(scan, secrets);
  const reports = (secrets.areAll ? scan : found).entries.filter((entry) => entry.kind === 'file' && mayBeReport(showPath(entry.path)));
  if (reports.length === 0) return { ...found, tests: undefined, notes };
  try {
    const { collectTests } = await import('../report/collect.ts');
    const collected = await collectTests(reports.map((entry) => reportFile(found.root, entry)), { redact: (text) => secrets.redact(text) });
    return { ...found, tests: collected.tests, notes: [...notes, ...collected.notes] };
  } catch (error) {
    return { ...found, tests: undefined, notes: [...notes, `the test reports could not be read: ${messageOf(error)}`] };
  }
}

const reportFile = (root: RawPath, { path, source, size }: ScannedEntry) => ({
  path: showPath(path),
  size,
  open: () => readChunks(diskPath(root, source)),
});

const chunkBytes = 64 * 1024;

/** Not a stream of Node's: bun's does not take a path of bytes. */
async function* readChunks(path: DiskPath): AsyncIterable<Uint8Array> {
  const file = await open(path, 'r');
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(chunkBytes), 0, chunkBytes);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
