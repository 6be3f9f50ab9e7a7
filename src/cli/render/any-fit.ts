import stringWidth from 'string-width';
import { createFit, type Fit } from './fit.ts';
import { isPlain } from './plain-fit.ts';

const graphemes = new Intl.Segmenter();

/** For any text: wide characters count two, and what belongs together stays together. */
export const { displayWidth, truncate, pad }: Fit = createFit({
  width: (text) => (isPlain(text) ? text.length : stringWidth(text)),
  parts: (text) => Array.from(graphemes.segment(text), ({ segment }) => segment),
});
