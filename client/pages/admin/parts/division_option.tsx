import type { DivisionSummary } from '../../../../server/contract/index.ts';
import { pathText } from '../../../text/place_names.ts';
import { useAdminText } from '../admin_text.ts';

/** A division among others of its name: where it lies, and its code. */
export function DivisionOption({ division }: { division: DivisionSummary }) {
  const { language } = useAdminText();
  return (
    <>
      <b>{division.name}</b>
      <small>{[pathText(division, language), division.code].filter((each) => each !== '').join(' · ')}</small>
    </>
  );
}
