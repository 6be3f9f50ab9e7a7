/** What a run is called in a list: as its commit, by its id where that is not here. */
export const runTitle = (subject: string | null, { runId }: { runId: string }): string => (subject === '' ? '(no subject)' : (subject ?? runId));
