/**
 * Why money comes back or never leaves, as data: what the Treasury or the bank says, what that means, who must act, what they
 * do, and what the unit may tell the person. A bank's reasons bear the codes of ISO 20022 (ExternalStatusReason, ExternalReturnReason), the
 * Treasury's are ours (T1 to T7, after article 7 of Decree 11/2020).
 */
import { fold, type Sentence } from '../vietnamese.ts';

export interface ReturnReason {
  readonly code: string;
  /** Words that the sender may use, folded: without diacritics, in small letters. */
  readonly phrases: readonly string[];
  readonly means: Sentence;
  readonly actor: 'unit' | 'finance' | 'home-affairs';
  readonly toDo: Sentence;
  /** What the unit may say to the person; nothing of theirs stands in it. Absent where the person can do nothing. */
  readonly message?: string;
}

const askForAccount = (why: string): string =>
  `Khoản chi trả chế độ của ông/bà chưa vào được tài khoản vì ${why}. Đề nghị ông/bà gửi đơn có chữ ký ghi tài khoản đang dùng, đứng tên mình, cho đơn vị. Đơn vị và ngân hàng không bao giờ hỏi mật khẩu hay mã OTP.`;

const correctAccount: Sentence = {
  vi: 'Đơn vị lấy đơn có chữ ký của người hưởng, ghi tài khoản mới; người thứ hai xác nhận; Sở Tài chính lập khoản chi lại.',
  en: "The unit takes the person's signed request and enters the new account; a second person confirms; Finance orders again.",
};

