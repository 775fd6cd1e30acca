export { checkRoutes } from './routes.ts';
export { staffCheckRoutes } from './staff_routes.ts';
