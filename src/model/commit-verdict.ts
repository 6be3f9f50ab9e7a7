/** What is known about a commit, in one word. */
export type CommitVerdict = 'passed' | 'failed' | 'running' | 'none';
