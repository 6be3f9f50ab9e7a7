import { useEffect, useRef, useState } from 'preact/hooks';

const restMs = 200;

/** A field that filters while one types: told of once the typing rests. */
export function FilterField({ label, name, value, onChange }: { label: string; name: string; value: string; onChange: (text: string) => void }) {
  const [text, setText] = useState(value);
  const told = useRef(value);
  useEffect(() => {
    // What comes back is what was typed a moment ago: there may be more by now.
    if (value !== told.current) setText((told.current = value));
  }, [value]);
  useEffect(() => {
    if (text === told.current) return;
    const timer = setTimeout(() => onChange((told.current = text)), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <label>
      {label}
      <input type="search" name={name} value={text} onInput={(event) => setText(event.currentTarget.value)} />
    </label>
  );
}
