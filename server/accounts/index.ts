export { identify } from './identify_queries.ts';
