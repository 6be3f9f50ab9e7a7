import { signal } from '@preact/signals';
import { info, type Info } from '../../src/api/repository.ts';
import { fetchJson } from '../api/fetch-json.ts';

/** What is known about the repository; nothing until the server has answered. */
export const repository = signal<Info | undefined>(undefined);

/** Asks about the repository; what was known stays if there is no answer. */
export function loadInfo(): void {
  void fetchJson(info, '/api/info').then(({ data }) => {
    if (data !== undefined) repository.value = data;
  });
}
