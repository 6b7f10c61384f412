/**
 * Files that are too large for one request, where the home has such a limit: the browser brings the file to the store of
 * uploads by itself, comes back with its name, and the form it was meant for takes it from there.
 */
import type { FC } from 'hono/jsx';
import { type Act, may } from '../../shared/case/access.ts';
import type { Sentence } from '../../shared/vietnamese.ts';
import { Empty } from './elements.tsx';
import { type Answer, field, type Problem, upload, type Visit } from './page.tsx';

/** The reader takes no larger file either. */
export const mostUploadMegabytes = 40;

/** Pages that take large files, and who uses them. */
const takers: Readonly<Record<string, Act>> = { '/tiep-nhan': 'list.submit', '/chi-tra': 'result.import' };

const takerNames: Readonly<Record<string, Sentence>> = {
  '/tiep-nhan': { vi: 'Tiếp nhận: gửi danh sách', en: 'Intake: send a list' },
  '/chi-tra': { vi: 'Chi trả: nhập kết quả', en: 'Disbursement: import results' },
};

interface FileInputProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly accept: string;
  readonly visit: Visit;
}

/** The input of a file; or, when one was brought already, which that is. */
export const FileInput: FC<FileInputProps> = ({ name, label, hint, accept, visit }) => {
  const { say, ports, query, path } = visit;
  const brought = ports.uploads === undefined ? '' : (query.get('key') ?? '');
  if (brought !== '') {
    return (
      <p class="field">
        <input type="hidden" name={name} value={brought} />
        <strong>{say('Đã nhận tệp đồng chí vừa chuyển lên.', 'The file you brought has arrived.')}</strong>{' '}
        {say('Bấm nút của biểu mẫu này để đi tiếp.', 'Press this form’s button to go on.')}{' '}
        <a href={path}>{say('Bỏ tệp này, chọn tệp khác', 'Leave it and choose another')}</a>
      </p>
    );
  }
  return (
    <p class="field">
      <label for={name}>{label}</label>
      <span class="hint" id={`${name}-hint`}>
        {hint}
        {ports.uploads === undefined ? (
          ''
        ) : (
          <>
            {' '}
            <a href={`/tep-lon?cho=${path}`}>
              {say(
                `Tệp lớn hơn ${ports.uploads.mostInARequest} MB: chuyển lên theo lối này.`,
                `A file over ${ports.uploads.mostInARequest} MB is brought this way.`,
              )}
            </a>
          </>
        )}
      </span>
      <input id={name} name={name} type="file" accept={accept} aria-describedby={`${name}-hint`} required />
    </p>
  );
};

/** The file of a form, chosen in it or brought before. */
export async function given({ form, ports, account }: Visit, name: string): Promise<Uint8Array | undefined> {
  const chosen = await upload(form, name);
  if (chosen !== undefined) return chosen.bytes;
  const brought = field(form, name);
  return brought === '' ? undefined : ports.uploads?.take(account.id, brought);
}

/** What to say where `given` gives none: nothing was chosen, or what was brought is not there for this account. */
export function whyNone({ form }: Visit, name: string, notChosen: Problem): Problem {
  return field(form, name) === '' ? notChosen : goneFile;
}

const goneFile: Problem = {
  vi: 'Tệp chuyển lên không còn (chỉ giữ một ngày), hoặc do tài khoản khác chuyển. Chưa có gì được ghi nhận; hãy chuyển tệp lên lại rồi gửi biểu mẫu này.',
  en: 'The file that was brought is gone (it is kept a day), or another account brought it. Nothing was recorded; bring it again, then send this form.',
};

/** `/tep-lon?cho=/tiep-nhan`: a form that goes to the store of uploads, not to us. */
export async function largeFilePage(visit: Visit): Promise<Answer> {
  const { say, words, ports, query, account } = visit;
  const page = say('Chuyển tệp lớn lên', 'Bring a large file');
  const taker = query.get('cho') ?? '';
  const act = takers[taker];
  if (ports.uploads === undefined || act === undefined || !may(account, act)) {
    const nothing = say(
      'Trang này mở từ liên kết “Tệp lớn hơn …” cạnh ô chọn tệp. Hãy quay lại trang cần tệp:',
      'This page is opened by the link beside a file’s field. Go back to the page that needs the file:',
    );
    const own = Object.entries(takers).filter(([, needed]) => may(account, needed));
    const links = own.map(([path]) => (
      <li>
        <a href={path}>{words(takerNames[path])}</a>
      </li>
    ));
    return {
      page,
      status: 404,
      body: (
        <>
          <Empty>{nothing}</Empty>
          <ul>{links}</ul>
        </>
      ),
    };
  }
  const { action, fields } = await ports.uploads.form(account.id, `${ports.publicUrl}${taker}`);
  return {
    page,
    body: (
      <form method="post" action={action} enctype="multipart/form-data" class="act">
        {fields.map(({ name, value }) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <p class="field">
          <label for="file">{say('Tệp', 'File')}</label>
          <span class="hint" id="file-hint">
            {say(
              `Tối đa ${mostUploadMegabytes} MB. Sau khi chuyển xong, trang trước tự mở lại; chưa có gì được ghi nhận cho đến khi đồng chí gửi biểu mẫu ở đó.`,
              `At most ${mostUploadMegabytes} MB. The page before opens again afterwards; nothing is recorded until you send its form.`,
            )}
          </span>
          <input id="file" name="file" type="file" aria-describedby="file-hint" required />
        </p>
        <p>
          <button type="submit" class="primary">
            {say('Chuyển lên', 'Bring it')}
          </button>{' '}
          <a href={taker}>{say('Quay lại', 'Back')}</a>
        </p>
        {/* The store of uploads answers in its own words, which no page of ours can mend. */}
        <p class="hint">
          {say(
            'Nếu bấm xong mà hiện một trang lỗi toàn tiếng Anh: tệp rỗng, tệp quá lớn, hoặc trang này đã mở quá 15 phút. Chưa có gì được ghi nhận; hãy quay lại trang này, tải lại trang rồi chuyển lại.',
            'If a page of error codes comes up instead: the file is empty or too large, or this page was open for over 15 minutes. Nothing was recorded; come back, reload this page, and bring it again.',
          )}
        </p>
      </form>
    ),
  };
}
