import { ACTIVITIES, DETAILS, LAYER_KEYS } from '../contract/index.ts';
import { inForce } from './in_force.ts';
import { RuleFileError } from './read_yaml.ts';
import type { ActivityRules, Limit, Rule, RuleBook } from './types.ts';

/** Throws {@link RuleFileError} where files contradict each other or a rule rests on nothing. */
export function checkRuleBook(book: RuleBook): void {
  const missing = [
    ...ACTIVITIES.filter((activity) => !book.activities.has(activity)).map(
      (name) => `no file for the activity ${name}`,
    ),
    ...LAYER_KEYS.filter((key) => !book.layers.has(key)).map((key) => `no entry for the layer ${key}`),
  ];
  report('data/rules', missing);
  report('land_classes.yaml', landClassFaults(book));
  report(
    'layers.yaml',
    [...book.layers.values()].flatMap((layer) =>
      references(book, `layer ${layer.key}`, {
        articles: layer.legal_basis,
        offices: [layer.office],
        layers: [],
      }),
    ),
  );
  report(
    'policies.yaml',
    book.policies.flatMap(({ title, articles }) =>
      references(book, `policy ${title.en}`, { articles, offices: [], layers: [] }),
    ),
  );
  const seen = new Set<string>();
  for (const activity of book.activities.values()) {
    const faults = activityFaults(book, activity);
    for (const { id } of [...activity.rules, ...activity.limits]) {
      if (seen.has(id)) faults.push(`rule ${id} stands there twice`);
      seen.add(id);
    }
    report(`activities/${activity.activity}.yaml`, faults);
  }
}

function report(file: string, faults: string[]): void {
  if (faults.length > 0) throw new RuleFileError(file, faults);
}

function references(
  book: RuleBook,
  where: string,
  named: { articles: string[]; offices: string[]; layers: string[] },
): string[] {
  const unknown = [
    ...named.articles.filter((id) => !book.articles.has(id)).map((id) => `article ${id}`),
    ...named.offices.filter((id) => !book.offices.has(id)).map((id) => `office ${id}`),
    ...named.layers.filter((key) => !book.layers.has(key)).map((key) => `layer ${key}`),
  ];
  return unknown.map((name) => `${where}: ${name} does not exist`);
}

function landClassFaults(book: RuleBook): string[] {
  const { classes, groups } = book.landClasses;
  const codes = new Set(classes.map((entry) => entry.code));
  const doubled = classes.length - codes.size;
  return [
    ...(doubled > 0 ? [`${doubled} codes stand there twice`] : []),
    ...classes
      .filter(({ parent }) => parent !== null && !codes.has(parent))
      .map(({ code }) => `${code}: parent does not exist`),
    ...Object.entries(groups).flatMap(([name, members]) =>
      members.filter((code) => !codes.has(code)).map((code) => `group ${name}: ${code} does not exist`),
    ),
  ];
}

function activityFaults(book: RuleBook, activity: ActivityRules): string[] {
  const faults = references(book, 'requires', { articles: [], offices: [], layers: activity.requires });
  if (!activity.requires.includes('land_use'))
    faults.push('requires: land_use is missing, so that unmapped land could be clear');
  for (const rule of activity.rules)
    faults.push(...ruleFaults(book, activity, rule).map((fault) => `rule ${rule.id}: ${fault}`));
  for (const limit of activity.limits)
    faults.push(...limitFaults(book, activity, limit).map((fault) => `limit ${limit.id}: ${fault}`));
  return [...faults, ...clearFaults(activity), ...questionFaults(activity)];
}

/** A size only remarks: something that can be clear would leave a plot that is too large without an objection. */
function limitFaults(book: RuleBook, activity: ActivityRules, limit: Limit): string[] {
  return [
    ...references(book, 'names', { articles: limit.articles, offices: [limit.office], layers: [] }),
    ...regionFaults(book, limit.region),
    ...limit.sizes.flatMap(({ not_on = [] }) => groupFaults(book, not_on)),
    ...(activity.rules.some(({ outcome }) => outcome === 'clear')
      ? ['sizes are of no use where there are clear rules']
      : []),
  ];
}

function regionFaults(book: RuleBook, region: string | undefined): string[] {
  return region === undefined || book.regions.has(region) ? [] : [`region ${region} does not exist`];
}

function groupFaults(book: RuleBook, entries: readonly string[]): string[] {
  return entries
    .filter((group) => !/^\d/.test(group) && !(group in book.landClasses.groups))
    .map((group) => `class group ${group} does not exist`);
}

function ruleFaults(book: RuleBook, activity: ActivityRules, rule: Rule): string[] {
  const { articles, office, when, valid } = rule;
  const faults = references(book, 'names', { articles, offices: [office], layers: when.layer });
  if (articles.length === 0 && (rule.outcome === 'conflict' || rule.outcome === 'permit'))
    faults.push('rests on no article');
  if (valid.from !== null && valid.until !== null && valid.until < valid.from)
    faults.push('ends before it begins');
  const cited = articles.map((id) => book.articles.get(id)).filter((article) => article !== undefined);
  const firstDay = valid.from ?? '0001-01-01';
  if (
    cited.length > 0 &&
    !cited.some((article) => inForce(article.in_force_from, article.in_force_until, firstDay))
  )
    faults.push(`no cited article is in force on its first day ${firstDay}`);
  if (rule.outcome === 'conflict' || rule.outcome === 'unknown')
    faults.push(
      ...when.layer
        .filter((key) => !activity.requires.includes(key))
        .map((key) => `${key} can lead to ${rule.outcome} but is not required`),
    );
  faults.push(...groupFaults(book, when.classes ?? []), ...regionFaults(book, rule.region));
  if (articles.length === 0 && rule.penalty !== undefined) faults.push('threatens and rests on no article');
  for (const [detail, values] of Object.entries(when.details ?? {})) {
    const allowed: readonly string[] =
      detail === activity.activity ? DETAILS[detail as keyof typeof DETAILS] : [];
    faults.push(
      ...values
        .filter((value) => !allowed.includes(value))
        .map((value) => `detail ${detail}: ${value} does not exist`),
    );
  }
  return faults;
}

/** Where something can be clear, every layer that could say otherwise must have been examined. */
function clearFaults(activity: ActivityRules): string[] {
  const { rules, requires } = activity;
  if (!rules.some(({ outcome }) => outcome === 'clear')) return [];
  const objecting = new Set(
    rules.filter(({ outcome }) => outcome !== 'clear').flatMap(({ when }) => when.layer),
  );
  return [...objecting]
    .filter((layer) => !requires.includes(layer))
    .map((layer) => `requires: ${layer} can object but is not required, though there are clear rules`);
}

/** Every answer that the contract knows has a text, and nothing else has. */
function questionFaults(activity: ActivityRules): string[] {
  const expected =
    activity.activity in DETAILS ? [...DETAILS[activity.activity as keyof typeof DETAILS]].sort() : [];
  const question = activity.questions[activity.activity as keyof typeof DETAILS];
  const given = Object.keys(question?.options ?? {}).sort();
  const strangers = Object.keys(activity.questions).filter((detail) => detail !== activity.activity);
  return [
    ...strangers.map((detail) => `question ${detail} belongs to another activity`),
    ...(given.join() === expected.join()
      ? []
      : [`question: options are ${given.join(', ') || 'none'}, not ${expected.join(', ')}`]),
  ];
}
