import type { CommandSpec } from './command.ts';

/*
 * To add a command:
 * 1. write src/cli/commands/<verb>.ts: one `defineCommand`, whose `run` imports the feature folder it needs;
 * 2. add a line here, in the group it belongs to;
 * 3. put the work itself into that feature folder, never into the command file;
 * 4. write test/cli/<verb>.test.ts: one success, one wrong usage, one call outside a repository.
 */

type Loader = () => Promise<{ command: CommandSpec }>;

export interface CommandGroup {
  title: string;
  commands: Readonly<Record<string, Loader>>;
}

const internalGroup = 'Internal';

/** Every command, in the order that help shows them. Only the one that is called gets loaded. */
export const commandGroups: readonly CommandGroup[] = [
  {
    title: 'Run',
    commands: {
      init: () => import('./commands/init.ts'),
      run: () => import('./commands/run.ts'),
      rerun: () => import('./commands/rerun.ts'),
      cancel: () => import('./commands/cancel.ts'),
      step: () => import('./commands/step.ts'),
    },
  },
  {
    title: 'Look',
    commands: {
      ls: () => import('./commands/ls.ts'),
      log: () => import('./commands/log.ts'),
      show: () => import('./commands/show.ts'),
      logs: () => import('./commands/logs.ts'),
      grep: () => import('./commands/grep.ts'),
      diff: () => import('./commands/diff.ts'),
      tests: () => import('./commands/tests.ts'),
      flaky: () => import('./commands/flaky.ts'),
      cat: () => import('./commands/cat.ts'),
      get: () => import('./commands/get.ts'),
      web: () => import('./commands/web.ts'),
    },
  },
  {
    title: 'Decide',
    commands: {
      status: () => import('./commands/status.ts'),
      verify: () => import('./commands/verify.ts'),
      badge: () => import('./commands/badge.ts'),
    },
  },
  {
    title: 'Automate',
    commands: {
      hook: () => import('./commands/hook.ts'),
      cron: () => import('./commands/cron.ts'),
    },
  },
  {
    title: 'Share',
    commands: {
      push: () => import('./commands/push.ts'),
      pull: () => import('./commands/pull.ts'),
    },
  },
  {
    title: 'Maintain',
    commands: {
      prune: () => import('./commands/prune.ts'),
      doctor: () => import('./commands/doctor.ts'),
    },
  },
  {
    title: 'Help',
    commands: {
      help: () => import('./commands/help.ts'),
      version: () => import('./commands/version.ts'),
      completion: () => import('./commands/completion.ts'),
    },
  },
  {
    // Not listed anywhere: their descriptions say `internal`.
    title: internalGroup,
    commands: {
      overview: () => import('./commands/overview.ts'),
      __complete: () => import('./commands/complete-values.ts'),
      __man: () => import('./commands/man.ts'),
    },
  },
];

/** The description of one command, if there is such a command. */
export async function loadCommand(name: string): Promise<CommandSpec | undefined> {
  const group = commandGroups.find(({ commands }) => Object.hasOwn(commands, name));
  return (await group?.commands[name]?.())?.command;
}

/** All of them, by group: for help, the man page and completion. */
export async function loadAllCommands(): Promise<{ title: string; commands: CommandSpec[] }[]> {
  return Promise.all(
    commandGroups.map(async ({ title, commands }) => ({
      title,
      commands: await Promise.all(Object.values(commands).map(async (load) => (await load()).command)),
    })),
  );
}

/** The names that people call, for suggestions. */
export const commandNames: readonly string[] = commandGroups.flatMap(({ title, commands }) => (title === internalGroup ? [] : Object.keys(commands)));
