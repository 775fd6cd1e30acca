/**
 * PGlite's GEOS is built without exception catching: a C++ exception unwinds through PostgreSQL to JavaScript, where
 * it is dropped. What was running ends early, as if it had found no more rows, and what it did is committed. On the
 * wire nothing tells such a statement from one that succeeded (docs/decisions/0002). So the throw itself is turned
 * into what PostgreSQL does with a fault: ereport(ERROR), before anything has unwound.
 */

const ERROR = 21; // utils/elog.h, PostgreSQL 18
/** MAKE_SQLSTATE('X','X','0','0','0'), six bits a character */
const XX000 = [...'XX000'].reduce(
  (code, character, i) => code + (((character.charCodeAt(0) - 48) & 0x3f) << (6 * i)),
  0,
);

const MESSAGE = 'the geometry library threw an exception';

/** What is used of PGlite's exports: PostgreSQL's error functions (utils/elog.h). Pointers are numbers. */
interface Exports {
  errstart(level: number, domain: number): number;
  errcode(sqlstate: number): number;
  errmsg_internal(format: number, args: number): number;
  errfinish(file: number, line: number, func: number): void;
  malloc(size: number): number;
  memory: WebAssembly.Memory;
}

interface Environment {
  __cxa_throw?: (exception: number, type: number, destructor: number) => void;
  memory?: WebAssembly.Memory;
}

/** How many exceptions were thrown since the worker started. */
export interface ThrowCounter {
  thrown: number;
}

function writeText(exports: Exports, memory: WebAssembly.Memory, text: string): number {
  const bytes = Buffer.from(`${text}\0`, 'utf8');
  const at = exports.malloc(bytes.length);
  new Uint8Array(memory.buffer).set(bytes, at);
  return at;
}

/**
 * Replaces `__cxa_throw` of every Emscripten main module that this thread instantiates from now on; side modules
 * (PostGIS with GEOS) are linked against the replacement. Throws where the module lacks what is needed: a new
 * version of PGlite must not fail open again unnoticed.
 */
export function reportCppExceptions(): ThrowCounter {
  const counter: ThrowCounter = { thrown: 0 };
  const instantiate = WebAssembly.instantiate as (
    source: WebAssembly.Module | BufferSource,
    imports: { env?: Environment },
  ) => Promise<WebAssembly.Instance | WebAssembly.WebAssemblyInstantiatedSource>;
  const replacement: typeof instantiate = async (source, imports) => {
    const environment = imports?.env;
    // side modules import through a proxy that makes up what it is asked for: only look, do not touch
    if (environment === undefined || !Object.hasOwn(environment, '__cxa_throw'))
      return instantiate(source, imports);
    let raise: (() => void) | null = null;
    environment.__cxa_throw = () => {
      counter.thrown++;
      raise?.();
      throw new Error(MESSAGE);
    };
    const result = await instantiate(source, imports);
    const exports = ('instance' in result ? result.instance : result).exports as unknown as Exports;
    const memory = exports.memory ?? environment.memory;
    for (const name of ['errstart', 'errcode', 'errmsg_internal', 'errfinish', 'malloc'] as const) {
      if (typeof exports[name] !== 'function')
        throw new Error(`this version of PGlite does not export ${name}`);
    }
    if (memory === undefined) throw new Error('this version of PGlite does not share its memory');
    raise = () => {
      exports.errstart(ERROR, 0);
      exports.errcode(XX000);
      exports.errmsg_internal(writeText(exports, memory, MESSAGE), 0);
      exports.errfinish(
        writeText(exports, memory, 'cpp_exceptions'),
        0,
        writeText(exports, memory, '__cxa_throw'),
      );
    };
    return result;
  };
  WebAssembly.instantiate = replacement as typeof WebAssembly.instantiate;
  return counter;
}
