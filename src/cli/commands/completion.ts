import { defineCommand } from '../command.ts';

const shells = ['bash', 'zsh', 'fish'] as const;

export const command = defineCommand({
  name: 'completion',
  summary: 'print the completion for a shell',
  description: [
    'Prints a script that completes git jci (together with the completion of git itself) and git-jci: commands, options, their values, runs, their artefacts and steps, revisions, branches and remotes.',
    'The script knows the commands of this version: print it again after an update, or load it as the examples do, which is always up to date.',
  ].join('\n\n'),
  arguments: [{ name: '<shell>', description: shells.join(', '), completes: shells }],
  examples: [
    { command: 'git jci completion bash > ~/.local/share/bash-completion/completions/git-jci', does: 'bash with bash-completion: loaded when it is first needed' },
    { command: 'eval "$(git jci completion bash)"', does: 'bash without it: in ~/.bashrc' },
    { command: 'git jci completion zsh > ~/.zfunc/_git-jci', does: 'zsh: any folder of $fpath, before compinit' },
    { command: 'git jci completion fish > ~/.config/fish/conf.d/git-jci.fish', does: 'fish' },
  ],
  needs: 'nothing',
  load: async () => (await import('../completion/print-completion.ts')).printCompletion,
});
