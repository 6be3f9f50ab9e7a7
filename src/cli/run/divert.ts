import type { OutputStream } from '../../base/output-stream.ts';

/** The same stream, but for what is said here: what is written to it goes another way first. */
export function divert(out: OutputStream, { write, flushed }: Pick<OutputStream, 'write'> & Partial<Pick<OutputStream, 'flushed'>>): OutputStream {
  return {
    get isTTY() {
      return out.isTTY;
    },
    get columns() {
      return out.columns;
    },
    get rows() {
      return out.rows;
    },
    get closed() {
      return out.closed;
    },
    get failure() {
      return out.failure;
    },
    write,
    drained: () => out.drained(),
    flushed: flushed ?? (() => out.flushed()),
  };
}
