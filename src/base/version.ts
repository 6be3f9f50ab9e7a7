/** Replaced by the build; absent when the sources run as they are (unit tests). */
declare const __JCI_VERSION__: string | undefined;

/** The version of git jci, as in package.json. */
export const version: string = typeof __JCI_VERSION__ === 'string' ? __JCI_VERSION__ : '0.0.0-dev';
