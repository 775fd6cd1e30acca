import { useText } from '../text/use_text.tsx';

const KINDS = ['procedure', 'term', 'penalty'] as const;

/** What a rule says beside its text: steps, term, penalty. */
export function FurtherTexts(props: {
  procedure?: string | undefined;
  term?: string | undefined;
  penalty?: string | undefined;
}) {
  const { t } = useText();
  const told = KINDS.flatMap((kind) => {
    const text = props[kind];
    return text === undefined ? [] : [{ kind, text }];
  });
  if (told.length === 0) return null;
  return (
    <dl className="further-texts">
      {told.map(({ kind, text }) => (
        <div key={kind}>
          <dt>{t(`rule.${kind}`)}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
