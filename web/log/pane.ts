import type { Folds } from './folds.ts';
import type { LineStore } from './line-store.ts';
import { createRowList } from './row-list.ts';
import type { RowContent } from './row.ts';
import * as model from './scroll-model.ts';
import { selectedLines } from './selection.ts';

/** What is drawn, asked for anew at each drawing. */
export interface PaneSource {
  store: LineStore;
  folds: () => Folds;
  row: (line: number, previousTime: string) => RowContent;
  /** After each drawing: the line at the top, and what is in the page. */
  drawn: (topLine: number, lines: readonly number[], pane: Pane) => void;
  /** Follow mode was left or begun by scrolling. */
  followed: (following: boolean) => void;
}

export interface PaneParts {
  scroller: HTMLElement;
  sizer: HTMLElement;
  rows: HTMLElement;
}

/** The part of the page where lines are. */
export interface Pane {
  /** Draws in the next frame. */
  draw(): void;
  /** Heights are others: another width, wrapping, another font. */
  resized(): void;
  reveal(line: number): void;
  /** Keeps a line where it is on the screen while folds change. */
  keeping(line: number, change: () => void): void;
  move(pixels: number): void;
  /** Lines that are not wrapped go on to the right. */
  across(pixels: number): void;
  toTop(): void;
  toBottom(): void;
  page(): number;
  follow(on: boolean): void;
  element(line: number): HTMLElement | undefined;
  close(): void;
}

/** Rows drawn above and below what is seen. */
const overscan = 12;
const linesAhead = 200;
const mostHeights = 5000;
const restMs = 120;

