import type { Knex } from 'knex';

/** Connections of knex's pool (tarn). */
export interface PoolState {
  used: number;
  free: number;
  waiting: number;
}

interface Tarn {
  numUsed(): number;
  numFree(): number;
  numPendingAcquires(): number;
}

export function poolState(knex: Knex): PoolState {
  const pool = (knex.client as { pool?: Tarn }).pool;
  if (!pool) return { used: 0, free: 0, waiting: 0 };
  return { used: pool.numUsed(), free: pool.numFree(), waiting: pool.numPendingAcquires() };
}
