import { afterEach, describe, expect, test } from 'vitest';
import { actionOf, addKeys, keySections, nameOf } from '../../../../web/keys/registry.ts';

const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

const ran: string[] = [];
const keysOf = (labels: Record<string, string>) => Object.fromEntries(Object.entries(labels).map(([key, label]) => [key, { label, run: () => void ran.push(label) }]));
const add = (name: string, labels: Record<string, string>): void => void ends.push(addKeys({ name, keys: keysOf(labels) }));
const sections = (): unknown => [...keySections()].map(([name, keys]) => [name, Object.entries(keys).map(([key, { label }]) => `${key} ${label}`)]);

describe('keys', () => {
  test('of several that are the same the last one counts, as long as it is there', () => {
    add('Run', { x: 'run' });
    add('Log', { x: 'log' });
    expect(actionOf('x', 0)?.label).toBe('log');
    ends.pop()?.();
    expect(actionOf('x', 0)?.label).toBe('run');
    expect(actionOf('y', 0)).toBeUndefined();
  });

  test('two after each other are one, unless it takes long', () => {
    add('Everywhere', { 'g t': 'trends', t: 'tests' });
    actionOf('g', 0);
    expect(actionOf('t', 1000)?.label).toBe('trends');
    actionOf('g', 0);
    expect(actionOf('t', 5000)?.label).toBe('tests');
    expect(actionOf('t', 5000)?.label).toBe('tests');
  });

  test('are listed once each, and those with one name together', () => {
    add('Run', { s: 'summary', '[': 'previous run' });
    add('Log', { '[': 'previous step' });
    add('Run', { r: 'rerun' });
    expect(sections()).toEqual([
      ['Run', ['r rerun', 's summary']],
      ['Log', ['[ previous step']],
    ]);
  });
});

describe('the name of a key', () => {
  const press = { key: 'a', ctrlKey: false, metaKey: false, shiftKey: false };

  test.each([
    ['a', {}],
    ['G', { key: 'G', shiftKey: true }],
    ['Ctrl-a', { ctrlKey: true }],
    ['Ctrl-a', { metaKey: true }],
    ['Space', { key: ' ' }],
    ['Shift-Space', { key: ' ', shiftKey: true }],
    ['Shift-ArrowDown', { key: 'ArrowDown', shiftKey: true }],
  ])('%s', (name, how) => expect(nameOf({ ...press, ...how })).toBe(name));
});
