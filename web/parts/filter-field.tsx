import { useEffect, useState } from 'preact/hooks';

const restMs = 200;

/** A field that filters while one types: told of once the typing rests. */
export function FilterField({ label, name, value, onChange }: { label: string; name: string; value: string; onChange: (text: string) => void }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <label>
      {label}
      <input type="search" name={name} value={text} onInput={(event) => setText(event.currentTarget.value)} />
    </label>
  );
}
