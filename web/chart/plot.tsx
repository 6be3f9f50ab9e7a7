import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { cssColour, type ChartContent, type Line } from './chart-content.ts';
import { marks as looks } from './marks.ts';
import { labelledPlaces, stackOf, verticalScale } from './scale.ts';

const height = 200;
const left = 78;
const bottom = 22;
const labelWidth = 50;
const inner = height - bottom - 6;

interface Props {
  content: ChartContent;
  label: string;
  onPoint: (index: number | null) => void;
  onPick: (index: number) => void;
}

/** The drawing of a chart. Not a library: the smallest that draws such a thing is a sixth of all that the page may weigh. */
export function Plot({ content, label, onPoint, onPick }: Props) {
  const box = useRef<SVGSVGElement>(null);
  const width = useWidth(box);
  const [at, setAt] = useState<number | null>(null);
  const across = (width - left) / Math.max(1, content.runs.length);
  const xOf = (index: number): number => left + (index + 0.5) * across;
  const indexOf = (event: PointerEvent | MouseEvent): number | null => {
    const index = Math.floor((event.clientX - (box.current?.getBoundingClientRect().left ?? 0) - left) / across);
    return index >= 0 && index < content.runs.length ? index : null;
  };
  const point = (index: number | null): void => {
    setAt(index);
    onPoint(index);
  };
  const drawing = useMemo(() => <Drawing content={content} xOf={xOf} width={width} />, [content, width]);
  return (
    <svg
      ref={box}
      class="chart-plot"
      height={height}
      role="img"
      aria-label={label}
      onPointerMove={(event) => point(indexOf(event))}
      onPointerLeave={() => point(null)}
      onClick={(event) => {
        const index = indexOf(event);
        if (index !== null) onPick(index);
      }}
    >
      {drawing}
      {at === null ? null : <path class="chart-cursor" d={`M${xOf(at)} 0V${height - bottom}`} />}
    </svg>
  );
}

function useWidth(box: { current: Element | null }): number {
  const [width, setWidth] = useState(600);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = (): void => setWidth(element.clientWidth);
    const observer = new ResizeObserver(measure);
    measure();
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return width;
}

interface Drawn {
  content: ChartContent;
  xOf: (index: number) => number;
  width: number;
}

function Drawing({ content, xOf, width }: Drawn) {
  const { lines, runs, format, marks, stacked } = content;
  const scale = verticalScale(content);
  const yOf = (value: number): number => 6 + inner * (1 - scale.at(value));
  const days = new Set(runs.map(({ startedAt }) => new Date(startedAt).toDateString()));
  return (
    <>
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <path class="chart-grid" d={`M${left} ${yOf(tick)}H${width}`} />
          <text x={left - 8} y={yOf(tick) + 4} text-anchor="end">{format(tick)}</text>
        </g>
      ))}
      {labelledPlaces(runs.length, (width - left) / 80)
        .map((index) => [index, dayOrTime(runs[index]?.startedAt, days.size === 1)] as const)
        .filter(([, label], at, all) => label !== all[at - 1]?.[1])
        .map(([index, label]) => (
          <text key={index} x={Math.min(xOf(index), width - labelWidth / 2)} y={height - 4} text-anchor="middle">{label}</text>
        ))}
      {stacked === true
        ? stackOf(lines).map((tops, part) => <path key={part} class="chart-part" d={barsOf(tops, lines[part]?.values ?? [], xOf, yOf)} style={{ fill: cssColour(lines[part]?.colour ?? '') }} />)
        : marks === undefined
        ? lines.map((line) => <path key={line.name} class="chart-line" d={pathOf(line, xOf, yOf)} stroke-dasharray={(line.dash ?? []).join(' ')} style={{ stroke: cssColour(line.colour) }} />)
        : <Marks content={content} xOf={xOf} yOf={yOf} room={xOf(1) - xOf(0)} />}
    </>
  );
}

function dayOrTime(startedAt: string | undefined, isTime: boolean): string {
  if (startedAt === undefined) return '';
  const date = new Date(startedAt);
  return isTime ? date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }) : date.toLocaleDateString([], { month: 'short', day: 'numeric' });
}

/** Interrupted where there is no value; a value alone is a dot. */
function pathOf({ values }: Line, xOf: (index: number) => number, yOf: (value: number) => number): string {
  let isDrawing = false;
  return values
    .map((value, index) => {
      if (value === null) {
        isDrawing = false;
        return '';
      }
      const move = isDrawing ? 'L' : 'M';
      const isAlone = !isDrawing && (values[index + 1] ?? null) === null;
      isDrawing = true;
      return `${move}${xOf(index).toFixed(1)} ${yOf(value).toFixed(1)}${isAlone ? 'h.01' : ''}`;
    })
    .join('');
}

/** One part of every bar. */
function barsOf(tops: readonly number[], values: Line['values'], xOf: (index: number) => number, yOf: (value: number) => number): string {
  const half = Math.min(24, (xOf(1) - xOf(0)) * 0.4);
  return tops
    .map((top, index) => {
      const value = values[index] ?? 0;
      return value <= 0 ? '' : `M${(xOf(index) - half).toFixed(1)} ${yOf(top - value).toFixed(1)}V${yOf(top).toFixed(1)}h${(2 * half).toFixed(1)}V${yOf(top - value).toFixed(1)}Z`;
    })
    .join('');
}

/** Passed runs become small when there are many: what went wrong stays as large as it was. */
function Marks({ content: { marks = [], lines }, xOf, yOf, room }: Omit<Drawn, 'width'> & { yOf: (value: number) => number; room: number }) {
  const dense = Math.min(1, room / 6);
  return (
    <>
      {marks.map((verdict, index) => {
        const value = lines[0]?.values[index] ?? null;
        if (value === null) return null;
        const { path, hollow, colour } = looks[verdict];
        const size = verdict === 'passed' ? Math.max(0.5, dense) : Math.max(0.8, dense);
        return (
          <path
            key={index}
            class="chart-mark"
            d={path}
            transform={`translate(${xOf(index).toFixed(1)} ${yOf(value).toFixed(1)}) scale(${size.toFixed(2)})`}
            style={{ stroke: cssColour(colour), fill: hollow === true ? 'var(--back)' : cssColour(colour) }}
          />
        );
      })}
    </>
  );
}
