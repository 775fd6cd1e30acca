export { csrfToken, type Identify, sessionCookieName } from './actor.ts';
export { admit } from './admit.ts';
export type { Browser } from './browser.ts';
export { Drain } from './drain.ts';
export { type Access, type Call, type Endpoint, endpoint, handler } from './endpoint.ts';
export { DISK_RESERVE_BYTES, Incoming, MAX_INCOMING_BYTES, MAX_INCOMING_FILES } from './incoming.ts';
export { invalidRequest } from './invalid_request.ts';
export { jsonBody, MAX_DEPTH, MAX_JSON_BYTES } from './json_body.ts';
export { KnownCallers } from './known_callers.ts';
export { HEAVY_FROM } from './lanes.ts';
export { languageOf } from './language.ts';
export {
  bodyGate,
  Gate,
  MAX_BODY_BYTES_IN_FLIGHT,
  MAX_CALLS_IN_FLIGHT,
  MAX_HEAVY_WAITING,
  MAX_HEAVY_WAITING_OF_ONE,
  RATES_PER_MINUTE,
  type RateClass,
  rateLimiter,
} from './limits.ts';
export { type MultipartSpec, multipartFile, type UploadedFile } from './multipart_file.ts';
export { UPLOAD_IDLE_MS, UPLOAD_LIMIT_MS } from './multipart_form.ts';
export { type Observed, observe } from './observe.ts';
export { openapi } from './openapi.ts';
export { Reply } from './reply.ts';
export { securityHeaders } from './security_headers.ts';
export { writeProblem } from './write_problem.ts';
