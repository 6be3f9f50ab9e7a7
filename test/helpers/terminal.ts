import type { Result, TestRepo } from './repo.ts';

/** How a program shows its output on a terminal of so many columns. `text` is everything that was written to the terminal. */
export async function onTerminal(repo: TestRepo, command: string, columns = 80): Promise<{ exitCode: number | null; text: string }> {
  const { exitCode, stdout } = await inScript(repo, `stty cols ${columns} rows 30; ${command}`);
  return { exitCode, text: stdout.replaceAll('\r\n', '\n') };
}

/** `script` of util-linux and that of BSD differ in everything but their name. */
const inScript = (repo: TestRepo, command: string): Promise<Result> =>
  process.platform === 'linux' ? repo.exec('script', ['-qec', command, '/dev/null']) : repo.exec('script', ['-qe', '/dev/null', 'sh', '-c', command]);
