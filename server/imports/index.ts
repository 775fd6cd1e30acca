export * as FILE_LIMITS from './limits.ts';
export { loadVersion } from './load_land.ts';
export { importRoutes } from './routes.ts';
