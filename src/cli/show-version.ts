import { versions } from 'node:process';
import { JciError } from '../base/errors.ts';
import { exitCode } from '../base/exit-codes.ts';
import { version } from '../base/version.ts';
import { gitPlace } from '../git/exec.ts';
import { gitVersion } from '../git/version.ts';
import type { Call } from './command.ts';

export interface VersionOptions {
  json?: boolean;
}

/** `git jci version`. Asks git only for `--json`. @returns the exit code. */
export async function showVersion({ ctx, ui }: Call<VersionOptions>): Promise<number> {
  if (!ui.json) {
    ui.print(`git-jci ${version}`);
    return exitCode.ok;
  }
  const runtime = versions['bun'] === undefined ? `node ${versions.node}` : `bun ${versions['bun']}`;
  const git = await gitVersion(gitPlace(ctx, '/')).catch(unlessExpected);
  ui.printJson({ version: 1, jci: version, runtime, git, platform: ctx.machine });
  return exitCode.ok;
}

/** Whoever reports that git is missing can do so with this command. */
function unlessExpected(error: unknown): null {
  if (error instanceof JciError) return null;
  throw error;
}
