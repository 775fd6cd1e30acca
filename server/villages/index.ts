export { ensureTokens } from './qr.ts';
export { villageRoutes } from './routes.ts';
