import { signal, type Signal } from '@preact/signals';
import { recall, remember } from '../state/storage.ts';

const timeKinds = ['relative', 'absolute', 'none'] as const;
export type TimeKind = (typeof timeKinds)[number];

/** Which times stand before lines: on a narrow screen none, unless they are asked for. */
export const times: Signal<TimeKind> = remembered<TimeKind>('jci-log-times', timeKinds, () => (matchMedia('(max-width: 40rem)').matches ? 'none' : 'relative'));

/** Whether long lines are wrapped. */
export const wrap: Signal<'on' | 'off'> = remembered<'on' | 'off'>('jci-log-wrap', ['on', 'off'], () => 'on');

export const toggleWrap = (): void => void (wrap.value = wrap.value === 'on' ? 'off' : 'on');

/** Goes on to the next kind of times. */
export const nextTimes = (): void => void (times.value = timeKinds[(timeKinds.indexOf(times.value) + 1) % timeKinds.length] ?? 'relative');

/** A choice that holds for all logs. @param otherwise when nothing is remembered. */
function remembered<T extends string>(key: string, choices: readonly T[], otherwise: () => T): Signal<T> {
  const known = recall(key);
  const first = choices.find((choice) => choice === known) ?? otherwise();
  const choice = signal(first);
  choice.subscribe((value) => {
    // What nobody chose is not remembered.
    if (value !== first || recall(key) !== null) remember(key, value);
  });
  return choice;
}
