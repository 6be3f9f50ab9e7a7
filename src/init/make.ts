import type { Part } from './part.ts';
import { textOf, type Project } from './project.ts';

/** As make itself looks for them. */
const makefiles = ['GNUmakefile', 'makefile', 'Makefile'];

/** The target that means "check everything", by habit. */
const targets = ['ci', 'check', 'test'];

/** A makefile with such a target. */
export function detectMake(project: Project): Part | undefined {
  const found = makefiles.find((name) => project.files.has(name));
  const text = textOf(project, found ?? '');
  const target = targets.find((name) => new RegExp(`^${name}\\s*:(?![:=])`, 'm').test(text));
  if (found === undefined || target === undefined) return undefined;
  return { tool: 'make', found, stages: [{ name: target, command: `make ${target}` }] };
}
