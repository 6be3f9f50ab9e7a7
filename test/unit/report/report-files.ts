import { readFileSync } from 'node:fs';
import type { TestCase } from '../../../src/model/test-case.ts';
import { collectTests, type CollectedTests, type CollectOptions } from '../../../src/report/collect.ts';
import { readJUnit } from '../../../src/report/junit.ts';
import type { ReportFile, ReportProblem } from '../../../src/report/report.ts';
import { readTap } from '../../../src/report/tap.ts';

/** A report of test/fixtures/reports. */
export const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../../fixtures/reports/${name}`, import.meta.url));

export async function* chunksOf(...chunks: (Uint8Array | string)[]): AsyncGenerator<Uint8Array, void, void> {
  for (const chunk of chunks) yield await Promise.resolve(Buffer.from(chunk));
}

/** Cuts bytes into chunks whose lengths repeat the given ones. */
export async function* chunked(bytes: Uint8Array, lengths: readonly number[]): AsyncGenerator<Uint8Array, void, void> {
  let turn = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = Math.max(1, lengths[turn++ % lengths.length] ?? 1);
    yield await Promise.resolve(bytes.subarray(at, at + length));
    at += length;
  }
}

export async function allOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export interface Read {
  cases: TestCase[];
  problem: ReportProblem | undefined;
}

export async function junit(...chunks: (Uint8Array | string)[]): Promise<Read> {
  const cases: TestCase[] = [];
  const problem = await readJUnit(chunksOf(...chunks), 'r.xml', (test) => cases.push(test));
  return { cases, problem };
}

export async function tap(...chunks: (Uint8Array | string)[]): Promise<Read> {
  const cases: TestCase[] = [];
  const problem = await readTap(chunksOf(...chunks), 'r.tap', (test) => cases.push(test));
  return { cases, problem };
}

export const reportFile = (path: string, content: string | Uint8Array, lengths = [65_536]): ReportFile => {
  const bytes = Buffer.from(content);
  return { path, size: bytes.length, open: () => chunked(bytes, lengths) };
};

export const collect = (
  files: Record<string, string | Uint8Array>,
  options: Partial<CollectOptions> = {},
): Promise<CollectedTests> =>
  collectTests(
    Object.entries(files).map(([path, content]) => reportFile(path, content)),
    { redact: (text) => text, ...options },
  );

/** `passed suite :: name`, one line per case: enough to see who became what. */
export const outline = (cases: readonly Pick<TestCase, 'status' | 'suite' | 'name'>[]): string[] =>
  cases.map(({ status, suite, name }) => `${status} ${suite} :: ${name}`);
