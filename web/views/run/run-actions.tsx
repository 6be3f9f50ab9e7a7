import { useRef, useState } from 'preact/hooks';
import { useLocation } from '../../navigation.tsx';
import { actionDone } from '../../../src/api/actions.ts';
import { logName, runPath } from '../../../src/api/paths.ts';
import type { Problem } from '../../../src/api/repository.ts';
import type { RunDetail } from '../../../src/api/run-detail.ts';
import { postJson } from '../../api/fetch-json.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { repository } from '../../state/info.ts';

const questions = {
  rerun: { title: 'Run this again?', meaning: 'Its commit is run once more, and the page goes to the log of that run.', yes: 'Rerun', no: 'Leave it' },
  cancel: { title: 'Cancel this run?', meaning: 'Its script is ended, and what there is by then is stored.', yes: 'Cancel the run', no: 'Let it go on' },
};

/** What can be done with a run: from here, and from a terminal. */
export function RunActions({ run: { item, reproduce } }: { run: RunDetail }) {
  const [, navigate] = useLocation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const dialog = useRef<HTMLDialogElement>(null);
  const canRun = repository.value?.canRun === true;

  const act = async (action: 'rerun' | 'cancel'): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const { data, problem: failure } = await postJson(actionDone, `/api/${action}/${item.runId}?commit=${item.commit}`);
    setBusy(false);
    setProblem(failure);
    if (data !== undefined && action === 'rerun') navigate(`${runPath(data.run)}/${logName}`);
  };
  const isLive = item.live !== null;
  const action = isLive ? questions.cancel : questions.rerun;
  const canAct = canRun && item.live !== 'lost';
  useKeys({ r: { label: 'Rerun or cancel it: asks first', run: () => canAct && dialog.current?.showModal() } }, 'Run');

  return (
    <>
      <div class="row run-actions">
        {canAct ? <button type="button" disabled={busy} onClick={() => (isLive ? dialog.current?.showModal() : void act('rerun'))}>{action.yes}</button> : null}
        {isLive ? null : <Command words={reproduce} label="Copy the command that runs this again" />}
        <Command words={`git jci ${isLive ? 'logs -f' : 'logs'} ${item.runId}`} label="Copy the command for its log" />
      </div>
      <ErrorNotice problem={problem} />
      <dialog ref={dialog} aria-labelledby="act-title">
        <form method="dialog">
          <h2 id="act-title">{action.title}</h2>
          <p>{action.meaning}</p>
          <p class="row">
            <button type="submit" autofocus={!isLive} onClick={() => void act(isLive ? 'cancel' : 'rerun')}>{action.yes}</button>
            <button type="submit" autofocus={isLive}>{action.no}</button>
          </p>
        </form>
      </dialog>
    </>
  );
}

function Command({ words, label }: { words: string; label: string }) {
  return <span class="run-command" title={label}><code>{words}</code><CopyButton text={words} /></span>;
}
