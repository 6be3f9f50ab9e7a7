import { messageOf } from '../base/errors.ts';
import { isTestRoot } from './detect.ts';
import { appendText, createCaseDraft, type CaseDraft, type Finding } from './junit-case.ts';
import type { SuiteFrame } from './junit-suite.ts';
import type { AcceptCase, ReportProblem } from './report.ts';
import { textPieces } from './text-stream.ts';
import { createXmlReader, type XmlHandler } from './xml.ts';

/**
 * Reads a JUnit XML report of any writer and hands over its cases one by one, so that memory stays flat.
 *
 * Never throws for a bad report: the cases before the problem have been accepted, and the problem is returned.
 * The texts of a case are raw (see `AcceptCase`).
 */
export async function readJUnit(
  chunks: AsyncIterable<Uint8Array>,
  report: string,
  accept: AcceptCase,
): Promise<ReportProblem | undefined> {
  const reader = createXmlReader(junitHandler(report, accept));
  try {
    for await (const piece of textPieces(chunks)) reader.write(piece);
    reader.end();
    return undefined;
  } catch (error) {
    // Not well-formed, beyond a limit, or the file could not be read: all are the report's problem.
    return { reason: messageOf(error), line: reader.line() };
  }
}

/** A case that is being read: how many elements are open inside it, and the finding whose element is. */
interface OpenCase {
  draft: CaseDraft;
  depth: number;
  finding: Finding | undefined;
}

function junitHandler(report: string, accept: AcceptCase): XmlHandler {
  const suites: SuiteFrame[] = [];
  let sawRoot = false;
  let open: OpenCase | undefined;
  return {
    open(element, attributes) {
      if (!sawRoot && !isTestRoot(element)) throw new Error(`its root element is <${element}>`);
      sawRoot = true;
      if (open !== undefined) enter(open, element, attributes);
      else if (element === 'testsuite') suites.push(suiteFrame(attributes));
      else if (element === 'testcase') {
        open = { draft: createCaseDraft(attributes, suites, report), depth: 0, finding: undefined };
      }
    },
    text(piece) {
      if (open?.finding !== undefined) appendText(open.finding, piece);
    },
    close(element) {
      if (open === undefined) {
        if (element === 'testsuite') suites.pop();
      } else if (leave(open)) {
        accept(open.draft.finish());
        open = undefined;
      }
    },
  };
}

/** A suite's name is cut well beyond what is kept, so that a hundred nested ones stay small. */
const suiteFrame = (attributes: ReadonlyMap<string, string>): SuiteFrame => ({
  name: (attributes.get('name') ?? '').slice(0, 8192).trim(),
  file: attributes.get('file') ?? attributes.get('filepath'),
});

/** Only children of the case itself are findings: a `<system-out>` inside `<rerunFailure>` is none. */
function enter(open: OpenCase, element: string, attributes: ReadonlyMap<string, string>): void {
  open.depth += 1;
  if (open.depth === 1) open.finding = open.draft.find(element, attributes);
}

/** True when it was the case's own element that closed. */
function leave(open: OpenCase): boolean {
  open.depth -= 1;
  if (open.depth === 0) open.finding = undefined;
  return open.depth < 0;
}
