/**
 * Was everything that a client asked answered? PGlite loses what a GEOS exception unwinds: a simple Query then
 * has no answer at all, but in the extended protocol the messages around the lost one are still answered, and the
 * client would see an empty result. So each message must have the reply that the protocol promises
 * (PostgreSQL documentation, "Message Flow", extended query).
 */

/** One protocol message with its type byte. */
export type WireMessage = Buffer;

const typeOf = (message: WireMessage) => String.fromCharCode(message[0]!);

/** Notices, parameter changes and notifications may come at any time. */
const ASYNCHRONOUS = 'NSA';

/** Types of the replies in an answer, without asynchronous ones. */
function replyTypes(body: Buffer): string[] {
  const types: string[] = [];
  for (let at = 0; at + 5 <= body.length; at += 1 + body.readInt32BE(at + 1)) {
    const type = String.fromCharCode(body[at]!);
    if (!ASYNCHRONOUS.includes(type)) types.push(type);
  }
  return types;
}

/** The text of a Parse message is only white space: the one case in which EmptyQueryResponse is an answer. */
function isEmptyParse(message: WireMessage): boolean {
  const nameEnd = message.indexOf(0, 5);
  const textEnd = message.indexOf(0, nameEnd + 1);
  return message.toString('utf8', nameEnd + 1, textEnd).trim() === '';
}

/**
 * True where every message of `batch` has its reply in `body`, or an ErrorResponse stands where the first missing
 * one would be. `body` without ReadyForQuery messages.
 */
export function isAnswered(batch: readonly WireMessage[], body: Buffer): boolean {
  const replies = replyTypes(body);
  let at = 0;
  const take = (types: string): boolean => {
    const next = replies[at];
    if (next === undefined || !types.includes(next)) return false;
    at++;
    return true;
  };
  let emptyText = false;
  for (const message of batch) {
    const type = typeOf(message);
    if (replies[at] === 'E') return true;
    if (type === 'P') {
      emptyText = isEmptyParse(message);
      if (!take('1')) return false;
    } else if (type === 'B') {
      if (!take('2')) return false;
    } else if (type === 'C') {
      if (!take('3')) return false;
    } else if (type === 'D') {
      const statement = String.fromCharCode(message[5]!) === 'S';
      if (statement && !take('t')) return false;
      if (!take('Tn')) return false;
    } else if (type === 'E') {
      while (take('D'));
      if (replies[at] === 'E') return true;
      if (!take(emptyText ? 'I' : 'Cs')) return false;
    } else if (type === 'Q') {
      return replies.some((reply) => 'CIE'.includes(reply));
    }
  }
  return at === replies.length;
}
