/** The letter that a unit or commune hands to the person: what happened, what to do next, whom to ask. */
import type { UnitKind } from '../case/unit.ts';
import type { NoticeEvent, NoticeFact } from './notice-rules.ts';
import { sayable } from './notice-rules.ts';

export interface NoticeLetter {
  readonly superior: string;
  readonly agency: string;
  readonly number: string;
  readonly title: string;
  readonly subject: string;
  readonly to: readonly string[];
  readonly paragraphs: readonly string[];
  readonly recipients: readonly string[];
  readonly signatory: string;
  /** In small letters at the end: when it was printed, by whom. */
  readonly mark: string;
}

export interface Addressee {
  readonly unitKind: UnitKind | undefined;
  /** `Ông`, `Bà`, or both where it is not known. */
  readonly title: string;
}

type Known = Readonly<Partial<Record<NoticeFact, string>>>;

/** Takes what is known; what the rules do not let a letter say is left out. */
export function noticeLetter(event: NoticeEvent, known: Known, { unitKind, title }: Addressee): NoticeLetter {
  const said = sayable({ event, to: 'person', by: 'letter' }, known);
  const unit = said.unit ?? '';
  return {
    superior: unitKind === 'department' ? 'ỦY BAN NHÂN DÂN TỈNH NGHỆ AN' : '',
    agency: unit.replace(/^UBND /, 'Ủy ban nhân dân ').toLocaleUpperCase('vi'),
    number: 'Số:          /TB-…',
    title: 'THÔNG BÁO',
    subject: `Về việc giải quyết chế độ khi sắp xếp tổ chức bộ máy: ${subjects[event]}`,
    to: [`${title} ${said['full-name'] ?? ''}`],
    paragraphs: [
      happened[event](said, title),
      said['what-next'] ?? next[event](unit, title),
      ...(said['how-to-complain'] === undefined ? [] : [said['how-to-complain']]),
      said['nobody-phones'] ?? '',
      `Cần hỏi thêm, xin liên hệ: ${said['whom-to-ask'] ?? unit}.`,
    ].filter((text) => text !== ''),
    recipients: ['Như trên;', 'Lưu: VT.'],
    signatory: unitKind === 'commune' ? 'CHỦ TỊCH' : 'THỦ TRƯỞNG ĐƠN VỊ',
    mark: said['printed-by'] ?? '',
  };
}

const subjects: Readonly<Record<NoticeEvent, string>> = {
  decided: 'đã có quyết định',
  credited: 'tiền đã chuyển vào tài khoản',
  returned: 'tiền bị ngân hàng chuyển trả',
  refused: 'khoản chi chưa được thanh toán',
  held: 'đang tạm dừng để xem xét',
};

const happened: Readonly<Record<NoticeEvent, (said: Known, title: string) => string>> = {
  decided: (said, title) =>
    `Ủy ban nhân dân tỉnh đã phê duyệt chế độ của ${title} tại ${said.decision ?? 'quyết định chi trả'}. Số tiền được phê duyệt là ${said['decided-sum'] ?? 'số ghi trong quyết định'}.`,
  credited: (said, title) =>
    `Số tiền ${said['credited-sum'] ?? ''} chi trả chế độ cho ${title} theo ${said.decision ?? 'quyết định chi trả'} đã được chuyển vào tài khoản ${tail(said)}. Hệ thống ghi nhận ngày ${said.day ?? ''}.`,
  returned: (said, title) =>
    `Tiền chi trả chế độ đã được chuyển nhưng ngân hàng chuyển trả lại, nên ${title} chưa nhận được. Hệ thống ghi nhận ngày ${said.day ?? ''}. Quyền lợi của ${title} không thay đổi: tiền sẽ được chi lại sau khi tài khoản được sửa.`,
  refused: (said, title) =>
    `Kho bạc Nhà nước chưa thanh toán khoản chi chế độ của ${title}; hệ thống ghi nhận ngày ${said.day ?? ''}. Quyền lợi của ${title} không thay đổi: đơn vị đang hoàn chỉnh chứng từ để chi lại.`,
  held: (said, title) =>
    `Việc giải quyết chế độ của ${title} đang tạm dừng từ ngày ${said.day ?? ''} để xem xét thêm. Đây chưa phải là kết quả cuối cùng.`,
};

function tail(said: Known): string {
  const digits = said['account-tail'];
  return digits === undefined ? 'đã đăng ký' : `có ba số cuối là ${digits}`;
}

const next: Readonly<Record<NoticeEvent, (unit: string, title: string) => string>> = {
  decided: (unit, title) =>
    `Đơn vị và Kho bạc Nhà nước đang làm thủ tục chuyển tiền vào tài khoản đã đăng ký; ${title} chưa phải làm gì. Nếu tài khoản đã đổi hoặc đã đóng, ${title} mang căn cước đến ${unit} để báo lại trước khi tiền được chuyển.`,
  credited: (unit, title) =>
    `${title} kiểm tra tài khoản của mình. Nếu không thấy tiền, ${title} mang căn cước đến ${unit} để được tra soát.`,
  returned: (unit, title) =>
    `${title} mang căn cước và thông tin tài khoản đứng tên mình đến ${unit}, ký đơn đề nghị sửa tài khoản. Hai người của đơn vị kiểm tra tài khoản mới trước khi tiền được chi lại.`,
  refused: (unit, title) =>
    `${title} chưa phải làm gì. Nếu cần bổ sung giấy tờ, ${unit} sẽ mời bằng văn bản hoặc gặp trực tiếp.`,
  held: (unit, title) => `${title} có thể mang căn cước đến ${unit} để được cho biết lý do và việc cần làm.`,
};

/** Said in every letter: whoever telephones for an account is a fraud. */
export function nobodyPhones(title: string): string {
  return `Không cơ quan nào gọi điện, nhắn tin để hỏi số tài khoản, mật khẩu, mã xác thực, hoặc yêu cầu ${title} nộp tiền để được chi trả. Nếu có người hỏi như vậy, ${title} không trả lời và báo cho đơn vị hoặc công an nơi gần nhất.`;
}

export function howToComplain(title: string): string {
  return `Nếu không đồng ý, ${title} có quyền gửi đơn khiếu nại theo Luật Khiếu nại; đơn vị nhận đơn và ghi số, ngày nhận.`;
}
