export { csrfToken, type Identify, sessionCookieName } from './actor.ts';
export { admit } from './admit.ts';
export type { Browser } from './browser.ts';
export { type Access, type Call, type Endpoint, endpoint, handler } from './endpoint.ts';
export { invalidRequest } from './invalid_request.ts';
export { jsonBody, MAX_DEPTH, MAX_JSON_BYTES } from './json_body.ts';
export { languageOf } from './language.ts';
export {
  bodyGate,
  Gate,
  MAX_BODY_BYTES_IN_FLIGHT,
  MAX_CALLS_IN_FLIGHT,
  RATES_PER_MINUTE,
  type RateClass,
  rateLimiter,
} from './limits.ts';
export { MAX_FILE_BYTES, multipartFile, type UploadedFile } from './multipart_file.ts';
export { openapi } from './openapi.ts';
export { Reply } from './reply.ts';
export { writeProblem } from './write_problem.ts';
