export { type Call, type Endpoint, endpoint, handler, Reply } from './endpoint.ts';
export { jsonBody } from './json_body.ts';
export { languageOf } from './language.ts';
export { multipartFile, type UploadedFile } from './multipart_file.ts';
export { openapi } from './openapi.ts';
export { writeProblem } from './write_problem.ts';
