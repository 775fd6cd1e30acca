#!/usr/bin/env node
// Everything under tools/testing is TypeScript: this file only makes sure that it can be run.
import { requireNodeAndDependencies } from './preconditions.mjs';

requireNodeAndDependencies();
const { register } = await import('tsx/esm/api');
register();
const { main } = await import('./testing/main.ts');
process.exitCode = await main(process.argv.slice(2));
