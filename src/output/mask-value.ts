import type { SecretReplacer } from './secret-replacer.ts';
import { unescapeMessage } from './workflow-command.ts';

/** What follows `::add-mask::` on one line. Both calls return what may be passed on. */
export interface MaskValue {
  append(piece: Buffer): Buffer;
  /** The line has ended; the line feed is no part of the value. */
  end(): Buffer;
}

type Learn = (secret: Buffer) => void;

/** More of a value is not held: it is hidden where it stands, and elsewhere by its beginning only. */
const maxValueBytes = 64 * 1024;

const carriageReturn = 13;

/** Holds the value until its line ends, then has it learnt as a secret and passes it on, hidden by the replacer. */
export function createMaskValue(replacer: SecretReplacer, learn: Learn): MaskValue {
  let held: Buffer[] = [];
  let size = 0;
  return {
    append(piece) {
      const before = size;
      size += piece.length;
      // A copy, because the caller may use its buffer again.
      if (size <= maxValueBytes) held.push(Buffer.from(piece));
      if (size <= maxValueBytes) return Buffer.alloc(0);
      const hidden = Buffer.concat([...held, piece]);
      if (before <= maxValueBytes) learnValue(learn, hidden.subarray(0, maxValueBytes));
      held = [];
      return replacer.hide(hidden);
    },
    end() {
      const line = Buffer.concat(held);
      const end = line.at(-1) === carriageReturn ? line.length - 1 : line.length;
      const value = line.subarray(0, end);
      learnValue(learn, value);
      return Buffer.concat([replacer.hide(value), replacer.write(line.subarray(end))]);
    },
  };
}

/** Also as it stands: a script that forgot to escape a `%0A` of its secret must not betray it. */
function learnValue(learn: Learn, value: Buffer): void {
  learn(Buffer.from(unescapeMessage(value.toString('latin1')), 'latin1'));
  learn(value);
}
