import { annotationLevels, type Annotation } from '../model/annotation.ts';
import type { WorkflowCommand } from './workflow-command.ts';

/**
 * The annotation of an `::error|warning|notice file=,line=,col=,title=::text` command on line `logLine` of the log;
 * `undefined` for other commands. A line or column that is no positive number is left out.
 */
export function toAnnotation({ name, properties, message }: WorkflowCommand, logLine: number): Annotation | undefined {
  const level = annotationLevels.find((known) => known === name);
  if (level === undefined) return undefined;
  const title = properties.get('title');
  const file = properties.get('file');
  const line = positive(properties.get('line'));
  const col = positive(properties.get('col'));
  return {
    level,
    message,
    ...(title ? { title } : {}),
    ...(file ? { file } : {}),
    ...(line === undefined ? {} : { line }),
    ...(col === undefined ? {} : { col }),
    logLine,
  };
}

const positive = (text: string | undefined): number | undefined =>
  text !== undefined && /^0*[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
