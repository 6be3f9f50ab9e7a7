import { branches } from '../../src/api/repository.ts';
import { refsState } from '../api/events.ts';
import { useAnswer } from '../api/fetch-json.ts';

/** The branches to choose from; in a native list one can type to find one of hundreds. `none` is the choice of no branch. */
export function BranchChoice({ value, none, onChange }: { value: string; none: string; onChange: (branch: string) => void }) {
  const { data = [] } = useAnswer(branches, '/api/branches', refsState.value);
  const isKnown = value === '' || data.some(({ name }) => name === value);
  return (
    <label>
      Branch
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">{none}</option>
        {isKnown ? null : <option value={value}>{value}</option>}
        {data.map(({ name }) => <option key={name} value={name}>{name}</option>)}
      </select>
    </label>
  );
}
