import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import type { Activity } from '../contract/index.ts';
import { checkRuleBook } from './cross_check.ts';
import { RuleFileError, readYaml } from './read_yaml.ts';
import {
  ActivityFile,
  LandClassesFile,
  LayersFile,
  NotExaminedFile,
  OfficesFile,
  PoliciesFile,
  RegionsFile,
  SourcesFile,
  ZoneClassesFile,
} from './schema.ts';
import type { ActivityRules, ArticleText, RuleBook, Source } from './types.ts';

export const RULES_FOLDER = fileURLToPath(new URL('../../data/rules', import.meta.url));

/** The rule files as text: path inside the folder (with `/`) → content, in the order of the paths. */
export function readRuleFiles(folder: string = RULES_FOLDER): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** SHA-256 over names and contents. Line ends do not count, so that every checkout has the same version. */
export function rulesVersion(files: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const [name, text] of files) hash.update(`${name}\0${text.replaceAll('\r\n', '\n')}\0`);
  return hash.digest('hex');
}

/**
 * Builds the rule book from the files' texts.
 * Throws {@link RuleFileError} with file and place where a file is missing, does not fit its schema, or names an
 * article, office, layer, class group or detail that does not exist.
 */
export function buildRuleBook(files: ReadonlyMap<string, string>): RuleBook {
  const read = <S extends z.ZodType>(name: string, schema: S): z.infer<S> => {
    const text = files.get(name);
    if (text === undefined) throw new RuleFileError(name, ['the file is missing']);
    return readYaml(name, text, schema);
  };
  const activities = new Map<Activity, ActivityRules>();
  for (const name of files.keys()) {
    if (!name.startsWith('activities/')) continue;
    const rules = read(name, ActivityFile);
    if (name !== `activities/${rules.activity}.yaml`)
      throw new RuleFileError(name, [`holds the activity ${rules.activity}`]);
    activities.set(rules.activity, rules);
  }
  const { offices } = read('offices.yaml', OfficesFile);
  const { layers } = read('layers.yaml', LayersFile);
  const { sources } = read('sources.yaml', SourcesFile);
  const articles = sources.flatMap(articlesOf);
  const book: RuleBook = {
    version: rulesVersion(files),
    sources,
    articles: keyed('sources.yaml', articles, (article) => article.id),
    offices: keyed('offices.yaml', offices, (office) => office.id),
    layers: keyed('layers.yaml', layers, (layer) => layer.key),
    regions: keyed('regions.yaml', read('regions.yaml', RegionsFile).regions, (region) => region.code),
    landClasses: read('land_classes.yaml', LandClassesFile),
    zoneClasses: read('zone_classes.yaml', ZoneClassesFile).zone_classes,
    activities,
    policies: read('policies.yaml', PoliciesFile).policies,
    notExamined: read('not_examined.yaml', NotExaminedFile).not_examined,
  };
  checkRuleBook(book);
  return book;
}

/** The rule book that stands in `folder`. Throws {@link RuleFileError}. */
export function loadRules(folder: string = RULES_FOLDER): RuleBook {
  return buildRuleBook(readRuleFiles(folder));
}

function articlesOf(source: Source): ArticleText[] {
  return source.articles.map(({ id, article, text, verified }) => ({
    id,
    source: source.title,
    number: source.number,
    article,
    text,
    in_force_from: source.in_force_from,
    in_force_until: source.in_force_until,
    verified: verified ?? source.verified,
  }));
}

function keyed<T>(file: string, items: T[], key: (item: T) => string): Map<string, T> {
  const map = new Map<string, T>();
  for (const item of items) {
    if (map.has(key(item))) throw new RuleFileError(file, [`${key(item)} stands there twice`]);
    map.set(key(item), item);
  }
  return map;
}
