import { signal } from '@preact/signals';

/** What a key does. `label` says so in the list of keys. */
export interface KeyAction {
  label: string;
  run: () => void;
}

/** By `nameOf` the key; two keys after each other stand with a space between them: `g c`. */
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

/** The keys that work now under the names of what they are for, those of the view first. Of the same key the last one counts. */
export function keySections(): ReadonlyMap<string, Keys> {
  const sections = new Map<string, Keys>();
  const taken = new Set<string>();
  for (const { name, keys } of groups.value.toReversed()) {
    const free = Object.entries(keys).filter(([key]) => !taken.has(key));
    for (const [key] of free) taken.add(key);
    sections.set(name, { ...sections.get(name), ...Object.fromEntries(free) });
  }
  return sections;
}

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** `Ctrl-a` with the key of the system for commands, `Shift-Home` and `Shift-Space`, but `G`: of a letter Shift makes another one. */
export function nameOf({ key, ctrlKey, metaKey, shiftKey }: Press): string {
  const name = key === ' ' ? 'Space' : key;
  return `${ctrlKey || metaKey ? 'Ctrl-' : ''}${shiftKey && name.length > 1 ? 'Shift-' : ''}${name}`;
}
