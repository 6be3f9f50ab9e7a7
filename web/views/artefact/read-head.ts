import type { Problem } from '../../../src/api/repository.ts';
import { problemOf } from '../../api/fetch-json.ts';

/** The beginning of a file as text. */
export interface Head {
  text: string;
  /** There is more of it. */
  cut: boolean;
  /** It holds a NUL, as no text does. */
  binary: boolean;
}

/**
 * Reads no more of a file than is shown: the rest is not even sent.
 * @param most bytes.
 * @throws only what `signal` was aborted with.
 */
export async function readHead(url: string, most: number, signal: AbortSignal): Promise<{ head: Head; problem?: undefined } | { head?: undefined; problem: Problem }> {
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) return { problem: await problemOf(response) };
    return { head: await headOf(response, most) };
  } catch (error) {
    if (signal.aborted) throw error;
    return { problem: { error: 'The server does not answer', hint: 'Is git jci web still running?' } };
  }
}

/** A character that the limit divides is left out. */
export async function headOf(response: Response, most: number): Promise<Head> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    text += decoder.decode(part.value.subarray(0, most - bytes), { stream: true });
    bytes += part.value.length;
    if (bytes > most) break;
  }
  const cut = bytes > most;
  if (cut) await reader?.cancel();
  return { text: cut ? text : text + decoder.decode(), cut, binary: text.includes('\0') };
}
