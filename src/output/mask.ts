import { createMaskLineSplitter, type StreamPart } from './add-mask-lines.ts';
import type { KnownSecrets } from './known-secrets.ts';
import { createMaskValue, type MaskValue } from './mask-value.ts';
import { secretForms } from './secret-forms.ts';
import { createSecretReplacer } from './secret-replacer.ts';

/** Hides secrets in a byte stream. Each call returns what may be stored and shown now. */
export interface Masker extends KnownSecrets {
  /** Hides this secret too, from here on. Values under 6 bytes are ignored. */
  add(secret: string): void;
  /** May return the chunk itself or a part of it: use it before the buffer is filled again. */
  write(chunk: Buffer): Buffer;
  /** What was held back; call it once, last. */
  end(): Buffer;
}

/**
 * Replaces every secret by `***`, and obeys `::add-mask::value` lines in the stream.
 *
 * Hidden are the whole value of a secret and each of its lines (see `secretForms`), in every occurrence, also where
 * occurrences overlap; a run of hidden bytes becomes one `***` (see `createSecretReplacer`). Chunk borders make no
 * difference. Held back is only an end of the stream that begins a secret, and the value of an `::add-mask::` until
 * its line ends, so that the secret is known before the line is passed on as `::add-mask::***`. That value is
 * hidden there even if it is too short to be a secret elsewhere.
 *
 * Memory is bounded by the secrets, whatever the stream.
 * @param onLearnt receives each secret that was not known before, without line ends around it.
 */
export function createMasker(secrets: readonly string[], onLearnt?: (secret: Buffer) => void): Masker {
  const replacer = createSecretReplacer();
  const splitLines = createMaskLineSplitter();
  let value: MaskValue | undefined;

  function learn(secret: Buffer): void {
    const [whole, ...others] = secretForms(secret);
    if (whole === undefined) return;
    if (onLearnt !== undefined && !replacer.hides(whole)) onLearnt(whole);
    for (const form of [whole, ...others]) replacer.add(form);
  }

  function take({ kind, bytes }: StreamPart): Buffer[] {
    if (kind === 'text') return [...endValue(), replacer.write(bytes)];
    value ??= createMaskValue(replacer, learn);
    return [value.append(bytes)];
  }

  function endValue(): Buffer[] {
    const output = value === undefined ? [] : [value.end()];
    value = undefined;
    return output;
  }

  for (const secret of secrets) learn(Buffer.from(secret));
  return {
    add: (secret) => learn(Buffer.from(secret)),
    write: (chunk) => join(splitLines(chunk).flatMap(take)),
    end: () => join([...endValue(), replacer.end()]),
    redact: (text) => replacer.redact(Buffer.from(text)).toString(),
    occurIn: (bytes) => replacer.occurIn(bytes),
    longestBytes: () => replacer.longestBytes(),
    areAll: true,
  };
}

/** Without a copy in the usual case of one buffer. */
function join(buffers: readonly Buffer[]): Buffer {
  const [first, ...others] = buffers;
  return first !== undefined && others.length === 0 ? first : Buffer.concat(buffers);
}
