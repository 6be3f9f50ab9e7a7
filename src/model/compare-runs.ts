import type { Step } from './step.ts';

/** A named thing in two runs; `null` where one does not have it. */
export interface Pair<T> {
  name: string;
  before: T | null;
  after: T | null;
}

/** Steps of the same name are paired in order: the second `test` of one run with the second of the other. */
export function pairSteps(before: readonly Step[], after: readonly Step[]): Pair<Step>[] {
  const first = numbered(before);
  const second = numbered(after);
  return [...new Set([...first.keys(), ...second.keys()])].map((key) => {
    const a = first.get(key) ?? null;
    const b = second.get(key) ?? null;
    return { name: (a ?? b)?.name ?? '', before: a, after: b };
  });
}

function numbered(steps: readonly Step[]): Map<string, Step> {
  const seen = new Map<string, number>();
  return new Map(
    steps.map((step) => {
      const count = (seen.get(step.name) ?? 0) + 1;
      seen.set(step.name, count);
      return [`${step.name}\u0000${count}`, step];
    }),
  );
}

/** A file of a result, as far as comparing goes. */
export interface ComparedFile {
  path: string;
  id: string;
  size: number;
}

/** The files that are not the same in both, by path. */
export function changedFiles(before: readonly ComparedFile[], after: readonly ComparedFile[]): Pair<ComparedFile>[] {
  const first = new Map(before.map((file) => [file.path, file]));
  const second = new Map(after.map((file) => [file.path, file]));
  return [...new Set([...first.keys(), ...second.keys()])]
    .filter((path) => first.get(path)?.id !== second.get(path)?.id)
    .sort()
    .map((path) => ({ name: path, before: first.get(path) ?? null, after: second.get(path) ?? null }));
}
