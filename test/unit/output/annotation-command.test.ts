import { expect, test } from 'vitest';
import { toAnnotation } from '../../../src/output/annotation-command.ts';
import { parseWorkflowCommand } from '../../../src/output/workflow-command.ts';

function annotation(line: string): unknown {
  const command = parseWorkflowCommand(line);
  return command && toAnnotation(command, 7);
}

test.each([
  ['::error::broke', { level: 'error', message: 'broke', logLine: 7 }],
  ['::warning::careful', { level: 'warning', message: 'careful', logLine: 7 }],
  ['::notice::look', { level: 'notice', message: 'look', logLine: 7 }],
  ['::error::', { level: 'error', message: '', logLine: 7 }],
  [
    '::error file=src/a.ts,line=12,col=5,title=Oh%2C no::a%0Ab',
    { level: 'error', message: 'a\nb', title: 'Oh, no', file: 'src/a.ts', line: 12, col: 5, logLine: 7 },
  ],
  ['::error file=,title=,line=,col=::x', { level: 'error', message: 'x', logLine: 7 }],
  ['::error line=0,col=-1::x', { level: 'error', message: 'x', logLine: 7 }],
  ['::error line=1e3,col=2.5::x', { level: 'error', message: 'x', logLine: 7 }],
  ['::error line=0012,col=99999999999999::x', { level: 'error', message: 'x', line: 12, logLine: 7 }],
  ['::group::x', undefined],
  ['::endgroup::', undefined],
  ['::add-mask::x', undefined],
])('%j', (line, expected) => {
  expect(annotation(line)).toStrictEqual(expected);
});
