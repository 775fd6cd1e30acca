/**
 * Writes the boundary points that a newcomer can upload: `npx tsx data/demonstration/samples/build_samples.ts`. Two plots
 * of 10 m × 13 m in the demonstration village: one across the border of protected farmland, one among the houses.
 */
import { writeFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { boundaryPointFile } from './boundary_point_file.ts';

const text = boundaryPointFile();
writeFileSync(new URL('two_house_plots.txt', import.meta.url), iconv.encode(text, 'gbk'));
console.log(text);
