import { formatSize } from '../base/byte-size.ts';
import { messageOf } from '../base/errors.ts';
import type { TestsFile } from '../model/test-case.ts';
import { createCaseList, type CaseList } from './case-list.ts';
import { detectBytes, detectReport, mayBeReport, type ReportKind } from './detect.ts';
import {
  defaultReportLimits,
  type AcceptCase,
  type ReportFile,
  type ReportLimits,
  type ReportProblem,
} from './report.ts';
import { tidyLine, type Redact } from './tidy-text.ts';

export interface CollectOptions {
  /** Hides secrets; applied to every text before anything is cut from it. */
  redact: Redact;
  limits?: Partial<ReportLimits>;
}

export interface CollectedTests {
  /** What tests.json is to hold; `undefined` when no report has a case. */
  tests: TestsFile | undefined;
  /** Sentences about reports that could not be read, or not wholly. */
  notes: string[];
}

/**
 * Reads all JUnit and TAP reports among the files, in the order of their paths, so that names made unique by a
 * number are the same in every run.
 *
 * Never throws for what is in a file: a report that cannot be read yields a note, and its cases up to there count.
 * Other files are left alone, silently.
 */
export async function collectTests(files: Iterable<ReportFile>, options: CollectOptions): Promise<CollectedTests> {
  const limits = { ...defaultReportLimits, ...options.limits };
  const list = createCaseList(limits, options.redact);
  const notes: string[] = [];
  for (const file of [...files].filter(({ path }) => mayBeReport(path)).sort(byPath)) {
    const before = list.count();
    const problem = await readReport(file, upTo(limits.read, list), { maxBytes: limits.reportBytes, wantsDetails: list.hasRoomForDetails });
    if (problem !== undefined) notes.push(note(file.path, problem, list.count() - before, options.redact));
  }
  notes.push(...limitNotes(list, limits));
  return { tests: list.count() === 0 ? undefined : list.result(), notes };
}

const byPath = (a: ReportFile, b: ReportFile): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

/** Readers end, and tell why, with whatever is thrown at them. */
const upTo =
  (most: number, list: CaseList): AcceptCase =>
  (test) => {
    if (list.count() >= most) throw new Error(`too large: more than ${most} test cases`);
    list.add(test);
  };

interface ReadOptions {
  maxBytes: number;
  wantsDetails(): boolean;
}

async function readReport(file: ReportFile, accept: AcceptCase, { maxBytes, wantsDetails }: ReadOptions): Promise<ReportProblem | undefined> {
  const kind = await detectFile(file);
  if (kind === undefined || typeof kind === 'object') return kind;
  if (file.size > maxBytes) return { reason: tooLarge(maxBytes) };
  const chunks = limitBytes(file, maxBytes);
  // Loaded here, so that a run without reports loads no parser.
  if (kind === 'tap') return (await import('./tap.ts')).readTap(chunks, file.path, accept, wantsDetails);
  return (await import('./junit.ts')).readJUnit(chunks, file.path, accept);
}

async function detectFile(file: ReportFile): Promise<ReportKind | ReportProblem | undefined> {
  try {
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of file.open()) {
      parts.push(chunk);
      length += chunk.length;
      if (length >= detectBytes) break;
    }
    return detectReport(file.path, Buffer.concat(parts));
  } catch (error) {
    // Unreadable, or gone since it was listed.
    return { reason: messageOf(error) };
  }
}

const tooLarge = (maxBytes: number): string => `too large: more than ${formatSize(maxBytes)}`;

/** A file may have grown since its size was read. */
async function* limitBytes(file: ReportFile, maxBytes: number): AsyncGenerator<Uint8Array, void, void> {
  let length = 0;
  for await (const chunk of file.open()) {
    length += chunk.length;
    if (length > maxBytes) throw new Error(tooLarge(maxBytes));
    yield chunk;
  }
}

/** `reports/junit.xml: not read as a test report: unclosed root tag, line 812; the 311 cases before that count` */
function note(path: string, { reason, line }: ReportProblem, cases: number, redact: Redact): string {
  const where = line === undefined ? '' : `, line ${line}`;
  const file = tidyLine(path, 500, redact);
  return `${file}: not read as a test report: ${tidyLine(reason, 300, redact)}${where}${casesBefore(cases)}`;
}

function casesBefore(cases: number): string {
  if (cases === 0) return '';
  return cases === 1 ? '; the case before that counts' : `; the ${cases} cases before that count`;
}

function limitNotes(list: CaseList, limits: ReportLimits): string[] {
  const { omitted = 0, cases } = list.result();
  const bare = list.withoutDetails();
  const room = formatSize(limits.text);
  return [
    ...(omitted > 0 ? [`${omitted} test cases are counted but not listed: there are ${cases.length} already`] : []),
    ...(bare > 0 ? [`${bare} failed tests are listed without details: those of the others are ${room} already`] : []),
  ];
}
