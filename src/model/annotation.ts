export const annotationLevels = ['error', 'warning', 'notice'] as const;
export type AnnotationLevel = (typeof annotationLevels)[number];

/** `::error file=,line=,col=,title=::text` in the output. */
export interface Annotation {
  level: AnnotationLevel;
  message: string;
  title?: string;
  file?: string;
  line?: number;
  col?: number;
  /** The line of the log it stands on, from 1. */
  logLine: number;
}

/** Errors first, each kind in the order of the log. */
export const bySeverity = (annotations: readonly Annotation[]): Annotation[] =>
  annotationLevels.flatMap((level) => annotations.filter((annotation) => annotation.level === level));
