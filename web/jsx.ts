/** What JSX is written as: a call of `h` for each element is shorter than `jsx` with its children as a property. */
export { Fragment, h } from 'preact';
