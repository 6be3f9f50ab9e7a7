import type { Shown } from './use-run.ts';

/** What is seldom asked for. */
export function RunDetails({ detail, run }: Shown) {
  const notes = run.record?.notes ?? [];
  const [, ...body] = detail.message.split('\n');
  return (
    <details class="run-details">
      <summary>Details{notes.length === 0 ? '' : ` and ${notes.length} note${notes.length === 1 ? '' : 's'}`}</summary>
      {notes.length === 0 ? null : <ul>{notes.map((note) => <li key={note}>{note}</li>)}</ul>}
      {body.join('').trim() === '' ? null : <pre class="wrapped">{body.join('\n').trim()}</pre>}
      <dl class="facts">
        {factsOf(run).map(([name, value]) => (value === '' ? null : <div key={name}><dt>{name}</dt><dd><code>{value}</code></dd></div>))}
      </dl>
    </details>
  );
}

function factsOf({ item, record }: Shown['run']): [string, string][] {
  const known: [string, string][] = [
    ['Ref', item.ref],
    ['Commit', item.commit],
  ];
  if (record === null) return known;
  return [
    ...known,
    ['Tree', record.tree],
    ['Script', record.script],
    ['Where', record.clean ? 'a temporary worktree of exactly this commit' : 'the working tree'],
    ['Shared paths', record.shared.map(({ path, how }) => `${path} (${how})`).join(', ')],
    ['Started', record.startedAt],
    ['Finished', record.finishedAt],
    ['Platform', record.platform],
    ['git', record.gitVersion],
    ['git jci', record.jciVersion],
  ];
}
