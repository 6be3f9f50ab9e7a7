import type { TestCase } from '../model/test-case.ts';

/** An artefact that may be a test report. */
export interface ReportFile {
  /** As the artefact is named in the result, with `/`. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Reads it from its start; called twice for a report (once to look what it is). */
  open(): AsyncIterable<Uint8Array>;
}

/** Why a report could not be read to its end. */
export interface ReportProblem {
  /** Part of a sentence: `unclosed root tag`. May quote the report. */
  reason: string;
  /** Where, from 1. */
  line?: number;
}

/**
 * Takes the cases as they are read. Texts are still raw here: not redacted, not cleaned, and cut at
 * `rawTextLimit` only.
 */
export type AcceptCase = (test: TestCase) => void;

/** How much of the reports is kept. Texts in UTF-16 units, as `String.length` counts. */
export interface ReportLimits {
  /** Cases of all reports together that are listed; more are counted. */
  cases: number;
  /** Cases of all reports together that are read at all: parsing takes up to 10 µs each. */
  read: number;
  /** A suite or a name. */
  name: number;
  message: number;
  details: number;
  /** Names of all cases together; after that cases are counted only. */
  names: number;
  /** Messages and details of all cases together; after that the cases are kept without details. */
  text: number;
  /** Bytes of one report. */
  reportBytes: number;
}

export const defaultReportLimits: ReportLimits = {
  cases: 100_000,
  read: 500_000,
  name: 1000,
  message: 2000,
  details: 16_000,
  names: 8 * 1024 ** 2,
  text: 8 * 1024 ** 2,
  reportBytes: 256 * 1024 ** 2,
};
