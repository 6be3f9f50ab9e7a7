import { signal } from '@preact/signals';
import { info, type Info } from '../../src/api/repository.ts';
import { refsState } from '../api/events.ts';
import { fetchJson } from '../api/fetch-json.ts';
import { takeFirst } from '../api/first-answers.ts';

/** What is known about the repository; nothing until the server has answered. */
export const repository = signal<Info | undefined>(takeFirst(info, '/api/info'));

/** Asks about the repository; what was known stays if there is no answer. */
export function loadInfo(): void {
  void fetchJson(info, '/api/info').then(({ data }) => {
    if (data !== undefined) repository.value = data;
  });
}

/** Asks again whenever refs are others than it was told of. */
export function keepInfo(): void {
  refsState.value = repository.value?.refs ?? '';
  refsState.subscribe((refs) => {
    if (refs !== repository.value?.refs) loadInfo();
  });
}
