import { signs, type Verdict } from './verdict.ts';

/** A verdict as a sign and a word; `brief` leaves the word to screen readers and the title. */
export function VerdictMark({ verdict, brief = false, label = verdict === 'none' ? 'no run' : verdict }: { verdict: Verdict; brief?: boolean; label?: string }) {
  return (
    <span class={`verdict ${verdict}`} title={brief ? label : undefined}>
      <span class="verdict-sign" aria-hidden="true">{signs[verdict]}</span>
      <span class={brief ? 'hidden-text' : undefined}>{label}</span>
    </span>
  );
}
