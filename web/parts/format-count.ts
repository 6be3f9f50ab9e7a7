/** A number as an English text has it, wherever the reader is: `1,234`. */
export const formatCount = (count: number): string => count.toLocaleString('en');
