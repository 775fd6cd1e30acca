import type { Me, Right } from '../../../server/contract/index.ts';
import type { IconName } from '../../components/icon_paths.ts';
import { may } from '../../staff/rights.ts';

export const SECTIONS = ['people', 'audit', 'jobs', 'status', 'checks', 'indicators', 'files'] as const;
export type Section = (typeof SECTIONS)[number];

/** What one must have somewhere to see a section, its picture, and its address. */
export const ABOUT: Readonly<Record<Section, { right: Right; icon: IconName; href: string }>> = {
  people: { right: 'accounts.read', icon: 'person', href: '/admin/people' },
  audit: { right: 'audit.read', icon: 'book', href: '/admin/audit' },
  jobs: { right: 'jobs.read', icon: 'clock', href: '/admin/jobs' },
  status: { right: 'installation.read', icon: 'device', href: '/admin/status' },
  checks: { right: 'checks.read', icon: 'plot', href: '/staff/checks' },
  indicators: { right: 'indicators.read', icon: 'layers', href: '/staff/indicators' },
  files: { right: 'files.read', icon: 'file', href: '/staff/files' },
};

/** The sections that somebody may see, in their order. */
export const sectionsOf = (me: Me): Section[] => SECTIONS.filter((section) => may(me, ABOUT[section].right));
