/**
 * Files that are too large for one request, where the home has such a limit: the browser brings the file to the store of
 * uploads by itself, comes back to the page with its key, and the field it was meant for takes it from there.
 */
import type { FC } from 'hono/jsx';
import type { Sentence } from '../../shared/vietnamese.ts';
import { Empty } from './elements.tsx';
import { type Answer, field, type Form, type Problem, type Visit } from './page.tsx';
import { ownPath } from './session.ts';

/** The reader of lists takes no larger file either. */
export const mostUploadMegabytes = 40;

interface FileFieldProps {
  readonly visit: Visit;
  readonly name: string;
  readonly label: string;
  /** Of its own on the page; left out, the name. */
  readonly id?: string;
  readonly hint?: string;
  readonly accept?: string;
  readonly required?: boolean;
}

/** A form's file; where one was brought for this field already, which that is. */
export const FileField: FC<FileFieldProps> = (props) => {
  const { visit, name, id = name, label, hint, accept, required } = props;
  const { say, ports, here } = visit;
  const brought = broughtFor(id, name, visit);
  if (brought !== undefined) {
    return (
      <p class="field">
        <input type="hidden" name={`${prefix}${name}`} value={brought} />
        <strong>{label}</strong>
        <span>
          {say(
            'Đã nhận tệp đồng chí vừa chuyển lên. Bấm nút của biểu mẫu này để đi tiếp.',
            'The file you brought has arrived. Press this form’s button to go on.',
          )}{' '}
          <a href={here}>{say('Bỏ tệp này, chọn tệp khác', 'Leave it and choose another')}</a>
        </span>
      </p>
    );
  }
  const isHinted = hint !== undefined || ports.uploads !== undefined;
  return (
    <p class="field">
      <label for={id}>{label}</label>
      {isHinted ? (
        <span class="hint" id={`${id}-hint`}>
          {hint}
          {ports.uploads === undefined ? (
            ''
          ) : (
            <>
              {' '}
              <a href={`/tep-lon?cho=${here}&o=${id}`}>
                {say(
                  `Tệp lớn hơn ${ports.uploads.mostInARequest} MB: chuyển lên theo lối này.`,
                  `A file over ${ports.uploads.mostInARequest} MB is brought this way.`,
                )}
              </a>
            </>
          )}
        </span>
      ) : (
        ''
      )}
      <input
        id={id}
        name={name}
        type="file"
        {...(isHinted ? { 'aria-describedby': `${id}-hint` } : {})}
        {...(accept === undefined ? {} : { accept })}
        required={required ?? false}
      />
    </p>
  );
};

/** Before the name of a field whose file was brought: its value is the key. */
const prefix = 'brought:';
const fieldId = /^[\w-]{1,80}$/;

/** The key that just came back, or that a form which was refused had already. */
function broughtFor(id: string, name: string, { ports, query, form }: Visit): string | undefined {
  if (ports.uploads === undefined) return undefined;
  const keys = [query.get('key') ?? '', field(form, `${prefix}${name}`)];
  return keys.find((key) => key.split('/')[2] === id);
}

/** Said on the page that a brought file comes back to: its field may lie far down, or folded. */
export function broughtNote({ ports, query }: Visit): Sentence | undefined {
  if (ports.uploads === undefined || !query.has('key')) return undefined;
  return {
    vi: 'Đã nhận tệp vừa chuyển lên; chưa có gì được ghi nhận. Hãy mở biểu mẫu cần tệp này, điền nốt và bấm nút của biểu mẫu.',
    en: 'The file has arrived; nothing is recorded yet. Open the form that needs it, fill in the rest, and press its button.',
  };
}

/** No form has more files. */
const mostBrought = 2;

/** Puts each file that was brought into the form, as if it had been chosen there. Answers which sentence, when one is not there. */
export async function takeBrought({
  form,
  ports,
  account,
}: Pick<Visit, 'form' | 'ports' | 'account'>): Promise<Problem | undefined> {
  for (const [name, key] of broughtIn(form)) {
    const bytes = await ports.uploads?.take(account.id, key);
    if (bytes === undefined) return goneFile;
    form.set(name, new File([new Uint8Array(bytes)], 'tep'));
  }
  return undefined;
}

function broughtIn(form: Form): readonly (readonly [string, string])[] {
  return [...form]
    .flatMap(([name, key]) =>
      name.startsWith(prefix) && typeof key === 'string' ? [[name.slice(prefix.length), key] as const] : [],
    )
    .slice(0, mostBrought);
}

const goneFile: Problem = {
  vi: 'Tệp chuyển lên không còn (chỉ giữ một ngày), hoặc do tài khoản khác chuyển. Chưa có gì được ghi nhận; hãy chuyển tệp lên lại rồi gửi biểu mẫu này.',
  en: 'The file that was brought is gone (it is kept a day), or another account brought it. Nothing was recorded; bring it again, then send this form.',
};

/** `/tep-lon?cho=/ho-so/…&o=paper`: a form that goes to the store of uploads, not to us, and comes back to that page's field. */
export async function largeFilePage(visit: Visit): Promise<Answer> {
  const { say, ports, query, account } = visit;
  const page = say('Chuyển tệp lớn lên', 'Bring a large file');
  const [taker, id] = [ownPath(query.get('cho') ?? ''), query.get('o') ?? ''];
  if (ports.uploads === undefined || taker === '/' || !fieldId.test(id)) {
    const nothing = say(
      'Trang này mở từ liên kết “Tệp lớn hơn …” cạnh ô chọn tệp. Hãy quay lại trang có ô đó.',
      'This page is opened by the link beside a file’s field. Go back to the page that has it.',
    );
    return { page, status: 404, body: <Empty>{nothing}</Empty> };
  }
  const { action, fields } = await ports.uploads.form(account.id, id, `${ports.publicUrl}${taker}`);
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
