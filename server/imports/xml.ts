import { DOMParser, type Document, type Element, type Node } from '@xmldom/xmldom';
import { Problem } from '../problems.ts';
import { MAX_XML_DEPTH, MAX_XML_TAG_LENGTH, MAX_XML_TAGS } from './limits.ts';

const CLOSES = { '<!--': '-->', '<![CDATA[': ']]>', '<?': '?>' } as const;

function lineAt(text: string, at: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) line++;
  return line;
}

function unreadable(file: string, line: number, cause?: unknown): Problem {
  return new Problem('file_unreadable', { params: { file, place: `${line}` }, where: { file, line }, cause });
}

/** End of the tag that begins at `at`, quoted attribute values passed over; -1 where it has none within its bound. */
function endOfTag(text: string, at: number): number {
  let quote = '';
  const last = Math.min(text.length, at + MAX_XML_TAG_LENGTH);
  for (let i = at + 1; i < last; i++) {
    const c = text[i]!;
    if (quote !== '') {
      if (c === quote) quote = '';
    } else if (c === '"' || c === "'") quote = c;
    else if (c === '>') return i;
  }
  return -1;
}

/**
 * Walks over the tags without building anything, so that no parser meets declarations, depth or numbers that are
 * hostile. A declaration is refused wherever it stands, except in comments and CDATA.
 */
function checkBounds(file: string, text: string): void {
  let depth = 0;
  let tags = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    const opening = (Object.keys(CLOSES) as (keyof typeof CLOSES)[]).find((mark) =>
      text.startsWith(mark, at),
    );
    let end: number;
    if (opening) {
      end = text.indexOf(CLOSES[opening], at + opening.length);
    } else {
      if (text[at + 1] === '!') throw new Problem('xml_unsafe', { params: { file }, where: { file } });
      end = endOfTag(text, at);
      if (text[at + 1] === '/') depth--;
      else if (text[end - 1] !== '/') depth++;
      if (++tags > MAX_XML_TAGS) {
        throw new Problem('file_too_complex', {
          params: { file, limit: `${MAX_XML_TAGS} × <…>` },
          where: { file },
        });
      }
    }
    if (end < 0) throw unreadable(file, lineAt(text, at));
    if (depth > MAX_XML_DEPTH) throw new Problem('too_deep', { where: { file, line: lineAt(text, at) } });
    at = end;
  }
}

/**
 * An XML text as a tree, within bounds of depth and of tags that are checked before. No entities but the five of XML.
 * @throws Problem xml_unsafe (DOCTYPE, ENTITY), too_deep, file_too_complex, file_unreadable with its line
 */
export function parseXml(file: string, text: string): Document {
  checkBounds(file, text);
  let line = 1;
  const stop = (level: string, message: string, context: { locator?: { lineNumber?: number } }) => {
    line = context.locator?.lineNumber ?? line;
    if (level !== 'warning') throw new Error(message);
  };
  try {
    return new DOMParser({ onError: stop }).parseFromString(text.trimStart(), 'text/xml');
  } catch (cause) {
    throw unreadable(file, line, cause);
  }
}

export function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

/** Child elements, all or those of a name without its prefix. */
export function children(parent: Node, name?: string): Element[] {
  const found: Element[] = [];
  for (let node = parent.firstChild; node; node = node.nextSibling) {
    if (isElement(node) && (name === undefined || node.localName === name)) found.push(node);
  }
  return found;
}

/** Elements of the names at any depth, in the order of the text; what lies inside a found one is not searched. */
export function descendants(parent: Node, names: readonly string[]): Element[] {
  return children(parent).flatMap((child) =>
    names.includes(child.localName ?? '') ? [child] : descendants(child, names),
  );
}

/** Where an element begins. */
export function lineOf(element: Element): number {
  return element.lineNumber ?? 1;
}

/** Text of the first child element of a name, trimmed; null where there is none or it is blank. */
export function childText(parent: Node, name: string): string | null {
  return children(parent, name)[0]?.textContent?.trim() || null;
}
