import type { FinalResults, Parser, Result } from 'tap-parser';
import { messageOf } from '../base/errors.ts';
import type { TestCase } from '../model/test-case.ts';
import type { AcceptCase, ReportProblem } from './report.ts';
import { caseOfResult, createCommentNote, planProblem } from './tap-case.ts';
import { createTapFilter, type TapLineKind } from './tap-filter.ts';
import { createLineSplitter, textPieces } from './text-stream.ts';
import { rawTextLimit } from './tidy-text.ts';

/**
 * Reads a TAP stream (versions 12 to 14) and hands over its cases one by one.
 *
 * The suite is the report's path without `.tap`, since TAP has no word for it; subtests are flattened to
 * `outer > inner > name`. A bail out, a plan that does not fit and a missing plan are cases of status `error`.
 * Never throws for a bad report, like `readJUnit`.
 * @param wantsDetails false once there is no room for diagnostics.
 */
export async function readTap(
  chunks: AsyncIterable<Uint8Array>,
  report: string,
  accept: AcceptCase,
  wantsDetails: () => boolean = () => true,
): Promise<ReportProblem | undefined> {
  const tap = await import('tap-parser');
  const acceptTap: AcceptTap = (test) => accept({ suite: report.replace(/\.tap$/i, ''), ...test, report });
  const reader = createTapReader(() => new tap.Parser(), acceptTap, createTapFilter(wantsDetails));
  const split = createLineSplitter(rawTextLimit);
  try {
    for await (const piece of textPieces(chunks)) split(piece).forEach(reader.line);
    split('').forEach(reader.line);
    reader.end();
    return undefined;
  } catch (error) {
    // The file could not be read, or the parser gave up.
    return { reason: messageOf(error), line: reader.lineNumber() };
  }
}

type AcceptTap = (test: Omit<TestCase, 'suite' | 'report'>) => void;

interface TapReader {
  line(text: string): void;
  end(): void;
  lineNumber(): number;
}

function createTapReader(newParser: () => Parser, accept: AcceptTap, keep: (line: string) => TapLineKind): TapReader {
  const note = createCommentNote();
  let lineNumber = 0;
  const begin = (): Parser =>
    listen(newParser(), accept, (result, order) => accept(caseOfResult(result, order, note.text())));
  let parser = begin();
  return {
    line(text) {
      lineNumber += 1;
      const kind = keep(text);
      if (kind === 'comment') note.add(text);
      if (kind === 'comment' || kind === 'noise') return;
      if (parser.count > 0 && /^TAP version \d+\s*$/i.test(text)) {
        // Several streams were written into one file.
        parser.end();
        parser = begin();
      }
      parser.write(`${text}\n`);
      // The parser tells of a test when the next one begins: until then the comments belong to the one before.
      if (kind === 'test') note.clear();
    },
    end: () => void parser.end(),
    lineNumber: () => lineNumber,
  };
}

function listen(root: Parser, accept: AcceptTap, onResult: (result: Result, order: number) => void): Parser {
  let order = 0;
  root.on('result', (result: Result) => onResult(result, (order += 1)));
  root.on('bailout', (reason: string) => {
    accept({ name: 'Bail out!', status: 'error', durationMs: null, message: reason.trim() || 'Bail out!' });
  });
  watch(root, accept);
  return root;
}

/** Each level of subtests is a parser of its own, with a plan of its own. */
function watch(parser: Parser, accept: AcceptTap): void {
  parser.on('child', (child: Parser) => watch(child, accept));
  parser.on('assert', () => forget(parser));
  parser.on('complete', (results: FinalResults) => {
    const message = planProblem(results, parser.level);
    const name = parser.fullname === '' ? 'plan' : `${parser.fullname} > plan`;
    if (message !== undefined) accept({ name, status: 'error', durationMs: null, message });
  });
}

/** The parser keeps lists of what it saw, for a summary that we do not use: a long report would pile them up. */
function forget(parser: Parser): void {
  for (const list of [parser.failures, parser.skips, parser.todos, parser.comments]) list.length = 0;
  parser.pointsSeen = new Map();
}
