import { createFit, withoutColors, type Fit } from './fit.ts';

/**
 * One character, one column: ASCII, the letters of Latin, Greek and Cyrillic that combine with nothing, and the signs
 * that we and writers of prose use.
 */
const plain = /^[\x20-\x7e\u00a1-\u00a8\u00aa-\u00ac\u00af-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038e-\u03a1\u03a3-\u0482\u048a-\u052f\u2010-\u2015\u2018-\u201f\u2022\u2026\u20ac\u25cb\u25cf\u25f7\u2298\u21af\u2713\u2717]*$/;

/** True for text that `plainFit` measures as a terminal does: nearly all there is. */
export const isPlain = (text: string): boolean => plain.test(withoutColors(text));

/** For plain text only, and without what `anyFit` has to load first: tables of Unicode, which take a listing's time once more. */
export const plainFit: Fit = createFit({ width: (text) => text.length, parts: (text) => text });
