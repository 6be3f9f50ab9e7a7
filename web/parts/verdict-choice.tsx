const words: Record<string, string> = { success: 'passed', failed: 'failed', running: 'running', none: 'no run' };

/** The verdicts that a list may be narrowed to. */
export function VerdictChoice({ value, choices, onChange }: { value: string; choices: readonly string[]; onChange: (verdict: string) => void }) {
  return (
    <label>
      Verdict
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">all</option>
        {choices.map((choice) => <option key={choice} value={choice}>{words[choice] ?? choice}</option>)}
      </select>
    </label>
  );
}
