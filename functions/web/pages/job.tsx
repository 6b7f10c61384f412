/** A job's progress; the page looks again by itself until the job is done, then leads on. */
import { NoteBox, ProblemBox } from '../elements.tsx';
import type { Answer, Visit } from '../page.tsx';
import type { JobState } from '../ports.ts';

export async function jobPage(visit: Visit): Promise<Answer> {
  const { say, words, ports } = visit;
  const job = await ports.jobs.find(visit.params['id'] ?? '');
  if (job === undefined || job.by !== visit.account.id) {
    return {
      page: say('Không tìm thấy', 'Not found'),
      body: <p>{say('Không có công việc này.', 'There is no such job.')}</p>,
      status: 404,
    };
  }
  const result = job.result;
  if (job.status === 'done' && result !== undefined && result.problem === undefined && result.note === undefined) {
    return { to: result.to };
  }
  if (job.status === 'failed') {
    return {
      page: words(job.title),
      body: (
        <ProblemBox
          visit={visit}
          problem={{
            vi: 'Hệ thống gặp lỗi khi đang làm; phần đã làm vẫn được giữ. Hãy thử lại; nếu vẫn lỗi, báo quản trị hệ thống mã việc này.',
            en: 'The system failed half way; what was done is kept. Try again; if it fails again, give the administrator this job number.',
          }}
        />
      ),
    };
  }
  const isDone = job.status === 'done' && result !== undefined;
  return {
    page: words(job.title),
    ...(isDone ? {} : { refreshAfter: 1 }),
    body: isDone ? (
      <>
        <ProblemBox problem={result.problem} visit={visit} />
        <NoteBox note={result.note} visit={visit} />
        <p>
          <a class="button" href={result.to}>
            {say('Tiếp tục', 'Go on')}
          </a>
        </p>
      </>
    ) : (
      <div class="progress" role="status">
        <progress max={Math.max(1, job.of)} value={job.done} aria-label={words(job.title)}></progress>
        <p>{howFar(job, visit)}</p>
        <p class="hint">
          {say(
            'Trang tự cập nhật. Có thể đóng trang; việc vẫn chạy.',
            'This page updates itself. You may close it; the work goes on.',
          )}
        </p>
      </div>
    ),
  };
}

/** Not every kind of job can say how much there is to do. */
function howFar({ status, done, of }: JobState, { say }: Visit): string {
  if (of > 0) return say(`Đã xong ${done} trên ${of}.`, `${done} of ${of} done.`);
  if (done > 0) return say(`Đã xong ${done}.`, `${done} done.`);
  return status === 'waiting' ? say('Đang bắt đầu…', 'Starting…') : say('Đang làm…', 'Under way…');
}
