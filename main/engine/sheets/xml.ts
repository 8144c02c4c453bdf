/** Streams one XML part through a SAX parser; DTDs and entity declarations are refused, namespace prefixes dropped. */
import { TextDecoder } from 'node:util';
import { SaxParser, type SaxTag } from '@cj-tech-master/excelts/xml';
import { SheetProblem } from './types.ts';

export interface XmlHandlers {
  readonly open: (name: string, attributes: SaxTag['attributes']) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

/** `x:row` and `row` are the same element: .NET tools write prefixes. */
const local = (name: string): string => {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
};

const decoderFor = (first: Uint8Array): TextDecoder => {
  if (first[0] === 0xff && first[1] === 0xfe) return new TextDecoder('utf-16le');
  if (first[0] === 0xfe && first[1] === 0xff) return new TextDecoder('utf-16be');
  return new TextDecoder('utf-8');
};

/**
 * Stops early when `stop` answers true after a chunk. Throws `sheet_unsafe` for a DTD, `sheet_broken` for bad XML. `doctype`: the one
 * declaration without rules of its own that a format has (nmap); it stands in the first chunk.
 */
export async function readXml(
  chunks: AsyncIterable<Uint8Array>,
  handlers: XmlHandlers,
  stop?: () => boolean,
  doctype?: RegExp,
): Promise<void> {
  // No DTD can pass, so entity expansion is limited to the five built-in names: their number needs no cap
  const parser = new SaxParser({ position: false, invalidCharHandling: 'skip', maxEntityExpansions: 0 });
  let inRoot = false;
  parser.on('opentag', (tag) => {
    inRoot = true;
    handlers.open(local(tag.name), tag.attributes);
  });
  if (handlers.close) parser.on('closetag', (tag) => handlers.close?.(local(tag.name)));
  if (handlers.text) {
    parser.on('text', handlers.text);
    parser.on('cdata', handlers.text);
  }
  let decoder: TextDecoder | undefined;
  let prolog = '';
  for await (const chunk of chunks) {
    decoder ??= decoderFor(chunk);
    const text = decoder.decode(chunk, { stream: true });
    if (!inRoot) {
      prolog += text;
      if (/<!(?:DOCTYPE|ENTITY)/i.test(doctype ? prolog.replace(doctype, '') : prolog) || prolog.length > 1_000_000)
        throw new SheetProblem('sheet_unsafe');
    }
    feed(() => parser.write(text));
    if (stop?.()) return;
  }
  feed(() => parser.close());
  if (!inRoot) throw new SheetProblem('sheet_broken');
}

function feed(parse: () => unknown): void {
  try {
    parse();
  } catch (error) {
    throw error instanceof SheetProblem ? error : new SheetProblem('sheet_broken');
  }
}