/** Makes rows of lines, and scrolls them. */
// eslint-disable-next-line max-lines-per-function -- one closure: its parts share the place
export function createPane({ scroller, sizer, rows }: PaneParts, source: PaneSource): Pane {
  const list = createRowList(rows);
  const heights = new Map<number, number>();
  let place = model.top;
  let rowHeight = 20;
  let view = scroller.clientHeight;
  let lastTop = 0;
  let following = false;
  let frame = 0;
  let rest = 0;

  function extent(): model.Extent {
    const folds = source.folds();
    return {
      rows: folds.rows(source.store.total()),
      view,
      rowHeight,
      height: (row) => heights.get(folds.line(row)) ?? rowHeight,
    };
  }

  function draw(): void {
    if (frame === 0) frame = requestAnimationFrame(drawNow);
  }

  function drawNow(): void {
    frame = 0;
    const shape = extent();
    place = following ? model.bottom(shape) : model.within(place, shape);
    show(shape);
    if (following) {
      place = model.bottom(shape);
      put(shape);
    }
    sizer.style.height = `${model.scrollHeight(shape)}px`;
    if (rest === 0) settle();
  }

  function show(shape: model.Extent): void {
    const lines = linesAround(shape);
    let time = '';
    const clear = source.folds().line(place.row + 2);
    const contents = lines.map((line) => {
      // The first line below the header tells its time, whatever stands above it.
      if (line === clear) time = '';
      const content = source.row(line, time);
      time = content.time === '' ? time : content.time;
      return content;
    });
    list.show(contents, selectedLines(rows), source.store.complete() ? source.store.total() : -1);
    measure(lines);
    put(shape);
    source.store.want(wantedLines(contents));
    source.drawn(source.folds().line(Math.min(place.row + 1, shape.rows - 1)), lines, pane);
  }

  function linesAround(shape: model.Extent): number[] {
    const folds = source.folds();
    const lines: number[] = [];
    let y = -place.offset;
    let below = 0;
    for (let row = Math.max(0, place.row - overscan); row < shape.rows && below < overscan; row += 1) {
      lines.push(folds.line(row));
      if (row < place.row) continue;
      y += shape.height(row);
      if (y > view) below += 1;
    }
    return lines;
  }

  function measure(lines: readonly number[]): void {
    if (heights.size > mostHeights) heights.clear();
    for (const line of lines) {
      const height = list.element(line)?.offsetHeight ?? 0;
      if (height > 0 && height !== rowHeight) heights.set(line, height);
      else heights.delete(line);
    }
  }

  /** Has the row at the top stand where it belongs, whatever is above it. */
  function put(shape: model.Extent): void {
    if (place.row >= shape.rows) return;
    const element = list.element(source.folds().line(place.row));
    if (element !== undefined) rows.style.transform = `translateY(${-(element.offsetTop + place.offset)}px)`;
  }

  /** At rest the scrollbar is put where it belongs: while it moves that would stop it. */
  function settle(): void {
    const scrollTop = model.toScrollTop(place, extent());
    if (Math.abs(scroller.scrollTop - scrollTop) >= 1) scroller.scrollTop = scrollTop;
    lastTop = scroller.scrollTop;
  }

  function onScroll(): void {
    const { scrollTop } = scroller;
    if (scrollTop === lastTop) return;
    const shape = extent();
    const before = place;
    place = model.scrolled(place, lastTop, scrollTop, shape);
    const isUp = scrollTop < lastTop && !(before.row === place.row && before.offset === place.offset);
    lastTop = scrollTop;
    clearTimeout(rest);
    rest = window.setTimeout(() => {
      rest = 0;
      settle();
    }, restMs);
    setFollowing(isUp ? false : following || model.isAtBottom(place, shape));
    draw();
  }

  function setFollowing(on: boolean): void {
    const now = on && !source.store.complete();
    if (now === following) return;
    following = now;
    source.followed(now);
  }

  function go(to: model.Place): void {
    place = model.within(to, extent());
    clearTimeout(rest);
    rest = 0;
    draw();
  }

  const pane: Pane = {
    draw,
    resized() {
      const seen = rows.querySelector<HTMLElement>('.log-row .log-number');
      heights.clear();
      scroller.parentElement?.style.setProperty('--bar', `${scroller.offsetWidth - scroller.clientWidth}px`);
      view = scroller.clientHeight;
      if (rows.parentElement !== null) rows.parentElement.style.height = `${view}px`;
      rowHeight = Math.round(Number.parseFloat(getComputedStyle(seen ?? rows).lineHeight)) || rowHeight;
      draw();
    },
    reveal(line) {
      setFollowing(false);
      go(model.revealing(source.folds().row(line), place, extent()));
    },
    keeping(line, change) {
      const y = (list.element(line)?.offsetTop ?? 0) - (list.element(source.folds().line(place.row))?.offsetTop ?? 0) - place.offset;
      change();
      go(model.moved({ row: source.folds().row(line), offset: 0 }, -Math.max(0, y), extent()));
    },
    move(pixels) {
      const to = model.moved(place, pixels, extent());
      setFollowing(pixels > 0 && (following || model.isAtBottom(to, extent())));
      go(to);
    },
    across: (pixels) => rows.parentElement?.scrollBy(pixels, 0),
    toTop() {
      setFollowing(false);
      go(model.top);
    },
    toBottom() {
      setFollowing(true);
      go(model.bottom(extent()));
    },
    page: () => view - 2 * rowHeight,
    follow(on) {
      setFollowing(on);
      draw();
    },
    element: list.element,
    close() {
      cancelAnimationFrame(frame);
      clearTimeout(rest);
      scroller.removeEventListener('scroll', onScroll);
      list.clear();
    },
  };
  scroller.addEventListener('scroll', onScroll, { passive: true });
  return pane;
}

/** Folded heads tell their names by themselves: a screen full of them would ask for lines from all over the log. */
function wantedLines(contents: readonly RowContent[]): number[] {
  const lines = contents.filter(({ folded }) => !folded).map(({ line }) => line);
  const [first, last] = [lines[0], lines.at(-1)];
  return first === undefined || last === undefined ? [1] : [first - linesAhead, ...lines, last + linesAhead];
}