/** In the order in which they are looked for: the more particular before the more general. */
export const returnReasons: readonly ReturnReason[] = [
  {
    code: 'MD07',
    phrases: ['da chet', 'da mat', 'tu vong', 'qua doi', 'deceased'],
    means: { vi: 'Người hưởng đã mất', en: 'The person has died' },
    actor: 'home-affairs',
    toDo: {
      vi: 'Không chi lại cho tài khoản nào. Sở Nội vụ tạm dừng hồ sơ; đơn vị lấy giấy tờ của người thừa kế.',
      en: 'Order to no account. Home Affairs holds the case; the unit takes the papers of the heirs.',
    },
  },
  {
    code: 'AC04',
    phrases: ['da dong', 'tai khoan dong', 'dong tai khoan', 'da tat toan', 'closed'],
    means: { vi: 'Tài khoản đã đóng', en: 'The account is closed' },
    actor: 'unit',
    toDo: correctAccount,
    message: askForAccount('tài khoản đã đóng'),
  },
  {
    code: 'AC06',
    phrases: ['phong toa', 'bi khoa', 'tam khoa', 'tam ngung', 'ngung hoat dong', 'blocked', 'dormant'],
    means: { vi: 'Tài khoản bị khóa, phong tỏa hoặc ngừng hoạt động', en: 'The account is blocked or dormant' },
    actor: 'unit',
    toDo: correctAccount,
    message: askForAccount('tài khoản đang bị khóa hoặc ngừng hoạt động'),
  },
  {
    code: 'BE01',
    phrases: [
      'ten chu tai khoan',
      'sai ten',
      'ten khong khop',
      'khong khop ten',
      'khong dung ten',
      'ten nguoi huong',
      'name',
    ],
    means: { vi: 'Tên chủ tài khoản không khớp với hồ sơ', en: 'The account is in another name' },
    actor: 'unit',
    toDo: {
      vi: 'Đối chiếu tên trên thẻ căn cước với tên chủ tài khoản. Tài khoản phải đứng tên người hưởng; nếu không, lấy đơn ghi tài khoản khác.',
      en: 'Compare the name on the identity card with the account. It must be in the person’s own name; otherwise take a request with another account.',
    },
    message: askForAccount('tên chủ tài khoản không khớp với hồ sơ'),
  },
  {
    code: 'RC01',
    phrases: ['sai ngan hang', 'ma ngan hang', 'ngan hang khong', 'sap nhap ngan hang', 'chi nhanh khong'],
    means: {
      vi: 'Ngân hàng hoặc chi nhánh không đúng, hoặc đã sáp nhập',
      en: 'The bank or branch is wrong, or was merged',
    },
    actor: 'unit',
    toDo: correctAccount,
    message: askForAccount('ngân hàng ghi trong hồ sơ không đúng hoặc đã sáp nhập'),
  },
  {
    code: 'T4',
    phrases: ['chua mo tai khoan', 'don vi khong co tai khoan', 'mau dau', 'mau chu ky', 'chua dang ky chu ky'],
    means: {
      vi: 'Đơn vị chưa có tài khoản tại Kho bạc, hoặc chưa đăng ký mẫu dấu, chữ ký',
      en: 'The unit has no account at the Treasury, or its specimens are not registered',
    },
    actor: 'unit',
    toDo: {
      vi: 'Đơn vị đăng ký tài khoản, mẫu dấu và chữ ký với Kho bạc; hoặc đề nghị đơn vị cấp trên chi thay.',
      en: 'The unit registers account and specimens at the Treasury, or asks the unit above to pay in its place.',
    },
  },
  {
    code: 'AC01',
    phrases: [
      'sai so tai khoan',
      'so tai khoan khong',
      'khong ton tai',
      'tai khoan khong dung',
      'khong tim thay tai khoan',
      'incorrect account',
    ],
    means: { vi: 'Số tài khoản không đúng hoặc không có', en: 'There is no such account' },
    actor: 'unit',
    toDo: correctAccount,
    message: askForAccount('số tài khoản ghi trong hồ sơ không đúng'),
  },
  {
    code: 'T1',
    phrases: ['khong du du toan', 'chua co du toan', 'vuot du toan', 'het du toan', 'chua nhap du toan', 'du toan'],
    means: { vi: 'Chưa có hoặc không đủ dự toán của nguồn này', en: 'No estimate, or not enough, of this source' },
    actor: 'finance',
    toDo: {
      vi: 'Sở Tài chính giao hoặc nhập bổ sung dự toán tại Kho bạc, rồi lập khoản chi lại. Không cần sửa tài khoản.',
      en: 'Finance allots or enters the estimate at the Treasury, then orders again. No account is to be changed.',
    },
  },
  {
    code: 'T2',
    phrases: ['khong dung tham quyen', 'sai tham quyen', 'khong co can cu', 'co so phap ly', 'can cu phap ly'],
    means: {
      vi: 'Quyết định không đúng thẩm quyền hoặc thiếu căn cứ pháp lý',
      en: 'The decision is not of the competent authority, or lacks a legal basis',
    },
    actor: 'finance',
    toDo: {
      vi: 'Sở Tài chính làm việc với Kho bạc về căn cứ; nếu quyết định sai, trình lại UBND tỉnh.',
      en: 'Finance settles the legal basis with the Treasury; a wrong decision goes back to the People’s Committee.',
    },
  },
  {
    code: 'T5',
    phrases: ['thieu chu ky', 'chu ky khong', 'ky trung', 'chua ky'],
    means: {
      vi: 'Chứng từ thiếu chữ ký, hoặc một người ký hai chỗ',
      en: 'A signature is missing, or one person signed twice',
    },
    actor: 'unit',
    toDo: {
      vi: 'Đơn vị ký lại chứng từ đủ ba người khác nhau rồi gửi lại.',
      en: 'The unit signs the slip again, three different people, and sends it again.',
    },
  },
  {
    code: 'T6',
    phrases: ['qua han', 'het han', 'sau thoi han', 'khoa so'],
    means: { vi: 'Hồ sơ đến sau thời hạn, hoặc đã khóa sổ', en: 'The dossier came after the limit' },
    actor: 'finance',
    toDo: {
      vi: 'Sở Tài chính báo lãnh đạo và Kho bạc: gia hạn, hoặc chuyển nguồn sang năm sau theo quyết định.',
      en: 'Finance tells leadership and the Treasury: an extension, or the source is carried over by decision.',
    },
  },
  {
    code: 'T7',
    phrases: ['danh sach khong khop', 'khac danh sach', 'khong dung danh sach', 'khong co trong danh sach'],
    means: { vi: 'Danh sách kèm theo khác danh sách được duyệt', en: 'The attached list is not the approved one' },
    actor: 'unit',
    toDo: {
      vi: 'Đơn vị tải lại Mẫu số 09 từ hệ thống và gửi đúng tệp đó.',
      en: 'The unit downloads Form 09 again and sends that very file.',
    },
  },
  {
    code: 'T3',
    phrases: ['sai chung tu', 'bang chu', 'bang so', 'sai so tien', 'cong sai', 'chung tu khong hop le'],
    means: { vi: 'Chứng từ sai: số tiền, chữ và số, hoặc cộng dồn', en: 'The voucher is wrong: sum, words, or totals' },
    actor: 'unit',
    toDo: {
      vi: 'Đơn vị lập lại chứng từ theo đúng số liệu của hệ thống, không gõ lại.',
      en: 'The unit makes the voucher anew from the figures here, without typing them again.',
    },
  },
];

/** For what nobody has told apart yet: somebody asks, and nothing is guessed. */
export const unknownReason: ReturnReason = {
  code: 'MS03',
  phrases: [],
  means: { vi: 'Chưa rõ lý do', en: 'No stated reason' },
  actor: 'finance',
  toDo: {
    vi: 'Sở Tài chính hỏi Kho bạc, ngân hàng lý do bằng văn bản trước khi đơn vị sửa tài khoản.',
    en: 'Finance asks the Treasury and the bank for the reason in writing before the unit corrects the account.',
  },
};

/** The reason that a sender's words, or its code, stand for. */
export function returnReasonOf(said: string | undefined): ReturnReason {
  const words = fold(said ?? '');
  if (words === '') return unknownReason;
  const byCode = returnReasons.find(({ code }) => new RegExp(`\\b${code.toLowerCase()}\\b`).test(words));
  return (
    byCode ?? returnReasons.find(({ phrases }) => phrases.some((phrase) => words.includes(phrase))) ?? unknownReason
  );
}
