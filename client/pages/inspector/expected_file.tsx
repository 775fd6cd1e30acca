import { useInspectorText } from './inspector_text.ts';

const POINTS = ['formats', 'shapes', 'crs', 'names', 'broken'] as const;

/** What file is expected, and what becomes of it. */
export function ExpectedFile() {
  const { t } = useInspectorText();
  return (
    <ul className="bulleted" data-testid="expected-file">
      {POINTS.map((point) => (
        <li key={point}>{t(`expected.${point}`)}</li>
      ))}
    </ul>
  );
}
