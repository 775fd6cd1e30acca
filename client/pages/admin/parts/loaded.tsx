import type { ReactNode } from 'react';
import type { Resource } from '../../../api/use_resource.ts';
import { FailureCard } from '../../../components/failure_card.tsx';
import { useAdminText } from '../admin_text.ts';

/** What a resource holds, or a skeleton while it loads, or what went wrong and what to do. */
export function Loaded<T>(props: {
  of: { resource: Resource<T>; retry: () => void };
  children: (value: T) => ReactNode;
}) {
  const { t } = useAdminText();
  const { resource, retry } = props.of;
  if (resource.state === 'failed') return <FailureCard failure={resource.failure} onRetry={retry} />;
  if (resource.state === 'loading')
    return <div className="skeleton" role="status" aria-busy="true" aria-label={t('admin.loading')} />;
  return props.children(resource.value);
}
