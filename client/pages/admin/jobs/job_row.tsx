import type { Job } from '../../../../server/contract/index.ts';
import { Link } from '../../../components/link.tsx';
import { useAdminText } from '../admin_text.ts';
import { JobProgress } from './job_progress.tsx';
import { starterWords, timeWords } from './job_words.ts';
import { useFollowed } from './use_followed.ts';

function Row({ job }: { job: Job }) {
  const { t, language } = useAdminText();
  return (
    <li className="job" data-testid="job" data-job={job.id}>
      <div>
        <Link href={`/admin/jobs/${job.id}`}>{job.title}</Link>
        <small>{[starterWords(job, t), timeWords(job, t, language)].join(' · ')}</small>
        {job.problem !== null && <small className="fault">{job.problem.title}</small>}
      </div>
      <JobProgress job={job} />
    </li>
  );
}

function LiveRow(props: { job: Job; onEnd(): void }) {
  const { language } = useAdminText();
  return <Row job={useFollowed(props.job, language, props.onEnd)} />;
}

/** One job of the list; `live`: it moves by itself. */
export function JobRow(props: { job: Job; live: boolean; onEnd(): void }) {
  return props.live ? <LiveRow job={props.job} onEnd={props.onEnd} /> : <Row job={props.job} />;
}
