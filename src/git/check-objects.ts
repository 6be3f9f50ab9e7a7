import { createHash, type Hash } from 'node:crypto';
import type { ObjectFormat, ObjectId } from '../model/object-id.ts';
import { createBatchParser, type ObjectHeader, type ObjectSink } from './batch-parser.ts';
import { createCheckQueue, type CheckQueue } from './check-queue.ts';
import { gitFailed, tryGit, type GitPlace } from './exec.ts';
import { streamingThreshold } from './objects.ts';

/** Why an object is not what its id promises. */
export interface ObjectFault {
  /** `changed`: git reads it, but the content belongs to another id. */
  kind: 'missing' | 'changed' | 'unreadable';
  /** The rest of a sentence that begins with what the object is. */
  words: string;
}

export interface CheckOptions {
  format: ObjectFormat;
  /** Where to begin. */
  ids: readonly ObjectId[];
  /**
   * Takes a commit, tree or tag that is sound, and gives the ids to check next. Each id is checked once.
   * @param body of a commit only its first line, of a tag nothing: messages may be of any length.
   * @throws Error when it is malformed: that is a fault, too.
   */
  next(id: ObjectId, type: ObjectHeader['type'], body: Buffer): Iterable<ObjectId>;
}

/**
 * Reads objects and what they refer to, and hashes them ourselves: git itself never asks whether what it reads of a tree or
 * a commit hashes to its name.
 *
 * One git process, which is asked for what its last answer named; and one more for each object at which git gives up.
 * Blobs are streamed.
 * @returns the faults, by object.
 * @throws JciError (128) when git fails for another reason than an object.
 */
export async function checkObjects(place: GitPlace, options: CheckOptions): Promise<Map<ObjectId, ObjectFault>> {
  const queue = createCheckQueue(options.ids);
  const faults = new Map<ObjectId, ObjectFault>();
  const args = [...gitOptions, 'cat-file', '--batch'];
  while (!queue.isDone()) {
    const missing: ObjectId[] = [];
    queue.restart();
    const result = await tryGit(place, args, {
      input: (write, ended) => queue.feed(write, ended),
      onStdout: createBatchParser(answerSink(queue, options, faults, missing)),
    });
    for (const id of missing) faults.set(id, faultOfMissing(id, result.stderr));
    if (queue.isDone()) break;
    // It gives up at the object that it cannot read on: what came before was answered.
    const id = queue.answer();
    if (linesAbout(id, result.stderr).length === 0) throw gitFailed(args, result);
    faults.set(id, unreadable(result.stderr));
  }
  return faults;
}

/** With replacements, objects would come as somebody else says. A pack is mapped in parts: the default is a GiB at once. */
const gitOptions = ['--no-replace-objects', '-c', streamingThreshold, '-c', 'core.packedGitWindowSize=16m', '-c', 'core.packedGitLimit=64m'];

function answerSink(
  queue: CheckQueue,
  { format, next }: CheckOptions,
  faults: Map<ObjectId, ObjectFault>,
  missing: ObjectId[],
): ObjectSink {
  let reading: Reading | undefined;
  return {
    begin(header) {
      if (header === undefined) missing.push(queue.answer());
      else reading = startReading(header, format);
    },
    data(chunk) {
      if (reading !== undefined) takeIn(reading, chunk);
    },
    end() {
      const read = reading;
      const id = queue.current();
      if (read === undefined || id === undefined) throw new Error('git cat-file told of an object that nobody asked for');
      const fault = read.hash.digest('hex') === id ? follow(queue, id, read, next) : changed;
      if (fault !== undefined) faults.set(id, fault);
      queue.answer();
    },
  };
}

interface Reading {
  type: ObjectHeader['type'];
  hash: Hash;
  /** As much of the content as is kept. */
  parts: Buffer[];
  /** Bytes that are still to be kept, if they come. */
  room: number;
}

/** How much is kept of an object to see what it refers to: the first line of a commit names its tree. */
const keptBytes: Readonly<Record<ObjectHeader['type'], number>> = { commit: 80, tree: Number.POSITIVE_INFINITY, blob: 0, tag: 0 };

const startReading = ({ type, size }: ObjectHeader, format: ObjectFormat): Reading => ({
  type,
  hash: createHash(format).update(`${type} ${size}\0`),
  parts: [],
  room: keptBytes[type],
});

function takeIn(reading: Reading, chunk: Buffer): void {
  reading.hash.update(chunk);
  if (reading.room === 0) return;
  const kept = Buffer.from(chunk.subarray(0, reading.room));
  reading.parts.push(kept);
  reading.room -= kept.length;
}

const changed: ObjectFault = { kind: 'changed', words: 'does not hash to its name: its content was replaced' };

function follow(queue: CheckQueue, id: ObjectId, { type, parts }: Reading, next: CheckOptions['next']): ObjectFault | undefined {
  if (type === 'blob') return undefined;
  try {
    queue.add(next(id, type, Buffer.concat(parts)));
    return undefined;
  } catch (error) {
    return { kind: 'unreadable', words: `is malformed: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Git says `missing` also of what it cannot make sense of; then its stderr names the object, or a pack. */
function faultOfMissing(id: ObjectId, stderr: string): ObjectFault {
  const said = linesAbout(id, stderr).at(-1) ?? stderr.split('\n').find((line) => packName.test(line));
  return said === undefined ? { kind: 'missing', words: 'is missing' } : unreadable(said);
}

function unreadable(said: string): ObjectFault {
  const pack = packName.exec(said)?.[0];
  return { kind: 'unreadable', words: `cannot be read: ${pack ?? 'its object'} is damaged` };
}

const packName = /\bpack-[0-9a-f]{40,64}\.\w+/;

/** Git names an object by its id, or by the file it is in. */
const linesAbout = (id: ObjectId, stderr: string): string[] =>
  stderr.split('\n').filter((line) => line.includes(id) || line.includes(`${id.slice(0, 2)}/${id.slice(2)}`));
