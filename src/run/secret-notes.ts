import { createHmac, randomBytes } from 'node:crypto';
import { closeSync, constants, fdatasyncSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hasCode, isSystemError } from '../base/errors.ts';

/** Notes which secrets a run knows, for whoever stores it if its git jci dies. */
export interface SecretNotes {
  add(secret: Buffer): void;
  /** Makes the file, with the secrets known from the start. @throws the system error */
  begin(): void;
  /** Call it before anything that held a new secret is passed on. */
  save(): void;
}

const saltBytes = 16;
const wholeFile = /^[0-9a-f]{32}\n(?:[0-9a-f]{64}\n)*$/;

/**
 * The file holds a salt of this run and one digest per secret, so that no value stands in it, and those of two runs cannot be
 * compared with each other or with a table. Against guessing a weak secret it is no help: the file is its owner's alone.
 *
 * Whoever finds no such file, or half of one, has to assume that there were secrets. So what is written at first need not be
 * synced, and a file that cannot be added to is removed.
 */
export function createSecretNotes(path: string): SecretNotes {
  const salt = randomBytes(saltBytes).toString('hex');
  let unsaved = '';
  return {
    add(secret) {
      unsaved += `${digest(salt, secret)}\n`;
    },
    begin() {
      writeFileSync(path, `${salt}\n${unsaved}`, { mode: 0o600 });
      unsaved = '';
    },
    save() {
      if (unsaved === '') return;
      append(path, unsaved);
      unsaved = '';
    },
  };
}

/** What the notes on another process's run say. */
export interface NotedSecrets {
  /** True for a secret that the run knew. */
  include(secret: Buffer): boolean;
  /** Whether the run knew no others than these. */
  areAllOf(secrets: readonly Buffer[]): boolean;
}

/** `undefined` when nobody knows any more which secrets there were, or whether there were any. */
export function readSecretNotes(path: string): NotedSecrets | undefined {
  const text = readWhole(path);
  if (text === undefined || !wholeFile.test(text)) return undefined;
  const [salt = '', ...digests] = text.trimEnd().split('\n');
  const noted = new Set(digests);
  return {
    include: (secret) => noted.size > 0 && noted.has(digest(salt, secret)),
    areAllOf(secrets) {
      if (noted.size === 0) return true;
      const known = new Set(secrets.map((secret) => digest(salt, secret)));
      return digests.every((one) => known.has(one));
    },
  };
}

const digest = (salt: string, secret: Buffer): string => createHmac('sha256', salt).update(secret).digest('hex');

function append(path: string, text: string): void {
  try {
    // Not created: once it is gone, what stood in it is no longer known.
    const fd = openSync(path, constants.O_WRONLY | constants.O_APPEND);
    try {
      writeFileSync(fd, text);
      fdatasyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
    rmSync(path, { force: true });
  }
}

function readWhole(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    // Not ours to read: in a shared repository the run may be somebody else's.
    if (hasCode(error, 'ENOENT', 'EACCES')) return undefined;
    throw error;
  }
}
