import * as v from 'valibot';
import { count, objectId, time } from './parts.ts';
import { runItem, runStates } from './run-item.ts';

/** Commits on a page. */
export const pageSize = 100;

/** What a list of commits may be narrowed to, beside the states of runs. */
export const commitVerdicts = [...runStates, 'none'] as const;

/** A commit of a branch, with all of its runs, newest first. */
export const commitItem = v.object({
  hash: objectId,
  /** 7 digits, as the original has it. */
  shortHash: v.string(),
  /** The subject. */
  message: v.string(),
  author: v.string(),
  /** The author's date. */
  date: time,
  hasCI: v.boolean(),
  /** That of the run that tells of it (`tellingRun`); empty if it has none. */
  ciStatus: v.picklist([...runStates, '']),
  runs: v.array(runItem),
  /** For a commit without runs of its own: the run of the same tree and script that its verdict is taken from. */
  sameTree: v.nullable(runItem),
});
export type CommitItem = v.InferOutput<typeof commitItem>;

/** `GET /api/commits?branch=&page=&verdict=&text=&author=`; pages from 0. */
export const commits = v.object({
  branch: v.string(),
  page: count,
  pageSize: count,
  hasMore: v.boolean(),
  commits: v.array(commitItem),
});

/** `GET /api/runs?before=&branch=&verdict=`: runs of any commit, newest first. */
export const recentRuns = v.object({
  /** With the subject of their commit; `null` if it is not here. */
  runs: v.array(v.object({ ...runItem.entries, subject: v.nullable(v.string()) })),
  /** What to give as `before` for the next ones. */
  next: v.nullable(v.string()),
});
export type RecentRuns = v.InferOutput<typeof recentRuns>;
