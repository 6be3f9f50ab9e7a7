import { signal } from '@preact/signals';

const tickMs = 30_000;

/** The time, in ms since 1970, to half a minute: ages are read again when it changes. */
export const now = signal(Date.now());

setInterval(() => (now.value = Date.now()), tickMs);
