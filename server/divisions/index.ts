export {
  addDivisions,
  type Division,
  divisionsAbove,
  findDivision,
  namesOf,
  type PlacedDivision,
  placeDivision,
  searchVillages,
  type VillageSearch,
} from './queries.ts';
export { divisionRoutes } from './routes.ts';
