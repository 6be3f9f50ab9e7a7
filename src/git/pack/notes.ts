import { showPath, type RawPath } from './raw-path.ts';

/** Beyond this many names a sentence is a flood. */
const namesShown = 10;
const pathShown = 400;

/** Gathers what happened to which artefact, so that a thousand sockets become one sentence. */
export interface NoteBook {
  /** `what` is a sentence to be followed by names: `left out, a socket`. `storedAs` is the new name, if there is one. */
  add(what: string, path: RawPath, storedAs?: RawPath): void;
  /** One sentence for each `what`, in the order they first came. */
  sentences(): string[];
}

export function createNoteBook(): NoteBook {
  const noted = new Map<string, { shown: string[]; count: number }>();
  return {
    add(what, path, storedAs) {
      const note = noted.get(what) ?? { shown: [], count: 0 };
      const change = storedAs === undefined ? '' : ` as '${brief(showPath(storedAs))}'`;
      if (note.count < namesShown) note.shown.push(`'${brief(showPath(path))}'${change}`);
      note.count += 1;
      noted.set(what, note);
    },
    sentences: () => [...noted].map(([what, { shown, count }]) => `${what}: ${shown.join(', ')}${more(count)}`),
  };
}

/** Of a path that fills a screen, both ends tell enough. */
const brief = (path: string): string => (path.length <= pathShown ? path : `${path.slice(0, pathShown / 2)}...${path.slice(-pathShown / 2)}`);

const more = (count: number): string => (count > namesShown ? ` and ${count - namesShown} more` : '');
