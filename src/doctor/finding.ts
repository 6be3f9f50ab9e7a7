/** What one check found. */
export interface Finding {
  check: string;
  state: 'fine' | 'advice' | 'problem';
  /** One sentence. */
  message: string;
  /** What the user can do, where `fix` cannot. */
  hint?: string;
  /** Puts it in order; safe to call at any time. @returns one sentence. */
  fix?(): Promise<string>;
}

export const fine = (check: string, message: string): Finding => ({ check, state: 'fine', message });
