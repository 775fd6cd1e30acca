import { useText } from '../text/use_text.tsx';

/** From when until when something is in force; nothing where neither is known. */
export function Dates(props: { from: string | null; until: string | null }) {
  const { t } = useText();
  const { from, until } = props;
  if (from === null && until === null) return null;
  if (until === null) return t('rule.since', { from: from! });
  if (from === null) return t('rule.ended', { until });
  return t('rule.between', { from, until });
}
