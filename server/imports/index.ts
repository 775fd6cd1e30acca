export { READER, readUploadBounded } from './bounded/read_upload_bounded.ts';
export * as FILE_LIMITS from './limits.ts';
export { type LoadOptions, type LoadProgress, loadVersion, loadVersions, partsOf } from './load_land.ts';
export { importRoutes } from './routes.ts';
