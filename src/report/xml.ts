import sax from 'sax';
import { rawTextLimit } from './tidy-text.ts';

/** What a reader of XML does with the parts of a document. Names are without their namespace prefix. */
export interface XmlHandler {
  open(element: string, attributes: ReadonlyMap<string, string>): void;
  /** A piece of text or CDATA; a long text comes in several. */
  text(piece: string): void;
  close(element: string): void;
}

export interface XmlReader {
  /** @throws Error with a reason in words for what is not well-formed, or beyond the limits. */
  write(piece: string): void;
  /** @throws Error likewise: unclosed elements, no element at all. */
  end(): void;
  /** The line being read, from 1. */
  line(): number;
}

const deepest = 100;
const mostAttributes = 1000;

/**
 * A strict, streaming reader of XML that hostile input cannot make large: nesting and the number of attributes have
 * limits, attributes are cut at `rawTextLimit`, comments are not kept, and entities are never expanded (a document
 * that declares any is refused).
 *
 * Call `write` with pieces of a fixed length: nothing then depends on how the bytes arrived.
 */
export function createXmlReader(handler: XmlHandler): XmlReader {
  const parser = sax.parser(true);
  liftOwnLimit(parser);
  Object.assign(parser.ENTITIES, controlCharacters());
  const root = { seen: false };
  forwardEvents(parser, handler, root);
  return {
    write(piece) {
      parser.write(piece);
      parser.flush();
      boundBuffers(parser);
    },
    end() {
      parser.close();
      if (!root.seen) throw new Error('no element in it');
    },
    line: () => parser.line + 1,
  };
}

function forwardEvents(parser: sax.SAXParser, handler: XmlHandler, root: { seen: boolean }): void {
  let attributes = new Map<string, string>();
  let depth = 0;
  parser.onopentagstart = () => {
    attributes = new Map();
  };
  parser.onattribute = ({ name, value }) => {
    if (attributes.size >= mostAttributes) throw new Error(`more than ${mostAttributes} attributes on one element`);
    attributes.set(localName(name), value.slice(0, rawTextLimit));
  };
  parser.onopentag = ({ name }) => {
    depth += 1;
    root.seen = true;
    if (depth > deepest) throw new Error(`elements nested deeper than ${deepest}`);
    handler.open(localName(name), attributes);
  };
  parser.onclosetag = (name) => {
    depth -= 1;
    handler.close(localName(name));
  };
  parser.ontext = (text) => handler.text(text);
  parser.oncdata = (text) => handler.text(text);
  parser.ondoctype = refuseDeclarations;
  parser.onsgmldeclaration = () => {
    throw new Error('a declaration where none may be');
  };
  parser.onerror = (error) => {
    if (!isTolerable(error.message)) throw new Error(inWords(error.message), { cause: error });
    parser.resume();
  };
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

function refuseDeclarations(doctype: string): void {
  if (doctype.includes('[')) throw new Error('it declares entities of its own, which are never expanded');
}

/**
 * Two slips of hand-made reporters that touch no markup, so that reading on is safe: a reference to a character that
 * XML does not have, and a bare `&` that swallows nothing that follows. Both stand in the text as they are.
 */
const isTolerable = (message: string): boolean =>
  message.startsWith('Invalid character entity') ||
  /^Invalid character in entity name\n[^]*\nChar: [^<>"']$/.test(message);

/**
 * References to control characters, which XML does not have, in the usual spellings: colours come as `&#27;[31m` or
 * `&#x1b;[31m`, and only when decoded can they be taken out whole.
 */
function controlCharacters(): Record<string, string> {
  const entities: Record<string, string> = {};
  for (let code = 0; code < 32; code += 1) {
    const hex = code.toString(16);
    for (const name of [code, `x${hex}`, `x${hex.padStart(2, '0')}`, `x${hex.padStart(4, '0')}`]) {
      entities[`#${name}`] = String.fromCharCode(code);
    }
  }
  return entities;
}

/** `Unclosed root tag\nLine: 3\n...` as part of a sentence. */
function inWords(message: string): string {
  const reason = message.split('\n', 1)[0] ?? '';
  return reason.charAt(0).toLowerCase() + reason.slice(1);
}

/**
 * sax looks at its buffers now and then and gives up when a comment or an attribute is long. A failure message of
 * 100 KiB in an attribute is usual, so its look-out is set to never, and ours does the work.
 */
const liftOwnLimit = (parser: sax.SAXParser): void => {
  Object.assign(parser, { bufferCheckPosition: Number.POSITIVE_INFINITY });
};

const namesGathered = ['tagName', 'attribName', 'entity', 'doctype', 'procInstName', 'procInstBody'] as const;

/** After `<!` sax looks through all it has at every character; no keyword is this long. */
const longestKeyword = 100;

/** Sax gathers these character by character; their names are internal to it, and a test holds us to them. */
type Buffers = Record<(typeof namesGathered)[number] | 'attribValue' | 'comment' | 'sgmlDecl', unknown>;

function boundBuffers(parser: sax.SAXParser): void {
  const buffers = parser as sax.SAXParser & Partial<Buffers>;
  buffers.comment = '';
  if (lengthOf(buffers.attribValue) > rawTextLimit) {
    buffers.attribValue = String(buffers.attribValue).slice(0, rawTextLimit);
  }
  const longest = Math.max(...namesGathered.map((name) => lengthOf(buffers[name])));
  if (longest > rawTextLimit || lengthOf(buffers.sgmlDecl) > longestKeyword) throw new Error('markup without an end');
}

const lengthOf = (value: unknown): number => (typeof value === 'string' ? value.length : 0);
