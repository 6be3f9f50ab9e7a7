import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { attempt } from '../base/attempt.ts';
import type { Context } from '../base/context.ts';
import { temporaryRoot } from '../base/temporary-root.ts';
import { identifyProcess, isAlive, type ProcessId } from '../proc/process-id.ts';

/**
 * Makes a folder of our own for temporary files, which the caller removes. What a process that was killed has left goes at the same time: its
 * name tells whose it is.
 * @param purpose a word.
 */
export async function makeTemporaryFolder({ ctx }: { ctx: Context }, purpose: string): Promise<string> {
  const { env, pid, platform } = ctx;
  const parent = temporaryRoot(env);
  const self = (await identifyProcess(pid, platform)) ?? { pid, started: '' };
  const folder = mkdtempSync(join(parent, temporaryName(purpose, self)));
  const { uid } = lstatSync(folder);
  for (const name of readdirSync(parent)) {
    const owner = ownerOf(name, purpose);
    if (owner === undefined || placeOf(owner) !== placeOf(self) || (await isAlive(owner, platform))) continue;
    const path = join(parent, name);
    // Others may be at the same, and anybody may make folders here.
    if (lstatSync(path, { throwIfNoEntry: false })?.uid === uid) attempt(() => rmSync(path, { recursive: true, force: true }));
  }
  return folder;
}

/** What the folders of a process are called; six characters follow. */
export const temporaryName = (purpose: string, { pid, started }: ProcessId): string => `git-jci-${purpose}-${pid}-${Buffer.from(started).toString('hex')}-`;

function ownerOf(name: string, purpose: string): ProcessId | undefined {
  const [, word, pid, started = ''] = /^git-jci-([a-z]+)-(\d{1,15})-([0-9a-f]*)-\w{6}$/.exec(name) ?? [];
  return word === purpose ? { pid: Number(pid), started: Buffer.from(started, 'hex').toString() } : undefined;
}

/** The boot and the namespace in which a pid means something: another container may have the same folder. */
const placeOf = ({ started }: ProcessId): string => started.slice(0, started.lastIndexOf('/') + 1);
