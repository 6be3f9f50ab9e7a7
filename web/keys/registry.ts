import { signal } from '@preact/signals';

/** What a key does. `label` says so in the list of keys. */
export interface KeyAction {
  label: string;
  run: () => void;
}

/** By `KeyboardEvent.key`; two keys after each other stand with a space between them: `g c`. */
export type Keys = Record<string, KeyAction>;

interface Group {
  name: string;
  keys: Keys;
}

const sequenceMs = 1500;

/** The keys that work now; of the same key the last one counts. */
export const groups = signal<readonly Group[]>([]);

let first: { key: string; at: number } | undefined;

/** Has keys work. @returns what ends that. */
export function addKeys(group: Group): () => void {
  groups.value = [...groups.peek(), group];
  return () => (groups.value = groups.peek().filter((other) => other !== group));
}

/** What a key press asks for, given the one before it. */
export function actionOf(key: string, at: number): KeyAction | undefined {
  const before = first !== undefined && at - first.at < sequenceMs ? `${first.key} ${key}` : undefined;
  first = undefined;
  const action = (before === undefined ? undefined : find(before)) ?? find(key);
  if (action === undefined) first = { key, at };
  return action;
}

function find(key: string): KeyAction | undefined {
  return groups.peek().findLast(({ keys }) => Object.hasOwn(keys, key))?.keys[key];
}
