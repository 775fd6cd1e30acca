import { z } from 'zod';
import { ProblemBody } from '../contract/index.ts';
import { PROBLEMS, type ProblemCode } from '../problems.ts';
import { VERSION } from '../version.ts';
import type { Endpoint } from './endpoint.ts';
import type { MultipartSpec } from './multipart_file.ts';

type Schema = Record<string, unknown>;

function schemaOf(type: z.ZodType): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as Schema;
  return schema;
}

function parameters(type: z.ZodType | undefined, place: 'path' | 'query'): Schema[] {
  if (!(type instanceof z.ZodObject)) return [];
  const { properties = {}, required = [] } = schemaOf(type) as {
    properties?: Record<string, Schema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema,
  }));
}

function fileForm({ fields }: MultipartSpec): Schema {
  const { properties = {}, required = [] } = (fields ? schemaOf(fields) : {}) as {
    properties?: Record<string, Schema>;
    required?: string[];
  };
  return {
    type: 'object',
    required: ['file', ...required],
    properties: { file: { type: 'string', format: 'binary' }, ...properties },
  };
}

function requestBody(spec: Endpoint): Schema {
  if (spec.multipart)
    return {
      requestBody: {
        required: true,
        content: { 'multipart/form-data': { schema: fileForm(spec.multipart) } },
      },
    };
  if (spec.body === undefined) return {};
  return {
    requestBody: { required: true, content: { 'application/json': { schema: schemaOf(spec.body) } } },
  };
}

function operation(spec: Endpoint): Schema {
  const content =
    typeof spec.reply === 'string'
      ? { [spec.reply]: {} }
      : { 'application/json': { schema: schemaOf(spec.reply) } };
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of [
    'invalid_request',
    'too_many_requests',
    'starting',
    'busy',
    'internal',
    ...(spec.problems ?? []),
  ] as ProblemCode[]) {
    byStatus.set(PROBLEMS[code], [...(byStatus.get(PROBLEMS[code]) ?? []), code]);
  }
  const faults = Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
  return {
    summary: spec.summary,
    parameters: [...parameters(spec.params, 'path'), ...parameters(spec.query, 'query')],
    ...requestBody(spec),
    responses: { [spec.status ?? 200]: { description: 'OK', content }, ...faults },
  };
}

/** OpenAPI 3.1, made from the schemas that the endpoints check with. */
export function openapi(endpoints: readonly Endpoint[], publicUrl: string, limits: Schema): Schema {
  const paths: Record<string, Record<string, Schema>> = {};
  for (const spec of endpoints) paths[spec.path] = { ...paths[spec.path], [spec.method]: operation(spec) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Cunma 村码',
      version: VERSION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: publicUrl }],
    'x-limits': limits,
    paths,
    components: { schemas: { Problem: schemaOf(ProblemBody) } },
  };
}
