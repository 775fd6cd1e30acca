import { useEffect, useRef } from 'react';
import type { Failure } from '../api/request.ts';
import { FailureCard } from '../components/failure_card.tsx';
import { useText } from '../text/use_text.tsx';

/** Which file was not read and why, brought into view: the button that sent it may stand far below. */
export function UploadFailure(props: {
  failure: Failure;
  file: File;
  onRetry(): void;
  onShowPlace?: ((position: [number, number]) => void) | undefined;
}) {
  const { t } = useText();
  const { failure, file, onShowPlace } = props;
  const place = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each failure is brought into view
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'center' });
  }, [failure]);
  const position = failure.kind === 'problem' ? failure.problem.where?.position : undefined;
  return (
    <div ref={place} className="upload-failure" data-testid="upload-failure">
      <p className="details-title">{t('upload.not_read', { file: file.name })}</p>
      <FailureCard
        failure={failure}
        onRetry={props.onRetry}
        {...(position !== undefined && onShowPlace !== undefined
          ? { onShowPlace: () => onShowPlace(position) }
          : {})}
      />
    </div>
  );
}
