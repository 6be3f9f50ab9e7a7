import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fatalError } from '../base/errors.ts';
import type { ObjectFormat, ObjectId } from '../model/object-id.ts';
import { tryGit, type GitPlace } from './exec.ts';
import { identityEnvironment, type Identity } from './identity.ts';
import { durableWrites } from './refs.ts';

export interface SignedCommit {
  tree: ObjectId;
  message: string;
  identity: Identity;
}

/**
 * Makes a signed parentless commit, with the user's own git signing setup.
 * @throws JciError (128) saying why it could not be signed.
 */
export async function commitSigned(place: GitPlace, commit: SignedCommit): Promise<ObjectId> {
  const { id, why } = await sign(place, commit, {});
  if (id === undefined) throw fatalError(`git could not sign it: ${why}`, { hint: signingHint });
  return id;
}

/** How a result that waits for its signature gets on. */
export const signingHint =
  'once git can sign (see user.signingkey and gpg.format in git help config), any git jci command signs and stores it; to store it unsigned: git -c jci.sign=false jci ls';

/**
 * Signs a commit of nothing, which stays nowhere.
 * @param folder where it may stand for a moment.
 * @returns why it cannot be done; `undefined` if it can.
 */
export async function whyUnsignable(place: GitPlace, format: ObjectFormat, identity: Identity, folder: string): Promise<string | undefined> {
  const objects = mkdtempSync(join(folder, 'signing-'));
  try {
    const tree = createHash(format).update('tree 0\0').digest('hex');
    const { id, why } = await sign(place, { tree, message: 'can this be signed?\n', identity }, { GIT_OBJECT_DIRECTORY: objects });
    return id === undefined ? why : undefined;
  } finally {
    rmSync(objects, { recursive: true, force: true });
  }
}

async function sign(
  place: GitPlace,
  { tree, message, identity }: SignedCommit,
  env: Record<string, string>,
): Promise<{ id: ObjectId | undefined; why: string }> {
  const args = [...durableWrites, 'commit-tree', '-S', '-F', '-', tree];
  const result = await tryGit(place, args, { input: message, env: { ...identityEnvironment(identity), ...env } });
  if (result.exitCode !== 0) return { id: undefined, why: signerWords(result.stderr) };
  return { id: result.stdout.toString('latin1').trim(), why: '' };
}

/** Git ends with `failed to write commit object`; what went wrong stands above it, in its own words or in gpg's. */
function signerWords(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map((line) => line.replace(/^(?:error|fatal): ?/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('[GNUPG:]') && line !== 'failed to write commit object');
  const telling = lines.findLast((line) => line.startsWith('gpg: ')) ?? lines.find((line) => line.startsWith('cannot run ')) ?? lines[0];
  return (telling ?? 'it did not say why').replace(/\?$/, '');
}
