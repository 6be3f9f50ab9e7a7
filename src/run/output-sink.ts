import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { shareLikeParent } from '../base/shared-folder.ts';
import { isSystemError } from '../base/errors.ts';
import type { OutputStream } from '../base/output-stream.ts';
import { createLogReader, type LogSummary } from '../output/log-reader.ts';
import type { KnownSecrets } from '../output/known-secrets.ts';
import { createMasker } from '../output/mask.ts';
import { createSecretNotes } from './secret-notes.ts';
import { createTimingNotes, type TimingNotes } from './timing-notes.ts';

/** Where a script's output goes: masked, then to the log file, to the terminal, and through the log reader. */
export interface OutputSink {
  /** Takes what the script wrote. Waits while the terminal is behind, unless it was let go. */
  write(chunk: Buffer): Promise<void>;
  /** From here on a terminal that is behind holds nobody up: the log gets everything, the terminal as much as may be kept for it. */
  letTerminalGo(): void;
  /** Adds a line of our own to the log, from its start. Not shown on the terminal. */
  say(line: string): void;
  /** Flushes what the masker held back; what comes after is ours alone. */
  endOutput(): void;
  /** Syncs and closes the log. */
  close(): LogSummary;
  /** Set when the log could not be written (full disk): nothing after that is in it. */
  readonly failure: Error | undefined;
  /** The secrets by which the log is masked, for what is stored beside it. */
  readonly secrets: KnownSecrets;
}

export interface SinkOptions {
  logPath: string;
  /** Where it is noted when lines come, for who looks on and for who recovers the run. */
  timingPath: string;
  secrets: readonly string[];
  /** Where it is noted which secrets there are. */
  secretsPath: string;
  terminal: OutputStream | undefined;
  /** ms since the start of the run. */
  elapsed(): number;
}

/** What is kept in memory for a terminal that was let go: more than a full pipe, so that a reader like `less` misses nothing. */
const keptForTerminal = 2 * 1024 * 1024;

/** @throws the system error when the log or the notes on secrets cannot be created. */
export function openOutputSink({ logPath, timingPath, secrets, secretsPath, terminal, elapsed }: SinkOptions): OutputSink {
  const log = openLog(logPath, createTimingNotes(timingPath), elapsed);
  const secretNotes = createSecretNotes(secretsPath);
  const masker = createMasker(secrets, secretNotes.add);
  secretNotes.begin();
  const show = terminal === undefined ? undefined : createShow(terminal);
  /** Notes first: whoever recovers the run must know every secret that the log was masked by. */
  const keep = (masked: Buffer): Buffer => {
    secretNotes.save();
    log.append(masked);
    return masked;
  };
  return {
    async write(chunk) {
      const masked = keep(masker.write(chunk));
      if (masked.length > 0) await show?.write(masked);
    },
    letTerminalGo: () => show?.letGo(),
    say: (line) => log.append(Buffer.from(`${log.atLineStart ? '' : '\n'}${line}\n`)),
    endOutput() {
      const rest = keep(masker.end());
      if (rest.length > 0) void show?.write(rest);
      void terminal?.flushed();
    },
    close: () => log.close(),
    get failure() {
      return log.failure;
    },
    secrets: masker,
  };
}

/** The log file. Steps and annotations are read from what has been written to it, so that both say the same. */
interface Log extends Pick<OutputSink, 'close' | 'failure'> {
  append(bytes: Buffer): void;
  readonly atLineStart: boolean;
}

function openLog(path: string, timing: TimingNotes, elapsed: () => number): Log {
  const fd = openSync(path, 'a', 0o600);
  shareLikeParent(path);
  const reader = createLogReader({ onTiming: timing.add });
  let failure: Error | undefined;
  let isClosed = false;
  let atLineStart = true;
  return {
    append(bytes) {
      // Behind a closed log's number there may be anything by now, even the stdin of git.
      if (bytes.length === 0 || failure !== undefined || isClosed) return;
      try {
        writeAll(fd, bytes);
      } catch (error) {
        if (!isSystemError(error)) throw error;
        failure = error;
        return;
      }
      reader.write(bytes, elapsed());
      atLineStart = bytes.at(-1) === 10;
    },
    get atLineStart() {
      return atLineStart;
    },
    get failure() {
      return failure;
    },
    close() {
      isClosed = true;
      timing.close();
      closeDurably(fd);
      return reader.end(elapsed());
    },
  };
}

/** Writes to the terminal at its own pace, until it is let go. */
function createShow(terminal: OutputStream): { write(bytes: Buffer): Promise<void>; letGo(): void } {
  let room = Number.POSITIVE_INFINITY;
  let wake = (): void => undefined;
  return {
    async write(bytes) {
      if (room <= 0) return;
      room -= bytes.length;
      terminal.write(bytes);
      if (room <= 0) terminal.write('\n(the rest is only in the log)\n');
      if (room !== Number.POSITIVE_INFINITY) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
        void terminal.drained().then(resolve);
      });
    },
    letGo() {
      room = Math.min(room, keptForTerminal);
      wake();
    },
  };
}

/** A disk that fills up takes a part of a write first; the error comes with the next one. */
function writeAll(fd: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}

function closeDurably(fd: number): void {
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
