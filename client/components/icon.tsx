import { ICON_PATHS, type IconName } from './icon_paths.ts';

/** Decoration beside a text; a button without a text needs an aria-label of its own. */
export function Icon(props: { name: IconName; size?: number }) {
  const size = props.size ?? 24;
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={ICON_PATHS[props.name]} />
    </svg>
  );
}
