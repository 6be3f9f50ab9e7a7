import { exitCode } from '../../base/exit-codes.ts';
import { detect } from '../../init/detect.ts';
import { readProject } from '../../init/project.ts';
import { describePart, formatScript } from '../../init/script.ts';
import { scriptPath, writeScript } from '../../init/write-script.ts';
import type { Call } from '../command.ts';
import { installCommand } from '../hook/change-hooks.ts';

export interface InitOptions {
  print?: boolean;
  hooks?: boolean;
}

/** `git jci init`. @returns the exit code; that of `hook install` with `--hooks`. */
export async function initCommand(call: Call<InitOptions>): Promise<number> {
  const { ctx, repo, options, ui } = call;
  const detected = detect(readProject(repo.cwd));
  const script = formatScript(detected);
  if (options.print === true) {
    ctx.stdout.write(script);
    return exitCode.ok;
  }
  writeScript(repo.cwd, script);
  ui.print(`wrote ${scriptPath}`);
  for (const part of detected.parts) ui.say(`  ${describePart(part)}`);
  if (detected.parts.length === 0) ui.warn(`nothing here says how this project is tested: ${scriptPath} fails until you edit it`);
  ui.say(`next: git add ${scriptPath} && git commit, then: git jci run`);
  if (options.hooks === true) return installCommand({ ...call, args: [] });
  ui.say('run every commit, and gate every push: git jci hook install');
  return exitCode.ok;
}
