import { detectCargo, detectCMake, detectGo } from './compiled.ts';
import { detectMake } from './make.ts';
import { detectComposer, detectGradle, detectMaven, detectMix } from './managed.ts';
import { detectNode } from './node.ts';
import type { Part } from './part.ts';
import type { Project } from './project.ts';
import { detectPython } from './python.ts';

/** What was found at the top of a working tree. */
export interface Detected {
  parts: readonly Part[];
  /** A makefile next to other tools mostly calls them: it is offered, not run, or everything would run twice. */
  offered: readonly Part[];
}

const detectors = [
  detectNode,
  detectGo,
  detectCargo,
  detectPython,
  detectGradle,
  detectMaven,
  detectComposer,
  detectMix,
  detectCMake,
] as const;

/** Finds every kind of project that there is. */
export function detect(project: Project): Detected {
  const parts = detectors.map((detector) => detector(project)).filter((part) => part !== undefined);
  const make = detectMake(project);
  if (make === undefined) return { parts, offered: [] };
  return parts.length === 0 ? { parts: [make], offered: [] } : { parts, offered: [make] };
}
