import type { RunKey } from '../model/run-ref.ts';

/** The page of a run; a path of a result may follow. */
export const runPath = ({ commit, runId }: RunKey): string => `/jci/${commit}/${runId}`;

/** The page of one file of a result. @param href as `artefact` has it. */
export const filePath = (key: RunKey, href: string): string => `${runPath(key)}/${href}`;

/** The bytes of one file of a result. @param href as `artefact` has it. */
export const rawPath = (key: RunKey, href: string): string => `${filePath(key, href)}/raw`;

/** The same bytes where relative links lead to other files of the result: for a page that is shown in a frame. @param href as `artefact` has it. */
export const framePath = ({ commit, runId }: RunKey, href: string): string => `/files/${commit}/${runId}/${href}`;

/** The name of the log among the files of a result: its page is the log view. */
export const logName = 'run.output.txt';

/** The name of the tests among the files of a result: its page lists them all. */
export const testsName = 'tests.json';

/** Where the routes about one log begin. */
export const logApi = ({ commit, runId }: RunKey): string => `/api/log/${commit}/${runId}`;

/** All files of a run in one. */
export const archivePath = ({ commit, runId }: RunKey, kind: 'zip' | 'tar'): string => `/api/archive/${commit}/${runId}.${kind}`;

/** The verdict on a branch as an image: the one thing that other sites may show. */
export const badgeApi = '/api/badge';
