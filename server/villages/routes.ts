import { z } from 'zod';
import { Village, VillageList, VillageMap } from '../contract/index.ts';
import { searchVillages } from '../divisions/index.ts';
import { type Endpoint, endpoint, Reply } from '../http/index.ts';
import { localise } from '../messages/index.ts';
import { Problem } from '../problems.ts';
import { today } from '../today.ts';
import { legend } from './legend.ts';
import { qrPng, qrSvg } from './qr.ts';
import { villageOfToken } from './queries.ts';
import { showVillage } from './show_village.ts';
import { villageMap } from './village_map.ts';
import { villagesNear } from './villages_near.ts';

const Code = z.object({ code: z.string().regex(/^\d{12}$/, '12 digits') });
const Search = z.object({
  q: z.string().max(64).optional(),
  near: z
    .string()
    .regex(/^-?\d+(\.\d+)?,-?\d+(\.\d+)?$/, 'lon,lat')
    .optional()
    .meta({ description: 'lon,lat: the village there first, then those around it' }),
  parent: z
    .string()
    .regex(/^\d{2,12}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  lang: z.string().optional(),
});
const VILLAGE_PROBLEMS = ['village_unknown'] as const;

export function villageRoutes(publicUrl: string): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/villages',
      summary: 'Villages by name, pinyin, initials or code; those with land first.',
      access: 'public',
      query: Search,
      reply: VillageList,
      handle: ({ query, db }) =>
        query.near === undefined ? searchVillages(db, query) : villagesNear(db, query.near, query.limit),
    }),
    endpoint({
      method: 'get',
      path: '/api/villages/{code}',
      summary: 'One village: its land, its protected zones, the rules in plain words.',
      access: 'public',
      params: Code,
      reply: Village,
      problems: VILLAGE_PROBLEMS,
      handle: async ({ params, db, language }) =>
        localise(await showVillage(db, params.code, today()), language),
    }),
    endpoint({
      method: 'get',
      path: '/api/villages/{code}/map',
      summary: "One village's map, clipped and generalised.",
      access: 'public',
      params: Code,
      reply: VillageMap,
      problems: VILLAGE_PROBLEMS,
      handle: async ({ params, db, language, gridSize }) =>
        localise(await villageMap(db, params.code, today(), gridSize), language),
    }),
    endpoint({
      method: 'get',
      path: '/api/villages/{code}/qr.svg',
      summary: "The village's QR code.",
      access: 'public',
      params: Code,
      reply: 'image/svg+xml',
      problems: VILLAGE_PROBLEMS,
      handle: async ({ params, db }) =>
        new Reply(await qrSvg(db, params.code, publicUrl), { headers: { 'Content-Type': 'image/svg+xml' } }),
    }),
    endpoint({
      method: 'get',
      path: '/api/villages/{code}/qr.png',
      summary: "The village's QR code.",
      access: 'public',
      params: Code,
      reply: 'image/png',
      problems: VILLAGE_PROBLEMS,
      handle: async ({ params, db }) =>
        new Reply(await qrPng(db, params.code, publicUrl), { headers: { 'Content-Type': 'image/png' } }),
    }),
    endpoint({
      method: 'get',
      path: '/api/legend',
      summary: 'Names and colours of land classes and layers.',
      access: 'public',
      reply: z.object({ land_classes: z.array(z.any()), layers: z.array(z.any()) }),
      handle: async ({ db, language }) => localise(await legend(db), language),
    }),
    endpoint({
      method: 'get',
      path: '/q/{token}',
      summary: 'What a QR code holds: leads to the village page, survives renaming and merging.',
      access: 'public',
      params: z.object({ token: z.string().max(64) }),
      reply: 'text/html',
      problems: VILLAGE_PROBLEMS,
      handle: async ({ params, db }) => {
        const code = await villageOfToken(db, params.token);
        if (code === null) throw new Problem('village_unknown', { params: { code: params.token } });
        return new Reply('', {
          status: 302,
          headers: { Location: `/v/${code}`, 'Cache-Control': 'no-store' },
        });
      },
    }),
  ];
}
