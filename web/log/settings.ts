import { effect, signal, type Signal } from '@preact/signals';

export const timeKinds = ['relative', 'absolute', 'none'] as const;
export type TimeKind = (typeof timeKinds)[number];

/** Which times stand before lines. */
export const times: Signal<TimeKind> = remembered<TimeKind>('jci-log-times', timeKinds);

/** Whether long lines are wrapped. */
export const wrap: Signal<'on' | 'off'> = remembered<'on' | 'off'>('jci-log-wrap', ['on', 'off']);

/** A choice that holds for all logs; the first is taken when nothing is remembered. */
function remembered<T extends string>(key: string, choices: readonly [T, ...T[]]): Signal<T> {
  const choice = signal(stored(key, choices));
  effect(() => {
    try {
      localStorage.setItem(key, choice.value);
    } catch {
      // Without storage it holds until the page is closed.
    }
  });
  return choice;
}

function stored<T extends string>(key: string, choices: readonly [T, ...T[]]): T {
  let value: string | null = null;
  try {
    value = localStorage.getItem(key);
  } catch {
    // Storage may be forbidden.
  }
  return choices.find((choice) => choice === value) ?? choices[0];
}
