import { signal, type Signal } from '@preact/signals';

export const timeKinds = ['relative', 'absolute', 'none'] as const;
export type TimeKind = (typeof timeKinds)[number];

/** Which times stand before lines: on a narrow screen none, unless they are asked for. */
export const times: Signal<TimeKind> = remembered<TimeKind>('jci-log-times', timeKinds, () => (matchMedia('(max-width: 40rem)').matches ? 'none' : 'relative'));

/** Whether long lines are wrapped. */
export const wrap: Signal<'on' | 'off'> = remembered<'on' | 'off'>('jci-log-wrap', ['on', 'off'], () => 'on');

/** A choice that holds for all logs. @param otherwise when nothing is remembered. */
function remembered<T extends string>(key: string, choices: readonly T[], otherwise: () => T): Signal<T> {
  const known = stored(key, choices);
  const choice = signal(known ?? otherwise());
  const first = choice.value;
  choice.subscribe((value) => {
    // What nobody chose is not remembered.
    if (value === first && known === undefined && stored(key, choices) === undefined) return;
    try {
      localStorage.setItem(key, value);
    } catch {
      // Without storage it holds until the page is closed.
    }
  });
  return choice;
}

function stored<T extends string>(key: string, choices: readonly T[]): T | undefined {
  try {
    const value = localStorage.getItem(key);
    return choices.find((choice) => choice === value);
  } catch {
    // Storage may be forbidden.
    return undefined;
  }
}
