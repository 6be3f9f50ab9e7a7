/** Something that the script does: a step, or lines of shell around steps. */
export type Stage =
  | {
      /** Of the step, unless several parts make it longer. */
      name: string;
      /** Shell, on one line. */
      command: string;
      /** A condition in shell under which alone it runs. */
      onlyIf?: string;
    }
  | { shell: readonly string[] };

/** What one kind of project contributes to run.sh. */
export interface Part {
  /** `npm`, `go`, `cargo`: names the steps apart where there are several parts. */
  tool: string;
  /** The file that gave it away. */
  found: string;
  /** Why the stages are as they are, for whoever edits the script; without the `#`. */
  comment?: string;
  stages: readonly Stage[];
}

/** A folder outside of the working tree, which must stay as it is; removed at the end, whatever happens. */
export const temporaryFolder = (variable: string): Stage => ({
  shell: [`${variable}=$(mktemp -d)`, `trap 'rm -rf "$${variable}"' EXIT`],
});
