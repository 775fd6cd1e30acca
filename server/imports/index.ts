export { loadVersion } from './load_land.ts';
export { importRoutes } from './routes.ts';
