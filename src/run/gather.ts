import { open } from 'node:fs/promises';
import { messageOf } from '../base/errors.ts';
import { scanDirectory, type ScannedEntry } from '../git/pack/scan.ts';
import type { TestsFile } from '../model/test-case.ts';
import { mayBeReport } from '../report/detect.ts';

/** What a script left in its output directory. */
export interface Gathered {
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
 * @param redact hides secrets in what reports say.
 */
export async function gatherOutput(outputDir: string, redact: (text: string) => string): Promise<Gathered> {
  if (outputDir === '') return { entries: [], tests: undefined, notes: [], unread: 0 };
  const { entries, notes, unread } = scanDirectory(outputDir);
  const reports = entries.filter((entry) => entry.kind === 'file' && mayBeReport(entry.displayPath));
  if (reports.length === 0) return { entries, tests: undefined, notes, unread };
  try {
    const { collectTests } = await import('../report/collect.ts');
    const collected = await collectTests(reports.map(reportFile), { redact });
    return { entries, tests: collected.tests, notes: [...notes, ...collected.notes], unread };
  } catch (error) {
    return { entries, tests: undefined, notes: [...notes, `the test reports could not be read: ${messageOf(error)}`], unread };
  }
}

const reportFile = (entry: ScannedEntry) => ({
  path: entry.displayPath,
  size: entry.size,
  open: () => readChunks(entry.absolutePath),
});

const chunkBytes = 64 * 1024;

/** Not a stream of Node's: bun's does not take a path of bytes. */
async function* readChunks(path: Buffer): AsyncIterable<Uint8Array> {
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
